"""What several machines hand out among themselves, on PostgreSQL with Elasticsearch: jobs without articles in them.

A job says "look whether there is something to judge"; which articles, the log says by its leases. So a job that is
lost, done twice or handed out again changes nothing, and what is kept of jobs may be dropped at any time.

    judge-0 … judge-15 ──▶ group ──▶ join                 queue "steps": one job at a time in each process
                             ├──▶ index ──▶ alert ──▶ send    `group`: queue "stories"; `send`: queue "send"
                             ╰──▶ remember         encode
    round ──▶ collect-0 … collect-n, books                queue "crawl": one job at a time in each process
    care                                                  queue "steps", each minute
    prepare, facts, teach, discover, tidy, alarm          queue "care", each minute

Stories are always made by the same process while it lives, one of those that do steps: each article is compared with
those of the days around it, and what it read of them it keeps (`STORIES_PLACE`).

Of one lock at most one job runs and one waits. The lock is the name under which a step leases, too: whoever gets the
job after a worker that died gets its range back at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

STEPS, SEND, CARE, CRAWL = "steps", "send", "care", "crawl"
# Served beside `STEPS` by the one process that holds this place, which is among the turns at hosts ("host:port").
STORIES, STORIES_PLACE = "stories", "diembao:stories"
QUEUES: Final = (STEPS, SEND, CARE, CRAWL)
# What `diembao worker` does where nothing else is said; sources are read by `diembao crawl`.
WORKERS: Final = (STEPS, SEND, CARE)


@dataclass(frozen=True, slots=True)
class Kind:
    """``reads`` is True where its bookmark says whether there is something to do; ``every`` are seconds after which it
    looks all the same (0: never). Of what waits, the highest ``priority`` goes first: alerts before what is new.
    """

    name: str
    queue: str
    priority: int = 0
    reads: bool = False
    every: float = 0
    follows: tuple[str, ...] = ()
    cron: str = ""

    @property
    def patience(self) -> float:
        """Seconds after which whoever is at it still is taken to hang: a step does one batch; the others wait for
        servers, or look at everything.
        """
        return 900 if self.reads else 7200


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("alert", STEPS, 70, reads=True, every=60, follows=("send",)),
        Kind("index", STEPS, 60, reads=True, every=60, follows=("alert",)),
        Kind("join", STEPS, 50, reads=True),
        Kind("group", STORIES, 40, reads=True, follows=("index", "join", "remember")),
        Kind("judge", STEPS, 30, reads=True, follows=("group",)),
        Kind("remember", STEPS, 20, reads=True, every=5),
        Kind("encode", STEPS, 10, reads=True, every=60),
        Kind("care", STEPS, 35, cron="* * * * *"),
        Kind("send", SEND, every=2),
        Kind("round", CRAWL, 10),
        Kind("collect", CRAWL),
        Kind("books", CRAWL, 20),
        Kind("prepare", CARE, 10, cron="* * * * *"),
        Kind("facts", CARE, cron="* * * * *"),
        Kind("teach", CARE, 10, cron="* * * * * */15"),
        Kind("discover", CARE, cron="* * * * *"),
        Kind("tidy", CARE, cron="17 * * * *"),
        Kind("alarm", CARE, 20, cron="* * * * *"),
    )
}
LANES: Final = 16  # in which articles are judged side by side; more processes than that stand idle there
# What an article has left behind at each step of the log.
READING: Final = tuple(kind for kind in KINDS.values() if kind.reads)


@dataclass(frozen=True, slots=True)
class Wish:
    """A job that somebody wants done, in ``after`` seconds at the earliest."""

    kind: str
    lane: int | None = None
    after: float = 0.0
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lock(self) -> str:
        return self.kind if self.lane is None else f"{self.kind}-{self.lane}"


def lanes(articles: int, batch: int) -> list[int]:
    """As many as there are batches waiting."""
    return list(range(min(LANES, -(-articles // batch))))
