"""When a page that told of the province is looked at again: what was edited, what was taken down.

The plan counts from the first sight. A visit that comes late stands for those before it: no
server is asked twice in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from diembao.core.article import Article
from diembao.core.ledger import Entry, Hop, Outcome, Pending
from diembao.core.reading import PLAIN, Reading

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


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An article that was taken down: not found first at ``gone_at`` and again, days later, at ``at``.
    ``returned_at``: when it was there again, if it was.
    """

    article_id: str
    gone_at: datetime
    at: datetime
    status: str
    returned_at: datetime | None = None


class Visits(Protocol):
    """The part of the ledger that knows what is still there, and how it was asked for."""

    def revisits_due(self, run: int, now: datetime, *, about: Sequence[str], limit: int) -> Sequence[Pending]:
        """Articles about these provinces that the plan of visits (`core.revisits`) has come to; counted as seen in
        this run. Their entries hold the words we have.
        """

    def page_revisited(  # noqa: PLR0913 (all that is known of one page)
        self,
        run: int,
        entry: Entry,
        article: Article,
        *,
        now: datetime,
        response: bytes,
        hops: Sequence[Hop] = (),
        reading: Reading = PLAIN,
    ) -> Outcome:
        """The page is there: ``unchanged``, or ``stored`` with a new revision."""

    def revisit_failed(  # noqa: PLR0913 (all that is known of one visit)
        self,
        run: int,
        entry: Entry,
        outcome: Outcome,
        *,
        now: datetime,
        reason: str,
        not_before: datetime | None = None,
        response: bytes | None = None,
        hops: Sequence[Hop] = (),
    ) -> None:
        """The visit brought no page. ``refused`` for 404 or 410 twice, days apart: the article is withdrawn."""

    def hops(self, item: str, response: str | None) -> Sequence[Hop]:
        """How an answer that is kept was asked for, in the order of its redirects; empty where that was not kept."""

    def answers(self, item: str) -> Sequence[tuple[Sequence[Hop], bytes]]:
        """Every answer that was kept of an item with how it was asked for, oldest first."""

    def withdrawals(self, article_id: str) -> Sequence[Withdrawal]:
        """Newest first."""

    def last_visit(self, article_id: str) -> datetime | None:
        """When its page was looked at again, if it was."""
