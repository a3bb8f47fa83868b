"""When a page that told of the province is looked at again: what was edited, what was taken down.

The plan counts from the first sight. A visit that comes late stands for those before it: no
server is asked twice in a row.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

PLAN: Final = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)
# Where nothing was collected for so long, an article is not visited any more.
TOO_LATE: Final = timedelta(days=14)
# Between the first "not found" and the one that settles it: a page that a server lost for a night is not withdrawn.
DAYS_APART: Final = timedelta(days=2)
# What a server says of a page that is no more (RFC 9110: 404 Not Found, 410 Gone).
GONE: Final = frozenset(("status-404", "status-410"))
# The source of a revisit on the books, and of an address that a person brought.
REVISIT: Final = "revisit"


def reached(age: timedelta) -> int:
    """How many visits of the plan are due or over at this age."""
    return sum(each <= age for each in PLAN)
