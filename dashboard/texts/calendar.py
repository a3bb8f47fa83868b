"""Words of *Lịch*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "calendar": ("Lịch", "Calendar"),
    "calendar.help": (
        "Việc lường trước được và việc chuẩn bị. Máy chỉ đề xuất; người đưa vào lịch.",
        "What can be foreseen, and what is to be prepared. The machine proposes, people decide.",
    ),
    "calendar.near": ("Sắp tới (30 ngày)", "Near (30 days)"),
    "calendar.none_near": ("Không có gì trong 30 ngày tới.", "Nothing in the next 30 days."),
    "calendar.later": ("Sau đó", "Later"),
    "calendar.now": ("đang diễn ra", "now"),
    "calendar.in": ("còn {n} ngày", "in {n} days"),
    "calendar.yearly": ("hằng năm", "every year"),
    "calendar.add": ("Đưa một việc vào lịch", "Add a matter"),
    "calendar.title": ("Tên", "Title"),
    "calendar.kind": ("Loại", "Kind"),
    "calendar.kind.storms": ("mùa mưa bão", "storm season"),
    "calendar.kind.anniversary": ("ngày kỷ niệm", "anniversary"),
    "calendar.kind.visit": ("chuyến thăm", "visit"),
    "calendar.kind.festival": ("lễ hội", "festival"),
    "calendar.kind.hearing": ("phiên họp, phiên tòa", "hearing"),
    "calendar.kind.holiday": ("ngày nghỉ lễ", "holiday"),
    "calendar.kind.report": ("báo cáo định kỳ", "report"),
    "calendar.kind.briefing": ("giao ban báo chí", "briefing"),
    "calendar.kind.other": ("khác", "other"),
    "calendar.start": ("Ngày đầu", "First day"),
    "calendar.last": ("Ngày cuối", "Last day"),
    "calendar.is_yearly": ("Hằng năm, cùng ngày dương lịch", "Every year, on the same days"),
    "calendar.moon": (
        "Việc theo âm lịch thì ghi từng năm; ngày nghỉ Tết, Giỗ Tổ có trong đề xuất.",
        "What follows the moon is entered each year; Tết and Giỗ Tổ are among the proposals.",
    ),
    "calendar.note": ("Ghi chú", "Note"),
    "calendar.add_task": ("Thêm việc chuẩn bị", "Add a task"),
    "calendar.drop": ("Bỏ", "Drop"),
    "calendar.drop_help": (
        "Việc này không còn trong lịch, cho cả những năm sau; nhật ký vẫn giữ.",
        "It is no longer in the calendar, of later years either; the history keeps it.",
    ),
    "calendar.drop_do": ("Bỏ việc này", "Drop this task"),
    "calendar.task": ("Việc chuẩn bị", "Task"),
    "calendar.before": ("Trước bao nhiêu ngày", "How many days before"),
    "calendar.edit": ("Sửa", "Change"),
    "calendar.end": ("Bỏ khỏi lịch", "Take it out"),
    "calendar.proposals": ("{n} đề xuất của máy", "{n} proposals"),
    "calendar.take": ("Đưa vào lịch", "Add it"),
    "calendar.refuse": ("Không cần", "Not needed"),
    "calendar.prepare": ("Cần chuẩn bị", "To be prepared"),
    "calendar.all": ("Xem lịch", "The calendar"),
    "calendar.ics": ("Tải lịch (ICS)", "Download (ICS)"),
    "calendar.ics_help": (
        "Mở được bằng chương trình lịch. Có thể đọc bằng khóa API ở /api/v1/calendar.ics.",
        "For a diary. With an API key it is read at /api/v1/calendar.ics.",
    ),
    "diary": ("Xem trong lịch của điện thoại, máy tính", "In the diary of a telephone or computer"),
    "diary.help": (
        (
            "Địa chỉ riêng của bạn để chương trình lịch tự đọc. Ai có địa chỉ này thì đọc được lịch, không đọc được"
            " gì khác; lộ ra thì thu hồi."
        ),
        (
            "An address of your own that a diary reads by itself. Whoever has it reads the calendar and nothing else;"
            " revoke it where it got out."
        ),
    ),
    "diary.name": ("Dùng ở đâu", "Where it is used"),
    "diary.make": ("Tạo địa chỉ", "Make an address"),
    "diary.made": ("Đã tạo địa chỉ lịch; chép ngay.", "The address is made; copy it now."),
    "diary.once": ("Địa chỉ chỉ hiện một lần.", "The address is shown once."),
    "diary.row": (
        "{name} (số {n}): tạo {made}, dùng đến {until}, đọc lần cuối: {used}",
        "{name} (no. {n}): made {made}, good until {until}, last read: {used}",
    ),
    "diary.unused": ("chưa", "never"),
    "diary.revoke": ("Thu hồi", "Revoke"),
    "diary.revoked": ("Đã thu hồi địa chỉ lịch.", "The address is revoked."),
}
