"""Words of *Tài liệu* and *Đơn vị*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "kits": ("Tài liệu", "Briefing kits"),
    "kits.help": (
        "Dữ kiện chính thức do người ghi, có nguồn và thời hạn. Mục hết hạn vẫn hiện, có đánh dấu.",
        "Official facts written by people, with source and dates. What is over still shows, marked.",
    ),
    "kits.unit": ("Đơn vị: {unit}", "Unit: {unit}"),
    "kits.tasks": ("Nhiệm vụ: {tasks}", "Tasks: {tasks}"),
    "kits.empty": ("Chưa có mục nào. Thêm mục đầu tiên bên dưới.", "No facts yet. Add the first one below."),
    "kits.none_here": ("Chưa có mục nào.", "No facts yet."),
    "kits.now": ("đang dùng", "holds"),
    "kits.not-yet": ("chưa hiệu lực", "not yet"),
    "kits.expired": ("hết hạn, không dùng để trả lời", "expired, not to be quoted"),
    "kits.days": ("{start} – {end}", "{start} – {end}"),
    "kits.since": ("từ {start}", "from {start}"),
    "kits.until": ("đến hết {end}", "to the end of {end}"),
    "kits.searches": ("Tìm trong Dòng tin\\:", "Search the stream\\:"),
    "kits.source": ("Nguồn: {source}", "Source: {source}"),
    "kits.by": ("{who} ghi {time}", "{who}, {time}"),
    "kits.add": ("Thêm mục", "Add a fact"),
    "kits.text": ("Nội dung", "Text"),
    "kits.from": ("Nguồn (văn bản, cơ quan)", "Source (document, office)"),
    "kits.url": ("Địa chỉ của nguồn (nếu có)", "Address of the source (if any)"),
    "kits.language": ("Ngôn ngữ", "Language"),
    "kits.start": ("Có hiệu lực từ", "Holds from"),
    "kits.end": ("Đến hết ngày", "To the end of"),
    "kits.save": ("Ghi", "Save"),
    "kits.drop": ("Bỏ mục này", "End this fact"),
    "kits.saved": ("Đã ghi.", "Saved."),
    "unit": ("Đơn vị", "Units"),
    "unit.choose": ("Đơn vị", "Unit"),
    "unit.fields": ("Lĩnh vực: {themes}", "Fields: {themes}"),
    "unit.no_field": (
        "Hồ sơ của tỉnh không giao lĩnh vực nào cho đơn vị này.",
        "The province's profile gives this unit no field.",
    ),
    "unit.tasks": ("Nhiệm vụ trong kế hoạch: {tasks}", "Tasks of the plan: {tasks}"),
    "unit.area": ("Địa bàn: {area}", "Area: {area}"),
    "unit.numbers": (
        "{n} bài trong 7 ngày (7 ngày trước: {before}), {critical} bài gợi ý phê phán",
        "{n} articles in 7 days (the 7 before: {before}), {critical} suggested critical",
    ),
    "unit.foreign": ("Báo chí nước ngoài viết về tỉnh", "The foreign press about the province"),
    "unit.coverage": ("Bài trong lĩnh vực", "Coverage of its fields"),
    "unit.at_home": ("Bài trong lĩnh vực, báo trong nước", "Coverage of its fields by outlets at home"),
    "unit.more": ("Còn {n} bài nữa.", "{n} more."),
    "unit.cases": ("Vụ việc đang mở", "Open cases"),
    "unit.no_cases": ("Không có vụ việc nào đang mở.", "No case is open."),
    "unit.alerts": ("Cảnh báo 7 ngày qua", "Alerts of the last 7 days"),
    "unit.no_alerts": ("Không có cảnh báo nào.", "No alerts."),
    "unit.none": ("Không có bài nào trong 7 ngày.", "No coverage in 7 days."),
    "unit.all": ("Xem tất cả trong Dòng tin", "All of it in the stream"),
}
