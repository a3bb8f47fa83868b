"""The morning's brief: what is new since yesterday's, what is critical, what was answered, what is due today.

Articles count when they were first seen between the two briefs, if they came out in the three days before: what a new
outlet brings of last year is no news. Every number keeps the question that finds its articles again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from diembao.core.article import Labelled
from diembao.core.case import Case, CaseQuery, CaseState
from diembao.core.headlines import Headline, headlines
from diembao.core.ports import SortBy
from diembao.core.query import Bool, Query, Range, Terms, unparse
from diembao.core.questions import QuestionQuery, QuestionState
from diembao.core.requests import RequestQuery, RequestState
from diembao.core.statement import standing
from diembao.plan.reader import Profile
from diembao.reports.house import HOME, House, usable
from diembao.reports.schedule import daily as due_of_day
from diembao.reports.schedule import schedule
from diembao.reports.weekly import COPY, CRITICAL

FRESH: Final = timedelta(days=3)
# Of each list, at most; the page may take fewer. Cases that are read at once.
STORIES, CRITICALS, LISTED, AT_ONCE = 8, 8, 40, 200
SOON: Final = 7  # days: a report that is due so soon is told every morning
_COUNTED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Number:
    """``before`` is the same of the day before; ``query`` is what one would type to find them."""

    count: int
    before: int
    query: str


@dataclass(frozen=True, slots=True)
class NewStory:
    headline: Headline
    texts: int
    articles: int


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that somebody waits for today. ``kind``: case, request, question, point, matter, report; ``name`` is
    its number where it has one, ``who`` the unit.
    """

    kind: str
    name: str
    text: str
    who: str
    at: datetime | date
    late: bool


@dataclass(frozen=True, slots=True)
class Daily:
    """Of the morning of ``day``: [``start``, ``end``). ``critical`` are the newest, each with its case ("": none);
    ``answered`` are cases with the moment of their answer.
    """

    province: Profile
    day: date
    start: datetime
    end: datetime
    made: datetime
    numbers: Mapping[str, Number]
    stories: tuple[NewStory, ...]
    critical: tuple[tuple[Labelled, str], ...]
    answered: tuple[tuple[Case, datetime], ...]
    due: tuple[DueItem, ...]

    @property
    def whole(self) -> bool:
        """Is its day over?"""
        return self.made >= self.end


def daily(house: House, day: date, now: datetime) -> Daily:
    """The brief of the morning of that day; of one that has not come yet, up to now.

    Raises:
        Misconfigured: the index is not complete.
    """
    usable(house)
    its, before = due_of_day(house.profile, day), due_of_day(house.profile, day - timedelta(days=1))
    start, end = before.draft_at or now, its.draft_at or now
    asking = _Asking(house, start, end)
    return Daily(
        province=house.profile,
        day=day,
        start=start,
        end=end,
        made=now,
        numbers=asking.numbers(),
        stories=tuple(asking.stories()),
        critical=tuple(asking.critical()),
        answered=tuple(_answered(house, start, min(end, now))),
        due=tuple(sorted(_due(house, day, now), key=lambda x: (not x.late, str(x.at), x.kind, x.name))[:LISTED]),
    )


class _Asking:
    def __init__(self, house: House, start: datetime, end: datetime) -> None:
        self.house, self.start, self.end = house, start, end

    def query(self, *only: Query, without: tuple[Query, ...] = (), days: int = 0) -> Query:
        back = timedelta(days=days)
        start, end = self.start - back, self.end - back
        about = Terms("relevance", ("yes", "part"))
        fresh = Range("published", start - FRESH, end)
        return Bool(must=(about, Range("seen", start, end), fresh, *only), must_not=without)

    def numbers(self) -> dict[str, Number]:
        abroad = Terms("country", tuple(sorted({x.country for x in self.house.outlets.values()} - {HOME, ""})))
        asked: dict[str, tuple[tuple[Query, ...], tuple[Query, ...]]] = {
            "articles": ((), ()),
            "texts": ((), (COPY,)),
            "critical": ((CRITICAL,), ()),
            "foreign": ((abroad,), ()),
        }
        found = {name: self._number(*each) for name, each in asked.items()}
        return found | {"stories": self._stories_number()}

    def _number(self, only: tuple[Query, ...], without: tuple[Query, ...]) -> Number:
        now, before = self.query(*only, without=without), self.query(*only, without=without, days=1)
        return Number(self.house.index.count(now), self.house.index.count(before), unparse(now))

    def _stories_number(self) -> Number:
        now, before = (len(self._by_story(self.query(days=days))) for days in (0, 1))
        return Number(now, before, unparse(self.query()))

    def stories(self) -> Iterator[NewStory]:
        """Those with the most texts that are no copies."""
        every, own = self._by_story(self.query()), self._by_story(self.query(without=(COPY,)))
        chosen = sorted(every, key=lambda story: (-own.get(story, 0), -every[story], story))[:STORIES]
        told = headlines(self.house.store, chosen)
        for story in chosen:
            if story in told:
                yield NewStory(told[story], own.get(story, 0), every[story])

    def _by_story(self, query: Query) -> dict[str, int]:
        asked = {"values": {"terms": {"field": "story", "size": _COUNTED}}}
        buckets = self.house.index.aggregate(query, asked)["values"]["buckets"]
        return {str(each["key"]): int(each["doc_count"]) for each in buckets}

    def critical(self) -> Iterator[tuple[Labelled, str]]:
        query = self.query(CRITICAL, without=(COPY,))
        hits = self.house.index.search(query, sort=SortBy.NEWEST, limit=CRITICALS).hits
        ids = [hit.id for hit in hits]
        for item in self.house.store.articles(ids):
            cases = self.house.store.cases_with([item.article.id])
            yield item, cases[0].number if cases else ""


