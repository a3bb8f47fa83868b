"""The numbers of a period in words, tables and charts: each beside what it is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from diembao.core.names import language_name
from diembao.paper import forms
from diembao.paper.letter import Block, Chart, Paragraph, Series, Span, words
from diembao.plan.reader import themes
from diembao.reports.figures import BEFORE
from diembao.reports.period import Period
from diembao.reports.telling import NO_HISTORY, NOTHING, Teller, capital, mark
from diembao.reports.weekly import STANCES, Weekly

# Days that a chart has a column for; a longer period is drawn by weeks.
DAYS: Final = 31
# In the order in which a column is stacked, from the ground up.
_STACKED: Final = ("critical", "abstain", "neutral", "positive", "")
_NOT_JUDGED: Final = "chưa xét"


def days(period: Period) -> str:
    return f"từ ngày {forms.day(period.first)} đến ngày {forms.day(period.last)}"


def silence(found: Weekly, say: Teller) -> Iterator[Block]:
    """Of a period without an article: there is nothing to tell, only why."""
    articles = found.overview.articles
    said = f"Trong {say.span}, {days(found.period)}, không ghi nhận bài nào về {found.province.called} "
    yield Paragraph(words(said, mark(articles), *(say.beside(articles) or [f" ({say.span} trước: {NO_HISTORY})"]), "."))
    yield Paragraph(words("Không có bài không có nghĩa là báo chí không viết: xem giới hạn của số liệu dưới đây."))
    yield from _provisos(found, say)


def overview(found: Weekly, say: Teller) -> Iterator[Block]:
    o = found.overview
    said = words(
        f"Trong {say.span} ghi nhận ",
        *say.said(o.articles),
        f" về {found.province.called}, thuộc ",
        *say.said(o.stories),
        "; ",
        *say.said(o.foreign),
        " của báo chí nước ngoài. Phê phán: ",
        *say.said(o.critical),
        ", theo gợi ý của máy hoặc do người xác định.",
    )
    yield Paragraph(said)
    yield from _provisos(found, say)
    shown = (o.articles, o.texts, o.stories, o.outlets, o.home, o.abroad, o.foreign, o.critical, o.by_person)
    rest = (o.nowhere,) if o.nowhere.count or o.nowhere.last else ()
    yield say.table(say.caption("Số liệu chung"), "Số liệu", [(x.name, x) for x in (*shown, *rest)])
    if found.periods < BEFORE:
        yield Paragraph(words(_short_history(found, say)))
    if found.periods:
        yield _over_periods(found, say)
    yield from _stances(found, say)
    yield from _themes(found, say)
    yield from _languages(found, say)


def _provisos(found: Weekly, say: Teller) -> Iterator[Block]:
    if found.made < found.period.end:
        upto = forms.moment(found.made, found.period.zone)
        said = f"{say.span.capitalize()} báo cáo chưa hết: số liệu tính đến {upto}; các {say.span} so sánh đủ ngày."
        yield Paragraph(words(said))
    if behind := found.sources.behind:
        said = f"Còn {forms.number(behind)} mục của nhật ký chưa tìm được khi lập báo cáo: số liệu có thể còn đổi."
        yield Paragraph(words(said))


def _short_history(found: Weekly, say: Teller) -> str:
    began = found.sources.began
    since = f"việc thu thập bắt đầu từ ngày {forms.day(began)}" if began else "chưa thu thập được bài nào"
    if not found.periods:
        return f"“{NOTHING}”: {NO_HISTORY} để so sánh; {since}."
    mean = f"{found.periods} {say.span} trước"
    return f"Trung bình chỉ của {mean}: {NO_HISTORY} cho {BEFORE} {say.span}; {since}."


def _over_periods(found: Weekly, say: Teller) -> Chart:
    """This period after those before it."""
    o = found.overview
    spans = [*reversed(o.articles.before), o.articles.now]
    series = tuple(
        Series(name, tuple(each.count for each in (*reversed(figure.before), figure.now)))
        for name, figure in (("Bài", o.articles), ("Văn bản khác nhau", o.texts), ("Phê phán", o.critical))
    )
    caption = words(f"Bài của {say.span} này và {found.periods} {say.span} trước, theo ngày cuối {say.span} ")
    marks = (mark(o.articles), mark(o.texts), mark(o.critical))
    return Chart((*say.chart_caption(caption), *marks), tuple(f"{each.last:%d/%m}" for each in spans), series)


def _stances(found: Weekly, say: Teller) -> Iterator[Block]:
    o = found.overview
    rows = [(capital(STANCES.get(key) or _NOT_JUDGED), x) for key, x in o.stances if key or x.count]
    yield say.table(say.caption("Thái độ của bài với tỉnh"), "Thái độ", rows, o.articles)
    said = words(
        "Thái độ là gợi ý của máy, trừ bài mà người đã xác định (phê phán: ",
        *say.briefly(o.by_person),
        "). Phê phán không có nghĩa là sai; chưa rõ là máy không đủ căn cứ để gợi ý.",
    )
    yield Paragraph(said)
    yield _by_day(found, say)


def _by_day(found: Weekly, say: Teller) -> Chart:
    """Stacked; the columns of one stance together are its figure."""
    period, figures = found.period, dict(found.overview.stances)
    step = 1 if period.days <= DAYS else 7
    columns = [range(n, min(n + step, period.days)) for n in range(0, period.days, step)]
    dates = [[period.first + timedelta(days=n) for n in column] for column in columns]
    shown = [stance for stance in _STACKED if stance or figures[""].count]
    series = tuple(
        Series(
            capital(STANCES.get(stance) or _NOT_JUDGED),
            tuple(sum(found.by_day.get((day, stance), 0) for day in column) for column in dates),
        )
        for stance in shown
    )
    how = "theo ngày" if step == 1 else "theo tuần kể từ ngày"
    caption = say.chart_caption(words(f"Bài và thái độ {how} "))
    names = tuple(f"{column[0]:%d/%m}" for column in dates)
    return Chart((*caption, *(mark(figures[stance]) for stance in shown)), names, series, stacked=True)


def _themes(found: Weekly, say: Teller) -> Iterator[Block]:
    o = found.overview
    shown = [(key, x) for key, x in o.themes if x.count or x.last]
    rows = [(_theme(key, x.name), x) for key, x in shown]
    caption = say.caption("Theo chủ đề của kế hoạch (một bài có thể có nhiều chủ đề)")
    yield say.table(caption, "Chủ đề", rows, o.articles)
    absent: list[str | Span] = []
    for key, figure in o.themes:
        if key and (key, figure) not in shown:
            absent += ["; " if absent else f"{_none_in(found, say)}: ", f"{_theme(key, figure.name)} ", mark(figure)]
    if absent:
        yield Paragraph(words(*absent, "."))


def _none_in(found: Weekly, say: Teller) -> str:
    return f"Không có bài trong {say.span} này" + (f" và {say.span} trước" if found.periods else "")


def _theme(key: str, otherwise: str) -> str:
    """Its name; of one that the province has added, as its figure calls it."""
    known = themes().get(key)
    return known.vi if known else otherwise.removeprefix("Chủ đề: ")


def _languages(found: Weekly, say: Teller) -> Iterator[Block]:
    rows = [(capital(language_name(key, "vi")), x) for key, x in found.overview.languages]
    if rows:
        yield say.table(say.caption("Theo ngôn ngữ"), "Ngôn ngữ", rows, found.overview.articles)
