"""Words of *Trả lời* and *Hiệu quả*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "statements": ("Trả lời", "Statements"),
    "statements.help": (
        "Mọi câu trả lời của các vụ việc bạn xem được, từ dự thảo đến khi phát hành. Soạn, duyệt, phát hành ở vụ việc.",
        "Every statement of the cases you may see, from draft to issue. Writing, approval and issue are in the case.",
    ),
    "statements.search": ("trong tiêu đề, nội dung, vụ việc", "in titles, texts, cases"),
    "statements.show": ("Xem", "Show"),
    "statements.show.open": ("Chưa phát hành", "Not issued"),
    "statements.show.mine": ("Tôi soạn", "Mine"),
    "statements.show.approve": ("Chờ tôi duyệt", "For me to approve"),
    "statements.show.approved": ("Duyệt, chưa phát hành", "Approved, not issued"),
    "statements.show.issued": ("Đã phát hành", "Issued"),
    "statements.show.past": ("Thay, bỏ", "Replaced, dropped"),
    "statements.show.all": ("Tất cả", "All"),
    "statements.show.memory": ("Điều đã trả lời", "Answered claims"),
    "stage.draft": ("đang soạn", "being written"),
    "stage.returned": ("bị đưa về soạn lại", "sent back"),
    "stage.waiting": ("chờ duyệt", "awaits approval"),
    "stage.approved": ("đã duyệt, chưa phát hành", "approved, not issued"),
    "stage.issued": ("đã phát hành", "issued"),
    "stage.replaced": ("đã có câu trả lời sau", "a further one was issued"),
    "stage.retracted": ("đã thu hồi", "retracted"),
    "stage.dropped": ("bỏ, vụ việc đã kết thúc", "dropped with its case"),
    "statements.total": ("{n} câu trả lời", "{n} statements"),
    "statements.page": ("{n} câu trả lời · đang xem {first}–{last}", "{n} statements · showing {first}–{last}"),
    "statements.none": (
        "Chưa có câu trả lời nào. Mở một vụ việc, xác minh, rồi soạn dự thảo ở đó.",
        "No statements yet. Open a case, verify, then write a draft there.",
    ),
    "statements.no_match": (
        "Không có câu trả lời nào khớp. Bỏ bớt điều kiện, hoặc xem tất cả.",
        "No statement matches. Ask for less, or show all.",
    ),
    "statements.empty": (
        "Mục này chưa có câu trả lời nào. Xem mục khác ở trên.",
        "Nothing stands in this view yet. See another one above.",
    ),
    "statements.untitled": ("(chưa có tiêu đề)", "(no title yet)"),
    "statements.version": ("bản {n}", "version {n}"),
    "statements.saved": ("{who} ghi {time}", "saved by {who} {time}"),
    "statements.issued": ("{who} phát hành {time}", "issued by {who} {time}"),
    "statements.retracted": ("Thu hồi vì: {reason}", "Retracted: {reason}"),
    "statements.reason": ("Đưa về vì: {reason}", "Sent back: {reason}"),
    "statements.claims": ("{n} điều đã trả lời", "{n} answered claims"),
    "statements.claims_none": (
        "Chưa có điều nào được trả lời. Một điều vào đây khi câu trả lời dẫn số của nó được phát hành.",
        "Nothing is answered yet. A claim comes here when a statement that bears its number is issued.",
    ),
    "statements.repeats": ("{n} bài nhắc lại sau đó", "{n} articles repeat it since"),
    "statements.more": ("Hiện {n} điều mới nhất; tìm để thấy điều cũ hơn.", "The latest {n}; search for older ones."),
    "effects": ("Hiệu quả", "Effect"),
    "effects.help": (
        (
            "Báo chí trước và sau mỗi câu trả lời, bằng nhau về thời gian. Dưới {least} văn bản cả hai kỳ thì không nói"
            " được gì. Đây là so sánh, không phải nguyên nhân: tin bớt đi cũng vì việc đã cũ."
        ),
        (
            "Coverage before and after each statement, over equal times. Fewer than {least} texts say nothing."
            " A comparison, not a cause: coverage also fades because the matter is old."
        ),
    ),
    "effects.reading": ("Đang so các câu trả lời…", "Comparing statements…"),
    "effects.none": (
        "Không có câu trả lời nào phát hành trong khoảng này. Chọn khoảng dài hơn, hoặc xem Trả lời.",
        "No statement was issued in this period. Choose a longer one, or see Statements.",
    ),
    "effects.not_issued": (
        "Vụ việc này chưa phát hành câu trả lời, hoặc đã thu hồi.",
        "No statement of this case is issued yet, or it was retracted.",
    ),
    "effects.back": ("Mọi câu trả lời", "All statements"),
    "effects.period": ("Phát hành trong", "Issued in"),
    "effects.period.30d": ("30 ngày qua", "the last 30 days"),
    "effects.period.90d": ("90 ngày qua", "the last 90 days"),
    "effects.period.365d": ("12 tháng qua", "the last 12 months"),
    "effects.period.all": ("từ đầu", "all time"),
    "effects.of": ("So", "Compare"),
    "effects.of.coverage": ("văn bản khác nhau", "distinct texts"),
    "effects.of.critical": ("văn bản phê phán", "critical texts"),
    "effects.of.repeats": ("bài nêu điều đã trả lời", "articles that state the claim"),
    "effects.together": ("Cả khoảng", "The period"),
    "effects.sum": (
        (
            "{n} trên {of} câu trả lời đã đủ ngày để so, mỗi câu trong khoảng của chính nó ({span} trước và sau):"
            " trước {before}, sau {after}."
        ),
        (
            "{n} of {of} statements can be compared, each over its own span ({span} before and after):"
            " {before} before, {after} after."
        ),
    ),
    "effects.sum_ratio": ("Tính chung, sau so với trước: {ratio}", "All together, after against before: {ratio}"),
    "effects.sum_none": (
        "Chưa so được: 0 trên {of} câu trả lời đã đủ ngày. Cần ít nhất một ngày sau khi phát hành.",
        "Nothing to compare yet: of {of} statements none is a whole day old.",
    ),
    "effects.sum_few": (
        (
            "Quá ít để nói gì về cả khoảng: cần từ {answers} câu trả lời có bài ({n} câu đã có) và từ {least} bài cả"
            " hai kỳ."
        ),
        (
            "Too few to say anything of the period: {answers} statements with coverage are needed (there are {n}), and"
            " {least} texts in both periods."
        ),
    ),
    "effects.method": (
        (
            "Cách tính chung: trung bình phần bài ra sau của từng câu trả lời, câu nhiều bài nặng hơn nhưng các câu"
            " càng khác nhau thì càng nặng bằng nhau; khoảng 95 % tính theo chênh lệch giữa các câu. Tính lúc {time}."
        ),
        (
            "How they are put together: the mean of each statement's share of texts after, those with more texts weigh"
            " more, but the more statements differ the more alike they weigh; the 95 % interval is that of the"
            " differences between statements. As of {time}."
        ),
    ),
    "effects.most": (
        "Tính chung {n} câu trả lời mới nhất; chọn khoảng ngắn hơn để không bỏ câu nào.",
        "Put together are the newest {n} statements; choose a shorter period to leave none out.",
    ),
    "effects.axis": ("sau so với trước (lần), khoảng 95 %", "after against before (times), 95 % interval"),
    "effects.alt": (
        "Mỗi hàng một câu trả lời: chấm là sau so với trước, vạch là khoảng 95 %; số liệu ở bảng bên dưới",
        "A row for each statement: the dot is after against before, the line its 95 % interval; figures in the table",
    ),
    "effects.too_few": (
        "Chưa câu trả lời nào ở đây có từ {least} văn bản cả hai kỳ, nên chưa vẽ được gì.",
        "No statement here has {least} texts in both periods, so nothing can be drawn yet.",
    ),
    "effects.issued": ("Phát hành", "Issued"),
    "effects.span": ("Mỗi kỳ", "Each period"),
    "effects.n_weeks": ("{n} tuần", "{n} weeks"),
    "effects.n_days": ("{n} ngày", "{n} days"),
    "effects.early": ("chưa đủ một ngày", "less than a day"),
}
