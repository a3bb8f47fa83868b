"""Words of *Kế hoạch*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "themes": ("Chủ đề", "Themes"),
    "themes.help": (
        "18 chủ đề chung có thể đổi tên; chủ đề riêng của tỉnh được nhận ra bằng các cụm từ ghi ở đây.",
        "The 18 shared themes may be renamed; those a province adds are recognised by the phrases given here.",
    ),
    "themes.fixed": ("chung", "shared"),
    "themes.unmeasured": ("chưa đo", "unmeasured"),
    "themes.measured": (
        "{n} bài người đã xét: đúng {right}, thừa {wrong}, sót {missed}",
        "{n} articles judged by people: {right} right, {wrong} wrong, {missed} missed",
    ),
    "themes.add": ("Thêm chủ đề", "Add a theme"),
    "themes.rename": ("Đổi tên chủ đề chung", "Rename a shared theme"),
    "themes.vi": ("Tên tiếng Việt", "Vietnamese name"),
    "themes.en": ("Tên tiếng Anh", "English name"),
    "themes.covers": ("Gồm những gì", "What it takes in"),
    "themes.unit": ("Đơn vị phụ trách", "Unit that answers for it"),
    "themes.which": ("Chủ đề", "Theme"),
    "themes.seeds": (
        "Cụm từ nói tới chủ đề, cách nhau bằng dấu phẩy hoặc xuống dòng; ngôn ngữ nào trống thì chưa nhận ra.",
        "Phrases that speak of it, separated by commas or lines; in a language without any it is not recognised.",
    ),
    "themes.save": ("Ghi", "Save"),
    "themes.drop": ("Bỏ chủ đề này", "Remove this theme"),
    "themes.saved": ("Đã ghi. Máy sẽ đánh giá lại các bài.", "Saved. Articles will be judged again."),
    "plan": ("Kế hoạch", "Plan"),
    "plan.title": ("Kế hoạch · {province}", "Plan · {province}"),
    "plan.line": (
        "{n} nhiệm vụ trong {groups} nhóm · {expired} đã hết hạn · {told} có báo tiến độ",
        "{n} tasks in {groups} groups · {expired} expired · {told} with reported progress",
    ),
    "plan.tasks": ("Nhiệm vụ", "Tasks"),
    "plan.import": ("Nhập văn bản", "Import a document"),
    "plan.unit": ("Đơn vị", "Unit"),
    "plan.unit.all": ("Mọi đơn vị", "All units"),
    "plan.none": ("Không có nhiệm vụ nào khớp bộ lọc.", "No task matches the filter."),
    "plan.empty": (
        "Hồ sơ tỉnh chưa có nhiệm vụ. Nhập văn bản kế hoạch ở thẻ bên cạnh.",
        "The profile has no tasks yet. Import the plan's document in the next tab.",
    ),
    "plan.current": ("Chỉ việc còn hạn", "Current tasks only"),
    "plan.lead": ("Chủ trì", "Leads"),
    "plan.help": ("Phối hợp", "Helps"),
    "plan.time": ("Thời gian", "Time"),
    "plan.themes": ("Chủ đề", "Themes"),
    "plan.expired": ("Hết hạn {year}", "Expired {year}"),
    "plan.progress": ("Báo tiến độ", "Report progress"),
    "plan.history": ("Các lần báo trước", "Earlier reports"),
    "plan.state": ("Tình trạng", "State"),
    "plan.state.planned": ("Chưa làm", "Planned"),
    "plan.state.running": ("Đang làm", "Under way"),
    "plan.state.done": ("Xong", "Done"),
    "plan.state.held": ("Đang vướng", "Held up"),
    "plan.share": ("Phần trăm", "Per cent"),
    "plan.note": ("Kết quả, vướng mắc", "Results, difficulties"),
    "plan.save": ("Ghi lại", "Save"),
    "plan.close": ("Đóng", "Close"),
    "plan.saved": ("Đã ghi tiến độ nhiệm vụ {task}.", "The progress of task {task} is kept."),
    "plan.entry": ("{unit}: {state}{share} · {time} · {by}", "{unit}: {state}{share} · {time} · {by}"),
    "plan.upload": ("Văn bản kế hoạch (.docx, .pdf, .txt)", "The plan's document (.docx, .pdf, .txt)"),
    "plan.upload.help": (
        (
            "Máy đọc nhóm, nhiệm vụ, đơn vị, thời gian thành bản nháp; không gì đổi cho đến khi có người đối chiếu"
            " và xác nhận."
        ),
        "The document is read into a draft; nothing changes until a person has checked and confirmed it.",
    ),
    "plan.another": ("Nhập văn bản khác", "Import another document"),
    "plan.read": ("Đọc văn bản", "Read the document"),
    "plan.replace": ("Thay bản nháp đang chờ", "Replace the waiting draft"),
    "plan.waiting": (
        "Đang có bản nháp từ “{source}” ({time}). Xác nhận hoặc bỏ bản ấy trước, hoặc chọn thay.",
        "A draft from “{source}” ({time}) is waiting. Confirm or drop it first, or choose to replace it.",
    ),
    "plan.draft": ("Bản nháp từ “{source}”", "Draft from “{source}”"),
    "plan.draft.line": (
        "Đọc lúc {time} · {n} nhiệm vụ · {doubts} chỗ cần người quyết định",
        "Read {time} · {n} tasks · {doubts} places a person must settle",
    ),
    "plan.task": ("Nhiệm vụ", "Task"),
    "plan.task.title": ("Tên nhiệm vụ", "Title"),
    "plan.from": ("Từ năm", "From year"),
    "plan.to": ("Đến năm", "To year"),
    "plan.source": ("Trong văn bản, từ dòng {line}", "In the document, from line {line}"),
    "plan.why": ("vì có “{words}”", "because of “{words}”"),
    "plan.keep": ("Giữ nhiệm vụ này", "Keep this task"),
    "plan.next": ("Lưu và sang nhiệm vụ kế", "Save and go to the next"),
    "plan.dropped_task": ("Đã bỏ nhiệm vụ {task} khỏi bản nháp.", "Task {task} is taken out of the draft."),
    "plan.saved_task": ("Đã lưu nhiệm vụ {task} vào bản nháp.", "Task {task} is saved in the draft."),
    "plan.confirm": ("Xác nhận kế hoạch", "Confirm the plan"),
    "plan.confirm.help": (
        "Nhiệm vụ của hồ sơ tỉnh sẽ là {n} nhiệm vụ này; bản trước được giữ bên cạnh.",
        "The profile's tasks become these {n}; the version before is kept beside it.",
    ),
    "plan.confirmed": ("Kế hoạch đã được xác nhận: {n} nhiệm vụ.", "The plan is confirmed: {n} tasks."),
    "plan.drop": ("Bỏ bản nháp", "Drop the draft"),
    "plan.changed": (
        "Bản nháp vừa được người khác đổi. Chưa ghi gì; xem lại rồi lưu lần nữa.",
        "Somebody else has just changed the draft. Nothing was written; look again and save once more.",
    ),
}
