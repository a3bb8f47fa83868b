"""Words of *Bài báo*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "article.unknown": (
        "Không có bài nào mang số “{id}” trong kho. Có thể đường dẫn bị cắt; tìm bài ở Dòng tin.",
        "No article “{id}” is in the store. The link may be cut; look for the article in the Stream.",
    ),
    "article.no_id": (
        "Chưa chọn bài. Mở một bài từ Hôm nay hoặc Dòng tin.",
        "No article is chosen. Open one from Today or the Stream.",
    ),
    "article.original": ("Đọc bản gốc", "Read the original"),
    "article.bad_link": ("Đường dẫn gốc không mở được: {url}", "The original link cannot be opened: {url}"),
    "article.revision": ("bản {n}", "revision {n}"),
    "article.text_feed": (
        "Chữ lấy từ RSS của nguồn, vì trang bài không đọc được.",
        "The text is the feed's own, because the page could not be read.",
    ),
    "article.no_text": ("Không lưu được thân bài.", "The body could not be kept."),
    "article.text": ("Nội dung", "Text"),
    "article.cut": ("Chỉ hiện {n} ký tự đầu.", "Only the first {n} characters are shown."),
    "marks.on": ("Đánh dấu trong bài", "Mark in the text"),
    "marks.place": ("địa danh của tỉnh", "place of the province"),
    "marks.hit": ("từ đã tìm", "searched for"),
    "marks.unread": (
        "Câu tìm trong đường dẫn không đọc được, nên không đánh dấu từ nào theo nó.",
        "The search in the link cannot be read, so none of its words is marked.",
    ),
    "date.feed": ("giờ đăng lấy từ RSS", "time taken from the feed"),
    "date.json-ld": ("giờ đăng lấy từ dữ liệu khai trong trang", "time taken from the page's structured data"),
    "date.meta": ("giờ đăng lấy từ thẻ khai báo của trang", "time taken from the page's meta tags"),
    "date.url": ("ngày đăng lấy từ địa chỉ của bài", "day taken from the article's address"),
    "date.page-text": ("giờ đăng đọc từ chữ trên trang", "time read from the words on the page"),
    "date.none": (
        "không rõ giờ đăng; đây là lúc thu được",
        "publication time unknown; this is when it was seen",
    ),
    "extent.stub.told": (
        "Đây chỉ là phần mở đầu: trang đòi đăng ký hoặc trả phí mới cho đọc hết ({why}). Đừng coi là toàn văn.",
        "Only the beginning: the page asks to subscribe for the rest ({why}). Do not take it for the whole text.",
    ),
    "extent.part.told": (
        "Bài nhiều trang, có trang chưa đọc được ({why}). Đừng coi là toàn văn.",
        "An article on several pages, not all of which could be read ({why}). Do not take it for the whole text.",
    ),
    "extent.page": ("trang {n}: {why}", "page {n}: {why}"),
    "extent.not_free": ("trang tự khai là bài phải trả tiền", "the page declares that it is not free"),
    "dates.differ": ("Các nơi ghi giờ đăng khác nhau:", "The times of publication differ:"),
    "dates.wrong": ("Giờ đăng mà nguồn ghi không thể đúng:", "The outlet's time of publication cannot be right:"),
    "dates.used": ("đang dùng", "used"),
    "dates.refused": ("không thể đúng, không dùng", "cannot be right, not used"),
    "said.feed": ("RSS của nguồn", "feed"),
    "said.json-ld": ("dữ liệu khai trong trang", "structured data"),
    "said.meta": ("thẻ khai báo của trang", "meta tags"),
    "said.page-text": ("chữ trên trang", "words on the page"),
    "said.url": ("địa chỉ của bài", "address"),
    "twin": ("Cùng bài này bằng {language}: {title}", "The same article in {language}: {title}"),
    "labels": ("Nhãn", "Labels"),
    "labels.by.rules": ("máy, theo luật", "machine, by rules"),
    "labels.by.machine": ("máy, mô hình", "machine, model"),
    "labels.by.model": ("máy, mô hình {version}", "machine, model {version}"),
    "labels.by.person": ("người: {account}", "person: {account}"),
    "labels.by.local": ("người dùng máy này", "a user of this machine"),
    "labels.score": ("độ chắc {n}", "score {n}"),
    "labels.no_why": ("không ghi lý do", "no reason given"),
    "labels.look_again": ("xem lại", "look again"),
    "labels.look_again_help": (
        "Bài đã đổi sau khi có người sửa nhãn này (sửa ở bản {n}). Nhãn vẫn giữ; xin xem lại.",
        "The article changed after a person set this label (on revision {n}). It stands; please look again.",
    ),
    "labels.none": ("Bài chưa được đánh giá.", "The article has not been judged yet."),
    "labels.other": ("Với vùng khác: {place}", "About another place: {place}"),
    "correct": ("Sửa nhãn", "Correct a label"),
    "correct.help": (
        "Ý người sửa thay ý của máy, kể cả khi máy học lại. Ý của máy vẫn lưu trong lịch sử.",
        "A person's word replaces the machine's, also after retraining. The machine's stays in the history.",
    ),
    "correct.reason": ("Lý do (người khác kiểm được)", "Reason (that others can check)"),
    "correct.save": ("Ghi", "Save"),
    "correct.undo": ("Bỏ sửa, lấy lại ý của máy", "Undo, back to the machine's"),
    "correct.saved": ("Đã ghi: {what}. Chỉ mục cập nhật sau ít giây.", "Saved: {what}. The index follows in seconds."),
    "correct.undone": ("Đã bỏ sửa: {what}.", "Undone: {what}."),
    "correct.same": ("Không có gì thay đổi.", "Nothing has changed."),
    "correct.themes_none": ("Để trống là không chủ đề nào", "Empty means none of the themes"),
    "history": ("Lịch sử nhãn", "History of labels"),
    "history.until": ("đến {time}", "until {time}"),
    "history.stands": ("còn hiệu lực", "in force"),
    "history.more": ("Chỉ hiện {n} dòng mới nhất.", "Only the newest {n} lines are shown."),
    "revisions": ("Các bản của bài", "Revisions"),
    "revisions.one": ("Bài chưa thay đổi từ khi thu được ({time}).", "Unchanged since it was first seen ({time})."),
    "revisions.pair": ("Bản {old} → bản {new}, {time}", "Revision {old} → {new}, {time}"),
    "revisions.legend": (
        "Bản cũ bên trái, bản mới bên phải (màn hình hẹp: trên, dưới). Gạch bỏ: chữ cũ. Gạch chân: chữ mới.",
        "Old left, new right (above and below on a narrow screen). Struck out: old words. Underlined: new words.",
    ),
    "revisions.nothing": ("không có đoạn này", "not there"),
    "revisions.skip": ("… {n} từ không đổi …", "… {n} words unchanged …"),
    "revisions.same": ("Phần này không đổi.", "No change here."),
    "revisions.title": ("Tiêu đề", "Title"),
    "revisions.lead": ("Sa-pô", "Lead"),
    "revisions.text": ("Thân bài", "Body"),
    "members": ("Cùng chuyện: {n} bài, {m} văn bản khác nhau", "Same story: {n} articles, {m} distinct texts"),
    "members.alone": ("Chưa có bài nào khác về chuyện này.", "No other article about this story yet."),
    "tie.split": ("Tách bài này khỏi chuyện", "Split this article from the story"),
    "tie.merge": ("Gộp với chuyện của một bài khác", "Merge with another article's story"),
    "tie.other": ("Đường dẫn hoặc số của bài kia", "Address or number of the other article"),
    "tie.do": ("Gộp", "Merge"),
    "tie.undo": ("Bỏ tách, gộp của bài này", "Undo splits and merges of this article"),
    "tie.stands": (
        "Người đã tách hoặc gộp chuyện ở bài này; máy giữ nguyên như vậy khi gom lại.",
        "A person split or merged stories here; the machine keeps to it when it groups again.",
    ),
    "tie.saved": ("Đã ghi. Chuyện được gom lại sau ít giây.", "Saved. Stories are grouped again in seconds."),
    "members.more": ("Chỉ hiện {n} bài.", "Only {n} are shown."),
    "evidence": ("Chứng cứ", "Evidence"),
    "evidence.seen": ("Thu được lần đầu {time}", "First seen {time}"),
    "evidence.visited": ("xem lại trang lần gần nhất {time}", "the page was last looked at again {time}"),
    "evidence.download": ("Tải hồ sơ chứng cứ", "Download the packet"),
    "evidence.help": (
        (
            "Tệp ZIP có ký số: yêu cầu đã gửi và trang đã nhận (WARC), chữ, các mốc giờ, ghi chú Việt – Anh."
            " Kiểm tra ở máy nào cũng được: `diembao evidence verify TỆP`."
        ),
        (
            "A signed ZIP file: the request and the page that came (WARC), text, times, a note in Vietnamese and"
            " English. Anyone can check it: `diembao evidence verify FILE`."
        ),
    ),
    "evidence.key": ("Khóa ký của cơ quan: {fingerprint}", "The office's signing key: {fingerprint}"),
    "evidence.withdrawn": (
        "Nguồn đã gỡ bài này: trang trả lỗi {status} lúc {first} và vẫn vậy lúc {again}. Bản đã thu được giữ nguyên.",
        (
            "The outlet has taken this down: the page answered {status} at {first} and still at {again}."
            " What was collected is kept."
        ),
    ),
    "evidence.returned": (
        "Trang này không còn lúc {first} và {again}, rồi có lại lúc {time}.",
        "The page was gone at {first} and {again}, and there again at {time}.",
    ),
    "similar": ("Bài gần với bài này", "Articles like this one"),
    "similar.help": (
        "Máy so ý, từ ngữ, địa danh và số liệu; tìm trong các bài về tỉnh trước và sau 60 ngày, mỗi chuyện một bài.",
        (
            "Compared by meaning, words, places and figures; among articles about the province within 60 days, one for"
            " each story."
        ),
    ),
    "similar.very": ("rất gần", "very near"),
    "similar.close": ("gần", "near"),
    "similar.related": ("có liên quan", "related"),
    "similar.same_story": ("cùng một chuyện", "same story"),
    "similar.shared": ("cùng nhắc: {what}", "both name: {what}"),
    "similar.none": ("Chưa có bài nào về tỉnh gần với bài này.", "No article about the province is like this one yet."),
    "similar.away": (
        "Chưa so được: máy chủ tìm kiếm không trả lời. Kết quả hiện lại khi máy chủ hoạt động.",
        "Cannot be compared now: the search server does not answer. The result comes back with the server.",
    ),
    "similar.waiting": (
        "Bài này chưa được so: máy còn {n} việc chưa đọc; kết quả có sau lượt thu thập tới.",
        "Not compared yet: {n} entries are still to be read; look again after the next collection.",
    ),
    "similar.without": (
        "Không so được: cài đặt không có mô hình để so (classifier.encoder).",
        "Cannot be compared: the settings name no model (classifier.encoder).",
    ),
    "similar.wordless": (
        "Không so được: bài không có chữ nào máy đọc được.",
        "Cannot be compared: nothing in the article that the model can read.",
    ),
}