def _answered(house: House, start: datetime, end: datetime) -> Iterator[tuple[Case, datetime]]:
    """Answers that were issued in [start, end), and stand."""
    states = (CaseState.ISSUED, CaseState.FOLLOWED, CaseState.CLOSED)
    for case in _cases(house, CaseQuery(states=states)):
        if case.state_at is not None and case.state_at < start:
            continue
        whole = house.store.case_file(case.number)
        if whole is None or standing(whole.issues) is None:
            continue
        issued = [x.at for x in whole.issues if start <= x.at < end and x.retracted is None]
        if issued:
            yield case, issued[-1]


def _cases(house: House, asked: CaseQuery) -> Iterator[Case]:
    offset = 0
    while True:
        _, found = house.store.cases(asked, offset=offset, limit=AT_ONCE)
        yield from found
        if len(found) < AT_ONCE:
            return
        offset += AT_ONCE


# -- what is due


def _due(house: House, day: date, now: datetime) -> Iterator[DueItem]:
    """Until the end of that day, or late already."""
    zone = ZoneInfo(house.profile.timezone)
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)
    running = tuple(state for state in CaseState if not state.answered)
    for case in _cases(house, CaseQuery(states=running)):
        if case.due_at is not None and case.due_at < midnight:
            yield _item(
                house, "case", case.number, case.details.title, case.details.unit, case.due_at, late=case.late(now)
            )
    for request in house.store.requests(RequestQuery(states=(RequestState.WAITING,))):
        if request.due_at is not None and request.due_at < midnight:
            name = f"{request.case}/{request.number}"
            yield _item(
                house, "request", name, request.question, request.unit, request.due_at, late=request.is_late(now)
            )
    open_ = tuple(state for state in QuestionState if not state.answered)
    for question in house.store.questions(QuestionQuery(states=open_), limit=AT_ONCE)[1]:
        if question.due_at is not None and question.due_at < midnight:
            late = question.late(now)
            yield _item(house, "question", question.number, question.text, question.unit, question.due_at, late=late)
    yield from _days(house, day, now)


def _days(house: House, day: date, now: datetime) -> Iterator[DueItem]:
    """What is due on a day, not at an hour."""
    for point in house.store.points(open_only=True):
        if point.due is not None and point.due <= day:
            yield _item(house, "point", "", point.text, point.unit, point.due, late=point.due < day)
    for matter in house.store.matters():
        occurrence = matter.next(day)
        if occurrence is not None and occurrence.start <= day <= occurrence.end:
            yield _item(house, "matter", "", matter.title, matter.unit, occurrence.start, late=False)
    for due in schedule(house.profile, now):
        left = due.left(day)
        if due.round.periodic and due.before is not None and left is not None and left <= SOON:
            yield DueItem("report", "", due.name, "", due.before, late=False)


def _item(house: House, kind: str, name: str, text: str, unit: str, at: datetime | date, *, late: bool) -> DueItem:  # noqa: PLR0913 (the fields of one item)
    known = house.profile.standing(unit) if unit else None
    return DueItem(kind, name, text, known.name if known else unit, at, late)


def as_json(found: Daily, outlets: Mapping[str, str]) -> dict[str, Any]:
    """``outlets``: names by id."""
    return {
        "province": found.province.id,
        "day": found.day.isoformat(),
        "from": found.start,
        "to": found.end,
        "made": found.made,
        "complete": found.whole,
        "numbers": {k: {"count": x.count, "before": x.before, "query": x.query} for k, x in found.numbers.items()},
        "stories": [
            {"title": x.headline.title, "url": x.headline.item.article.url, "texts": x.texts, "articles": x.articles}
            for x in found.stories
        ],
        "critical": [
            {
                "id": x.article.id,
                "title": x.article.title,
                "url": x.article.url,
                "outlet": outlets.get(x.article.outlet, x.article.outlet),
                "case": case or None,
            }
            for x, case in found.critical
        ],
        "answered": [{"case": x.number, "title": x.details.title, "at": at} for x, at in found.answered],
        "due": [_due_as_json(each) for each in found.due],
    }


def _due_as_json(each: DueItem) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "number": each.name,
        "text": each.text,
        "unit": each.who,
        "at": each.at,
        "late": each.late,
    }
