"""Which new coverage says again what was answered? Two ways into one matching, each may be broken off anywhere.

    follow     follows the log: every new, changed or regrouped article against all answered claims of its province
    recall     when a statement was issued or the matcher changed: back over the coverage of `BACK`, the latest day
               first, a day at a time; how far it is, stands in a fact of the province

Both write the same rows again where they meet. A person's word on a match is kept apart (`store.memory`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from diembao.core.article import Kind, Labelled
from diembao.core.memory import Answered, Match
from diembao.core.ports import Event, Lease
from diembao.pipeline.wiring import Installation
from diembao.response.memory import answered_claims

STEP: Final = "remember"
READS: Final = (Event.GROUPED,)
BATCH: Final = 50  # articles in one lease: about a second of work beside hundreds of claims
BACK: Final = timedelta(days=90)
_DAY: Final = timedelta(days=1)
_ABOUT: Final = frozenset({"yes", "part"})


@dataclass(frozen=True, slots=True)
class Looking:
    """How far a province's look back is. ``position`` is that of its cases when its answers were read last, ``of``
    one word for those answers and the matcher; coverage from ``reached`` back to ``until`` is still to be looked at.
    """

    position: int = -1
    of: str = ""
    reached: str = ""
    until: str = ""

    @property
    def left(self) -> timedelta:
        if not self.reached:
            return timedelta()
        return max(timedelta(), datetime.fromisoformat(self.reached) - datetime.fromisoformat(self.until))


def remember(house: Installation, now: Callable[[], datetime], worker: str) -> int | None:
    """The next articles of the log, or where it is read, of what new answers look back on; how many. None: there is
    nothing to do.
    """
    done = follow(house, now, worker)
    return recall(house, now) if done is None else done


def follow(house: Installation, now: Callable[[], datetime], worker: str) -> int | None:
    """The next articles of the log."""
    lease = house.store.lease(STEP, READS, worker=worker, now=now(), limit=BATCH)
    if lease is None:
        return None
    *others, last = house.every
    items = house.store.articles(lease.article_ids)
    for each in others:  # found twice after a crash: the same rows
        _put(each, _matches(each, items, answered_claims(each.store), now()))
    _put(last, _matches(last, items, answered_claims(last.store), now()), lease)
    return len(items)


def recall(house: Installation, now: Callable[[], datetime]) -> int | None:
    """A day of coverage that new answers have not been held against; how many articles. None: nothing is left."""
    done = [_recall(each, now()) for each in house.every]
    told = [each for each in done if each is not None]
    return sum(told) if told else None


def look_back(house: Installation, now: datetime, days: int = BACK.days) -> None:
    """All coverage of these days once more, against every answer (`diembao memory rebuild`)."""
    for each in house.every:
        looking = replace(_looking(each), position=-1, of="")
        _keep(each, _begun(each, looking, now, timedelta(days=days)))


def behind(house: Installation) -> tuple[int, int]:
    """Entries of the log that `remember` has still to read, and days of coverage that `recall` has."""
    left = max((_looking(each).left for each in house.every), default=timedelta())
    return max(0, house.store.head() - house.store.bookmark(STEP)), -(-left // _DAY)


def _recall(house: Installation, now: datetime) -> int | None:
    looking = _looking(house)
    if house.store.case_position() != looking.position:
        looking = _begun(house, looking, now, BACK)
        _keep(house, looking)  # also where nothing is left to look at
    if not looking.left:
        return None
    claims, done = answered_claims(house.store), 0
    while looking.left and done < BATCH:
        looking, more = _a_day(house, looking, claims, now)
        done += more
    _keep(house, looking)
    return done


def _a_day(house: Installation, looking: Looking, claims: Sequence[Answered], now: datetime) -> tuple[Looking, int]:
    """The next day back, and how many articles it had."""
    end = datetime.fromisoformat(looking.reached)
    start = max(end - _DAY, datetime.fromisoformat(looking.until))
    ids = house.store.published_between(start, end, about=house.profile.id)
    for first in range(0, len(ids), BATCH):
        _put(house, _matches(house, house.store.articles(ids[first : first + BATCH]), claims, now))
    return replace(looking, reached=start.isoformat()), len(ids)


def _put(house: Installation, found: Sequence[tuple[str, Sequence[Match]]], lease: Lease | None = None) -> None:
    with house.store.writing() as write:
        for article_id, matches in found:
            write.put_matches(article_id, matches)
        if lease is not None:
            write.finish(lease)


def _begun(house: Installation, looking: Looking, now: datetime, back: timedelta) -> Looking:
    """Where other answers hold than before, the look back begins anew, from a day ahead: clocks of outlets differ."""
    position, claims = house.store.case_position(), answered_claims(house.store)
    of = _one_word(house, claims) if claims else ""
    if of == looking.of:
        return replace(looking, position=position)
    if not of:
        return Looking(position)
    return Looking(position, of, (now + _DAY).isoformat(), (now - back).isoformat())


def _one_word(house: Installation, claims: Sequence[Answered]) -> str:
    told = [[each.case, each.claim, each.issue] for each in claims]
    return hashlib.sha256(json.dumps([house.memory.version, told]).encode()).hexdigest()[:16]


def _matches(
    house: Installation, items: Sequence[Labelled], claims: Sequence[Answered], now: datetime
) -> list[tuple[str, list[Match]]]:
    """Of each article what is to be kept of it; of those that are not about the province, nothing."""
    return [(item.article.id, _of_article(house, item, claims, now)) for item in items]


def _of_article(house: Installation, item: Labelled, claims: Sequence[Answered], now: datetime) -> list[Match]:
    if not claims or item.key(Kind.RELEVANCE, house.profile.id) not in _ABOUT:
        return []
    article = replace(item.article, language=item.key(Kind.LANGUAGE) or item.article.language)
    return [
        Match(claim.case, claim.claim, article.id, article.revision, repeat, now, house.memory.version)
        for claim, repeat in house.memory.repeats(article, claims)
    ]


def _looking(house: Installation) -> Looking:
    kept = house.store.fact(_fact(house))
    return Looking(**json.loads(kept)) if kept else Looking()


def _keep(house: Installation, looking: Looking) -> None:
    house.store.set_fact(_fact(house), json.dumps(asdict(looking)))


def _fact(house: Installation) -> str:
    return f"memory:{house.profile.id}"
