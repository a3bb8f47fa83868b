"""Words of *Vụ việc*, and of cases on the other screens."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "nav.respond": ("Ứng phó", "Respond"),
    "cases": ("Vụ việc", "Cases"),
    "case": ("Hồ sơ vụ việc", "Case"),
    "case.no_number": ("Chưa chọn vụ việc. Mở một vụ từ danh sách.", "No case is chosen. Open one from the list."),
    "cases.back": ("Tất cả vụ việc", "All cases"),
    "cases.none": (
        "Chưa có vụ việc. Mở một vụ từ bài báo bất kỳ.",
        "No cases yet. Open one from any article.",
    ),
    "cases.search": (
        "Tên vụ việc hoặc chữ trong bài",
        "The name of a case, or words of its articles",
    ),
    "cases.not_searchable": (
        "Chưa tìm kiếm được lúc này. Xóa ô tìm để xem danh sách.",
        "Search is not reachable now. Empty the search box to see the list.",
    ),
    "cases.no_match": (
        "Không có vụ việc nào khớp. Bỏ bớt bộ lọc.",
        "No case matches. Remove a filter.",
    ),
    "cases.unknown": (
        "Không có vụ việc nào mang số “{number}”. Có thể đường dẫn bị cắt.",
        "There is no case “{number}”. The link may be cut.",
    ),
    "cases.total": ("{n} vụ việc", "{n} cases"),
    "cases.page": ("{n} vụ việc · đang xem {first}–{last}", "{n} cases · showing {first}–{last}"),
    "cases.fresh": (
        "Lúc {time}; vụ trễ hạn và sắp đến hạn ở trên cùng.",
        "At {time}; what is late or due soonest is on top.",
    ),
    "cases.show": ("Hiện", "Show"),
    "cases.show.open": ("Đang mở", "Open"),
    "cases.show.mine": ("Của tôi", "Mine"),
    "cases.show.late": ("Trễ hạn", "Late"),
    "cases.show.ended": ("Đã xong", "Ended"),
    "cases.show.all": ("Tất cả", "All"),
    "case.state": ("Bước", "State"),
    "case.state.new": ("mới", "new"),
    "case.state.taken": ("đã nhận", "taken"),
    "case.state.verifying": ("đang xác minh", "verifying"),
    "case.state.drafting": ("đang soạn", "drafting"),
    "case.state.closed": ("đã đóng", "closed"),
    "case.state.no-answer": ("không cần trả lời", "no answer needed"),
    "case.priority": ("Mức ưu tiên", "Priority"),
    "case.priority.urgent": ("khẩn", "urgent"),
    "case.priority.high": ("cao", "high"),
    "case.priority.normal": ("thường", "normal"),
    "case.late": ("trễ {time}", "{time} late"),
    "case.left": ("còn {time}", "{time} left"),
    "case.span.minutes": ("{n} phút", "{n} min"),
    "case.span.hours": ("{n} giờ", "{n} h"),
    "case.span.days": ("{n} ngày", "{n} days"),
    "case.due": ("Hạn trả lời {time}", "To be answered by {time}"),
    "case.due_day": ("Hạn trả lời hết ngày {date}", "To be answered by the end of {date}"),
    "case.no_due": (
        "Hồ sơ tỉnh chưa ghi thời hạn trả lời, nên không tính trễ hạn.",
        "The province's profile sets no deadline, so nothing is counted as late.",
    ),
    "case.due_source": ("Thời hạn: {source} (kiểm tra {date}).", "The deadline: {source} (checked {date})."),
    "case.due_hours": (
        "Giờ làm việc của tỉnh chưa rõ: một ngày làm việc tính trọn từ 0 giờ đến 24 giờ.",
        "The office hours are not known: a working day counts from midnight to midnight.",
    ),
    "case.due_year": (
        "Lịch nghỉ năm {year} chưa có: mới chỉ trừ thứ Bảy và Chủ Nhật.",
        "The days off of {year} are not known yet: only Saturdays and Sundays are left out.",
    ),
    "case.opened": ("mở {time}, {who}", "opened {time}, {who}"),
    "case.holder": ("Phụ trách: {who}", "In charge: {who}"),
    "case.people": ("Người phụ trách", "People in charge"),
    "case.origin": ("Mở từ", "Opened from"),
    "case.origin.article": ("một bài báo", "an article"),
    "case.origin.story": ("một chuyện", "a story"),
    "case.origin.search": ("kết quả tìm kiếm", "a search"),
    "case.origin.phone": ("điện thoại", "a phone call"),
    "case.origin.proposal": ("đề xuất của máy", "a proposal of the machine"),
    "case.origin.question": ("câu hỏi báo chí", "a question of the press"),
    "unit.heir": ("{unit} (không còn; nay thuộc {heir})", "{unit} (dissolved; now {heir})"),
    "unit.dissolved": ("{unit} (không còn trong hồ sơ tỉnh)", "{unit} (no longer in the profile)"),
    "case.ended": ("Lý do: {reason}", "Reason: {reason}"),
    "case.articles": ("{n} bài", "{n} articles"),
    "case.who.machine": ("máy", "the machine"),
    "case.unit": ("Đơn vị chủ trì", "Unit in charge"),
    "case.helping": ("Đơn vị phối hợp", "Helping units"),
    "case.helping_none": ("Không có", "None"),
    "case.task": ("Nhiệm vụ của kế hoạch", "Task of the plan"),
    "case.task_none": ("không gắn nhiệm vụ nào", "none"),
    "case.task_expired": ("{task} (hết hạn năm {year})", "{task} (expired {year})"),
    "case.title": ("Tên vụ việc", "Title"),
    "case.reason": ("Lý do", "Reason"),
    # -- acts
    "case.next": ("Bước tiếp", "Next"),
    "case.move.taken": ("Nhận vụ việc", "Take it"),
    "case.move.verifying": ("Bắt đầu xác minh", "Begin to verify"),
    "case.move.drafting": ("Bắt đầu soạn", "Begin to draft"),
    "case.move.no-answer": ("Không cần trả lời", "No answer needed"),
    "case.move.closed": ("Đóng vụ việc", "Close it"),
    "case.reopen": ("Mở lại", "Reopen"),
    "case.back_to_verifying": ("Xác minh thêm", "Verify more"),
    "case.confirm": ("Xác nhận", "Confirm"),
    "case.moved": ("Đã chuyển sang: {state}.", "It is now: {state}."),
    "case.edit": ("Sửa thông tin vụ việc", "Edit the case"),
    "case.save": ("Ghi", "Save"),
    "case.changed": ("Đã ghi thay đổi.", "The changes are saved."),
    "case.outdated": (
        (
            "Có người vừa đổi vụ việc này. Chưa ghi gì; chữ bạn gõ còn nguyên ở dưới."
            " Xem thay đổi trong nhật ký, rồi ghi lại."
        ),
        (
            "Somebody has just changed this case. Nothing was written; what you typed is still below."
            " Look at the log, then save again."
        ),
    ),
    "case.outcome": ("Kết quả", "What came of it"),
    "case.outcome_none": ("Chọn kết quả", "Choose one"),
    "case.outcome.corrected": ("báo đã đính chính", "the press corrected it"),
    "case.outcome.clarified": ("đã làm rõ, báo đã đưa", "made clear, and published"),
    "case.outcome.repaired": ("báo nêu đúng, đã nhận và khắc phục", "the press was right: admitted and repaired"),
    "case.outcome.admitted": (
        "báo nêu đúng, đã nhận, đang khắc phục",
        "the press was right: admitted, under repair",
    ),
    "case.outcome.not-taken-up": ("đã trả lời, báo không đưa", "answered, and not taken up"),
    "case.outcome.handed-on": ("chuyển cơ quan có thẩm quyền", "handed on to whom it concerns"),
    "case.outcome.merged": ("nhập vào vụ việc khác", "merged into another case"),
    "case.outcome.lapsed": ("không còn phải xử lý", "nothing more to be done"),
    # -- articles
    "case.coverage": ("Bài báo ({n})", "Articles ({n})"),
    "case.coverage_none": (
        "Chưa có bài nào. Thêm từ màn hình của bài báo.",
        "No articles. Add one from the article's own screen.",
    ),
    "case.coverage_order": ("Theo thời gian đăng, mới nhất trước.", "By time of publication, newest first."),
    "case.withdrawn": ("báo đã gỡ", "taken down"),
    "case.coverage_joined": ("tự vào theo chuyện {time}", "joined with its story {time}"),
    "case.coverage_added": ("{who} thêm {time}", "added by {who} {time}"),
    "case.remove": ("Gỡ", "Take out"),
    "case.removed": (
        "Đã gỡ bài khỏi vụ việc. Máy không đưa lại.",
        "The article was taken out. The machine will not put it back.",
    ),
    # -- notes and the draft
    "case.notes": ("Ghi chú", "Notes"),
    "case.notes_none": ("Chưa có ghi chú.", "No notes yet."),
    "case.note": ("Ghi chú mới", "New note"),
    "case.note_help": ("Đã hỏi ai, đã xác minh được gì", "Who was asked, what was verified"),
    "case.noted": ("Đã ghi ghi chú.", "The note is saved."),
    "case.draft": ("Dự thảo trả lời", "Drafted answer"),
    "case.draft_closed": (
        "Dự thảo viết được ở bước đang soạn.",
        "A draft can be written once the case is in drafting.",
    ),
    "case.draft_unwritten": (
        "Chữ bạn đã gõ, chưa ghi vào bản nào. Chép ra ngoài, hoặc đưa vụ việc về bước đang soạn rồi ghi.",
        "What you typed, not written in any version. Copy it, or take the case back to drafting and save it.",
    ),
    "case.draft_forget": ("Bỏ chữ này", "Drop this text"),
    "case.draft_none": ("Chưa có bản nào.", "No version yet."),
    "case.draft_base": ("Đang sửa từ bản {n}, {who} ghi {time}.", "Edited from version {n}, saved by {who} {time}."),
    "case.draft_save": ("Ghi thành bản {n}", "Save as version {n}"),
    "case.draft_saved": ("Đã ghi bản {n}.", "Version {n} is saved."),
    "case.draft_newer": (
        (
            "{who} đã ghi bản {n} lúc {time}, trong khi bạn đang viết. Chữ của bạn còn nguyên, chưa ghi vào đâu."
            " Xem hai bản khác nhau chỗ nào, gộp lại rồi ghi."
        ),
        (
            "{who} saved version {n} at {time} while you were writing. Your words are kept, and not written yet."
            " See where the two differ, put them together, then save."
        ),
    ),
    "case.draft_theirs": ("Chữ của bạn so với bản {n}", "Your words against version {n}"),
    "case.draft_take": ("Bỏ chữ của tôi, lấy bản {n}", "Drop mine, take version {n}"),
    "case.versions": ("Các bản ({n})", "Versions ({n})"),
    "case.version": ("Bản {n}, {who}, {time}", "Version {n}, {who}, {time}"),
    # -- the log
    "case.log": ("Nhật ký vụ việc", "Log of the case"),
    "case.act.opened": ("mở vụ việc", "opened the case"),
    "case.act.moved": ("chuyển sang {state}", "moved it to {state}"),
    "case.act.changed": ("sửa {what}", "changed {what}"),
    "case.act.noted": ("ghi chú", "wrote a note"),
    "case.act.seen": ("đã xem lời nhắc", "saw what they were called for"),
    "case.act.drafted": ("ghi bản {n} của dự thảo", "saved version {n} of the draft"),
    "case.act.added": ("thêm {n} bài", "added {n} articles"),
    "case.act.removed": ("gỡ {n} bài", "took out {n} articles"),
    "case.act.joined": ("{n} bài cùng chuyện tự vào vụ việc", "{n} articles of its story joined by themselves"),
    "case.by_console": ("{who} (dòng lệnh)", "{who} (command line)"),
    "case.log_more": ("Chỉ hiện {n} dòng mới nhất.", "Only the newest {n} lines are shown."),
    # -- on the screen of an article
    "case.here": ("Bài này thuộc vụ việc đang mở", "This article belongs to an open case"),
    "case.story_here": ("Chuyện này thuộc vụ việc đang mở", "This story belongs to an open case"),
    "case.open": ("Mở vụ việc", "Open a case"),
    "case.open_help": (
        "Những ô điền sẵn là gợi ý theo chủ đề của bài. Bài mới cùng chuyện sẽ tự vào vụ việc.",
        "What is filled in is a suggestion by the article's themes. New articles of its story join by themselves.",
    ),
    "case.another": (
        "Vẫn mở thêm, dù bài hay chuyện này đã thuộc một vụ việc đang mở",
        "Open another, though this article or story is in an open case already",
    ),
    "case.add": ("Thêm vào vụ việc", "Add to a case"),
    "case.add_which": ("Vụ việc đang mở", "Open case"),
    "case.add_do": ("Thêm", "Add"),
    "case.added": ("Đã thêm vào {number}.", "Added to {number}."),
    # -- today
    "number.cases": ("Vụ việc đang mở", "Open cases"),
    "number.cases_late": ("{n} vụ trễ hạn", "{n} late"),
    "today.cases": ("Vụ việc đến hạn trước", "Cases due first"),
    "today.cases_all": ("Xem mọi vụ việc", "See all cases"),
}
