"""How figures, articles and periods are said in a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Final

from diembao.core.article import Kind, Labelled, Stance
from diembao.core.names import language_name
from diembao.core.opinion import Gist
from diembao.core.text import sentence_around, snippet
from diembao.paper import forms
from diembao.paper.letter import Paragraph, Span, Table, Words, words
from diembao.paper.scripts import printable
from diembao.plan.reader import themes
from diembao.reports.figures import BEFORE, Counted, Figure, stance_by_person
from diembao.reports.house import OWN, House
from diembao.reports.lists import Listed
from diembao.reports.period import Period
from diembao.reports.quotes import quote
from diembao.reports.weekly import STANCES
from diembao.response.gists import accepted_words

UNITS: Final = {
    Counted.ARTICLES: "bài",
    Counted.STORIES: "chuyện",
    Counted.OUTLETS: "nguồn",
    Counted.CASES: "vụ việc",
    Counted.REQUESTS: "yêu cầu",
}
NO_HISTORY: Final = "chưa đủ dữ liệu"
NOTHING: Final = "–"
TITLE: Final = 250  # characters of a title; a longer one is no title
LEAD: Final = 400  # characters of an article's lead
NAMES: Final = 8  # outlets that are named in one sentence
ADDRESS: Final = 150  # characters of an address that are printed; the link is whole

BY_MACHINE, BY_PERSON = "gợi ý của máy", "do người xác định"


# What stands below an article of a list.
Below = Callable[[Labelled], Iterable[str | Span]]


def nothing(_item: Labelled) -> Iterable[str | Span]:
    return ()


@dataclass(frozen=True, slots=True)
class Teller:
    """Words for one report. ``periods`` is the number of full periods before it; ``gists`` are accepted ones of foreign
    articles, by id.
    """

    house: House
    period: Period
    periods: int
    made: datetime
    gists: Mapping[str, Gist] = field(default_factory=dict)
    _tables: Iterator[int] = field(default_factory=lambda: count(1))
    _charts: Iterator[int] = field(default_factory=lambda: count(1))

    def caption(self, text: str) -> str:
        return f"Bảng {next(self._tables)}. {text}"

    def chart_caption(self, said: Words) -> Words:
        return words(f"Hình {next(self._charts)}. ", *said)

    # -- figures

    @property
    def span(self) -> str:
        return "tuần" if self.period.days == 7 else "kỳ"

    def said(self, figure: Figure) -> Words:
        """57 bài [S1] (tuần trước: 60; trung bình 8 tuần trước: 41,3)."""
        return (*self.briefly(figure), *self.beside(figure))

    def briefly(self, figure: Figure) -> Words:
        return words(Span(f"{forms.number(figure.count)} {UNITS[figure.counted]}", bold=True), " ", mark(figure))

    def beside(self, figure: Figure) -> Words:
        """What it is compared with; nothing where there is nothing: that is said once, below the first table."""
        last, mean = figure.last, figure.mean
        if last is None or mean is None:
            return ()
        more = f"; trung bình {self._before}: {forms.mean(mean)}" if self.periods > 1 else ""
        return words(f" ({self.span} trước: {forms.number(last)}{more})")

    @property
    def _before(self) -> str:
        return f"{self.periods or BEFORE} {self.span} trước"

    def table(self, caption: str, what: str, rows: Iterable[tuple[str, Figure]], whole: Figure | None = None) -> Table:
        """A row for each figure; with its share of ``whole`` where that is given."""
        shares = [] if whole is None else ["Tỷ lệ"]
        head = [
            what,
            f"Trong {self.span}",
            *shares,
            f"{self.span.capitalize()} trước",
            f"Trung bình {self._before}",
            "Mã",
        ]
        made = tuple(self._row(name, figure, whole) for name, figure in rows)
        widths = (6.4, 1.9, *[1.7 for _ in shares], 1.9, 2.6, 1.4)
        return Table(caption, tuple(head), made, widths, "l" + "r" * (len(head) - 2) + "c")

    def _row(self, name: str, figure: Figure, whole: Figure | None) -> tuple[Words, ...]:
        shares = [] if whole is None else [forms.share(figure.count, whole.count)]
        last = NOTHING if figure.last is None else forms.number(figure.last)
        mean = NOTHING if figure.mean is None else forms.mean(figure.mean)
        cells = [name, forms.number(figure.count), *shares, last, mean]
        return (*(words(cell) for cell in cells), words(mark(figure)))

    # -- articles

    @property
    def own(self) -> str:
        return self.house.profile.id

    def outlet(self, outlet: str) -> str:
        known = self.house.outlets.get(outlet)
        return known.name if known else outlet

    def outlets(self, items: Iterable[Labelled]) -> str:
        """Each once, in the order of the articles."""
        return listing([self.outlet(outlet) for outlet in dict.fromkeys(item.article.outlet for item in items)])

    def title(self, item: Labelled, *, bold: bool = False) -> Span:
        text = snippet(printable(item.article.title), length=TITLE) or "(không có tiêu đề)"
        return Span(text, bold=bold, link=item.article.url, language=self.language(item))

    def in_own_words(self, item: Labelled) -> Words:
        """In our language what a foreign title is about: the first sentence of the gist that a person accepted."""
        gist = self._gist_of(item)
        return self._by_machine(gist, sentence_around(gist.words, 0, 0)) if gist else ()

    def gist(self, item: Labelled) -> Words:
        """All of it."""
        gist = self._gist_of(item)
        return self._by_machine(gist, gist.words) if gist else ()

    def _gist_of(self, item: Labelled) -> Gist | None:
        return self.gists.get(item.article.id) if self.foreign(item) else None

    def _by_machine(self, gist: Gist, text: str) -> Words:
        """(máy dịch và tóm tắt, Nguyễn Thị Lan đã duyệt: …)."""
        return words(f" ({printable(accepted_words(self.house.store, gist, OWN, text))})")

    def lead(self, item: Labelled) -> Words:
        """“Its own lead”; the telling sentence where it has none."""
        lead = snippet(printable(item.article.lead), length=LEAD)
        return words(Span(f"“{lead}”", italic=True, language=self.language(item))) if lead else self.quoted(item)

    def sourced(self, item: Labelled) -> Span:
        """Who says it and when, and the way there."""
        return Span(self.source(item), link=item.article.url)

    @staticmethod
    def plain(text: str) -> str:
        """Somebody's words as one line of bounded length."""
        return snippet(printable(text), length=TITLE)

    def country(self, item: Labelled) -> str:
        known = self.house.outlets.get(item.article.outlet)
        return known.country if known else ""

    def stance(self, item: Labelled) -> str:
        return item.key(Kind.STANCE, self.own) or ""

    def quoted(self, item: Labelled, first: Sequence[str] = ()) -> Words:
        """“The telling sentence.”; nothing where the article has no text."""
        sentence = quote(item, self.own, first)
        return words(Span(f"“{sentence}”", italic=True, language=self.language(item))) if sentence else ()

    def language(self, item: Labelled) -> str:
        return item.key(Kind.LANGUAGE) or item.article.language

    def dated(self, item: Labelled) -> str:
        when = forms.moment(item.article.when, self.period.zone)
        return when if item.article.published_at else f"thu được {when}, không rõ giờ đăng"

    def source(self, item: Labelled) -> str:
        """Báo Sông Côn, 06:10 ngày 20/11/2026; with the language where it is not Vietnamese."""
        language = self.language(item)
        spoken = f" ({language_name(language, 'vi')})" if self.foreign(item) else ""
        return f"{self.outlet(item.article.outlet)}{spoken}, {self.dated(item)}"

    def judged(self, item: Labelled) -> str:
        stance = STANCES.get(Stance(item.key(Kind.STANCE, self.own) or Stance.ABSTAIN), "")
        return f"{stance} ({BY_PERSON if stance_by_person(item, self.own) else BY_MACHINE})"

    def stances(self, items: Iterable[Labelled]) -> str:
        """Phê phán (gợi ý của máy) 2 bài, trung tính (do người xác định) 1 bài."""
        counts = Counter(self.judged(item) for item in items)
        return ", ".join(f"{name} {forms.number(n)} bài" for name, n in counts.most_common())

    def themes(self, items: Iterable[Labelled]) -> str:
        found = Counter(key for item in items for key in item.keys(Kind.THEME, self.own))
        return "; ".join(themes()[key].vi for key, _ in found.most_common(3) if key in themes())

    def told(
        self,
        number: int,
        item: Labelled,
        copies: Sequence[Labelled],
        first: Sequence[str] = (),
        below: Below = nothing,
    ) -> Iterable[Paragraph]:
        """1. Title. Outlet, time; stance. “Sentence.” Đăng lại: outlets. And the address below."""
        said: list[str | Span] = [f"{number}. ", self.title(item, bold=True), *self.in_own_words(item)]
        said += [f". {self.source(item)}; {self.judged(item)}. ", *self.quoted(item, first)]
        said += [f" Đăng lại: {self.outlets(copies)}."] if copies else []
        yield Paragraph(words(*said), keep=True, ragged=self.foreign(item))
        if more := words(*below(item)):
            yield Paragraph(more, keep=True)
        yield self.address(item)

    def address(self, item: Labelled) -> Paragraph:
        address = snippet(printable(item.article.url), length=ADDRESS)
        return Paragraph(words(Span(address, small=True, link=item.article.url)), ragged=True)

    def foreign(self, item: Labelled) -> bool:
        return self.language(item) != OWN

    def all_told(self, found: Listed, first: Sequence[str] = (), below: Below = nothing) -> Iterable[Paragraph]:
        """``first``: phrases whose sentence is quoted before that of a label."""
        for n, (item, copies) in enumerate(found.rows, 1):
            yield from self.told(n, item, copies, first, below)
        yield from self.rest(found)

    def rest(self, found: Listed) -> Iterable[Paragraph]:
        if found.left_out:
            said = f"Còn {forms.number(found.left_out)} bài nữa; danh sách đầy đủ ở phụ lục, mã "
            yield Paragraph(words(said, mark(found.figure), "."))


def capital(text: str) -> str:
    """The first letter alone: tiếng Khmer → Tiếng Khmer."""
    return text[:1].upper() + text[1:]


def mark(figure: Figure) -> Span:
    """The number under which the sidecar keeps a figure; `references` makes its link a way to it."""
    return Span(f"[S{figure.number}]", small=True, link=f"#S{figure.number}")


def listing(names: Sequence[str]) -> str:
    """A, B, C và 4 nguồn khác."""
    shown = ", ".join(names[:NAMES])
    return f"{shown} và {forms.number(len(names) - NAMES)} nguồn khác" if len(names) > NAMES else shown
