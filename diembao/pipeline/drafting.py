"""Drafts of reports, made by themselves at their hour and kept in the record; people read, change and sign them.

A draft is made where there is none: what a person has made or written in stays. Whoever the profile names is told that
it is there, once; the report itself leaves by a person's hand alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from diembao.core.accounts import Hand
from diembao.core.alert import Message
from diembao.core.case import MACHINE
from diembao.core.reports import Report, ReportState
from diembao.paper import forms
from diembao.pipeline.wiring import Installation
from diembao.reports import keeping, periodic
from diembao.reports.schedule import Due, Round, drafts_due, weekly

HAND: Final = Hand(MACHINE, "worker")
LATE: Final = timedelta(days=1)  # so long after its hour a week is still drafted, where the program was off


def drafts_wait(house: Installation, now: datetime) -> Iterator[Due]:
    """Whose draft is to be made, or is there and was not told of."""
    due = [*drafts_due(house.profile, now), *_weekly(house, now)]
    known = house.store.posted([_key(each) for each in due])
    for each in due:
        report = kept(house, each)
        if _key(each) not in known and (report is None or report.made_by == MACHINE):
            yield each


def kept(house: Installation, due: Due) -> Report | None:
    """The latest version of it in the record."""
    name = due.period.name if due.round is Round.WEEKLY else periodic.of_due(due).filed
    own = (x for x in house.store.reports(due.round.value) if x.about == house.profile.id and x.name == name)
    return next(own, None)


def signed(house: Installation, due: Due) -> bool:
    report = kept(house, due)
    return report is not None and report.state is ReportState.SIGNED


def drafted(house: Installation, due: Due, now: datetime) -> Message:
    """Made and kept, where it was not; what is said of it.

    Raises:
        Misconfigured: the index is not complete. Retry: it is away.
    """
    report = kept(house, due) or _made(house, due, now)
    days = f"từ ngày {forms.day(report.first)} đến ngày {forms.day(report.last)}"
    wanted = f"Kế hoạch yêu cầu trước ngày {forms.day(due.before)}." if due.round.periodic and due.before else ""
    text = "\n\n".join(
        part
        for part in (
            "Một bản nháp báo cáo đã được lập, chờ người đọc, sửa và ký:",
            f"Số liệu {days}.",
            report.title,
            wanted,
            "Máy không gửi báo cáo thay người.",
        )
        if part
    )
    return Message(_key(due), f"Bản nháp: {due.name}, {days}", text, now, page=f"/{keeping.SCREEN}?so={report.number}")


def _made(house: Installation, due: Due, now: datetime) -> Report:
    if due.round is Round.WEEKLY:
        return keeping.make(house, keeping.Making(due.period, house.profile.id, HAND), now).report
    return periodic.keep(house, periodic.make(house, periodic.of_due(due), now), HAND, now).report


def _weekly(house: Installation, now: datetime) -> list[Due]:
    due = weekly(house.profile, now)
    return [due] if due.draft_at is not None and due.draft_at <= now < due.draft_at + LATE else []


def _key(due: Due) -> str:
    return f"draft:{due.key}"
