"""Refusals in the audit log: the first at once, a flood as numbers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from diembao.api.tally import ROWS, SPAN, Tally
from diembao.core.accounts import TurnedAway
from diembao.core.errors import Retry
from tests.api.doors import Doors


def refused(who: str = "stranger", address: str = "192.0.2.1", why: str = "key") -> TurnedAway:
    return TurnedAway(who, "" if who == "stranger" else "session:1", why, "case.read", address, "/api/v1/cases")


def written(doors: Doors) -> list[tuple[str, int]]:
    rows = [row for row in reversed(doors.store.audit(limit=1000)) if row.act == "access.refused"]
    return [(row.actor, json.loads(row.detail)["times"]) for row in rows]


def test_a_flood_from_one_address_is_two_rows_in_a_span(doors: Doors) -> None:
    tally = doors.door.tally
    for _ in range(10_000):
        tally.note(refused())
    assert written(doors) == [("stranger", 1)]
    doors.clock.wait(seconds=SPAN)
    assert tally.is_due()
    tally.note(refused("person:7"))
    assert written(doors) == [("stranger", 1), ("stranger", 9_999), ("person:7", 1)]
    assert not tally.is_due()


def test_a_flood_from_everywhere_is_bounded_too_and_counted_whole(doors: Doors) -> None:
    tally = doors.door.tally
    for n in range(5 * ROWS):
        tally.note(refused(address=f"192.0.2.{n}"))
    assert len(written(doors)) == ROWS
    tally.settle(at_end=True)
    assert written(doors)[ROWS:] == [("many", 4 * ROWS)]


def test_each_reason_of_an_asker_is_told(doors: Doors) -> None:
    for why in ("key", "rights", "key", "rights"):
        doors.door.tally.note(refused(why=why))
    assert len(written(doors)) == 2


def test_the_address_is_beside_the_log_and_goes_in_time(doors: Doors) -> None:
    doors.door.tally.note(refused())
    (row,) = doors.store.audit(act="access.refused")
    assert "192.0.2.1" not in repr(row)
    assert doors.store.refusals([1]) == {1: ("192.0.2.1", "/api/v1/cases")}
    doors.clock.wait(days=31)
    doors.store.prune_people(doors.clock.now())
    assert doors.store.refusals([1]) == {}
    assert doors.store.check_audit().broken is None


@dataclass
class Busy:
    """A book that is busy for some calls."""

    busy: int
    kept: list[TurnedAway] = field(default_factory=list)

    def turned_away(self, seen: TurnedAway, *, now: datetime) -> None:
        assert now.tzinfo
        if self.busy:
            self.busy -= 1
            raise Retry("busy")
        self.kept.append(seen)


def test_a_busy_store_loses_no_refusal(doors: Doors) -> None:
    book = Busy(2)
    tally = Tally(book, doors.clock.now, doors.clock.count)  # type: ignore[arg-type]  # the one method that is called
    tally.note(refused())
    tally.note(refused())
    tally.settle(at_end=True)
    assert book.kept == []
    tally.settle(at_end=True)
    assert [seen.times for seen in book.kept] == [2]
