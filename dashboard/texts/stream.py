"""Words of *Dòng tin*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "search": ("Tìm", "Search"),
    "search.placeholder": ("nước thải “sông Côn” -bóng_đá", "waste water “sông Côn” -football"),
    "search.help": (
        (
            "Gõ các từ để tìm bài có đủ các từ ấy; có dấu hay không dấu đều được.\n\n"
            "- `“sông Côn”`: đúng cụm từ\n"
            "- `heo OR lợn`: một trong hai; `-bóng` hoặc `NOT bóng`: bỏ bài có từ này\n"
            "- `tiêu_đề:cảng`: chỉ trong tiêu đề\n"
            "- `nguồn:vnexpress`, `ngôn_ngữ:ko`, `chủ_đề:tourism`, `thái_độ:critical`\n"
            "- `( … )`: nhóm lại"
        ),
        (
            "Type words to find articles that have all of them; with or without Vietnamese marks.\n\n"
            "- `“sông Côn”`: exactly this phrase\n"
            "- `heo OR lợn`: either; `-bóng` or `NOT bóng`: without this word\n"
            "- `title:cảng`: in the title only\n"
            "- `outlet:vnexpress`, `language:ko`, `theme:tourism`, `stance:critical`\n"
            "- `( … )`: grouping"
        ),
    ),
    "search.error": (
        "Không đọc được câu tìm, ở ký tự thứ {n}. Sửa chỗ được đánh dấu; bộ lọc vẫn giữ nguyên.",
        "The search cannot be read at character {n}. Mend the marked place; the filters are kept.",
    ),
    "search.error_whole": (
        "Không đọc được câu tìm. Sửa lại; bộ lọc vẫn giữ nguyên.",
        "The search cannot be read. Mend it; the filters are kept.",
    ),
    "sort": ("Xếp theo", "Sort by"),
    "sort.newest": ("Mới nhất", "Newest"),
    "sort.oldest": ("Cũ nhất", "Oldest"),
    "sort.score": ("Khớp nhất", "Best match"),
    "filters": ("Bộ lọc", "Filters"),
    "filters.on": ("Bộ lọc · {n} đang dùng", "Filters · {n} in use"),
    "filters.clear": ("Bỏ mọi bộ lọc", "Clear all filters"),
    "filters.any": ("Tất cả", "Any"),
    "stream.total": ("{n} bài", "{n} articles"),
    "stream.page": ("{n} bài · đang xem {first}–{last}", "{n} articles · showing {first}–{last}"),
    "stream.deep": (
        "Chỉ xem được {n} bài đầu. Thêm bộ lọc hoặc từ tìm để thu hẹp.",
        "Only the first {n} can be read here. Add a filter or a word to narrow it.",
    ),
    "stream.none": (
        "Không có bài nào khớp. Bỏ bớt bộ lọc hoặc chọn khoảng thời gian dài hơn.",
        "Nothing matches. Remove a filter or choose a longer period.",
    ),
    "stream.hidden": ("{n} bài không về tỉnh đang ẩn", "{n} articles not about the province are hidden"),
    "stream.show_hidden": ("Hiện cả", "Show them too"),
}
