"""Every word of the screens: Vietnamese first, English second, side by side.

Words of an office: short, no exclamation marks, no English in the Vietnamese. A machine's opinion
is a *gợi ý* (suggestion); an article is *phê phán* (critical), never *tiêu cực* or *sai*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LANGUAGES: Final = ("vi", "en")

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "app.name": ("Điểm Báo", "Điểm Báo"),
    "nav.watch": ("Theo dõi", "Watch"),
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
    "state.behind": (
        "Chỉ mục đang theo sau kho {n} việc: bài mới chưa tìm được ngay, không bài nào mất.",
        "The index is {n} entries behind the store: new articles cannot be found yet, none is lost.",
    ),
    "state.no_index": (
        "Chỉ mục tìm kiếm còn trống. Bài đã lưu vẫn còn; chạy `diembao index rebuild` hoặc đợi tiến trình thu thập.",
        "The search index is empty. Stored articles are safe; run `diembao index rebuild` or wait for the worker.",
    ),
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
    "row.story": ("{n} bài, {m} văn bản khác nhau", "{n} articles, {m} distinct texts"),
    "row.no_date": ("không rõ giờ đăng, thu được {time}", "no publication time, seen {time}"),
    "quote": ("“{text}”", "“{text}”"),
    "suggest": ("Gợi ý: {what}", "Suggested: {what}"),
    "person": ("{what} (người sửa)", "{what} (corrected)"),
    "relevance": ("Liên quan", "Relevance"),
    "relevance.yes": ("về tỉnh", "about the province"),
    "relevance.part": ("một phần về tỉnh", "partly about it"),
    "relevance.no": ("không về tỉnh", "not about it"),
    "stance": ("Thái độ với tỉnh", "Stance towards the province"),
    "stance.positive": ("tích cực", "positive"),
    "stance.neutral": ("trung tính", "neutral"),
    "stance.critical": ("phê phán", "critical"),
    "stance.abstain": ("chưa rõ", "not clear"),
    "theme": ("Chủ đề", "Themes"),
    "theme.none": ("không chủ đề nào", "none of the themes"),
    "place": ("Địa danh", "Places"),
    "story": ("Chuyện", "Story"),
    "story.number": ("số {id}", "number {id}"),
    "role": ("Vai trong chuyện", "Role in the story"),
    "role.original": ("bài đầu", "original"),
    "role.copy": ("đăng lại", "copy"),
    "role.follow-up": ("bài tiếp", "follow-up"),
    "role.correction": ("bài đính chính", "correction"),
    "language": ("Ngôn ngữ của bài", "Language of the article"),
    "outlet": ("Nguồn", "Outlet"),
    "country": ("Nước", "Country"),
    "search": ("Tìm", "Search"),
    "search.placeholder": ("nước thải “sông Côn” -bóng_đá", "waste water “sông Côn” -football"),
    "search.help": (
        (
            "Gõ các từ để tìm bài có đủ các từ ấy; có dấu hay không dấu đều được.\n\n"
            "- `“sông Côn”`: đúng cụm từ\n"
            "- `heo OR lợn`: một trong hai; `-bóng` hoặc `NOT bóng`: bỏ bài có từ này\n"
            "- `tiêu_đề:cảng`: chỉ trong tiêu đề\n"
            "- `nguồn:vnexpress`, `ngôn_ngữ:ko`, `chủ_đề:tourism`, `thái_độ:critical`\n"
            "- `( … )`: nhóm lại"
        ),
        (
            "Type words to find articles that have all of them; with or without Vietnamese marks.\n\n"
            "- `“sông Côn”`: exactly this phrase\n"
            "- `heo OR lợn`: either; `-bóng` or `NOT bóng`: without this word\n"
            "- `title:cảng`: in the title only\n"
            "- `outlet:vnexpress`, `language:ko`, `theme:tourism`, `stance:critical`\n"
            "- `( … )`: grouping"
        ),
    ),
    "search.error": (
        "Không đọc được câu tìm, ở ký tự thứ {n}. Sửa chỗ được đánh dấu; bộ lọc vẫn giữ nguyên.",
        "The search cannot be read at character {n}. Mend the marked place; the filters are kept.",
    ),
    "search.error_whole": (
        "Không đọc được câu tìm. Sửa lại; bộ lọc vẫn giữ nguyên.",
        "The search cannot be read. Mend it; the filters are kept.",
    ),
    "sort": ("Xếp theo", "Sort by"),
    "sort.newest": ("Mới nhất", "Newest"),
    "sort.oldest": ("Cũ nhất", "Oldest"),
    "sort.score": ("Khớp nhất", "Best match"),
    "filters": ("Bộ lọc", "Filters"),
    "filters.on": ("Bộ lọc · {n} đang dùng", "Filters · {n} in use"),
    "filters.clear": ("Bỏ mọi bộ lọc", "Clear all filters"),
    "filters.any": ("Tất cả", "Any"),
    "stream.total": ("{n} bài", "{n} articles"),
    "stream.page": ("{n} bài · đang xem {first}–{last}", "{n} articles · showing {first}–{last}"),
    "stream.deep": (
        "Chỉ xem được {n} bài đầu. Thêm bộ lọc hoặc từ tìm để thu hẹp.",
        "Only the first {n} can be read here. Add a filter or a word to narrow it.",
    ),
    "stream.none": (
        "Không có bài nào khớp. Bỏ bớt bộ lọc hoặc chọn khoảng thời gian dài hơn.",
        "Nothing matches. Remove a filter or choose a longer period.",
    ),
    "stream.hidden": ("{n} bài không về tỉnh đang ẩn", "{n} articles not about the province are hidden"),
    "stream.show_hidden": ("Hiện cả", "Show them too"),
    "article.unknown": (
        "Không có bài nào mang số “{id}” trong kho. Có thể đường dẫn bị cắt; tìm bài ở Dòng tin.",
        "No article “{id}” is in the store. The link may be cut; look for the article in the Stream.",
    ),
    "article.no_id": (
        "Chưa chọn bài. Mở một bài từ Hôm nay hoặc Dòng tin.",
        "No article is chosen. Open one from Today or the Stream.",
    ),
    "article.original": ("Đọc bản gốc", "Read the original"),
    "article.bad_link": ("Đường dẫn gốc không mở được: {url}", "The original link cannot be opened: {url}"),
    "article.revision": ("bản {n}", "revision {n}"),
    "article.text_feed": (
        "Chữ lấy từ RSS của nguồn, vì trang bài không đọc được.",
        "The text is the feed's own, because the page could not be read.",
    ),
    "article.no_text": ("Không lưu được thân bài.", "The body could not be kept."),
    "article.text": ("Nội dung", "Text"),
    "article.cut": ("Chỉ hiện {n} ký tự đầu.", "Only the first {n} characters are shown."),
    "date.feed": ("giờ đăng lấy từ RSS", "time taken from the feed"),
    "date.json-ld": ("giờ đăng lấy từ dữ liệu khai trong trang", "time taken from the page's structured data"),
    "date.meta": ("giờ đăng lấy từ thẻ khai báo của trang", "time taken from the page's meta tags"),
    "date.page-text": ("giờ đăng đọc từ chữ trên trang", "time read from the words on the page"),
    "date.none": (
        "không rõ giờ đăng; đây là lúc thu được",
        "publication time unknown; this is when it was seen",
    ),
    "labels": ("Nhãn", "Labels"),
    "labels.by.rules": ("máy, theo luật", "machine, by rules"),
    "labels.by.model": ("máy, mô hình {version}", "machine, model {version}"),
    "labels.by.person": ("người: {account}", "person: {account}"),
    "labels.by.local": ("người dùng máy này", "a user of this machine"),
    "labels.score": ("độ chắc {n}", "score {n}"),
    "labels.no_why": ("không ghi lý do", "no reason given"),
    "labels.look_again": ("xem lại", "look again"),
    "labels.look_again_help": (
        "Bài đã đổi sau khi có người sửa nhãn này (sửa ở bản {n}). Nhãn vẫn giữ; xin xem lại.",
        "The article changed after a person set this label (on revision {n}). It stands; please look again.",
    ),
    "labels.none": ("Bài chưa được đánh giá.", "The article has not been judged yet."),
    "labels.other": ("Với vùng khác: {place}", "About another place: {place}"),
    "correct": ("Sửa nhãn", "Correct a label"),
    "correct.help": (
        "Ý người sửa thay ý của máy, kể cả khi máy học lại. Ý của máy vẫn lưu trong lịch sử.",
        "A person's word replaces the machine's, also after retraining. The machine's stays in the history.",
    ),
    "correct.reason": ("Lý do (người khác kiểm được)", "Reason (that others can check)"),
    "correct.save": ("Ghi", "Save"),
    "correct.undo": ("Bỏ sửa, lấy lại ý của máy", "Undo, back to the machine's"),
    "correct.saved": ("Đã ghi: {what}. Chỉ mục cập nhật sau ít giây.", "Saved: {what}. The index follows in seconds."),
    "correct.undone": ("Đã bỏ sửa: {what}.", "Undone: {what}."),
    "correct.same": ("Không có gì thay đổi.", "Nothing has changed."),
    "correct.themes_none": ("Để trống là không chủ đề nào", "Empty means none of the themes"),
    "history": ("Lịch sử nhãn", "History of labels"),
    "history.until": ("đến {time}", "until {time}"),
    "history.stands": ("còn hiệu lực", "in force"),
    "history.more": ("Chỉ hiện {n} dòng mới nhất.", "Only the newest {n} lines are shown."),
    "revisions": ("Các bản của bài", "Revisions"),
    "revisions.one": ("Bài chưa thay đổi từ khi thu được ({time}).", "Unchanged since it was first seen ({time})."),
    "revisions.pair": ("Bản {old} → bản {new}, {time}", "Revision {old} → {new}, {time}"),
    "revisions.legend": ("Gạch bỏ: chữ cũ. Gạch chân: chữ mới.", "Struck out: old words. Underlined: new words."),
    "revisions.skip": ("… {n} từ không đổi …", "… {n} words unchanged …"),
    "revisions.same": ("Phần này không đổi.", "No change here."),
    "revisions.title": ("Tiêu đề", "Title"),
    "revisions.lead": ("Sa-pô", "Lead"),
    "revisions.text": ("Thân bài", "Body"),
    "members": ("Cùng chuyện: {n} bài, {m} văn bản khác nhau", "Same story: {n} articles, {m} distinct texts"),
    "members.alone": ("Chưa có bài nào khác về chuyện này.", "No other article about this story yet."),
    "members.more": ("Chỉ hiện {n} bài.", "Only {n} are shown."),
    # -- when something fails
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
        "Kho đang bận: {why}. Chưa ghi gì. Thử lại sau ít phút.",
        "The store is busy: {why}. Nothing was written. Try again in a few minutes.",
    ),
    "error.misconfigured": (
        "Cấu hình cần sửa: {why}. Dữ liệu đã lưu không mất.",
        "The configuration must change: {why}. Nothing stored is lost.",
    ),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: ``say("row.story", n="7", m="4")``."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        text = TEXTS[key][LANGUAGES.index(self.language)]
        return text.format(**values) if values else text
