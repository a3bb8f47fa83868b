"""What is prepared by itself at its hour: the daily brief, drafts of reports, reminders; nothing of it twice.

The loop looks once a minute; where something is due, a process of its own does it (``python -m
diembao.pipeline.preparing HOME``), because a PDF takes seconds that no alert should wait. It is queued in the outbox
under a key of its day: a crash in between does it again, and the key keeps it from leaving twice.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from diembao.core.alert import FOLDER, Channel, Message, Recipient
from diembao.core.background import Background
from diembao.core.errors import DiembaoError, IndexAway
from diembao.core.logs import load_and_log, to_standard_error
from diembao.core.ports import Writer
from diembao.core.query import Range
from diembao.paper import pdf
from diembao.pipeline import children
from diembao.pipeline.beside import Beside
from diembao.pipeline.drafting import drafted, drafts_wait, signed
from diembao.pipeline.wiring import Installation, open_installation
from diembao.reports.daily import daily
from diembao.reports.daily_text import make
from diembao.reports.reminders import reminders
from diembao.reports.schedule import daily as due_of_day

log = structlog.get_logger()

LONGEST: Final = timedelta(minutes=10)  # for all that is due at once: a PDF each


def waits(house: Installation, now: datetime) -> bool:
    """Is anything to be prepared now, for any province?"""
    return any(
        _brief_waits(each, now) or list(_unsaid(each, now)) or (_searchable(each) and list(drafts_wait(each, now)))
        for each in house.every
    )


def prepare(house: Installation, now: datetime) -> list[str]:
    """Queue whatever is due; the keys of what was queued.

    Raises:
        Refused: the machine may not send. Retry, Misconfigured: it could not be made.
    """
    house.asks(Background.SEND_ALERT)
    done = []
    for each in house.every:
        routine = each.profile.routine
        queued = [message for message in _unsaid(each, now) if _post(each, message, routine.remind_to)]
        if _brief_waits(each, now):
            message = brief(each, now)
            queued += [message] if _post(each, message, routine.daily_to) else []
        for due in drafts_wait(each, now) if _searchable(each) else ():
            message = drafted(each, due, now)
            queued += [message] if _post(each, message, routine.remind_to) else []
        done += [f"{each.profile.id}:{message.key}" for message in queued]
    return done


def brief(house: Installation, now: datetime) -> Message:
    """This morning's; without LibreOffice its page goes as DOCX."""
    found = daily(house, _today(house, now), now)
    made = make(house, found, language=house.profile.routine.daily_language, with_pdf=pdf.is_there())
    return made.message(found)


def _brief_waits(house: Installation, now: datetime) -> bool:
    if not house.profile.routine.daily_at:
        return False
    due = due_of_day(house.profile, _today(house, now))
    if due.draft_at is None or now < due.draft_at or house.store.posted([due.key]):
        return False
    try:  # on the day on which the program was installed there is no yesterday to tell of
        return _searchable(house) and house.index.count(Range("seen", None, due.draft_at)) > 0
    except IndexAway:  # it is told when there is something to tell it from
        return False


def _searchable(house: Installation) -> bool:
    """Is there an index to count in? Of an installation without an article nothing is drafted."""
    try:
        return house.index.position() > 0
    except IndexAway:
        return False


def _unsaid(house: Installation, now: datetime) -> Iterator[Message]:
    """Reminders, from the hour on at which drafts are made: nobody is woken."""
    profile = house.profile
    clock = now.astimezone(ZoneInfo(profile.timezone))
    if f"{clock:%H:%M}" < profile.routine.draft_at:
        return
    latest = house.store.latest_progress(profile.plan or profile.id)
    found = reminders(profile, latest, now, lambda due: signed(house, due))
    known = house.store.posted([message.key for message in found])
    yield from (message for message in found if message.key not in known)


def _post(house: Installation, message: Message, names: Sequence[str]) -> bool:
    with house.store.writing() as write:
        return write.post(message, _recipients(house, write, names))


def _recipients(house: Installation, write: Writer, names: Sequence[str]) -> Sequence[Recipient]:
    """Mail addresses of units and roles; where none is known, the folder."""
    known = [address for name in names if (address := write.address_of(house.profile.now(name)))]
    return [Recipient(Channel.MAIL, address) for address in dict.fromkeys(known)] or [FOLDER]


def _today(house: Installation, now: datetime) -> date:
    return now.astimezone(ZoneInfo(house.profile.timezone)).date()


class Preparer(Beside):
    """Starts the process when something is due."""

    module, failed, longest = "diembao.pipeline.preparing", "not-prepared", LONGEST

    def waits(self, now: datetime) -> bool:
        return waits(self.house, now)


def main() -> int:
    """A child of the loop's."""
    to_standard_error()
    children.follow_parent()
    try:
        with open_installation(load_and_log(Path(sys.argv[1]))) as house:
            for key in prepare(house, datetime.now(UTC)):
                log.info("prepared", what=key)
    except DiembaoError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
