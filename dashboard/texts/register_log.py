"""Words of the audit log and of histories about questions of the press, briefings and the calendar."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "audit.of.question": ("câu hỏi", "question"),
    "audit.of.briefing": ("buổi giao ban", "briefing"),
    "audit.of.point": ("việc sau giao ban", "point of a briefing"),
    "audit.of.matter": ("mục lịch", "matter"),
    "audit.did.question.received": ("nhận câu hỏi báo chí", "question received"),
    "audit.did.question.assigned": ("giao câu hỏi cho đơn vị", "question assigned"),
    "audit.did.question.changed": ("sửa câu hỏi", "question changed"),
    "audit.did.question.drafted": ("soạn câu trả lời", "answer written"),
    "audit.did.question.answered": ("duyệt, đã trả lời", "approved and answered"),
    "audit.did.question.reopened": ("phát ngôn bị thu hồi, chờ trả lời lại", "statement retracted, waits again"),
    "audit.did.question.published": ("ghi nơi đăng câu trả lời", "answer was published"),
    "audit.did.question.refused": ("không trả lời câu hỏi", "question refused"),
    "audit.did.question.withdrawn": ("rút câu hỏi", "question withdrawn"),
    "audit.did.question.case": ("mở vụ việc từ câu hỏi", "case opened from a question"),
    "audit.did.question.forgot": ("xóa tên, nơi nhận của người hỏi", "asker's name and contact erased"),
    "audit.did.question.forget": ("hết hạn giữ tên người hỏi", "asker's name and contact past their time"),
    "audit.did.briefing.planned": ("lên lịch giao ban", "briefing planned"),
    "audit.did.briefing.changed": ("sửa buổi giao ban", "briefing changed"),
    "audit.did.briefing.attached": ("đính kèm tài liệu giao ban", "document attached to a briefing"),
    "audit.did.briefing.held": ("đã họp giao ban", "briefing held"),
    "audit.did.briefing.cancelled": ("hủy buổi giao ban", "briefing cancelled"),
    "audit.did.point.added": ("ghi việc phải làm sau giao ban", "point of a briefing added"),
    "audit.did.point.told": ("báo tiến độ việc sau giao ban", "progress of a point told"),
    "audit.did.point.done": ("xong việc sau giao ban", "point of a briefing done"),
    "audit.did.matter.added": ("thêm vào lịch", "matter added"),
    "audit.did.matter.refused": ("không nhận đề xuất lịch", "proposed matter refused"),
    "audit.did.matter.changed": ("sửa mục lịch", "matter changed"),
    "audit.did.matter.ended": ("bỏ mục lịch", "matter ended"),
    "audit.did.matter.ticked": ("đánh dấu việc chuẩn bị", "preparation ticked"),
}
