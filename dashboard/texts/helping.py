"""Words of the help beside each screen: what it is for, what to do there; and the keys."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "helping": ("Trợ giúp", "Help"),
    "loading": ("Đang tải…", "Loading…"),
    "cut-off": (
        "Mất kết nối với máy chủ. Những gì đã ghi vẫn còn. Trang tự nối lại khi máy chủ trả lời.",
        "The server does not answer. What was saved is kept. The page connects again by itself once it answers.",
    ),
    "helping.keys": (
        "Phím: **/** đến ô tìm · **?** mở trợ giúp này · **g** rồi một chữ để sang màn hình khác ({keys}).",
        "Keys: **/** to the search box · **?** this help · **g**, then a letter, goes to another screen ({keys}).",
    ),
    "helping.hom-nay": (
        (
            "Mở đầu ca ở đây. Bên trái là chuyện cần xem trước: phê phán trước, rồi chuyện nhiều văn bản nhất."
            " Bên phải là việc chờ bạn, vụ việc đến hạn, nguồn im lặng. Số nào cũng kèm số để so."
            " Chọn *Từ lần trước* để chỉ thấy những gì mới."
        ),
        (
            "A shift begins here. On the left, what to look at first: critical stories, then those with most texts."
            " On the right, what waits for you, cases that are due, silent outlets. Every figure stands beside what it"
            " is compared with. *Since last visit* shows only what is new."
        ),
    ),
    "helping.dong-tin": (
        (
            "Mọi bài về tỉnh. Gõ vào ô tìm, hoặc bấm các mục lọc; địa chỉ trang giữ nguyên điều đã chọn để gửi cho"
            " người khác. Bật *Chọn nhiều bài* để ghi nhãn, đưa vào vụ việc hay tải nhiều bài một lúc."
        ),
        (
            "All coverage of the province. Type in the search box or press the filters; the address keeps what was"
            " chosen, to be sent to a colleague. Turn on choosing to label, file or download several at a time."
        ),
    ),
    "helping.tin-chinh": (
        (
            "Mỗi dòng là một chuyện: bài gốc, bài đăng lại, bài theo sau, bài đính chính. Mở ra để xem dòng thời gian;"
            " gom chưa đúng thì tách bài ra hoặc nhập với chuyện khác. Việc gom của người đứng trên việc gom của máy."
        ),
        (
            "Each line is a story: original, copies, follow-ups, corrections. Open it for its time line; where the"
            " machine grouped badly, take articles out or merge stories. What a person says outranks it."
        ),
    ),
    "helping.bai-bao": (
        (
            "Toàn văn, các nhãn và lý do của từng nhãn. Nhãn nào không đúng thì sửa ngay tại thẻ của nó, kèm một câu vì"
            " sao. Dưới cùng: các bản đã đổi, hồ sơ chứng cứ, bài giống, câu trả lời đã có, và mở vụ việc."
        ),
        (
            "The text, its labels and the reason of each. Where one is wrong, correct it on its tab, with a sentence"
            " why. Below: revisions, evidence, similar articles, answers already given, and opening a case."
        ),
    ),
    "helping.truc": (
        (
            "Duyệt từng chuyện bằng phím số ghi trên nút; phím 9 quay lại bước trước. Hết ca thì ghi bàn giao: người"
            " trực sau thấy ngay khi mở màn hình này."
        ),
        (
            "Look through the stories one by one with the digits on the buttons; 9 takes the last step back. At the"
            " end of the shift write the handover: whoever comes next sees it when they open this screen."
        ),
    ),
    "helping.bao-chi-nuoc-ngoai": (
        "Báo chí nước ngoài theo nước và ngôn ngữ. Tóm tắt có ghi rõ là máy viết hay người đã duyệt.",
        "The press abroad by country and language. Gists say whether a machine wrote or a person accepted them.",
    ),
    "helping.don-vi": (
        "Một đơn vị: tin về lĩnh vực của đơn vị, vụ việc đang giữ, việc trong kế hoạch. Chọn đơn vị ở trên.",
        "One unit: coverage of its field, the cases in its hands, its tasks of the plan. Choose the unit above.",
    ),
    "helping.vu-viec": (
        (
            "Các vụ việc theo bảng hay danh sách, việc đến hạn đứng trước. Mở vụ việc từ bài báo, từ một tìm kiếm, hoặc"
            " từ điều người ta gọi đến."
        ),
        (
            "Cases as a board or a list, what is due first. A case is opened from an article, from a search, or from"
            " what somebody told by telephone."
        ),
    ),
    "helping.ho-so-vu-viec": (
        (
            "Một vụ việc từ đầu đến cuối: nhận, xác minh điều báo nêu, soạn, trình, người thứ hai duyệt, phát hành."
            " Nút chính luôn là bước kế tiếp. Không ai tự duyệt bài mình soạn."
        ),
        (
            "One case from end to end: taken, each claim verified, drafted, handed in, approved by a second person,"
            " issued. The main button is the next step. Nobody approves what they wrote."
        ),
    ),
    "helping.cau-tra-loi": (
        "Mọi câu trả lời của các vụ việc: đang soạn, chờ duyệt, đã phát hành. Mở để làm tiếp tại hồ sơ vụ việc.",
        "Every answer of all cases: in drafting, waiting for approval, issued. Open one to go on with it in its case.",
    ),
    "helping.chua-tra-loi": (
        "Đơn vị nào còn nợ trả lời, nợ gì, từ bao giờ. Nhắc, gửi đường dẫn trả lời, hoặc rút yêu cầu ngay tại dòng.",
        "Which unit owes what answer, since when. Remind, send the link to answer by, or withdraw on the line itself.",
    ),
    "helping.cau-hoi": (
        "Sổ câu hỏi của báo chí: nhập, giao, trả lời, người thứ hai duyệt, hoặc từ chối có lý do.",
        "The register of press questions: enter, assign, answer with a second person, or refuse with a reason.",
    ),
    "helping.lich": (
        "Họp báo và những việc thấy trước được. Ghi sớm để chuẩn bị điều sẽ nói.",
        "Briefings, and matters that can be foreseen. Note them early, to prepare what will be said.",
    ),
    "helping.tai-lieu": (
        "Số liệu và câu giải thích đã kiểm, có nguồn và ngày hết hạn. Dùng khi soạn; điều đã hết hạn được báo.",
        "Figures and explanations that were checked, with source and expiry. For drafting; what expired says so.",
    ),
    "helping.bao-cao": (
        "Tổng hợp theo ngày, tuần, kỳ. Máy điền số; người viết các đoạn, người duyệt ký, rồi tải về.",
        "Summaries of a day, a week, a period. The machine fills in figures; people write, one signs, all download.",
    ),
    "helping.xu-huong": (
        (
            "Tin nước ngoài qua các tháng, và hai ngày qua của một tìm kiếm so với mọi khi. Khoảng đi kèm mỗi số cho"
            " biết chắc đến đâu; *chưa đủ dữ liệu* là chưa nói được."
        ),
        (
            "Coverage abroad over months, and the last two days of a search against what is usual. The interval beside"
            " a figure says how sure it is; where there is too little, nothing is said."
        ),
    ),
    "helping.hieu-qua": (
        "Tin về một việc trước và sau khi trả lời, kèm khoảng chắc chắn. Ít bài quá thì không so.",
        "Coverage of a matter before and after it was answered, with its interval. Too few articles are not compared.",
    ),
    "helping.ke-hoach": (
        "Từng việc của kế hoạch: đơn vị, hạn, tiến độ do đơn vị ghi, tin và vụ việc thuộc việc ấy.",
        "Each task of the plan: its unit, when it is due, progress as the unit entered it, its coverage and cases.",
    ),
    "helping.canh-bao": (
        "Bạn được báo điều gì, qua đường nào, lúc nào. Xem trước cho biết hai tuần qua sẽ báo những gì.",
        "What you are told of, by which channel, when. The preview says what the last two weeks would have told.",
    ),
    "helping.nguon-tin": (
        "Nguồn nào đọc được, nguồn nào im lặng hay lỗi, bài bị giữ lại để người xem. Thêm nguồn ở đây.",
        "Which outlets can be read, which are silent or fail, what was set aside for a person. Outlets are added here.",
    ),
    "helping.tai-khoan": (
        "Tên, mật khẩu và các phiên đang mở của bạn.",
        "Your name, your password, and your open sessions.",
    ),
    "helping.quan-tri": (
        "Tài khoản và vai trò, khóa cho hệ thống khác, máy đã học gì, nhật ký mọi việc đã làm.",
        "Accounts and roles, keys for other systems, what the machine has learned, the log of everything done.",
    ),
}
