"""Words of *Dòng tin*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "stream.newer": ("{n} bài mới · xem", "{n} new · show"),
    "search": ("Tìm", "Search"),
    "search.placeholder": ("nước thải “sông Côn” -bóng_đá", "waste water “sông Côn” -football"),
    "search.how": ("Cách tìm", "How to search"),
    "search.help": (
        (
            "Gõ các từ để tìm bài có đủ các từ ấy; có dấu hay không dấu đều được.\n\n"
            "| gõ | nghĩa |\n|---|---|\n"
            "| `“sông Côn”` | đúng cụm từ |\n"
            "| `heo OR lợn` | một trong hai |\n"
            "| `-bóng_đá` | bỏ bài có từ này |\n"
            "| `quy*` | từ bắt đầu bằng *quy* |\n"
            "| `xả GẦN/9 “sông Côn”` | cách nhau nhiều nhất 9 từ |\n"
            "| `tít:cảng` | chỉ trong tiêu đề |\n"
            "| `báo:vnexpress` `nước:lào` `tiếng:hàn` | nơi đăng |\n"
            "| `chủ_đề:tourism` `thái_độ:phê_phán` | nhãn |\n"
            "| `đơn_vị:“Sở Ngoại vụ”` `nhiệm_vụ:4.2` | chủ đề của đơn vị, của nhiệm vụ |\n"
            "| `từ:7 ngày` `ngày:tuần này` `đến:21/11/2026` | thời gian |\n"
            "| `lưu:“tên”` | một câu đã lưu |\n"
            "| `( … )` | nhóm lại |"
        ),
        (
            "Type words to find articles that have all of them; with or without Vietnamese marks.\n\n"
            "| type | means |\n|---|---|\n"
            "| `“sông Côn”` | exactly this phrase |\n"
            "| `heo OR lợn` | either |\n"
            "| `-football` | without this word |\n"
            "| `quy*` | a word that begins with *quy* |\n"
            "| `xả NEAR/9 “sông Côn”` | at most 9 words apart |\n"
            "| `title:cảng` | in the title only |\n"
            "| `outlet:vnexpress` `country:LA` `language:ko` | where it was published |\n"
            "| `theme:tourism` `stance:critical` | labels |\n"
            "| `unit:“Sở Ngoại vụ”` `task:4.2` | the themes of a unit, of a task |\n"
            "| `from:7 days` `day:this week` `to:21/11/2026` | time; day before month |\n"
            "| `saved:“name”` | a saved search |\n"
            "| `( … )` | grouping |"
        ),
    ),
    "search.saved": ("Câu đã lưu · {n}", "Saved searches · {n}"),
    "search.none_saved": ("Chưa lưu câu tìm nào.", "Nothing is saved yet."),
    "search.nothing_to_save": (
        "Gõ một câu tìm hoặc chọn bộ lọc trước, rồi lưu ở đây dưới một tên.",
        "Type a search or choose filters first, then keep it here under a name.",
    ),
    "search.name": ("Tên", "Name"),
    "search.to_save": ("Sẽ lưu: {query}", "Will be saved: {query}"),
    "search.save": ("Lưu câu tìm", "Save the search"),
    "search.saved_as": (
        "Đã lưu “{name}”. Dùng lại trong câu khác và trong cảnh báo: lưu:“{name}”",
        "“{name}” is saved. Use it in other searches and in alerts: saved:“{name}”",
    ),
    "search.remove": ("Xóa", "Remove"),
    "search.removed": ("Đã xóa “{name}”.", "“{name}” is removed."),
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
    "shape": ("Cách xem", "View"),
    "shape.rows": ("Danh sách", "List"),
    "shape.table": ("Bảng", "Table"),
    "columns": ("Cột", "Columns"),
    "column.time": ("Giờ", "Time"),
    "column.title": ("Tiêu đề", "Title"),
    "column.outlet": ("Nguồn", "Outlet"),
    "column.country": ("Nước", "Country"),
    "column.language": ("Ngôn ngữ", "Language"),
    "column.relevance": ("Liên quan", "Relevance"),
    "column.stance": ("Thái độ", "Stance"),
    "column.theme": ("Chủ đề", "Themes"),
    "column.story": ("Chuyện", "Story"),
    "column.sentence": ("Câu đáng chú ý", "Telling sentence"),
    "pick": ("Chọn nhiều bài", "Choose articles"),
    "pick.n": ("Đã chọn {n} bài.", "{n} chosen."),
    "pick.elsewhere": ("{n} bài trong số đó không ở trang này.", "{n} of them are not on this page."),
    "pick.most": ("Chọn được nhiều nhất {n} bài một lần.", "At most {n} at a time."),
    "pick.page": ("Chọn cả trang", "Choose the page"),
    "pick.none": ("Bỏ chọn", "Let go"),
    "pick.label": ("Sửa nhãn", "Correct labels"),
    "pick.label_help": (
        "Ghi cho cả {n} bài đã chọn; ô để nguyên thì không đổi. Ý người sửa thay ý của máy.",
        "For all {n} chosen; what is left as it is does not change. A person's word replaces the machine's.",
    ),
    "pick.unchanged": ("Để nguyên", "As it is"),
    "pick.theme_yes": ("Thêm chủ đề", "Add themes"),
    "pick.theme_no": ("Bỏ chủ đề", "Take themes away"),
    "pick.both": ("“{theme}” vừa thêm vừa bỏ: chọn một.", "“{theme}” is both added and taken away: choose one."),
    "pick.nothing": ("Chưa chọn nhãn nào để ghi.", "Nothing was chosen to be written."),
    "pick.labelled": ("Đã ghi cho {n} bài.", "Written for {n} articles."),
    "pick.not_allowed": ("{n} bài không thuộc quyền của tài khoản này.", "{n} are not for this account."),
    "pick.case": ("Vào vụ việc", "To a case"),
    "pick.added": ("Đã thêm {n} bài vào {number}.", "{n} articles added to {number}."),
    "pick.new_help": ("Mở vụ việc mới về {n} bài đã chọn.", "A new case about the {n} chosen."),
    "take": ("Tải về", "Take as a file"),
    "take.picked": ("{n} bài đã chọn", "The {n} chosen"),
    "take.all": ("Cả {n} bài tìm được", "All {n} that were found"),
    "take.csv": ("CSV", "CSV"),
    "take.xlsx": ("XLSX", "XLSX"),
    "take.jsonl": ("JSON Lines", "JSON Lines"),
    "take.help": (
        "Mới nhất trước. CSV và JSON Lines nhiều nhất {n} bài, XLSX nhiều nhất {m}; hơn thế thì thu hẹp câu tìm.",
        "Newest first. CSV and JSON Lines hold {n} articles at most, XLSX {m}; narrow the search where it is more.",
    ),
    "suggest.add": ("Thêm vào câu tìm:", "Add to the search:"),
    "stream.show_hidden": ("Hiện cả", "Show them too"),
}
