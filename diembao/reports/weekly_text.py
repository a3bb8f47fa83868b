"""The weekly summary in words: a report in the administrative form.

Every figure stands beside what it is compared with, and bears the number under which the sidecar keeps it. A stance is
a machine's suggestion unless a person has settled it, and is said to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.headlines import Headline
from diembao.core.names import country_name, language_name
from diembao.paper import forms
from diembao.paper.letter import Block, Heading, Letter, Paragraph, Span, Words, words
from diembao.plan.reader import themes
from diembao.reports.figures import BEFORE, Figure
from diembao.reports.house import House
from diembao.reports.period import Period
from diembao.reports.telling import NO_HISTORY, NOTHING, Teller, capital, mark
from diembao.reports.weekly import OFFICIAL_WORDS, STANCES, Listed, Story, Weekly
from diembao.reports.weekly_limits import limits, method

KIND: Final = "BÁO CÁO"
_NUMERALS: Final = ("I", "II", "III", "IV", "V", "VI", "VII")
_SECTIONS: Final = {
    "overview": "TỔNG QUAN",
    "stories": "CÁC CHUYỆN CHÍNH",
    "critical": "BÀI PHÊ PHÁN",
    "foreign": "BÁO CHÍ NƯỚC NGOÀI",
    "official": "THÔNG TIN CHÍNH THỨC, ĐÍNH CHÍNH",
    "limits": "GIỚI HẠN CỦA SỐ LIỆU",
    "method": "CÁCH LÀM",
}


def letter(house: House, found: Weekly, *, number: int | None = None) -> Letter:
    """``house`` gives the letterhead: the office of today also reports on the province whose plan it carries on."""
    return Letter(
        letterhead=house.profile.letterhead,
        kind=KIND,
        subject=subject(found),
        day=found.made.astimezone(ZoneInfo(found.period.zone)).date(),
        made=found.made,
        body=tuple(_Report(house, found).body()),
        number=number,
    )


def subject(found: Weekly) -> str:
    matter = f"Tổng hợp dư luận báo chí về {found.province.called}"
    if not found.period.week:
        return f"{matter}\n{days(found.period)}"
    year, _, number = found.period.week.partition("-W")
    return f"{matter} tuần {int(number)} năm {year}\n({days(found.period)})"


def days(period: Period) -> str:
    return f"từ ngày {forms.day(period.first)} đến ngày {forms.day(period.last)}"


class _Report:
    """Sections in the order in which they are read."""

    def __init__(self, house: House, found: Weekly) -> None:
        self.found, self.say = found, Teller(house, found.period, found.periods)
        self.span = self.say.span
        self.tables = 0

    def body(self) -> Iterator[Block]:
        sections: dict[str, Callable[[], Iterator[Block]]] = {
            "overview": self.overview,
            "stories": self.stories,
            "critical": self.critical,
            "foreign": self.foreign,
            "official": self.official,
            "limits": lambda: limits(self.found, self.say),
            "method": lambda: method(self.found, self.say),
        }
        if not self.found.overview.articles.count:  # a short report: there is nothing to tell, only why
            sections = {"overview": self.silence, "limits": sections["limits"], "method": sections["method"]}
        for numeral, (name, blocks) in zip(_NUMERALS, sections.items(), strict=False):
            yield Heading(f"{numeral}. {_SECTIONS[name]}")
            yield from blocks()
        # On the page of the signature, which may not stand alone.
        yield Paragraph(words(f"Trên đây là tổng hợp dư luận báo chí về {self.found.province.called}./."), keep=True)

    def _caption(self, text: str) -> str:
        self.tables += 1
        return f"Bảng {self.tables}. {text}"

    # -- numbers

    def silence(self) -> Iterator[Block]:
        articles = self.found.overview.articles
        said = f"Trong {self.span}, {days(self.found.period)}, không ghi nhận bài nào về {self.found.province.called} "
        yield Paragraph(words(said, mark(articles), f" ({self.say.compared(articles)})."))
        yield Paragraph(words("Không có bài không có nghĩa là báo chí không viết: xem giới hạn của số liệu dưới đây."))
        yield from self._provisos()

    def overview(self) -> Iterator[Block]:
        o, say = self.found.overview, self.say
        yield Paragraph(
            words(
                f"Trong {self.span} ghi nhận ",
                *say.said(o.articles),
                f" về {self.found.province.called}, thuộc ",
                *say.said(o.stories),
                "; ",
                *say.said(o.foreign),
                " của báo chí nước ngoài. Phê phán: ",
                *say.said(o.critical),
                ", theo gợi ý của máy hoặc do người xác định.",
            )
        )
        yield from self._provisos()
        shown = (o.articles, o.texts, o.stories, o.outlets, o.foreign, o.critical, o.by_person)
        yield say.table(self._caption("Số liệu chung"), "Số liệu", [(x.name, x) for x in shown])
        if self.found.periods < BEFORE:
            yield Paragraph(words(self._short_history()))
        yield from self._stances()
        yield from self._themes()

    def _provisos(self) -> Iterator[Block]:
        if self.found.made < self.found.period.end:
            upto = forms.moment(self.found.made, self.found.period.zone)
            said = (
                f"{self.span.capitalize()} báo cáo chưa hết: số liệu tính đến {upto}; các {self.span} so sánh đủ ngày."
            )
            yield Paragraph(words(said))

        if behind := self.found.sources.behind:
            said = f"Còn {forms.number(behind)} mục của nhật ký chưa tìm được khi lập báo cáo: số liệu có thể còn đổi."
            yield Paragraph(words(said))

    def _short_history(self) -> str:
        began = self.found.sources.began
        since = f"việc thu thập bắt đầu từ ngày {forms.day(began)}" if began else "chưa thu thập được bài nào"
        if not self.found.periods:
            return f"“{NOTHING}”: {NO_HISTORY} để so sánh; {since}."
        mean = f"{self.found.periods} {self.span} trước"
        return f"Trung bình chỉ của {mean}: {NO_HISTORY} cho {BEFORE} {self.span}; {since}."

    def _stances(self) -> Iterator[Block]:
        o = self.found.overview
        rows = [(capital(STANCES.get(key) or "chưa xét"), x) for key, x in o.stances if key or x.count]
        yield self.say.table(self._caption("Thái độ của bài với tỉnh"), "Thái độ", rows, o.articles)
        yield Paragraph(
            words(
                "Thái độ là gợi ý của máy, trừ bài mà người đã xác định (phê phán: ",
                *self.say.briefly(o.by_person),
                "). Phê phán không có nghĩa là sai; chưa rõ là máy không đủ căn cứ để gợi ý.",
            )
        )

    def _themes(self) -> Iterator[Block]:
        o = self.found.overview
        shown = [(key, x) for key, x in o.themes if x.count or x.last]
        rows = [(_theme(key, x.name), x) for key, x in shown]
        yield self.say.table(self._caption("Theo chủ đề (một bài có thể có nhiều chủ đề)"), "Chủ đề", rows, o.articles)
        absent: list[str | Span] = []
        for key, figure in o.themes:
            if key and (key, figure) not in shown:
                absent += ["; " if absent else f"{self._none_in}: ", f"{_theme(key, key)} ", mark(figure)]
        if absent:
            yield Paragraph(words(*absent, "."))

    @property
    def _none_in(self) -> str:
        return f"Không có bài trong {self.span} này" + (f" và {self.span} trước" if self.found.periods else "")

    # -- stories and articles

    def stories(self) -> Iterator[Block]:
        if not self.found.stories:
            yield Paragraph(words("Các bài chưa được gom thành chuyện."))
        for n, story in enumerate(self.found.stories, 1):
            yield Paragraph(words(f"{n}. ", *self._headline(story.headline)), keep=True, ragged=True)
            yield Paragraph(words(*self._story(story)), ragged=self.say.foreign(story.headline.item))
            yield self.say.address(story.headline.item)

    def _headline(self, headline: Headline) -> Iterator[str | Span]:
        """The title that tells it best, with the original's beside it where that is in another language."""
        yield self.say.title(headline.item, bold=True)
        if headline.original is not None:
            yield from (" (bản gốc: ", self.say.title(headline.original), ")")

    def _story(self, story: Story) -> Iterator[str | Span]:
        say, figure = self.say, story.figure
        teller = next((item for item in reversed(story.items) if item.article.id in self._critical), story.first)
        yield from say.quoted(teller)
        yield f" ({say.source(teller)}). " if teller is not story.first else f" (bài đầu: {say.source(teller)}). "
        yield f"Trong {self.span}: "
        yield from say.briefly(figure)
        if figure.count > 1:
            yield f", {forms.number(story.texts)} văn bản khác nhau" if story.texts else ", đều là bài đăng lại"
        last = NO_HISTORY if figure.last is None else f"{forms.number(figure.last)} bài"
        yield f" ({self.span} trước: {last}; từ đầu: {self._whole(story)}). "
        yield f"Nguồn: {say.outlets(story.items)}. Thái độ: {say.stances(story.items)}."
        if named := say.themes(story.items):
            yield f" Chủ đề: {named}."

    @staticmethod
    def _whole(story: Story) -> str:
        texts = f", {forms.number(story.whole_texts)} văn bản khác nhau" if story.whole > 1 else ""
        return f"{forms.number(story.whole)} bài{texts}"

    @property
    def _critical(self) -> frozenset[str]:
        return frozenset(self.found.overview.critical.now.ids)

    def critical(self) -> Iterator[Block]:
        o = self.found.overview
        if not o.critical.count:
            yield Paragraph(
                words("Không có bài nào được gợi ý hay xác định là phê phán ", *self._with_mark(o.critical))
            )
            return
        yield Paragraph(
            words(*self.say.said(o.critical), "; trong đó do người xác định: ", *self.say.said(o.by_person), ".")
        )
        yield from self.say.all_told(self.found.critical)

    def _with_mark(self, figure: Figure) -> Words:
        return words(mark(figure), f" ({self.say.compared(figure)}).")

    def foreign(self) -> Iterator[Block]:
        o, say = self.found.overview, self.say
        countries = [(country_name(key, "vi"), x) for key, x in self.found.countries]
        languages = [(capital(language_name(key, "vi")), x) for key, x in self.found.languages]
        if not o.foreign.count:
            yield Paragraph(words("Không có bài nào của báo chí nước ngoài ", *self._with_mark(o.foreign)))
        if countries:
            yield say.table(self._caption("Báo chí nước ngoài, theo nước"), "Nước", countries, o.foreign)
        if languages:
            caption = "Bài không bằng tiếng Việt, kể cả của báo trong nước"
            yield say.table(self._caption(caption), "Ngôn ngữ", languages)
        yield from say.all_told(self.found.foreign)

    def official(self) -> Iterator[Block]:
        said = ", ".join(f"“{each}”" for each in OFFICIAL_WORDS)
        how = f"có một trong các cụm từ {said}"
        yield from self._kind("Bài dẫn thông tin chính thức", self.found.official, how, OFFICIAL_WORDS)
        yield from self._kind("Bài đính chính", self.found.corrections, "gợi ý của máy trong từng chuyện")
        yield from self._kind("Bài được báo sửa sau khi đăng", self.found.revised, "so với lần thu được đầu tiên")

    def _kind(self, name: str, found: Listed, how: str, first: Sequence[str] = ()) -> Iterator[Block]:
        yield Paragraph(
            words(Span(name, bold=True), f" ({how}): ", *self.say.said(found.figure), "."), keep=bool(found.rows)
        )
        yield from self.say.all_told(found, first)


def _theme(key: str, otherwise: str) -> str:
    """Its name; of one that the province has added, as its figure calls it."""
    known = themes().get(key)
    return known.vi if known else otherwise.removeprefix("Chủ đề: ")
