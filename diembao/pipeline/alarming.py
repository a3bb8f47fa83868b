"""When the program itself is in trouble, the administrators are told, by the way that `alarms.to` names.

An alarm is a state, not an event: it is told when it begins and when it is over, once each; one that comes and goes
is told again after `REST` at the earliest. Trouble that may pass (a server away, a step behind) must last first.
What the worker cannot tell because it has itself ended, only somebody outside can see (`/metrics`).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from diembao.core.alert import Message
from diembao.pipeline.fact_health import feed_troubles
from diembao.pipeline.gauges import steps_of
from diembao.pipeline.health import health_of
from diembao.pipeline.storage import late_backup
from diembao.pipeline.waiting import waiting
from diembao.pipeline.wiring import Installation
from diembao.response.alerts import settled_recipient

FACT: Final = "alarms"
EVERY: Final = timedelta(minutes=2)  # between two looks
LASTS: Final = timedelta(minutes=15)  # what may pass by itself
REST: Final = timedelta(hours=6)  # of one alarm that comes and goes
LITTLE: Final = 2_000_000_000  # bytes free
MANY: Final = 0.5  # of all sources failing: it is us, or our line
# While the searchable copy is away that is told, and not that these wait for it.
_SEARCHABLE: Final = frozenset({"index", "alert", "encode"})
# These begin anew over everything now and then (another encoder, another answer): what has moved is not late.
_ANEW: Final = frozenset({"remember", "encode"})


@dataclass(frozen=True, slots=True)
class Alarm:
    """``key`` is the same while it lasts; one sentence in Vietnamese, one in English."""

    key: str
    vi: str
    en: str


class Standing:
    """Where the steps stood when they were looked at, and since when."""

    def __init__(self) -> None:
        self._stood: dict[str, tuple[int, datetime]] = {}

    def lasts(self, step: str, mark: int, now: datetime) -> timedelta:
        """How long the bookmark has been seen not to move."""
        before, since = self._stood.get(step, (mark, now))
        self._stood[step] = mark, since if before == mark else now
        return now - self._stood[step][1]


def alarms(house: Installation, now: datetime, standing: Standing) -> Iterator[Alarm]:
    """What is serious now. ``house`` is the whole installation."""
    for number, fault in enumerate(house.store.faults()[:3]):
        yield Alarm(f"ledger-{number}", f"Sổ thu thập không khớp: {fault}.", f"The ledger does not add up: {fault}.")
    away = waiting(house.store)
    if away and now - away.since > LASTS:
        vi = f"Không ghi, không hỏi được chỉ mục từ {away.since:%H:%M} UTC: {away.why}."
        yield Alarm("index", vi, f"The index is away since {away.since:%H:%M} UTC: {away.why}.")
    yield from _of_steps(house, now, standing)
    yield from _of_messages(house, now)
    found = health_of(house, now)
    if found.sources and found.failing / found.sources > MANY:
        told = f"{found.failing}/{found.sources}"
        yield Alarm("sources", f"{told} nguồn đang lỗi: xem đường mạng của máy.", f"{told} sources fail: see the line.")
    for each in feed_troubles(house, now):
        yield Alarm(f"facts-{each.province}-{each.name}", each.vi, each.en)
    if kept := late_backup(house, now):
        days, hours = divmod(int((now - kept.at).total_seconds() // 3600), 24)
        vi = f"Bản sao lưu mới nhất ({kept.folder}) đã {days} ngày {hours} giờ: xem vì sao không có bản mới."
        en = f"The newest backup ({kept.folder}) is {days} days and {hours} hours old: see why there is no newer one."
        yield Alarm("backup", vi, en)
    with suppress(OSError):
        if (free := shutil.disk_usage(house.settings.home).free) < LITTLE:
            left = f"{free / 1e9:.1f} GB"
            yield Alarm("disk", f"Ổ đĩa dữ liệu chỉ còn {left}.", f"Only {left} are free on the disk of the home.")


def _of_steps(house: Installation, now: datetime, standing: Standing) -> Iterator[Alarm]:
    away = _SEARCHABLE if waiting(house.store) else frozenset()
    for step in steps_of(house):
        mark = house.store.bookmark(step)
        since, stood = house.store.log_time(mark), standing.lasts(step, mark, now)
        if since is None or now - since <= LASTS or step in away or (step in _ANEW and stood <= LASTS):
            continue
        minutes = int((now - since).total_seconds() // 60)
        vi = f"Bước {step} chậm {minutes} phút."
        yield Alarm(f"step-{step}", vi, f"The step {step} is {minutes} minutes behind.")


def _of_messages(house: Installation, now: datetime) -> Iterator[Alarm]:
    late = [q for q in house.store.queues() if q.fate == "waiting" and now - q.oldest > LASTS]
    for queue in late:
        minutes = int((now - queue.oldest).total_seconds() // 60)
        vi = f"{queue.n} thư qua {queue.channel} chưa gửi được, lâu nhất {minutes} phút."
        yield Alarm(
            f"outbox-{queue.channel}", vi, f"{queue.n} messages by {queue.channel} wait, up to {minutes} minutes."
        )
    dead = [each for each in house.store.undelivered(now - timedelta(days=1)) if each.dead]
    if dead:
        told = sum(each.n for each in dead)
        yield Alarm("dead", f"{told} thư đã thôi gửi trong một ngày qua.", f"{told} messages were given up in a day.")


class Alarming:
    """Looks now and then, and remembers in the record what was told."""

    def __init__(self, house: Installation) -> None:
        self._house = house
        self._looked: datetime | None = None
        self._standing = Standing()

    def look(self, now: datetime) -> bool:
        """True: something was told."""
        if self._looked is not None and self._looked <= now < self._looked + EVERY:
            return False
        self._looked = now
        to = [settled_recipient(each) for each in self._house.settings.alarms.to]
        if not to:
            return False
        now_on = {each.key: each for each in alarms(self._house, now, self._standing)}
        before = _before(self._house.store.fact(FACT))
        begun = [each for key, each in now_on.items() if _is_news(before.get(key), now)]
        over = [state for key, state in before.items() if state.on and key not in now_on]
        if not begun and not over:
            return False
        with self._house.of(self._house.watched[0]).store.writing() as write:
            write.post(_message(begun, over, now), to)
        self._house.store.set_fact(FACT, json.dumps([asdict(each) for each in _after(before, now_on, begun, now)]))
        return True


@dataclass(frozen=True, slots=True)
class _State:
    """An alarm as it was told last: that it is ``on``, or that it is over; ``at`` in ISO 8601."""

    key: str
    vi: str
    on: bool
    at: str

    def rests(self, now: datetime) -> bool:
        return now - datetime.fromisoformat(self.at) <= REST


def _before(fact: str | None) -> dict[str, _State]:
    return {each["key"]: _State(**each) for each in json.loads(fact or "[]")}


def _is_news(state: _State | None, now: datetime) -> bool:
    return state is None or not (state.on or state.rests(now))


def _after(
    before: Mapping[str, _State], now_on: Mapping[str, Alarm], begun: Sequence[Alarm], now: datetime
) -> Iterator[_State]:
    told = {each.key for each in begun}
    yield from (_State(each.key, each.vi, on=True, at=now.isoformat()) for each in begun)
    for key, state in before.items():
        if key in told:
            continue
        if state.on and key not in now_on:
            yield replace(state, on=False, at=now.isoformat())
        elif state.on or state.rests(now):
            yield state


def _message(begun: Sequence[Alarm], over: Sequence[_State], now: datetime) -> Message:
    parts = [f"- {each.vi}\n  {each.en}" for each in begun]
    ended = [f"- Đã hết / over: {each.vi}" for each in over]
    head = f"Điểm Báo có sự cố: {begun[0].vi}" if begun else "Điểm Báo: sự cố đã hết"
    more = "Xem `diembao status` và `diembao doctor` trên máy chủ. (See `diembao status` and `diembao doctor`.)"
    text = "\n\n".join(filter(None, ["\n".join(parts), "\n".join(ended), more]))
    return Message(f"alarms:{now.isoformat()}", head[:150], text, now)
