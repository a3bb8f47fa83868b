"""Words of the answer memory and of the effect of an answer, on *Hôm nay*, *Bài báo* and *Vụ việc*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "memory.article": ("Điều này đã trả lời", "This was answered"),
    "memory.today": ("Nhắc lại điều đã trả lời ({n})", "Repeats what was answered ({n})"),
    "memory.case": ("Báo nhắc lại sau khi trả lời ({n})", "Coverage that repeats what was answered ({n})"),
    "memory.help": (
        "Máy đối chiếu và chỉ gợi ý; cán bộ nhận hoặc từ chối. Từ chối một bài là từ chối cả chuyện của nó.",
        "The machine compares and suggests; an officer decides. To refuse an article is to refuse its whole story.",
    ),
    "memory.answered": ("Đã trả lời ngày {date}", "Answered on {date}"),
    "memory.claim": ("{number}, điểm {n}: “{quote}”", "{number}, claim {n}: “{quote}”"),
    "memory.passage": ("Bài viết: “{text}”", "The article: “{text}”"),
    "memory.shared": ("Cùng nhắc: {what}", "Both name: {what}"),
    "memory.differs.number": ("số khác: {claim} → {coverage}", "other figures: {claim} → {coverage}"),
    "memory.differs.place": ("nơi khác: {claim} → {coverage}", "another place: {claim} → {coverage}"),
    "memory.differs.day": ("ngày khác: {claim} → {coverage}", "another day: {claim} → {coverage}"),
    "memory.differs.language": ("ngôn ngữ khác: {claim} → {coverage}", "another language: {claim} → {coverage}"),
    "memory.withdrawn": ("bài đã bị gỡ", "taken down"),
    "memory.accepted": ("cán bộ đã nhận", "accepted"),
    "memory.suggested": ("gợi ý, độ chắc {n}", "suggested, certainty {n}"),
    "memory.answer": ("Câu trả lời để sao chép", "The answer, to copy"),
    "memory.accept": ("Đúng, nhắc lại", "Right, it repeats it"),
    "memory.join": ("Thêm vào {number}", "Add to {number}"),
    "memory.refuse": ("Không phải", "Wrong"),
    "memory.refuse_why": ("Vì sao không phải (không bắt buộc)", "Why it is wrong (optional)"),
    "memory.done.accepted": ("Đã nhận.", "Accepted."),
    "memory.done.refused": ("Đã từ chối; sẽ không gợi ý lại.", "Refused; it will not be suggested again."),
    "effect": ("Báo chí sau câu trả lời", "Coverage after the answer"),
    "effect.early": (
        "Phát hành lúc {time}; chưa đủ một ngày để so.",
        "Issued at {time}; less than a day has passed, nothing to compare yet.",
    ),
    "effect.weeks": (
        "So {n} tuần sau với {n} tuần trước lúc phát hành ({time}).",
        "{n} weeks after against {n} weeks before the issue ({time}).",
    ),
    "effect.days": (
        "So {n} ngày sau với {n} ngày trước lúc phát hành ({time}); chưa đủ tuần nên khác ngày trong tuần.",
        "{n} days after against {n} days before the issue ({time}); less than a week, so weekdays differ.",
    ),
    "effect.what": ("Trong vụ việc", "In the case"),
    "effect.before": ("Trước", "Before"),
    "effect.after": ("Sau", "After"),
    "effect.ratio": ("Sau so với trước", "After against before"),
    "effect.articles": ("Bài", "Articles"),
    "effect.texts": ("Văn bản khác nhau", "Distinct texts"),
    "effect.critical": ("Văn bản phê phán", "Critical texts"),
    "effect.repeats": ("Bài nêu điều đã trả lời", "Articles that state the claim"),
    "effect.corrections": ("Đính chính, sửa lời", "Corrections"),
    "effect.between": ("{ratio} lần (95 %: {low}–{high})", "{ratio} times (95 %: {low}–{high})"),
    "effect.only_after": ("chỉ có sau (từ {low} lần)", "only after (from {low} times)"),
    "effect.too_few": ("quá ít để nói", "too few to say"),
    "effect.help": (
        "Dưới {least} văn bản cả hai kỳ: không nói được gì. Bài đăng lại không tính. So sánh, không phải nguyên nhân.",
        "Fewer than {least} texts in both periods say nothing. Copies are left out. A comparison, not a cause.",
    ),
    "effect.alt": (
        "Số bài mỗi ngày theo thái độ, trước và sau lúc phát hành; số liệu ở bảng bên dưới",
        "Articles a day by stance, before and after the issue; the figures are in the table below",
    ),
    "effect.issued": ("phát hành", "issued"),
}
