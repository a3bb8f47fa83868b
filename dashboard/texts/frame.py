"""Words around every screen: the menu, days and times, how fresh it is, what is said when something fails."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "app.name": ("Điểm Báo", "Điểm Báo"),
    "nav.watch": ("Theo dõi", "Watch"),
    "nav.sum": ("Tổng hợp", "Sum up"),
    "nav.system": ("Hệ thống", "System"),
    "nav.province": ("Tỉnh", "Province"),
    "nav.language": ("Ngôn ngữ", "Language"),
    "nav.vi": ("Tiếng Việt", "Tiếng Việt"),
    "nav.en": ("English", "English"),
    "today": ("Hôm nay", "Today"),
    "stream": ("Dòng tin", "Stream"),
    "article": ("Bài báo", "Article"),
    "open": ("Mở", "Open"),
    "home": ("Điểm Báo · {province}", "Điểm Báo · {province}"),
    "day.0": ("Thứ Hai", "Monday"),
    "day.1": ("Thứ Ba", "Tuesday"),
    "day.2": ("Thứ Tư", "Wednesday"),
    "day.3": ("Thứ Năm", "Thursday"),
    "day.4": ("Thứ Sáu", "Friday"),
    "day.5": ("Thứ Bảy", "Saturday"),
    "day.6": ("Chủ Nhật", "Sunday"),
    "time.yesterday": ("{time} hôm qua", "{time} yesterday"),
    "ago.now": ("mới đây", "just now"),
    "ago.minutes": ("{n} phút trước", "{n} min ago"),
    "ago.hours": ("{n} giờ trước", "{n} h ago"),
    "ago.days": ("{n} ngày trước", "{n} days ago"),
    "fresh.line": ("Thu thập xong {ago} (lúc {time}) · {index}", "Collected {ago} ({time}) · {index}"),
    "fresh.running": (
        "Đang thu thập, bắt đầu {ago} (lúc {time}) · {index}",
        "Collecting since {ago} ({time}) · {index}",
    ),
    "fresh.complete": ("chỉ mục đủ {n} bài", "all {n} articles are searchable"),
    "fresh.behind": ("chỉ mục đang theo sau {n} việc", "the index is {n} entries behind"),
    "state.never": (
        "Chưa thu thập lần nào. Chạy `diembao up` (hoặc `diembao run`) rồi mở lại trang này.",
        "Nothing has been collected yet. Start `diembao up` (or `diembao run`), then open this page again.",
    ),
    "state.first": (
        "Đang thu thập lần đầu: {n} bài đã lưu. Số liệu dưới đây đầy dần lên.",
        "The first collection is running: {n} articles are stored. The figures below are filling up.",
    ),
    "state.stale": (
        (
            "Lần thu thập gần nhất là {ago}. Tin mới hơn chưa có ở đây; những gì đã lưu vẫn còn đủ."
            " Kiểm tra tiến trình thu thập (`diembao status`)."
        ),
        (
            "The latest collection was {ago}. Newer coverage is not here yet; everything stored is kept."
            " Check the collecting process (`diembao status`)."
        ),
    ),
    "state.cut": (
        "Lần thu thập bắt đầu {ago} chưa kết thúc. Phần đã lấy được giữ nguyên; lần sau làm tiếp phần còn lại.",
        "The collection that began {ago} has not ended. What it fetched is kept; the next one goes on with the rest.",
    ),
    "state.remade": (
        "Chỉ mục đang được làm lại, còn {n} việc: số liệu và danh sách dưới đây chưa đủ, không bài nào mất.",
        "The index is being made again, {n} entries to go: figures and lists below are incomplete, nothing is lost.",
    ),
    "state.behind": (
        "Chỉ mục đang theo sau kho {n} việc: bài mới chưa tìm được ngay, không bài nào mất.",
        "The index is {n} entries behind the store: new articles cannot be found yet, none is lost.",
    ),
    "state.away": (
        (
            "Chưa tìm kiếm được: máy chủ tìm kiếm không trả lời. Bài vẫn được thu thập và giữ đủ trong kho;"
            " số liệu và danh sách hiện lại ngay khi máy chủ hoạt động. ({why})"
        ),
        (
            "Search is not reachable: its server does not answer. Articles are still collected and kept;"
            " figures and lists come back as soon as it does. ({why})"
        ),
    ),
    "state.held": (
        (
            "Chỉ mục tìm kiếm không nhận bài mới từ {since}: số liệu dưới đây còn thiếu {n} việc mới,"
            " không bài nào mất. ({why})"
        ),
        (
            "The search index has taken in nothing new since {since}: {n} new entries are missing from the figures"
            " below, no article is lost. ({why})"
        ),
    ),
    "state.no_index": (
        "Chỉ mục tìm kiếm còn trống. Bài đã lưu vẫn còn; chạy `diembao index rebuild` hoặc đợi tiến trình thu thập.",
        "The search index is empty. Stored articles are safe; run `diembao index rebuild` or wait for the worker.",
    ),
    "error.screen": (
        (
            "Màn hình này vừa gặp lỗi (mã {code}). Dữ liệu đã lưu không mất. Tải lại trang;"
            " nếu lặp lại, báo người quản trị kèm mã này."
        ),
        (
            "This screen has failed (code {code}). Nothing stored is lost. Reload the page;"
            " if it happens again, give this code to the administrator."
        ),
    ),
    "error.retry": (
        "Kho tạm không dùng được: {why}. Chưa ghi gì. Thử lại sau ít phút.",
        "The store cannot be used now: {why}. Nothing was written. Try again in a few minutes.",
    ),
    "error.damaged": (
        "Kho dữ liệu bị hỏng. Báo ngay người quản trị: dừng chương trình, giữ nguyên các tệp, chạy `diembao doctor`.",
        "The record is damaged. Tell the administrator at once: stop, keep its files, run `diembao doctor`.",
    ),
    "error.misconfigured": (
        "Cấu hình cần sửa: {why}. Dữ liệu đã lưu không mất.",
        "The configuration must change: {why}. Nothing stored is lost.",
    ),
    "error.rights_title": ("Không mở được", "Not for this account"),
    "error.rights_lost": (
        "Tài khoản này không có quyền làm việc đó. Chưa ghi gì; hỏi người quản trị.",
        "This account may not do that. Nothing was written; ask the administrator.",
    ),
    "error.rights": (
        "Tài khoản này không có quyền xem hay làm việc đó. Cần thì nhờ người quản trị giao thêm vai trò.",
        "This account may not see or do that. If it should, ask the administrator for the role.",
    ),
}
