"""What a profile says of the office itself: its letterhead, deadlines, hours, reports and briefing kits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues documents, and to whom (the form of Decree 30/2020/NĐ-CP). ``parent`` and ``issuer`` are in capitals
    and may have line breaks; ``symbol`` follows the number ("BC-SVHTTDL"); ``to`` is who is addressed, ``copies`` all
    that "Nơi nhận" lists, the line of the archive last; ``signer`` may be empty until it is signed.
    """

    parent: str = ""
    issuer: str = ""
    symbol: str = ""
    place: str = ""
    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signer_title: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """So much time: hours by the clock, or hours at work, or working days; the others are 0."""

    hours: int = 0
    working_hours: int = 0
    working_days: int = 0

    @property
    def by_clock(self) -> bool:
        """Nights and days off count too."""
        return bool(self.hours)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How soon a case is to be answered, by priority: ``cases``, or by its task of the plan. ``steps`` by the state
    that a case is in, ``requests`` to units by the case's priority; what is not there has no deadline. For the rest
    see `clock_files.DeadlinesEntry`. ``source`` says where that stands, ``checked`` (ISO date) when it was looked up.
    """

    cases: Mapping[str, Term]
    source: str
    checked: str
    tasks: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)
    steps: Mapping[str, Term] = field(default_factory=dict)
    requests: Mapping[str, Term] = field(default_factory=dict)
    warn_share: float = 0.75
    warn_hours: int = 0
    warn_to: tuple[str, ...] = ()
    escalate_to: tuple[str, ...] = ()
    remind: int = 0

    @property
    def proposed(self) -> bool:
        return is_proposed(self.source)

    def of_case(self, task: str, priority: str) -> Term:
        return self.tasks.get(task, {}).get(priority) or self.cases[priority]


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """``hours`` ("07:30-11:30") of each of ``days`` (Monday is 0); ``source`` says where that stands, or that it is a
    proposal.
    """

    days: tuple[int, ...]
    hours: tuple[str, ...]
    source: str
    checked: str

    @property
    def proposed(self) -> bool:
        return is_proposed(self.source)


@dataclass(frozen=True, slots=True)
class ReportDate:
    """A report that the plan asks for every year. ``before`` is MM-DD; empty: it names no day."""

    name: str
    before: str
    source: str

    @property
    def proposed(self) -> bool:
        return is_proposed(self.source)

    def next(self, today: date) -> date | None:
        """Its next day, today's too; None: the plan names none. 29/02 is 28/02 in a year without."""
        if not self.before:
            return None
        return next(day for year in (today.year, today.year + 1) if (day := self._of(year)) >= today)

    def _of(self, year: int) -> date:
        month, day = map(int, self.before.split("-"))
        try:
            return date(year, month, day)
        except ValueError:
            return date(year, month, 28)


@dataclass(frozen=True, slots=True)
class Routine:
    """What is prepared by itself, when and for whom (`routine.RoutineEntry`). The defaults are a proposal: no plan
    names an hour.
    """

    daily_at: str = "06:30"
    daily_to: tuple[str, ...] = ("approver",)
    daily_language: str = "vi"
    weekly_at: str = "14:00"
    draft_at: str = "06:00"
    draft_days: int = 7
    remind_days: tuple[int, ...] = (30, 7, 1)
    remind_to: tuple[str, ...] = ("approver",)
    source: str = "Đề xuất, chờ cơ quan xác nhận"
    checked: str = "2026-11-22"

    @property
    def proposed(self) -> bool:
        return is_proposed(self.source)


@dataclass(frozen=True, slots=True)
class Season:
    """Days of every year on which something is to be expected, MM-DD each, both included; ``kind`` is one of
    `core.foreseen.MatterKind`.
    """

    name: str
    kind: str
    first: str
    last: str
    source: str

    @property
    def proposed(self) -> bool:
        return is_proposed(self.source)


@dataclass(frozen=True, slots=True)
class BriefingRhythm:
    """Briefings that the plan asks for again and again. ``months`` between two; 0: it names no interval."""

    name: str
    months: int
    source: str


def coming(reports: Iterable[ReportDate], today: date) -> list[tuple[ReportDate, date | None]]:
    """With their next days, the soonest first; those without a day last."""
    return sorted(((each, each.next(today)) for each in reports), key=lambda pair: pair[1] or date.max)


def is_proposed(source: str) -> bool:
    """What stands in no document of the province begins so."""
    return source.startswith("Đề xuất")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of answering the press. ``kind`` is the type that stands above the document; ``texts`` are first texts by
    language, Vietnamese among them; ``addressed``: it is a letter to those who get it.
    """

    id: str
    name: str
    name_en: str
    kind: str
    texts: Mapping[str, str]
    addressed: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """The forms there are; ``source`` says where they stand."""

    source: str
    checked: date
    forms: Mapping[str, Form]


@dataclass(frozen=True, slots=True)
class Kit:
    """A matter that a briefing kit is kept about. ``searches`` are (name, query), there from the start."""

    id: str
    theme: str
    vi: str
    en: str
    languages: tuple[str, ...]
    searches: tuple[tuple[str, str], ...] = ()
