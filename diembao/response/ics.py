"""The calendar as an iCalendar file (RFC 5545), for whatever program keeps a diary. Days, not hours, where no hour is
known; people's names are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from diembao.core.briefings import Briefing, BriefingState
from diembao.core.foreseen import Matter, tasks_of

MEDIA: Final = "text/calendar; charset=utf-8"
_OCTETS: Final = 75  # of a line without its end
_BRIEFING_HOURS: Final = 2  # that a briefing takes in a diary, where nobody said


def calendar(matters: Iterable[Matter], briefings: Iterable[Briefing], *, name: str, today: date) -> str:
    """All that stands, tasks that are not done as events of their own on the day on which they are due."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//diembao//lich//VI", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_text(name)}")
    for matter in matters:
        lines += _matter(matter)
        lines += _tasks(matter, today)
    for briefing in briefings:
        if briefing.state is not BriefingState.CANCELLED:
            lines += _briefing(briefing)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _matter(matter: Matter) -> Iterator[str]:
    yield from _begun(f"matter-{matter.number}", matter.changed_at, matter.version)
    yield from _days(matter.start, matter.end)
    if matter.yearly:
        leap = (matter.start.month, matter.start.day) == (2, 29)
        yield "RRULE:FREQ=YEARLY" + (";BYMONTH=2;BYMONTHDAY=-1" if leap else "")
    yield f"SUMMARY:{_text(matter.title)}"
    yield f"CATEGORIES:{matter.kind.value.upper()}"
    if matter.note:
        yield f"DESCRIPTION:{_text(matter.note)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _tasks(matter: Matter, today: date) -> Iterator[str]:
    occurrence = matter.next(today)
    for each in tasks_of(matter, occurrence) if occurrence else ():
        if not each.done:
            uid = f"matter-{matter.number}-task-{each.task.number}-{each.start:%Y%m%d}"
            yield from _begun(uid, matter.changed_at, matter.version)
            yield from _days(each.due, each.due)
            yield f"SUMMARY:{_text(f'Chuẩn bị: {each.task.what} ({matter.title})')}"
            yield "TRANSP:TRANSPARENT"
            yield "END:VEVENT"


def _briefing(briefing: Briefing) -> Iterator[str]:
    yield from _begun(f"briefing-{briefing.number}", briefing.changed_at, briefing.version)
    yield f"DTSTART:{_moment(briefing.at)}"
    yield f"DURATION:PT{_BRIEFING_HOURS}H"
    yield f"SUMMARY:{_text(briefing.title)}"
    if briefing.place:
        yield f"LOCATION:{_text(briefing.place)}"
    yield "END:VEVENT"


def _begun(uid: str, changed: datetime | None, version: int) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@diembao"
    yield f"DTSTAMP:{_moment(changed or datetime(2000, 1, 1, tzinfo=UTC))}"
    yield f"SEQUENCE:{version}"


def _days(first: date, last: date) -> Iterator[str]:
    """The end of days is the day after."""
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """A value: what means something to the format is escaped, control characters go."""
    for letter in "\\;,":
        text = text.replace(letter, f"\\{letter}")
    lines = (each for each in text.splitlines() if each.strip())
    return "\\n".join("".join(letter for letter in line if letter.isprintable()) for line in lines)


def _folded(line: str) -> Iterator[str]:
    """At most 75 octets each, never inside of a letter."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
