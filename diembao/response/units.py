"""What concerns a department: the fields that the province's profile gives it, its area, and for the one that follows
the foreign press everything from abroad.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from diembao.core.errors import WrongUse
from diembao.core.query import Bool, Query, Terms
from diembao.plan.reader import Profile, Task, Unit

# The country whose outlets are not foreign.
HOME: Final = "VN"


def unit_named(profile: Profile, named: str) -> Unit:
    """By its id.

    Raises:
        WrongUse: there is none.
    """
    found = profile.units.get(named)
    if found is None:
        known = ", ".join(profile.units)
        raise WrongUse(f"Không có đơn vị “{named[:40]}”; có: {known}. / There is no unit '{named[:40]}'.")
    return found


def fields_of(profile: Profile, unit: str) -> tuple[str, ...]:
    """The themes it answers for."""
    return tuple(theme for theme, holder in profile.fields.items() if holder == unit)


def tasks_of(profile: Profile, unit: str, year: int) -> tuple[Task, ...]:
    """Those in force that it leads or helps with."""
    return tuple(task for task in profile.tasks if unit in task.lead + task.helping and not task.expired(year))


def follows_the_foreign_press(profile: Profile, unit: str) -> bool:
    return unit == profile.foreign_affairs


def from_abroad(countries: Iterable[str]) -> Query:
    """Coverage by outlets of these countries but our own; unknown ones are not foreign."""
    return Terms("country", tuple(sorted({each for each in countries if each} - {HOME})) or ("-",))


def coverage_of(profile: Profile, unit: str, countries: Iterable[str]) -> Query:
    """Coverage of the province in its fields and area; nothing where it has no field."""
    mine: list[Query] = [Terms("theme", fields_of(profile, unit) or ("-",))]
    if follows_the_foreign_press(profile, unit):
        mine.append(from_abroad(countries))
    area = profile.units[unit].areas if unit in profile.units else ()
    narrowed = (Terms("place", area),) if area else ()
    return Bool(must=(Terms("relevance", ("yes", "part")), *narrowed), should=tuple(mine))
