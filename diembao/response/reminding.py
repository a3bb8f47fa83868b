"""What the machine says by itself about clocks: a case or step whose time runs out, a unit that has not answered.

It only tells, and writes down that it did. Each stage of a clock is told once for each deadline; a unit that is late is
reminded at most once a working day, while the office works, and no more often than the profile says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from diembao.core.alert import FOLDER, Channel, Recipient
from diembao.core.case import MACHINE, Act, Case, CaseLine, CaseQuery, CaseState
from diembao.core.ports import Store, Writer
from diembao.core.requests import Request, RequestQuery, RequestState
from diembao.plan.reader import Profile
from diembao.response.clock import Clock, Said, Stage
from diembao.response.request_letters import Letters
from diembao.response.requests import Requests

# Cases read at once.
AT_ONCE: Final = 500
_RUNNING: Final = tuple(state for state in CaseState if not state.answered)


class Reminding:
    """For one province."""

    def __init__(self, store: Store, profile: Profile) -> None:
        self._store, self._profile = store, profile
        self._clock, self._letters = Clock(profile), Letters(profile)

    def look(self, now: datetime) -> int:
        """Whatever is to be said now; how much that was."""
        return self._tell_clocks(now) + self._remind_units(now)

    # -- clocks
    def _tell_clocks(self, now: datetime) -> int:
        found = [(case, each) for case, requests in self._running() for each in self._clock.said(case, requests, now)]
        keys = [self._letters.clock(case, each, now).key for case, each in found]
        known = self._store.posted(keys)
        return sum(
            self._tell(case, each, now) for (case, each), key in zip(found, keys, strict=True) if key not in known
        )

    def _running(self) -> Iterator[tuple[Case, Sequence[Request]]]:
        offset = 0
        while True:
            _, cases = self._store.cases(CaseQuery(states=_RUNNING), offset=offset, limit=AT_ONCE)
            asked = self._asked([case.number for case in cases])
            yield from ((case, asked.get(case.number, ())) for case in cases)
            if len(cases) < AT_ONCE:
                return
            offset += AT_ONCE

    def _asked(self, numbers: Sequence[str]) -> Mapping[str, Sequence[Request]]:
        found: dict[str, list[Request]] = {}
        for each in self._store.requests(RequestQuery(cases=tuple(numbers))) if numbers else ():
            found.setdefault(each.case, []).append(each)
        return found

    def _tell(self, case: Case, said: Said, now: datetime) -> bool:
        with self._store.writing() as write:
            to = self._recipients(write, case, said)
            new = write.post(self._letters.clock(case, said, now), to)
            if new:
                stage = f"{'step-' if said.step else ''}{said.stage.value}"
                facts = {
                    "stage": stage,
                    "due": said.due_at.isoformat(),
                    "recipients": " ".join(x.address for x in to).strip(),
                }
                write.add_line(case.number, CaseLine(Act.WARNED, MACHINE, now, facts))
        return new

    def _recipients(self, write: Writer, case: Case, said: Said) -> Sequence[Recipient]:
        """Mail addresses of units and roles; where none is known, the folder."""
        times = self._profile.deadlines
        names = () if times is None else times.escalate_to if said.stage is Stage.LATE else times.warn_to
        units = (case.details.unit if name == "unit" else name for name in names)
        known = [address for unit in units if (address := write.address_of(self._profile.now(unit)))]
        return [Recipient(Channel.MAIL, address) for address in dict.fromkeys(known)] or [FOLDER]

    # -- units
    def _remind_units(self, now: datetime) -> int:
        if not self._clock.time.is_on(now):
            return 0
        late = [x for x in self._store.requests(RequestQuery(states=(RequestState.WAITING,))) if self._is_due(x, now)]
        return sum(self._remind(each, now) for each in late)

    def _is_due(self, each: Request, now: datetime) -> bool:
        most = self._profile.deadlines.remind if self._profile.deadlines else 0
        local = self._clock.time.local
        today = each.reminded_at is not None and local(each.reminded_at) == local(now)
        sent = bool(each.address)  # what was carried by hand, a person carries
        return sent and each.waiting and each.is_late(now) and each.warned < most and not today

    def _remind(self, each: Request, now: datetime) -> bool:
        """By mail, to the address of today."""
        with self._store.writing() as write:
            if not write.address_of(self._profile.now(each.unit)):
                return False
            # As it is now: somebody else may have reminded, or the unit answered.
            standing = next(x for x in write.requests_of(each.case) if x.number == each.number)
            if not self._is_due(standing, now):
                return False
            room = Requests(self._store, self._profile)
            told = room.reminded(write, each.case, each.number, CaseLine(Act.REMINDED, MACHINE, now))
            write.put_request(replace(told, warned=told.warned + 1))
        return True
