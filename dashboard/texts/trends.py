"""Words of *Xu hướng*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "trends": ("Xu hướng", "Trends"),
    "trends.help": (
        "Báo chí nước ngoài viết về tỉnh qua các tháng. Chỉ so sánh những nguồn có mặt suốt kỳ này và kỳ trước.",
        "What the press abroad writes of the province. Only outlets there in both periods are compared.",
    ),
    "trends.by": ("Xem theo", "By"),
    "trends.by.country": ("Nước", "Country"),
    "trends.by.language": ("Ngôn ngữ", "Language"),
    "trends.by.theme": ("Chủ đề", "Theme"),
    "trends.by.stance": ("Thái độ", "Stance"),
    "trends.from": ("Từ tháng", "From month"),
    "trends.to": ("Đến tháng", "To month"),
    "trends.value": ("Biểu đồ của", "Chart of"),
    "trends.none": (
        "Các tháng này chưa có bài nào của báo chí nước ngoài về tỉnh. Chọn tháng khác, hoặc xem trang Nguồn tin.",
        "No coverage of the province abroad in these months. Choose others, or see what is read in Sources.",
    ),
    "trends.no_panel": (
        "Chưa so sánh được với kỳ trước ({first} – {last}): khi đó chưa theo dõi nguồn nước ngoài nào.",
        "No comparison with the period before ({first} – {last}) yet: no outlet abroad was read then.",
    ),
    "trends.panel": (
        "{n} nguồn nước ngoài có suốt cả hai kỳ được so sánh với {first} – {last}.",
        "{n} outlets abroad, there in both periods, are compared with {first} – {last}.",
    ),
    "trends.nothing_said": (
        "Chưa có thay đổi nào đủ rõ để nói: khác biệt không hơn mức ngẫu nhiên, hoặc quá ít sự việc.",
        "No change is clear enough to speak of: smaller than chance brings, or too few stories.",
    ),
    "trends.more": ("{name}: nhiều hơn kỳ trước", "{name}: more than before"),
    "trends.less": ("{name}: ít hơn kỳ trước", "{name}: less than before"),
    "trends.all_outlets": ("mọi nguồn", "all outlets"),
    "trends.steady": ("nguồn có suốt, khoảng 95 %", "steady outlets, 95 % interval"),
    "trends.intervals": (
        "Khoảng 95 % tính mỗi sự việc một lần, dù có bao nhiêu bài (docs/reports.md). Thái độ là gợi ý của máy.",
        "Intervals at 95 % take each story as one, however many articles (docs/reports.md). Stance is a suggestion.",
    ),
    "trends.changes": ("Nguồn không so sánh ({n})", "Outlets not compared ({n})"),
    "trends.changes_help": (
        "Chỉ có mặt một phần thời gian, nên bài của họ chỉ nằm trong cột của mọi nguồn.",
        "In the catalogue for part of the time only, so their articles stand in the bars of all outlets alone.",
    ),
    "trends.unplaced": (
        "{n} bài của nguồn chưa ghi nước, không tính.",
        "{n} articles of outlets without a country are not counted.",
    ),
    "trends.download": ("Tải {kind}", "Download {kind}"),
    "trends.now": ("Hai ngày qua so với mọi khi", "The last two days against the usual"),
    "trends.now_help": (
        "Câu tìm này so với chính nó mười hai tuần qua, theo giờ, theo thứ, theo ngày lễ.",
        "This search against its own last twelve weeks, by hour, weekday and holidays.",
    ),
    "trends.query": ("Câu tìm", "Search"),
    "trends.short": (
        "Mới có {days} ngày dữ liệu; cần ít nhất {enough} ngày để biết thế nào là bình thường.",
        "Only {days} days of history; at least {enough} are needed to know what is usual.",
    ),
    "trends.calm": ("Không có đợt tăng đột biến nào đang diễn ra.", "No spike goes on."),
    "trends.spike": (
        "Đang tăng đột biến từ {since}: {articles} bài, mọi khi khoảng {usual}.",
        "A spike goes on since {since}: {articles} articles, where about {usual} are usual.",
    ),
    "trends.was": (
        "Đã có đợt tăng đột biến {since} – {until}: {articles} bài, mọi khi khoảng {usual}.",
        "There was a spike {since} – {until}: {articles} articles, where about {usual} are usual.",
    ),
    "trends.observed": ("số bài", "articles"),
    "trends.usual": ("mọi khi", "usual"),
    "trends.band": ("mọi khi, chín trên mười giờ", "usual, nine hours in ten"),
    "trends.hour": ("Giờ", "Hour"),
    "trends.between": ("chín trên mười giờ nằm trong", "nine of ten hours lie in"),
    "trends.hours_alt": (
        "Số bài mỗi giờ hai ngày qua, bên mức mọi khi và khoảng của nó; số liệu ở bảng bên dưới",
        "Articles an hour in the last two days beside what is usual and its bounds; the figures are in the table below",
    ),
    "trends.months_alt": (
        "Số bài mỗi tháng, và của các nguồn có mặt suốt với khoảng 95 %; số liệu ở bảng bên dưới",
        "Articles a month, and those of the steady outlets with their 95 % intervals; figures in the table below",
    ),
}
