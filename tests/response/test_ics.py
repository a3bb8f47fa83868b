"""The calendar as an iCalendar file: lines, escapes and days as RFC 5545 has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from diembao.core.briefings import Briefing, BriefingState
from diembao.core.foreseen import Matter, MatterKind, Preparation
from diembao.response import ics

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
VISIT = Matter(2, "Đoàn thăm", MatterKind.VISIT, date(2026, 12, 10), date(2026, 12, 11), "person:1", changed_at=NOW)
MEETING = Briefing(3, "Giao ban; tháng 12, đợt 1", NOW, "Phòng 2\\3", "person:1", changed_at=NOW)


def unfolded(made: str) -> list[str]:
    """Read as the standard says: a line break and a space are nothing."""
    assert made.endswith("\r\n")
    assert "\n" not in made.replace("\r\n", "")
    return made.replace("\r\n ", "").split("\r\n")[:-1]


def lines(*matters: Matter, briefings: tuple[Briefing, ...] = ()) -> list[str]:
    return unfolded(ics.calendar(matters, briefings, name="Lịch", today=TODAY))


def test_days_end_on_the_day_after_and_a_year_comes_again() -> None:
    told = lines(replace(VISIT, yearly=True))
    assert {"DTSTART;VALUE=DATE:20261210", "DTEND;VALUE=DATE:20261212", "RRULE:FREQ=YEARLY"} <= set(told)
    assert (told[0], told[1], told[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    assert "RRULE:FREQ=YEARLY" not in lines(VISIT)
    leap = replace(VISIT, yearly=True, start=date(2028, 2, 29), end=date(2028, 2, 29))
    assert "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" in lines(leap)


def test_a_task_is_an_event_on_the_day_on_which_it_is_due_until_it_is_done() -> None:
    tasks = (Preparation(1, "Thông cáo", days=10), Preparation(2, "Phòng họp", done=(VISIT.start,)))
    told = lines(replace(VISIT, tasks=tasks))
    assert "SUMMARY:Chuẩn bị: Thông cáo (Đoàn thăm)" in told
    assert "DTSTART;VALUE=DATE:20261130" in told
    assert not any("Phòng họp" in line for line in told)


def test_what_means_something_to_the_format_is_escaped() -> None:
    told = lines(replace(VISIT, title="a;b,c\\d", note="một\r\nhai\nBEGIN:VEVENT\x00"), briefings=(MEETING,))
    assert "SUMMARY:a\\;b\\,c\\\\d" in told
    assert "DESCRIPTION:một\\nhai\\nBEGIN:VEVENT" in told
    assert "SUMMARY:Giao ban\\; tháng 12\\, đợt 1" in told
    assert "LOCATION:Phòng 2\\\\3" in told
    assert told.count("BEGIN:VEVENT") == told.count("END:VEVENT") == 2
    assert "DTSTART:20261120T080000Z" in told


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut() -> None:
    for letter in ("Ậ", "ສ", "報", "😀", "a"):
        title = letter * 300
        made = ics.calendar([replace(VISIT, title=title)], (), name="Lịch", today=TODAY)
        assert max(len(line.encode()) for line in made.split("\r\n")) <= 75
        assert f"SUMMARY:{title}" in unfolded(made)


def test_each_event_has_a_name_of_its_own_that_stays_and_a_version_that_grows() -> None:
    told = lines(VISIT, replace(VISIT, number=4), briefings=(MEETING,))
    uids = [line for line in told if line.startswith("UID:")]
    assert uids == ["UID:matter-2@diembao", "UID:matter-4@diembao", "UID:briefing-3@diembao"]
    assert "SEQUENCE:7" in lines(replace(VISIT, version=7))
    assert not any("briefing" in x for x in lines(briefings=(replace(MEETING, state=BriefingState.CANCELLED),)))
