"""Words of the shift's review and its handover, on *Trực*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "duty.view": ("Phần", "Part"),
    "duty.view.review": ("Duyệt ca", "Review"),
    "duty.view.ask": ("Máy hỏi", "The machine asks"),
    "duty.view.hand-over": ("Bàn giao", "Handover"),
    "duty.since": ("Từ lúc", "Since"),
    "duty.since.shift": ("Từ lần bàn giao", "Since the handover"),
    "duty.since.24h": ("24 giờ", "24 hours"),
    "duty.since.7d": ("7 ngày", "7 days"),
    "shift.since": ("Thu được từ {time}", "Collected since {time}"),
    "shift.left": (
        "Còn {n} chuyện chưa xem; đã xem {m} trong phiên này. Phím số ở mỗi nút; nhãn ghi cho bài đang hiện.",
        "{n} stories are left; {m} looked through here. Keys stand on the buttons; labels are of the article shown.",
    ),
    "shift.cut": (
        (
            "Khoảng này có {of} bài về tỉnh; ở đây chỉ xét {n} bài mới nhất. Chọn khoảng ngắn hơn; bài cũ hơn xem ở Tin"
            " chính hoặc Dòng tin."
        ),
        (
            "This span has {of} articles about the province; only the newest {n} are gone through here. Choose a"
            " shorter span; see the older ones in Main stories or the Stream."
        ),
    ),
    "shift.none": (
        "Không còn chuyện nào chưa xem trong khoảng này. Có chuyện mới thì tự hiện; hết ca thì ghi bàn giao.",
        "Nothing is left in this span. New stories come by themselves; at the end of the shift write the handover.",
    ),
    "shift.right": ("Xem xong, chuyện sau", "Done, next"),
    "shift.theme": ("Chủ đề…", "Themes…"),
    "shift.case": ("Vụ việc…", "Case…"),
    "shift.skip": ("Bỏ qua", "Skip"),
    "shift.undo": ("Hoàn tác", "Undo"),
    "shift.read": ("Mở bài", "Open the article"),
    "shift.others": ("Cùng chuyện: {n} bài nữa", "Same story: {n} more"),
    "shift.why": ("duyệt ca trực", "review of the shift"),
    "shift.gone": ("Bài này không còn trong kho.", "This article is not in the record any more."),
    "shift.themes": ("Bấm chữ để thêm hoặc bỏ chủ đề, rồi ghi:", "Press a letter to have a theme or not, then save:"),
    "shift.back": ("Trở lại", "Back"),
    "shift.cases": (
        "Mở vụ việc mới, hoặc đưa bài vào vụ đang mở:",
        "Open a case, or put it into an open one:",
    ),
    "shift.case_new": ("Mở vụ việc, giao {unit}", "Open a case for {unit}"),
    "shift.in_case": ("Bài đã ở {number}", "It is in {number} already"),
    "shift.opened": ("Đã mở {number}.", "{number} is open."),
    "shift.take": ("Đã đọc, nhận ca", "Read, I take over"),
    "shift.taken": ("Đã nhận ca.", "Taken over."),
    "shift.hand_over": ("Bàn giao cho ca sau", "Handover to the next shift"),
    "shift.hand_over_help": (
        "Số liệu điền sẵn; viết thêm việc đang dở, ai đang chờ ai. Ca sau thấy ngay khi mở trang này.",
        "Figures are filled in; add what is unfinished and who waits for whom. The next shift sees it first.",
    ),
    "shift.note": ("Ghi chú", "Note"),
    "shift.hand_over_do": ("Bàn giao", "Hand over"),
    "shift.handed_over": ("Đã ghi bàn giao.", "The handover is written."),
    "shift.before": ("Các lần bàn giao", "Handovers so far"),
    "shift.no_handover": ("Chưa có lần bàn giao nào.", "None so far."),
    "shift.left_by": ("{who} để lại, {time}", "left by {who}, {time}"),
    "shift.taken_by": ("{who} nhận, {time}", "taken by {who}, {time}"),
    "shift.figures": ("Còn {n} chuyện chưa xem từ {time}.", "{n} stories not looked through since {time}."),
    "shift.late": ("Vụ việc trễ hạn: {n}.", "Cases past their time: {n}."),
}
