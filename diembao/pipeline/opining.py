"""A language model's opinions, beside everything else and behind it: nothing waits for them (`opiner`).

    want     follows the log behind `alert`: which articles are to be asked about goes into a queue
    answer   takes what is due, asks, checks, writes; each question ends as done, waiting again, or set aside

A restart goes on where it was. Kept answers cost nothing, so what was lost in between is not paid twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from diembao.core.article import Article, Kind, Label, Labelled
from diembao.core.errors import Misconfigured, Retry, SetAside
from diembao.core.opinion import SECOND_KINDS, Asked, Gist, Outline, QueueState, Task
from diembao.core.ports import Event, Lease
from diembao.pipeline.outlining import outlined
from diembao.pipeline.sending import note
from diembao.pipeline.wiring import Installation
from diembao.plan.reader import Profile

if TYPE_CHECKING:
    from diembao.opinion.asking import Asking

STEP: Final = "opinion"
READS: Final = (Event.GROUPED,)
BATCH: Final = 100  # entries of the log in one lease
TRIES: Final = 8  # then a person must look
# What fails for reasons of the endpoint's own: how long it is left alone, and the question that met it.
REST, SHUT = timedelta(minutes=5), timedelta(minutes=30)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
_OWN: Final = "vi"  # what needs no gist
_ABOUT: Final = frozenset({"yes", "part"})


def open_asking(house: Installation) -> Asking:
    """Who asks the model of the settings, and pays.

    Raises:
        Misconfigured: none is set, or its key cannot be read.
    """
    from diembao.opinion.asking import Asking
    from diembao.opinion.endpoint import Endpoint

    chosen = house.settings.opinion
    endpoint = Endpoint(chosen, house.settings.home, note=partial(note, house))
    return Asking(endpoint, chosen, house.record, house.whole.profile.timezone)


# -- want: which articles? ---------------------------------------------------------------------------


def want(house: Installation, now: datetime) -> bool:
    """The next entries of the log, behind the alerts. False: it is read to its end."""
    lease = house.store.lease(STEP, READS, worker=STEP, now=now, limit=BATCH, until=house.store.bookmark("alert"))
    if lease is None:
        return False
    _queue(house, lease, now)
    return True


def _queue(house: Installation, lease: Lease, now: datetime) -> None:
    items = house.store.articles(lease.article_ids)
    wanted = [
        Asked(item.article.id, task, each.profile.id, item.article.revision, at=item.article.when)
        for item in items
        for each in house.every
        for task in tasks_of(each, item, now)
    ]
    with house.store.writing() as write:
        for item in items:  # what was said of words that no longer stand there
            second = [each for each in item.labels if each.kind in SECOND_KINDS]
            if any(each.revision < item.article.revision for each in second):
                left = [each for each in second if each.revision == item.article.revision]
                write.set_labels(item.article.id, SECOND_KINDS, left, now=now)
                write.announce(Event.LABELLED, [item.article.id], now=now)
        write.want_opinions(wanted, now=now)
        write.finish(lease)


def tasks_of(house: Installation, item: Labelled, now: datetime) -> list[Task]:
    """What is asked about an article for this province: gists of foreign coverage of it; a second opinion where it is
    coverage, or names a place of the province's and was judged not to be.
    """
    chosen, here = house.settings.opinion, house.profile
    if item.article.when < now - timedelta(days=chosen.days):
        return []
    about = item.key(Kind.RELEVANCE, here.id) in _ABOUT
    named = any(label.kind is Kind.PLACE and label.about in {here.id, *here.areas} for label in item.labels)
    foreign = (item.key(Kind.LANGUAGE) or item.article.language) != _OWN
    found = [Task.SECOND] if chosen.second and (about or named) else []
    return found + [Task(f"gist-{each}") for each in chosen.gists if about and foreign and _other(item, each)]


def _other(item: Labelled, language: str) -> bool:
    """An English article is not retold in English."""
    return (item.key(Kind.LANGUAGE) or item.article.language) != language


# -- answer: ask, check, write -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer was made into."""

    gist: Gist | None = None
    labels: tuple[Label, ...] | None = None
    outline: Outline | None = None


async def answer(house: Installation, asking: Asking, now: Callable[[], datetime]) -> datetime | None:
    """What is due, as many at a time as the settings say. How long to wait where the endpoint asks for it.

    Raises:
        Misconfigured: a setting must change; what was taken waits.
    """
    limit = house.settings.opinion.concurrency
    due = house.store.take_opinions(now=now(), until=lost_at(asking, now()), limit=limit)
    results = await asyncio.gather(*(_one(house, asking, each, now) for each in due), return_exceptions=True)
    for each in results:
        if isinstance(each, BaseException):
            raise each
    waits = [each for each in results if isinstance(each, datetime)]
    return max(waits) if waits else None if due else now()


