"""The weekly summary as a report in the administrative form.

Every figure stands beside what it is compared with, and bears the number under which the sidecar keeps it. A stance is
a machine's suggestion unless a person has settled it, and is said to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from diembao.paper.letter import Letter
from diembao.plan.office import Letterhead
from diembao.reports.house import House
from diembao.reports.parts import Section, appendix, body, sections
from diembao.reports.telling import Teller
from diembao.reports.told_numbers import days
from diembao.reports.weekly import Weekly

KIND: Final = "BÁO CÁO"


def letter(house: House, found: Weekly, *, number: int | None = None) -> Letter:
    """As the machine alone tells it. ``house`` gives the letterhead: the office of today also reports on the province
    whose plan it carries on.
    """
    told = sections(found, teller(house, found))
    return written(house.profile.letterhead, found, told, number=number)


def teller(house: House, found: Weekly) -> Teller:
    return Teller(house, found.period, found.periods, found.made, found.gists)


def written(letterhead: Letterhead, found: Weekly, told: Sequence[Section], *, number: int | None = None) -> Letter:
    return Letter(
        letterhead=letterhead,
        kind=KIND,
        subject=subject(found),
        day=found.made.astimezone(ZoneInfo(found.period.zone)).date(),
        made=found.made,
        body=body(told, closing(found)),
        number=number,
        appendix=appendix(told),
        appended=f"Danh sách bài về {found.province.called} {days(found.period)}",
    )


def closing(found: Weekly) -> str:
    return f"Trên đây là tổng hợp dư luận báo chí về {found.province.called}./."


def subject(found: Weekly) -> str:
    matter = f"Tổng hợp dư luận báo chí về {found.province.called}"
    if not found.period.week:
        return f"{matter}\n{days(found.period)}"
    year, _, number = found.period.week.partition("-W")
    return f"{matter} tuần {int(number)} năm {year}\n({days(found.period)})"
