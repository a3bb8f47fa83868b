"""The ledger: every entry of every source ends in exactly one outcome of a run.

A *sighting* is one line of it, for each (run, source, entry). The counts of a run add up to
what was seen; nothing vanishes. A source that cannot be read at all is an entry of its own
(its URL), so a dead feed is on the books too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    STORED = "stored"  # a new article or revision
    UNCHANGED = "unchanged"  # known from an earlier run, nothing new
    DUPLICATE_URL = "duplicate-url"  # the same canonical article, already handled in this run
    DUPLICATE_TEXT = "duplicate-text"  # same outlet, title and text under another URL
    NOT_ABOUT = "not-about"  # left out by the prefilter; title and summary kept for 90 days
    REFUSED = "refused"  # nothing could be kept; the reason is a word of its own
    RETRY = "retry"  # a passing failure; the later try is a sighting of its own
    QUARANTINED = "quarantined"  # bytes and error kept for a person


@dataclass(frozen=True, slots=True)
class Entry:
    """What a source says of one article, before its page is read.

    ``url`` is canonical and ``id`` is made from it. ``published_at`` is None where the feed gives
    no trustworthy time; ``misdated`` is then what it says instead of one, where it says anything. ``digest`` changes
    when title, summary, text or time do.
    """

    id: str
    url: str
    outlet: str
    source: str
    title: str
    summary: str = ""
    text: str = ""
    published_at: datetime | None = None
    digest: str = ""
    misdated: str = ""


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What the ledger remembers of an entry: its last digest and outcome, and the article it led to.

    ``pending`` is true while its page has still to be read (a first or a later try). ``first_seen`` lets a
    crawler ask again for a refused page once a day.
    """

    id: str
    digest: str
    outcome: Outcome | None
    reason: str
    article_id: str | None
    last_seen: datetime
    pending: bool
    first_seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """One line of the ledger. ``reason`` completes ``refused:``, and explains retry and quarantine."""

    run: int
    source: str
    entry: str
    outlet: str
    url: str
    outcome: Outcome
    reason: str = ""
    at: datetime | None = None
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry whose page has still to be read. ``attempts`` counts tries that failed so far."""

    entry: Entry
    attempts: int
    not_before: datetime | None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a source said for a conditional request."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its answer, as they went over the wire: redirects make several of one page.

    ``request`` and ``head`` (status line and header lines of the answer) are byte for byte; ``peer`` is the address
    that was connected to.
    """

    url: str
    asked_at: datetime
    answered_at: datetime
    peer: str
    request: bytes
    head: bytes


@dataclass(frozen=True, slots=True)
class RunCounts:
    """The books of a run. ``seen`` is counted when entries are read, not derived from the outcomes."""

    run: int
    seen: int
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)

    @property
    def balanced(self) -> bool:
        return self.seen == sum(self.outcomes.values())

    def as_json(self) -> dict[str, int]:
        return {"seen": self.seen} | {o.value: self.outcomes.get(o, 0) for o in Outcome}


@dataclass(frozen=True, slots=True)
class Run:
    """One run. ``by`` says what it was and who or what began it: "loop: lan", "run: lan", "replay: lan" and so on.
    Empty: a run of a version that did not note it.
    """

    by: str
    started_at: datetime
    ended_at: datetime | None
    counts: RunCounts


@dataclass(frozen=True, slots=True)
class OutletState:
    """What the ledger knows of an outlet: when it was last read well, and what went wrong last."""

    outlet: str
    articles: int
    last_reached: datetime | None
    last_stored: datetime | None
    failures: int
    last_failure: str
