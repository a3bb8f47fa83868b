"""What is queued leaves: one pass over what is due, each failure with its fate.

- refused for good by the other side: kept as refused, with the reason; `diembao status` shows it
- a passing failure: waits in its row, 30 s at first, then twice as long each time
- the whole channel is away, or a setting is wrong: all of it waits alike

A parcel is settled after it was handed over: a crash in between sends this one again, with the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from diembao.core.alert import Away, Channel, Parcel
from diembao.core.errors import Misconfigured, Refused, Retry
from diembao.core.ports import Notifier, Store

log = structlog.get_logger()

# More alerts than this for one recipient of a subscription within the time below leave as one message; what comes
# within that time of the first goes with them.
STORM: Final = 20
GATHER: Final = timedelta(minutes=1)
# After the first failure; doubled by each further one, up to the longest wait.
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
# A pass ends after so long, that articles are not kept waiting by a slow server; the rest leaves in the next one.
PASS: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Sender:
    store: Store
    notifiers: Mapping[Channel, Notifier]
    now: Callable[[], datetime]

    def send(self, worker: str) -> int:
        """One pass; how many alerts were delivered, counted for each recipient."""
        begun = self.now()
        parcels = self.store.take_parcels(worker=worker, now=begun, storm=STORM, gather=GATHER)
        try:
            return self._pass(parcels, begun + PASS)
        finally:
            for channel in {parcel.to.channel for parcel in parcels}:
                self.notifiers[channel].close()

    def _pass(self, parcels: Sequence[Parcel], until: datetime) -> int:
        sent, away = 0, set[Channel]()
        for parcel in parcels:
            if parcel.to.channel in away:
                continue
            if self.now() > until:
                break
            try:
                sent += self._one(parcel)
            except (Away, Misconfigured) as error:
                away.add(parcel.to.channel)
                self._all_wait(parcel, error)
        return sent

    def _one(self, parcel: Parcel) -> int:
        try:
            answer = self.notifiers[parcel.to.channel].deliver(parcel)
        except Refused as error:
            log.warning("alert-refused", parcel=parcel.id, to=parcel.to.address, why=str(error))
            self.store.parcel_refused(parcel, str(error), now=self.now())
            return 0
        except Away:
            raise
        except Retry as error:
            log.warning("alert-waits", parcel=parcel.id, to=parcel.to.address, why=str(error))
            self.store.parcel_waits(parcel, str(error), until=self.now() + wait(parcel.attempts))
            return 0
        log.info("alert-sent", parcel=parcel.id, to=parcel.to.address, answer=answer)
        self.store.parcel_sent(parcel, now=self.now())
        return parcel.told

    def _all_wait(self, parcel: Parcel, error: Away | Misconfigured) -> None:
        """The one that was tried counts it twice, and so goes last next time: should it be the one that breaks
        the line, it does not hold up the others.
        """
        channel, why = parcel.to.channel, str(error)
        log.warning("channel-waits", channel=channel, why=why)
        until = self.now() + wait(parcel.attempts)
        self.store.parcel_waits(parcel, why, until=until - timedelta(microseconds=1))
        self.store.channel_waits(channel, why, until=until)


def wait(attempts: int) -> timedelta:
    """After so many earlier failures."""
    doubled: int = 1 << min(attempts, 16)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)
