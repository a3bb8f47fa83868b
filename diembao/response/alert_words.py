"""Words of alerts, Vietnamese and English: what a mail says, and why it was sent."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    # why
    "matches": ("khớp “{query}”", "matches “{query}”"),
    "case": ("bài của vụ việc {key}", "coverage of case {key}"),
    "relevance.yes": ("về tỉnh", "about the province"),
    "relevance.part": ("có nhắc tới tỉnh", "mentions the province"),
    "stance.positive": ("gợi ý: tích cực", "suggested: positive"),
    "stance.neutral": ("gợi ý: trung tính", "suggested: neutral"),
    "stance.critical": ("gợi ý: phê phán", "suggested: critical"),
    "by-person.positive": ("người đọc: tích cực", "a person: positive"),
    "by-person.neutral": ("người đọc: trung tính", "a person: neutral"),
    "by-person.critical": ("người đọc: phê phán", "a person: critical"),
    "themes": ("gợi ý chủ đề: {names}", "suggested themes: {names}"),
    # news of a story that was told
    "news.correction": ("Có bài đính chính", "A correction was published"),
    "news.stance.critical": ("Lần đầu có bài phê phán (gợi ý)", "Critical for the first time (suggested)"),
    "news.stance.positive": ("Lần đầu có bài tích cực (gợi ý)", "Positive for the first time (suggested)"),
    "news.tenfold": ("Số bài tăng mười lần: nay {n} bài", "Ten times the coverage: {n} articles now"),
    "news.answered": ("Cơ quan đã trả lời về sự việc này", "The office has answered on this story"),
    "subject.correction": ("Đính chính: {title}", "Correction: {title}"),
    "subject.stance": ("Chuyển biến: {title}", "Changed: {title}"),
    "subject.tenfold": ("Lan rộng: {title}", "Spreading: {title}"),
    "subject.answered": ("Đã trả lời: {title}", "Answered: {title}"),
    "why.answered": ("vụ việc {case}, trả lời số {n}", "case {case}, answer no. {n}"),
    # notes that call somebody
    "mentions.one": ("Nhắc tên bạn: {title}", "You are called: {title}"),
    "mentions.more": ("{n} ghi chú nhắc tên bạn", "{n} notes call you"),
    "mentions.intro": ("Có ghi chú nhắc tên bạn trong vụ việc.", "A note on a case calls you."),
    "mentions.line": ("{who} viết ở {case}:", "{who} wrote in {case}:"),
    # a query that cannot be read any more
    "not-read": ("Cảnh báo “{name}” không đọc được nữa", "The alert “{name}” can no longer be read"),
    "not-read.text": (
        "Câu tìm {query} dùng một tên không còn có: từ nay cảnh báo này không báo gì. Xin mở Cảnh báo và sửa câu tìm.",
        "The query {query} uses a name that is there no more: nothing is told until somebody changes it.",
    ),
    # the mail
    "read": ("Đọc bài", "Read the article"),
    "page": ("Xem trong Điểm Báo", "See it in Điểm Báo"),
    "open_case": ("Mở vụ việc", "Open a case"),
    "why": ("Vì sao có thư này", "Why you get this"),
    "copies": ("và {n} bản sao", "and {n} copies"),
    "copy": ("và 1 bản sao", "and 1 copy"),
    "story": ("{n} văn bản khác nhau", "{n} distinct texts"),
    "articles": ("{n} bài", "{n} articles"),
    "no_date": ("chưa rõ giờ đăng, thấy lúc {time}", "time of publication unknown, seen at {time}"),
    "several": ("{n} sự việc", "{n} stories"),
    "summary": (
        "{n} sự việc, {articles} bài, từ {outlets} nguồn: {named}.",
        "{n} stories, {articles} articles, from {outlets} outlets: {named}.",
    ),
    "stances": ("Gợi ý thái độ: {counts}.", "Suggested stance: {counts}."),
    "count.critical": ("{n} phê phán", "{n} critical"),
    "count.positive": ("{n} tích cực", "{n} positive"),
    "count.neutral": ("{n} trung tính", "{n} neutral"),
    "count.": ("{n} chưa rõ", "{n} unclear"),
    "others": ("{k} nguồn khác {n}", "{k} other outlets {n}"),
    "more": ("Và {n} sự việc nữa, xem trong Điểm Báo.", "And {n} more stories; see them in Điểm Báo."),
    "trial": (
        "Đây là thư thử: thư cảnh báo sẽ tới như thế này.",
        "This is a trial: alerts will arrive like this.",
    ),
    "trial_subject": ("thư thử – {subject}", "trial – {subject}"),
    "nothing": ("chưa có bài nào khớp", "nothing matches so far"),
    "footer": (
        "Thái độ và chủ đề là gợi ý của máy; người đọc quyết định. Mỗi sự việc báo một lần, báo lại khi có đổi khác.",
        "Stance and themes are a machine's suggestions. A story is told once, and again when something changed.",
    ),
    "stop": ("Thôi nhận cảnh báo này", "Get no more of this alert"),
    "of": ("Cảnh báo “{name}” của Điểm Báo.", "Alert “{name}” of Điểm Báo."),
}


def say(language: str, key: str, /, **values: object) -> str:
    """In English where the language is "en", else in Vietnamese."""
    text = WORDS[key][language == "en"]
    return text.format(**values) if values else text
