"""Words of people who are called in notes, of proposals, and of cases that are opened without an article."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "calls": ("Gọi bạn ({n})", "Calling you ({n})"),
    "calls.line": ("{who} gọi bạn {time}: “{text}”", "{who} called you {time}: “{text}”"),
    "calls.saw": ("Đã xem", "I have seen it"),
    "calls.seen": ("Đã ghi là bạn đã xem.", "It is kept that you have seen it."),
    "calls.of": ("gọi {who}", "calls {who}"),
    "calls.call": ("Gọi người", "Call people"),
    "calls.nobody": ("Không ai", "Nobody"),
    "calls.help": (
        "Người được gọi thấy ghi chú này trên Hôm nay. Gõ @tên đăng nhập trong ghi chú cũng được.",
        "Who is called finds the note on Today. You may also type @name in the note.",
    ),
    # -- without an article
    "begin.phone": ("Mở vụ việc từ điện thoại", "Open a case from a phone call"),
    "begin.phone_help": (
        "Chưa cần bài báo nào; thêm sau từ màn hình của bài. Điều người gọi nói là ghi chú đầu tiên.",
        "No article is needed yet; add them later from their own screen. What the caller said is the first note.",
    ),
    "begin.said": ("Ai gọi (báo nào, đơn vị nào), nói gì", "Who called (which outlet or unit), what they said"),
    "begin.search": ("Mở vụ việc từ kết quả này", "Open a case about these"),
    "begin.search_help": (
        "{n} bài mới nhất trong {total} bài tìm được sẽ vào vụ việc; bài mới cùng chuyện sẽ tự vào.",
        "The newest {n} of {total} articles go into it; new ones of their stories join by themselves.",
    ),
    "begin.search_not": (
        "Trong kết quả có bài ngoài phạm vi của bạn. Thu hẹp tìm kiếm lại.",
        "Some of these are not yours to open a case about. Narrow the search.",
    ),
    "begin.searched": ("Mở từ tìm kiếm: {query}", "Opened from the search: {query}"),
    # -- proposals
    "proposals": ("Máy đề xuất mở vụ việc ({n})", "The machine proposes a case ({n})"),
    "proposals.help": (
        "Máy chỉ nêu số đếm; mở hay không do người quyết định.",
        "The machine only counts; whether a case is opened is for a person to say.",
    ),
    "proposals.critical": (
        "gợi ý: phê phán · {n} văn bản của {outlets} báo trong {days} ngày",
        "suggestion: critical · {n} texts of {outlets} outlets in {days} days",
    ),
    "proposals.growing": (
        "tăng nhanh · {n} bài của {outlets} báo trong {hours} giờ; {hours} giờ trước đó {before} bài",
        "growing fast · {n} articles of {outlets} outlets in {hours} h; {before} in the {hours} h before",
    ),
    "proposals.answered": (
        "gợi ý: nhắc lại điểm đã trả lời · {n} bài của {outlets} báo trong {days} ngày",
        "suggestion: says an answered claim again · {n} articles of {outlets} outlets in {days} days",
    ),
    "proposals.open": ("Xem và mở vụ việc", "Look, and open a case"),
    "proposals.dismiss": ("Không cần", "Not needed"),
    "proposals.why": ("Vì sao không cần", "Why not"),
    "proposals.why_needed": ("Ghi lý do, để người sau khỏi xem lại", "Say why, so that nobody looks again"),
    "proposals.dismissed": ("Đã ghi. Chuyện này không được đề xuất nữa.", "Kept. This story is not proposed again."),
    # -- the list
    "cases.by_unit": ("Theo đơn vị ({n} vụ trễ hạn)", "By unit ({n} late)"),
    "cases.unit_open": ("{n} vụ đang mở", "{n} open"),
    "cases.unit_late": ("{n} trễ", "{n} late"),
    "cases.board": ("Bảng", "Board"),
    "cases.list": ("Danh sách", "List"),
    "cases.as": ("Xem dạng", "Shown as"),
    "cases.board_more": ("và {n} vụ nữa", "and {n} more"),
}
