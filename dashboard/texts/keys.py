"""Words of keys for other systems, on *Quản trị*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "keys": ("Khóa API", "API keys"),
    "keys.add": ("Tạo khóa", "Make a key"),
    "keys.help": (
        "Khóa để hệ thống khác đọc qua API (docs/api.md), chỉ hiện một lần. Khóa của cán bộ ghi dưới tên người ấy.",
        "Another system reads through the API with it (docs/api.md). Shown once. An officer's key writes in that name.",
    ),
    "keys.name": ("Tên hệ thống (a–z, số, gạch)", "Name of the system (a–z, digits, dashes)"),
    "keys.scopes": ("Được làm gì", "What it may do"),
    "keys.days": ("Dùng được bao nhiêu ngày", "Days it lasts"),
    "keys.account": ("Khóa của ai", "Whose key"),
    "keys.service": ("hệ thống khác, chỉ đọc", "another system, reading only"),
    "keys.made": (
        "Đã tạo khóa. Chép ngay và gửi qua đường an toàn; không xem lại được.",
        "The key is made. Copy it now and hand it on safely; it is not shown again.",
    ),
    "keys.taken": ("Đã thu hồi; có hiệu lực trong 5 giây.", "Revoked; it counts within 5 seconds."),
    "keys.none": ("Chưa có khóa nào.", "No keys yet."),
    "keys.revoke": ("Thu hồi", "Revoke"),
    "keys.revoked": ("đã thu hồi", "revoked"),
    "keys.over": ("đã hết hạn", "expired"),
    "keys.until": ("dùng đến {date}", "until {date}"),
    "keys.used": ("dùng gần nhất {time}", "last used {time}"),
    "keys.unused": ("chưa dùng lần nào", "never used"),
    "scope.coverage.read": ("đọc tin, chuyện, báo", "read articles, stories, outlets"),
    "scope.gist.read": ("đọc tóm tắt máy viết, chưa duyệt", "read gists that nobody has accepted"),
    "scope.status.read": ("đọc tình trạng", "read the status"),
    "scope.case.read": ("đọc vụ việc", "read cases"),
    "scope.plan.read": ("đọc kế hoạch", "read the plan"),
    "scope.question.read": ("đọc câu hỏi báo chí", "read questions of the press"),
    "scope.calendar.read": ("đọc lịch, giao ban", "read calendar and briefings"),
    "scope.request.read": ("đọc yêu cầu gửi đơn vị", "read requests to units"),
    "scope.report.read": ("đọc báo cáo", "read reports"),
    "scope.request.ask": ("hỏi đơn vị", "ask units"),
    "scope.request.answer": ("trả lời thay đơn vị", "answer for a unit"),
    "scope.label.correct": ("sửa nhãn", "correct labels"),
    "scope.plan.progress": ("báo tiến độ nhiệm vụ", "tell progress of tasks"),
    "scope.kit.change": ("đưa dữ kiện vào bộ tài liệu", "hand in facts for kits"),
    "scope.case.open": ("mở vụ việc", "open cases"),
    "scope.case.assign": ("sửa thông tin vụ việc", "change details of cases"),
    "scope.case.work": ("làm vụ việc: bước, ghi chú, điểm, chứng cứ", "work on cases: moves, notes, claims, evidence"),
    "scope.answer.draft": ("soạn dự thảo trả lời", "draft answers"),
    "scope.alert.read": ("xem cảnh báo", "see alerts"),
    "scope.alert.own": ("đặt cảnh báo của mình", "keep alerts of one's own"),
    "audit.did.key.add": ("tạo khóa API", "API key made"),
    "audit.did.key.revoke": ("thu hồi khóa API", "API key revoked"),
}