def lost_at(asking: Asking, now: datetime) -> datetime:
    """When a question that is taken now is given to whoever asks next, should its taker die."""
    return now + timedelta(seconds=2 * asking.settings.timeout + 60)


async def _one(house: Installation, asking: Asking, asked: Asked, now: Callable[[], datetime]) -> datetime | None:
    """Ends the question in one of its states; a time: the endpoint is not to be asked before."""
    its = house.of(asked.province)
    try:
        said = await _answered(its, asking, asked, now())
    except SetAside as error:
        _end(its, replace(asked, state=QueueState.ASIDE, why=str(error), until=None))
        return None
    except Retry as error:
        return _again(its, asked, error, now())
    except Misconfigured as error:
        _end(its, replace(asked, until=now() + SHUT, why=str(error)))  # another one is asked first next time
        raise
    _end(its, replace(asked, state=QueueState.DONE, why="", until=None), said, now())
    return None


def _again(house: Installation, asked: Asked, error: Retry, now: datetime) -> datetime:
    """Later, each time twice as long; what never works is set aside. An endpoint that is away or busy is no failed try
    of the question's.
    """
    from diembao.opinion.endpoint import Busy

    if error.after is not None or isinstance(error, Busy):
        until = now + (REST if error.after is None else timedelta(seconds=error.after))
        _end(house, replace(asked, until=until, why=str(error)))
        return until
    tries = asked.tries + 1
    if tries >= TRIES:
        _end(house, replace(asked, state=QueueState.ASIDE, tries=tries, why=str(error), until=None))
        return now
    until = now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1))
    _end(house, replace(asked, tries=tries, until=until, why=str(error)))
    return now + FIRST_WAIT


async def _answered(house: Installation, asking: Asking, asked: Asked, now: datetime) -> Said | None:
    """None: there is nothing to ask any more."""
    if asked.task is Task.OUTLINE:
        known = house.store.case_file(asked.subject) is not None
        return Said(outline=await outlined(house, asking, asked, now)) if known else None
    item = house.store.article(asked.subject)
    if item is None or item.article.revision != asked.revision:
        return None
    return await opinion(house.profile, asking, item.article, asked.task, now)


async def opinion(here: Profile, asking: Asking, article: Article, task: Task, now: datetime) -> Said:
    """Of one article, nothing written but its price.

    Raises:
        Retry, SetAside, Misconfigured: as `Asking.ask`.
    """
    from diembao.opinion import prompts, telling

    model, letters = asking.settings.model, asking.settings.max_letters
    if task is Task.SECOND:
        read = telling.second_of(article, here, model, letters)
        return Said(labels=tuple(await asking.ask(prompts.second(article, here, letters), read, now)))
    language = task.language
    reading = telling.gist_of(article, here, language, model, letters, now)
    return Said(gist=await asking.ask(prompts.gist(article, language, here, letters), reading, now))


async def outline_now(house: Installation, asking: Asking, asked: Asked, now: datetime) -> Outline:
    """Asked by a person who waits for it; where it fails, it stands in the queue as any other question.

    Raises:
        Retry, SetAside, Misconfigured: as `Asking.ask`.
    """
    try:
        found = await outlined(house, asking, asked, now)
    except SetAside as error:
        _end(house, replace(asked, state=QueueState.ASIDE, why=str(error), until=None))
        raise
    except (Retry, Misconfigured) as error:
        _end(house, replace(asked, until=None, why=str(error)))
        raise
    _end(house, replace(asked, state=QueueState.DONE, until=None), Said(outline=found))
    return found


def _end(house: Installation, asked: Asked, said: Said | None = None, now: datetime | None = None) -> None:
    item = house.record.article(asked.subject) if said and said.labels is not None else None
    now = now if item and item.article.revision == asked.revision else None  # rewritten while the model read
    others = (
        [each for each in item.labels if each.kind in SECOND_KINDS and each.about != asked.province] if item else []
    )
    with house.record.writing() as write:
        if said and said.gist:
            write.put_gist(said.gist)
        if said and said.labels is not None and now:
            write.set_labels(asked.subject, SECOND_KINDS, [*others, *said.labels], now=now)
            write.announce(Event.LABELLED, [asked.subject], now=now)
        if said and said.outline:
            write.put_outline(said.outline, house.profile.id)
        write.end_opinion(asked)
