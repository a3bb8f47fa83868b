"""What is queued leaves: one pass over what is due, each failure with its fate.

- refused for good by the other side, or by a rule of ours: kept as refused, with the reason; `diembao status` shows it
- a passing failure: waits in its row, 30 s at first, then twice as long each time; given up after `GIVE_UP` of them,
  kept as dead, and sent again when a person says so
- the whole line is away, or a setting is wrong: all of it waits alike. Mail waits for its server for as long as it
  takes; a webhook or chat is given up like any other
- a line that has had its messages of this minute rests

A parcel is settled after it was handed over: a crash in between sends this one again, with the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from diembao.core.alert import AT_ONCE, GIVE_UP, UNSURE, Away, Channel, Closed, Gone, Parcel, Recipient, Unsure, line_of
from diembao.core.errors import Misconfigured, Refused, Retry
from diembao.core.ports import Notifier, Store

log = structlog.get_logger()

# More alerts than this for one recipient of a subscription within the time below leave as one message; what comes
# within that time of the first goes with them.
STORM: Final = 20
GATHER: Final = timedelta(minutes=1)
# After the first failure; doubled by each further one, up to the longest wait.
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
# The longest that another side may ask us to wait.
ASKED_WAIT: Final = timedelta(hours=6)
# A pass ends after so long, that articles are not kept waiting by a slow server; the rest leaves in the next one.
PASS: Final = timedelta(seconds=10)
MINUTE: Final = timedelta(minutes=1)


def as_many(_line: Recipient) -> int | None:
    """A pace that is none."""


def free(_parcel: Parcel, _now: datetime) -> str:
    """Everything may go anywhere."""
    return ""


def untold(_parcel: Parcel, _why: str, _now: datetime) -> None:
    """Nobody is to hear of a recipient that is gone."""


@dataclass(frozen=True, slots=True)
class Sender:
    """``per_minute`` is the pace of a line, in messages (None: as many as there are); ``gone`` is told of a recipient
    that is there no more, ``kept_in`` says why a parcel may not leave ("": it may).
    """

    store: Store
    notifiers: Mapping[Channel, Notifier]
    now: Callable[[], datetime]
    per_minute: Callable[[Recipient], int | None] = as_many
    gone: Callable[[Parcel, str, datetime], None] = untold
    kept_in: Callable[[Parcel, datetime], str] = free

    def send(self, worker: str, *, gather: timedelta = GATHER) -> int:
        """One pass; how many alerts were delivered, counted for each recipient."""
        begun = self.now()
        parcels = self.store.take_parcels(worker=worker, now=begun, storm=STORM, gather=gather)
        if not parcels:
            return 0
        try:
            return self._pass(parcels, begun + PASS)
        finally:
            for channel in {parcel.to.channel for parcel in parcels}:
                self.notifiers[channel].close()

    def send_rest(self, worker: str) -> int:
        """Nobody sends after this: a storm that is being gathered leaves now, with what there is of it."""
        sent = 0
        self.store.end_storms(until=self.now() + GATHER, now=self.now())
        while done := self.send(worker, gather=AT_ONCE):
            sent += done
        return sent

    def _pass(self, parcels: Sequence[Parcel], until: datetime) -> int:
        sent, resting = 0, set[Recipient]()
        pace = Pace(self.per_minute, self.store.handed_over(self.now() - MINUTE))
        for parcel in parcels:
            line = line_of(parcel.to)
            if line in resting:
                continue
            if self.now() > until:
                break
            if (following := pace.following(line)) > self.now():
                resting.add(line)
                self.store.channel_rests(line, until=following)
                continue
            try:
                sent += self._one(parcel)
                pace.note(line, self.now())
            except (Away, Misconfigured) as error:
                resting.add(line)
                self._all_wait(parcel, error)
        return sent

    def _one(self, parcel: Parcel) -> int:
        articles = [alert.article_id for alert in parcel.alerts[:STORM]]
        told = {"parcel": parcel.id, "to": parcel.to.address, "articles": articles}
        if why := self.kept_in(parcel, self.now()):
            log.warning("alert-kept-in", **told)
            self.store.parcel_refused(parcel, why, now=self.now())
            return 0
        try:
            answer = self.notifiers[parcel.to.channel].deliver(parcel)
        except Refused as error:
            log.warning("alert-refused", **told, why=str(error))
            self.store.parcel_refused(parcel, str(error), now=self.now())
            if isinstance(error, Gone):
                self.gone(parcel, str(error), self.now())
            return 0
        except Away:
            raise
        except Retry as error:
            log.warning("alert-waits", **told, why=str(error))
            self._waits(parcel, error, 1)
            return 0
        log.info("alert-sent", **told, answer=answer)
        self.store.parcel_sent(parcel, now=self.now(), receipt=answer)
        return parcel.told

    def _waits(self, parcel: Parcel, error: Retry | Misconfigured, tries: int) -> None:
        if parcel.tries + tries >= GIVE_UP:
            log.warning("alert-given-up", parcel=parcel.id, to=parcel.to.address, why=str(error))
            self.store.parcel_refused(parcel, str(error), now=self.now(), dead=True)
            return
        until = self.now() + wait(parcel.attempts, error) - timedelta(microseconds=1)
        self.store.parcel_waits(parcel, str(error), until=until, tries=tries)

    def _all_wait(self, parcel: Parcel, error: Away | Misconfigured) -> None:
        """The one that was tried counts it twice, and so goes last next time: should it be the one that breaks
        the line, it does not hold up the others. Where none of them can be it, they keep their order.
        """
        line = line_of(parcel.to)
        log.warning("channel-waits", channel=line.channel, to=line.address, why=str(error))
        if isinstance(error, Closed):
            self.store.channel_waits(line, str(error), until=self.now() + wait(parcel.attempts, error), alike=True)
            return
        self._waits(parcel, error, UNSURE if isinstance(error, Unsure) else 1 if line.address else 0)
        others = Away(str(error)) if isinstance(error, Unsure) else error
        self.store.channel_waits(line, str(error), until=self.now() + wait(parcel.attempts, others))


@dataclass(frozen=True, slots=True)
class Pace:
    """How many messages each line had within the last minute."""

    per_minute: Callable[[Recipient], int | None]
    handed_over: Sequence[tuple[Recipient, datetime]]
    times: dict[Recipient, list[datetime]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line, at in sorted(self.handed_over, key=lambda each: each[1]):
            self.note(line, at)

    def note(self, line: Recipient, at: datetime) -> None:
        self.times.setdefault(line, []).append(at)

    def following(self, line: Recipient) -> datetime:
        """When the next message may leave: a time that is over, or when the minute has room for one more."""
        most, times = self.per_minute(line), self.times.get(line, [])
        if most is None or len(times) < most:
            return datetime.min.replace(tzinfo=UTC)
        return times[-most] + MINUTE


def wait(attempts: int, error: Exception | None = None) -> timedelta:
    """After so many earlier failures, or as long as the other side asked for, if that is longer."""
    doubled: int = 1 << min(attempts, 16)
    if isinstance(error, Unsure):  # it may be there already: not again at once
        return LONGEST_WAIT
    asked = timedelta(seconds=error.after or 0) if isinstance(error, Retry) else timedelta()
    return max(min(FIRST_WAIT * doubled, LONGEST_WAIT), min(asked, ASKED_WAIT))
