"""Words of *Tin chính*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "stories": ("Tin chính", "Main stories"),
    "stories.all": ("Các chuyện", "All stories"),
    "stories.none": (
        "Không có chuyện nào khớp. Bỏ bớt điều kiện hoặc chọn khoảng thời gian dài hơn.",
        "No story matches. Ask for less, or choose a longer period.",
    ),
    "stories.unknown": (
        "Không có chuyện nào mang số “{id}”. Có thể đường dẫn bị cắt, hoặc chuyện đã gộp; tìm ở danh sách.",
        "There is no story “{id}”. The link may be cut, or it became one with another; look for it in the list.",
    ),
    "stories.total": ("{n} chuyện", "{n} stories"),
    "stories.page": ("{n} chuyện · đang xem {first}–{last}", "{n} stories · showing {first}–{last}"),
    "stories.cut": (
        (
            "Khoảng này có từ {n} chuyện trở lên: chỉ xếp {n} chuyện nhiều bài nhất. Chọn khoảng ngắn hơn, tìm một từ"
            " hoặc chỉ xem bài phê phán để thấy chuyện còn lại."
        ),
        (
            "There are {n} stories or more: only the {n} with the most articles are listed. Choose a shorter period,"
            " search for a word, or ask for critical ones to see the rest."
        ),
    ),
    "stories.sort": ("Xếp theo", "Sort by"),
    "stories.sort.weight": ("Cần xem trước", "To look at first"),
    "stories.sort.size": ("Nhiều văn bản nhất", "Most texts"),
    "stories.sort.newest": ("Mới nhất", "Newest"),
    "stories.critical": ("Có bài phê phán", "With critical articles"),
    "stories.several": ("Từ hai văn bản khác nhau", "Two distinct texts or more"),
    "stories.n_critical": ("Gợi ý: {n} bài phê phán", "Suggested: {n} critical"),
    "stories.one_here": ("1 bài trong khoảng này", "1 article in this period"),
    "stories.n": ("{n} bài", "{n} articles"),
    "stories.ever": ("từ đầu: {n} bài, {m} văn bản", "in all: {n} articles, {m} texts"),
    "stories.ever_n": ("từ đầu: {n} bài", "in all: {n} articles"),
    "stories.outlets": ("{n} nguồn", "{n} outlets"),
    "stories.span": ("{first} – {last}", "{first} – {last}"),
    "stories.timeline": ("Theo thời gian", "On a line of time"),
    "stories.timeline_alt": (
        "Mỗi dấu là một bài: ngang là giờ đăng, hàng là vai trong chuyện, màu và hình là thái độ",
        "Each mark is an article: across by time, in rows by role, colour and shape tell the stance",
    ),
    "stories.role.original": ("Bài đầu", "Originals"),
    "stories.role.follow-up": ("Bài tiếp", "Follow-ups"),
    "stories.role.correction": ("Bài đính chính", "Corrections"),
    "stories.role.copy": ("Bài đăng lại", "Copies"),
    "stories.in_stream": ("Xem các bài ở Dòng tin", "These articles in the Stream"),
    "stories.no_case": (
        "Chưa có vụ việc về chuyện này. Mở từ một bài của chuyện.",
        "No case about this story yet. Open one from any of its articles.",
    ),
    "stories.part": ("Tách bài khỏi chuyện", "Take articles out"),
    "stories.part_help": (
        "Chọn những bài nói về việc khác. Máy giữ nguyên như vậy mỗi khi gom lại.",
        "Choose what tells of something else. The machine keeps to it whenever it groups again.",
    ),
    "stories.which": ("Các bài tách ra", "Articles to take out"),
    "stories.choose": ("Chọn bài", "Choose articles"),
    "stories.part_do": ("Tách", "Take out"),
    "stories.merge": ("Gộp với chuyện khác", "Merge with another story"),
    "stories.near": ("Chuyện gần nhất", "Stories like this one"),
    "stories.not_near": ("Chọn một, hoặc ghi số ở dưới", "Choose one, or give a number below"),
    "stories.parted": ("{who} tách, {time}", "taken out by {who}, {time}"),
    "stories.merged": ("{who} gộp, {time}", "merged by {who}, {time}"),
    "stories.undo": ("Bỏ lời này", "Take this back"),
}
