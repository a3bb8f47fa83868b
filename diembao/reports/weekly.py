"""A period of coverage: what was asked, counted and chosen. `weekly_text` says it in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from diembao.core.article import Kind, Labelled, Role, Stance
from diembao.core.errors import WrongUse
from diembao.core.headlines import Headline, headlines
from diembao.core.names import country_name, language_name
from diembao.core.query import Bool, Phrase, Terms
from diembao.plan.reader import Profile, profile
from diembao.reports.figures import MOST_VALUES, Book, Counted, Figure, Narrowed, Sum, read
from diembao.reports.house import House, usable
from diembao.reports.period import Period
from diembao.reports.sources import Sources, sources

HOME, OWN = "VN", "vi"  # the country and the language that are not foreign
STORIES: Final = 10
FEWEST_STORIES: Final = 5  # told also where each has but one article
EARLIEST: Final = 20  # articles of a story among which the original is looked for
LISTED: Final = 40  # articles of a list; the sidecar has the rest
TRIES: Final = 3  # of a report whose index moves while it is being made

STANCES: Final[Mapping[str, str]] = {
    Stance.POSITIVE.value: "tích cực",
    Stance.NEUTRAL.value: "trung tính",
    Stance.CRITICAL.value: "phê phán",
    Stance.ABSTAIN.value: "chưa rõ",
}
COPY: Final = Terms("role", (Role.COPY.value,))
CORRECTION: Final = Terms("role", (Role.CORRECTION.value,))
CRITICAL: Final = Terms("stance", (Stance.CRITICAL.value,))
# Words by which Vietnamese papers name what an authority has said to them.
OFFICIAL_WORDS: Final = (
    "họp báo",
    "thông cáo báo chí",
    "người phát ngôn",
    "thông tin chính thức",
    "trả lời báo chí",
    "cung cấp thông tin cho báo chí",
)
OFFICIAL: Final = Bool(should=tuple(Phrase("text", each) for each in OFFICIAL_WORDS))


@dataclass(frozen=True, slots=True)
class Story:
    """``items`` are those of the period, the earliest first; ``first`` is the story's original, which may be from
    before; ``headline`` tells it in one line; ``whole`` counts its articles in all time, ``whole_texts`` those of them
    that are no copies.
    """

    figure: Figure
    first: Labelled
    headline: Headline
    items: tuple[Labelled, ...]
    whole: int
    whole_texts: int

    @property
    def texts(self) -> int:
        return sum(not is_copy(item) for item in self.items)


@dataclass(frozen=True, slots=True)
class Listed:
    """A figure, and its articles that are listed, newest first, each with the copies that are told under it."""

    figure: Figure
    rows: tuple[tuple[Labelled, tuple[Labelled, ...]], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Overview:
    articles: Figure
    texts: Figure
    stories: Figure
    outlets: Figure
    foreign: Figure
    critical: Figure
    by_person: Figure
    stances: tuple[tuple[str, Figure], ...]
    themes: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """``as_of`` is the number of the log up to which the index was complete when the figures were asked."""

    period: Period
    province: Profile
    made: datetime
    as_of: int
    periods: int
    overview: Overview
    stories: tuple[Story, ...]
    critical: Listed
    countries: tuple[tuple[str, Figure], ...]
    languages: tuple[tuple[str, Figure], ...]
    foreign: Listed
    corrections: Listed
    revised: Listed
    official: Listed
    undated: int
    sources: Sources
    figures: tuple[Figure, ...]
    sums: tuple[Sum, ...]


def weekly(house: House, period: Period, *, province: str, now: datetime) -> Weekly:
    """The figures of one state of the index, also while a worker adds to it.

    Raises:
        WrongUse: the installation does not watch this province, or the period has not begun.
        Misconfigured: the index is not complete.
    """
    watched = house.profile.judged
    if province not in watched:
        msg = f"this installation does not watch '{province}'; it watches {', '.join(watched)}"
        raise WrongUse(msg)
    if period.start >= now:
        msg = f"the period from {period.first} on has not begun"
        raise WrongUse(msg)
    usable(house)
    for _ in range(TRIES):
        before = house.index.position()
        found = _Gathering(house, province, period, now).weekly(before)
        if house.index.position() == before:
            break
    return found


class _Gathering:
    """Asks in the order in which the report tells."""

    def __init__(self, house: House, province: str, period: Period, now: datetime) -> None:
        self.house, self.province, self.period, self.now = house, province, period, now
        self.book = Book(house, province, period)
        catalogue = {outlet.country for outlet in house.outlets.values()}
        self.abroad = Terms("country", tuple(sorted(catalogue - {HOME, ""})))

    def weekly(self, as_of: int) -> Weekly:
        overview = self._overview()
        items = sorted(read(self.house.store, overview.articles.now.ids), key=lambda item: item.article.when)
        return Weekly(
            period=self.period,
            province=profile(self.province, self.house.plan_folder),
            made=self.now,
            as_of=as_of,
            periods=self.book.periods,
            overview=overview,
            stories=tuple(self._stories(items)),
            critical=listed(overview.critical, items),
            countries=self._each("country", country_name, leave=HOME),
            languages=self._each("language", language_name, leave=OWN),
            foreign=listed(overview.foreign, items),
            official=listed(self.book.add("Bài dẫn thông tin chính thức", OFFICIAL), items),
            corrections=listed(self.book.add("Bài đính chính", CORRECTION), items),
            revised=listed(self.book.add("Bài được báo sửa sau khi đăng", narrowed=Narrowed.REVISED), items),
            undated=sum(item.article.published_at is None for item in items),
            sources=sources(self.house, self.period, self.now),
            figures=tuple(self.book.figures),
            sums=tuple(self.book.sums),
        )

    # -- numbers

    def _overview(self) -> Overview:
        add = self.book.add
        return Overview(
            articles=add("Bài về tỉnh"),
            texts=add("Văn bản khác nhau (không kể bài đăng lại)", without=(COPY,)),
            stories=add("Chuyện", counted=Counted.STORIES),
            outlets=add("Nguồn có bài", counted=Counted.OUTLETS),
            foreign=add("Bài của báo chí nước ngoài", self.abroad),
            critical=add("Bài phê phán", CRITICAL),
            by_person=add("Bài phê phán do người xác định", CRITICAL, narrowed=Narrowed.BY_PERSON),
            stances=self._stances(),
            themes=self._themes(),
        )

    def _stances(self) -> tuple[tuple[str, Figure], ...]:
        """They share no article, and are all of it: what was not judged is one of them."""
        known = Terms("stance", tuple(STANCES))
        found = [
            (stance, self.book.add(f"Thái độ: {name}", Terms("stance", (stance,)))) for stance, name in STANCES.items()
        ]
        found.append(("", self.book.add("Thái độ: chưa xét", without=(known,))))
        self.book.add_up(self.book.figures[0], (figure for _, figure in found))
        return tuple(found)

    def _themes(self) -> tuple[tuple[str, Figure], ...]:
        """An article may have several."""
        found = [
            (x.id, self.book.add(f"Chủ đề: {x.vi}", Terms("theme", (x.id,))))
            for x in self.house.profile.themes.values()
        ]
        found.append(
            ("", self.book.add("Không thuộc chủ đề nào", without=(Terms("theme", tuple(self.house.profile.themes)),)))
        )
        return tuple(found)

    def _each(self, field: str, name: Callable[[str, str], str], *, leave: str) -> tuple[tuple[str, Figure], ...]:
        """A figure for each value but one that has articles in this period or the one before; the largest first."""
        whole = Period(self.period.before(1).first, self.period.last, self.period.zone)
        asked = {"values": {"terms": {"field": field, "size": MOST_VALUES}}}
        buckets = self.house.index.aggregate(self.book.query(whole), asked)["values"]["buckets"]
        values = sorted(bucket["key"] for bucket in buckets if bucket["key"] != leave)
        found = [(value, self.book.add(f"Theo {name(value, 'vi')}", Terms(field, (value,)))) for value in values]
        return tuple(sorted(found, key=lambda each: (-each[1].count, each[0])))

    # -- stories

    def _stories(self, items: Sequence[Labelled]) -> Iterable[Story]:
        groups: dict[str, list[Labelled]] = {}
        for item in items:
            if story := item.key(Kind.STORY):
                groups.setdefault(story, []).append(item)
        chosen = sorted(groups, key=lambda story: _size(groups[story]), reverse=True)[:STORIES]
        large = [story for story in chosen if len(groups[story]) > 1]
        for story in large if len(large) >= FEWEST_STORIES else chosen[:FEWEST_STORIES]:
            yield self._story(story, groups[story])

    def _story(self, story: str, items: Sequence[Labelled]) -> Story:
        members = self.house.store.story_members([story])[story]
        earliest = self.house.store.articles(members[:EARLIEST]) or items
        first = next((item for item in earliest if item.key(Kind.ROLE) == Role.ORIGINAL.value), earliest[0])
        told = headlines(self.house.store, [story]).get(story) or Headline(first)
        whole, texts = self.house.store.story_sizes([story])[story]
        figure = self.book.add(f"Chuyện: {told.title}", Terms("story", (story,)))
        return Story(figure, first, told, tuple(items), whole, texts)


def _size(items: Sequence[Labelled]) -> tuple[int, int, datetime]:
    return sum(not is_copy(item) for item in items), len(items), items[-1].article.when


def is_copy(item: Labelled) -> bool:
    return item.key(Kind.ROLE) == Role.COPY.value


def listed(figure: Figure, items: Sequence[Labelled]) -> Listed:
    """The figure's articles among ``items`` (in the order of time); copies go under the first other of their story."""
    wanted = frozenset(figure.now.ids)
    found = [item for item in reversed(items) if item.article.id in wanted]
    told = {item.key(Kind.STORY): item.article.id for item in found if not is_copy(item)}
    under: dict[str, list[Labelled]] = {}
    for item in found:
        if is_copy(item) and (leader := told.get(item.key(Kind.STORY))):
            under.setdefault(leader, []).append(item)
    below = {copy.article.id for copies in under.values() for copy in copies}
    rows = [(x, tuple(under.get(x.article.id, ()))) for x in found if x.article.id not in below]
    return Listed(figure, tuple(rows[:LISTED]), max(0, len(rows) - LISTED))
