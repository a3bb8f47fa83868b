"""Words of *Hôm nay*, and of periods."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "today.title": ("Hôm nay · {day} {date}", "Today · {day} {date}"),
    "period": ("Khoảng thời gian", "Period"),
    "period.visit": ("Từ lần trước", "Since last visit"),
    "period.24h": ("24 giờ", "24 hours"),
    "period.7d": ("7 ngày", "7 days"),
    "period.30d": ("30 ngày", "30 days"),
    "period.90d": ("90 ngày", "90 days"),
    "period.all": ("Tất cả", "All"),
    "period.custom": ("Tự chọn ngày", "Choose days"),
    "period.days": ("Từ ngày – đến ngày", "From – to"),
    "since.visit": ("Thu được từ lần xem trước ({time})", "Collected since the last visit ({time})"),
    "since.published": ("Đăng từ {time}", "Published since {time}"),
    "since.watched": (
        "theo dõi từ {date}, số so sánh trước ngày ấy còn thiếu",
        "watched since {date}: what is compared from before is incomplete",
    ),
    "before.visit": ("khoảng bằng vậy trước đó: {n}", "the same span before: {n}"),
    "before.24h": ("trung bình 7 ngày trước: {n}", "mean of the 7 days before: {n}"),
    "before.7d": ("trung bình 4 tuần trước: {n}", "mean of the 4 weeks before: {n}"),
    "number.about": ("Bài về tỉnh", "About the province"),
    "number.critical": ("Gợi ý phê phán", "Suggested critical"),
    "number.texts": ("Văn bản khác nhau", "Distinct texts"),
    "number.texts_of": ("trong {n} bài, {stories} chuyện", "in {n} articles, {stories} stories"),
    "number.silent": ("Nguồn im lặng hoặc lỗi", "Silent or failing"),
    "number.silent_of": ("trên {n} nguồn đang đọc", "of {n} outlets read"),
    "today.first": ("Chuyện cần xem trước", "Look at these first"),
    "today.none": (
        "Không có bài nào về tỉnh trong khoảng này. Chọn khoảng dài hơn, hoặc xem Dòng tin.",
        "No coverage of the province in this period. Choose a longer one, or look at the Stream.",
    ),
    "today.all": ("Xem cả dòng tin", "See the whole stream"),
    "today.chart": ("14 ngày qua, theo thái độ", "The last 14 days, by stance"),
    "today.chart_empty": (
        "Chưa có bài nào về tỉnh trong 14 ngày.",
        "No coverage of the province in 14 days.",
    ),
    "today.chart_alt": (
        "Biểu đồ cột: số bài về tỉnh mỗi ngày trong 14 ngày, chia theo thái độ",
        "Bars: articles about the province on each of 14 days, by stance",
    ),
    "chart.day": ("Ngày", "Day"),
    "chart.count": ("Số bài", "Articles"),
    "today.alerts": ("Cảnh báo 7 ngày qua", "Alerts of the last 7 days"),
    "today.no_alerts": ("Không có cảnh báo nào.", "No alerts."),
    "alert.waiting": ("chờ gửi", "not sent yet"),
    "today.silent": ("Nguồn im lặng hoặc lỗi", "Silent or failing outlets"),
    "today.no_silent": ("Các nguồn đều đọc được.", "All outlets can be read."),
    "silent.never": ("chưa đọc được lần nào", "never read so far"),
    "silent.failing": ("lỗi {n} lần liền: {why}", "{n} failures in a row: {why}"),
    "silent.unreached": ("không đọc được từ {ago}", "not read since {ago}"),
    "silent.quiet": ("không có bài mới từ {ago}", "no new article since {ago}"),
    "silent.more": ("và {n} nguồn nữa", "and {n} more"),
}
