"""A report in English, for reading: the same figures under the same marks, stories and articles by their own titles.

The document that is signed is the Vietnamese one; what units and people wrote is not translated. A foreign title stands
with what an accepted gist says of it in English, where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.article import Labelled
from diembao.core.names import country_name, language_name
from diembao.core.text import snippet
from diembao.paper.letter import Block, Heading, Letter, Paragraph, Span, Table, Words, words
from diembao.paper.scripts import printable
from diembao.plan.reader import Profile
from diembao.reports import tasks
from diembao.reports.figures import Figure
from diembao.reports.house import House
from diembao.reports.lists import Listed
from diembao.reports.periodic import Periodic
from diembao.reports.tables import english_names
from diembao.reports.telling import mark
from diembao.response.gists import accepted_gists, accepted_words

TITLE: Final = 250  # characters of a title
LANGUAGE: Final = "en"
_KINDS: Final = {"annual": "Annual report", "half-year": "Half-year report", "period": "Report"}


def letter(house: House, its: Periodic) -> Letter:
    """To be written with `paper.docx.reading_copy`."""
    period, province = its.wanted.period, its.found.province
    about = f"Press coverage of {province.name_en}{_narrowed(house.profile, its)}"
    subject = f"{about}\n({_day(period.first)} to {_day(period.last)})"
    kind = _KINDS[its.wanted.kind].upper()
    return replace(its.letter, kind=kind, subject=subject, body=tuple(_Telling(house, its).body()), appendix=())


def _narrowed(profile: Profile, its: Periodic) -> str:
    wanted = its.wanted
    parts = [
        f"theme {profile.themes[wanted.theme].en}" if wanted.theme else "",
        f"fields of {profile.units[wanted.unit].name}" if wanted.unit else "",
        f"press of {country_name(wanted.country, 'en')}" if wanted.country else "",
    ]
    return "".join(f", {part}" for part in parts if part)


class _Telling:
    def __init__(self, house: House, its: Periodic) -> None:
        self.house, self.its, self.found = house, its, its.found
        self.names = english_names(its.found)
        self.zone = ZoneInfo(its.wanted.period.zone)
        self.tables = 0
        told = chain(self.found.items, (story.headline.item for story in self.found.stories))
        self.gists = accepted_gists(house.store, told, LANGUAGE)

    def body(self) -> Iterator[Block]:
        said = "For reading. The report that is signed is the Vietnamese one; marks like [S1] are the same."
        yield Paragraph(words(said))
        parts = [
            ("TASKS OF THE PLAN", self._tasks() if any(each.name == "plan" for each in self.its.told) else ()),
            ("OVERVIEW", self._overview()),
            ("MAIN STORIES", self._stories()),
            ("CRITICAL COVERAGE AND ANSWERS", self._critical()),
            ("UNITS THAT WERE ASKED", self._owing()),
            ("FOREIGN PRESS", self._foreign()),
            ("LIMITS OF THE FIGURES", self._limits()),
        ]
        told = [(heading, tuple(blocks)) for heading, blocks in parts]
        for n, (heading, blocks) in enumerate(((h, b) for h, b in told if b), 1):
            yield Heading(f"{n}. {heading}")
            yield from blocks

    # -- numbers
    def _overview(self) -> Iterator[Block]:
        o = self.found.overview
        if not o.articles.count:
            yield Paragraph(words("No article about the province was seen in these days ", mark(o.articles), "."))
            return
        shown = (o.articles, o.texts, o.stories, o.outlets, o.home, o.abroad, o.foreign, o.critical, o.by_person)
        yield self._table("Figures", "Figure", shown)
        yield self._table("Stance", "Stance", (x for _, x in o.stances if x.count), o.articles)
        said = "A stance is suggested by the machine unless a person has settled it; critical does not mean wrong."
        yield Paragraph(words(said))
        caption = "Themes (an article may have several)"
        yield self._table(caption, "Theme", (x for _, x in o.themes if x.count), o.articles)
        yield self._table("Languages", "Language", (x for _, x in o.languages if x.count), o.articles)

    def _table(self, caption: str, what: str, figures: Iterable[Figure], whole: Figure | None = None) -> Table:
        share = ("Share",) if whole else ()
        head = (what, "In the period", *share, "Period before", self._mean, "Mark")
        rows = tuple(self._row(each, whole) for each in figures)
        widths = (6.4, 1.9, *(1.7 for _ in share), 1.9, 2.6, 1.4)
        return Table(self._caption(caption), head, rows, widths, "l" + "r" * (len(head) - 2) + "c")

    @property
    def _mean(self) -> str:
        return f"Mean of {self.found.periods} before" if self.found.periods else "Mean before"

    def _row(self, figure: Figure, whole: Figure | None) -> tuple[Words, ...]:
        share = [f"{100 * figure.count / whole.count:.1f}%" if whole.count else "–"] if whole else []
        last = "–" if figure.last is None else f"{figure.last:,}"
        mean = "–" if figure.mean is None else f"{figure.mean:,.1f}"
        whole_name = self.names.get(figure.number, figure.name)
        name = whole_name.partition(": ")[2] or whole_name
        return (*(words(cell) for cell in (name, f"{figure.count:,}", *share, last, mean)), words(mark(figure)))

    def _caption(self, text: str) -> str:
        self.tables += 1
        return f"Table {self.tables}. {text}"

    # -- articles
    def _stories(self) -> Iterator[Block]:
        for n, story in enumerate(self.found.stories, 1):
            counts = f" {story.figure.count:,} articles, {story.texts:,} different texts "
            outlets = len({item.article.outlet for item in story.items})
            item = story.headline.item
            title = words(f"{n}. ", self._title(item), f" ({self._source(item)}).", *self._gist(item))
            yield Paragraph(words(*title, counts, mark(story.figure), f", {outlets:,} outlets."), ragged=True)

    def _critical(self) -> Iterator[Block]:
        o, a = self.found.overview, self.found.answering
        yield Paragraph(
            words(
                *("Critical: ", *_count(o.critical), "; answered: ", *_count(a.answered), "; in a case: "),
                *(*_count(a.in_hand), "; no answer issued: ", *_count(a.not_to_answer)),
                *("; without a case: ", *_count(a.no_case), "."),
            )
        )
        yield from self._listed(self.found.critical)

    def _foreign(self) -> Iterator[Block]:
        o = self.found.overview
        yield Paragraph(words("Articles of the foreign press: ", *_count(o.foreign), "."))
        if self.found.countries:
            yield self._table("Foreign press by country", "Country", (x for _, x in self.found.countries), o.foreign)
        yield from self._listed(self.found.foreign)

    def _listed(self, found: Listed) -> Iterator[Block]:
        for item, copies in found.rows:
            more = f"; copied by {len(copies):,}" if copies else ""
            told = words(self._title(item), f" ({self._source(item)}{more})", *self._gist(item))
            yield Paragraph(told, listed=True, ragged=True)
        if found.left_out:
            yield Paragraph(words(f"{found.left_out:,} more, see ", mark(found.figure), "."))

    def _title(self, item: Labelled) -> Span:
        text = snippet(printable(item.article.title), length=TITLE) or "(no title)"
        return Span(text, link=item.article.url, language=item.article.language)

    def _gist(self, item: Labelled) -> Words:
        """What the machine made of it in English and a person accepted; nothing where nobody has."""
        gist = self.gists.get(item.article.id)
        return words(f" ({printable(accepted_words(self.house.store, gist, LANGUAGE))})") if gist else ()

    def _source(self, item: Labelled) -> str:
        outlet = self.house.outlets.get(item.article.outlet)
        named = outlet.name if outlet else item.article.outlet
        where = f", {country_name(outlet.country, 'en')}" if outlet and outlet.country else ""
        spoken = language_name(item.article.language, "en")
        return f"{named}{where}, {spoken}, {_day(item.article.when.astimezone(self.zone).date())}"

    # -- what the record says
    def _owing(self) -> Iterator[Block]:
        its = self.found.owing
        if not its.units:
            yield Paragraph(words("No unit was asked ", mark(its.asked), "."))
            return
        head = ("Unit", "Asked", "Not answered", "Late", "Answered", "Answered late", "Mark")
        rows = tuple(
            (*map(words, map(str, (x.name, x.asked, len(x.open), x.late, x.answered, x.answered_late))), words(mark(f)))
            for x, f in its.units
        )
        yield Table(self._caption("Requests to units"), head, rows, (6.1, 1.5, 2.0, 1.4, 2.0, 2.1, 1.4), "lrrrrrc")

    def _tasks(self) -> Iterator[Block]:
        done = self.its.tasks
        untold = ", ".join(task.number for task in done.untold)
        yield Paragraph(words(f"{len(done.tasks)} tasks are in force. Nobody has told of: {untold or 'none'}."))
        rows = []
        for row in tasks.rows(done, self.house.profile, 1):
            number, title, lead, time, unit, state, share, note, document, until, _ = row
            told = (unit, state, "" if share == "" else f"{share}%", note, document, f"until {until}" if until else "")
            result = "; ".join(str(part) for part in told if part)
            rows.append((words(Span(f"{number}. ", bold=True), str(title)), words(f"{lead}; {time}"), words(result)))
        head = ("Task", "Leads; time by the plan", "What was told")
        yield Table(self._caption("Tasks of the plan"), head, tuple(rows), (5.4, 3.9, 7.2), "lll")

    def _limits(self) -> Iterator[Block]:
        its = self.found.sources
        since = f"Collecting began on {_day(its.began)}. " if its.began else ""
        said = (
            f"{since}Of {its.listed:,} outlets {its.read:,} were read to the end; {len(its.never):,} never, "
            f"{len(its.unread):,} not to the end, {len(its.silent):,} brought nothing. {its.quarantined:,} entries "
            f"wait for a person, {its.unjudged:,} articles were not judged."
        )
        yield Paragraph(words(said))


def _count(figure: Figure) -> Sequence[str | Span]:
    return Span(f"{figure.count:,}", bold=True), " ", mark(figure)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
