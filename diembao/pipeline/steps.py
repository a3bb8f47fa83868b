"""The path of one article, from the store to an alert. Read this file first.

    crawlers ──▶ store ──▶ judge ──▶ group ──▶ join ──▶ index ──▶ alert ──▶ send      store ──▶ encode
                                         ╰──▶ remember

The store is a log with bookmarks. Each step leases the next range of the log, reads only the kinds it names, and
writes its results, what it announces to the next step, and the end of its lease in one transaction. So a crash, a new
article, a person's correction, a changed model and a deleted index are one mechanism: work that was not finished is
done again, work that was is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

import structlog

from diembao.core.article import Kind, Label, Labelled, in_force
from diembao.core.background import Background
from diembao.core.document import Document, document
from diembao.core.errors import DiembaoError, IndexAway
from diembao.core.ports import Event, Placed, Tagger
from diembao.pipeline import remembering, waiting
from diembao.pipeline.encoding import encode_batch
from diembao.pipeline.lines import line_for_each
from diembao.pipeline.neighbourhood import is_about, neighbourhood
from diembao.pipeline.outgoing import sender
from diembao.pipeline.placing import headed, in_its_language, story_labels
from diembao.pipeline.reminding import remind
from diembao.pipeline.stubs import stubs_of, with_stubs
from diembao.pipeline.telling import is_fresh, said
from diembao.pipeline.twins import as_ties, with_twins
from diembao.pipeline.watching import watch
from diembao.pipeline.wiring import Installation
from diembao.pipeline.work import NOTHING, Work
from diembao.response import cases

log = structlog.get_logger()

JUDGE_READS = (Event.ARTICLE, Event.REVISION, Event.PERSON_LABEL, Event.MODEL, Event.PROFILE)
GROUP_READS = (Event.JUDGED,)
# `group` announces every article it was handed, so these follow it alone.
JOIN_READS = INDEX_READS = ALERT_READS = (Event.GROUPED,)

OF_READING = (Kind.EXTENT, Kind.FORM)  # what the reading of a page said, and no tagger does
# Articles in one lease: a transaction of well under a second, so that the crawler never waits long.
BATCH = 100
# The fact that says up to where a copy had read that is made again; see `verify.remade`.
REMADE: Final = "index-remade"

Step = Callable[[Installation, Callable[[], datetime], str], Work]


def advance(house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    """Every step once, one batch each. ``NOTHING``: the log is read to its end, as far as it can be.

    Raises:
        Refused: the table of rights does not let the machine judge, or send alerts.
    """
    house.asks(Background.JUDGE)
    done = timed(judge, house, now, worker) + timed(group, house, now, worker) + timed(join, house, now, worker)
    done += searchable(house, now, lambda: _found(house, now, worker)) or NOTHING
    done += timed(send, house, now, worker)
    done += timed(remember, house, now, worker)
    encoded = searchable(house, now, lambda: timed(encode, house, now, worker))
    if encoded is None:
        return done
    waiting.over(house.store)
    return done + encoded


def timed(step: Step, house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    return house.meter.timed(step.__name__, lambda: step(house, now, worker))


def searchable(house: Installation, now: Callable[[], datetime], work: Callable[[], Work]) -> Work | None:
    """`index`, `alert` and `encode`; while the searchable copy is away (None) they wait, and all else goes on."""
    waits = waiting.waiting(house.store)
    if waits and now() < waits.until:
        return None
    try:
        return work()
    except IndexAway as error:
        waiting.note(house.store, str(error), now())
        return None


def _found(house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    """What is searchable, and what it says to whom: of each article, and by their number."""
    done = timed(index, house, now, worker) + timed(alert, house, now, worker)
    watch(house, now())
    return done


def advance_to_end(house: Installation, now: Callable[[], datetime], worker: str) -> Iterator[Work]:
    """Passes until nothing is left to do."""
    while work := advance(house, now, worker):
        yield work


# -- judge: what does the article say about the province? ----------------------------------------


def judge(house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    lease = house.store.lease("judge", JUDGE_READS, worker=worker, now=now(), limit=BATCH)
    if lease is None:
        return NOTHING
    found = house.store.articles(lease.article_ids)
    judged = [(item.article.id, _judged(item, house.taggers)) for item in found]
    kinds = [kind for tagger in house.taggers for kind in tagger.kinds]
    with house.store.writing() as write:
        write.relabel(kinds, dict(judged), now=now())
        write.announce(Event.JUDGED, [article_id for article_id, _ in judged], now=now())
        write.finish(lease)
    line_for_each("judged", (article_id for article_id, _ in judged))
    return Work(judged=len(judged), leases=1)


def _judged(item: Labelled, taggers: Sequence[Tagger]) -> list[Label]:
    try:
        return judged_labels(item, taggers)
    except DiembaoError:  # said on purpose, and not of this article alone (a model that cannot be read)
        raise
    except Exception:
        log.exception("not-judged", article=item.article.id, url=item.article.url)
        return []


def judged_labels(item: Labelled, taggers: Iterable[Tagger]) -> list[Label]:
    """The machine's labels of one article. Each tagger sees what is in force before it, a person's word first."""
    given = [label for label in item.labels if label.by_person or label.kind in OF_READING]
    seen = in_force if any(label.by_person for label in given) else tuple  # nothing else outranks the machine
    made: list[Label] = []
    for tagger in taggers:
        made.extend(tagger.judge(item.article, seen([*given, *made])))
    return made


# -- group: which articles tell of one event? ----------------------------------------------------


def group(house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    """Only coverage of the province is grouped; an article that is no longer about it leaves its story."""
    lease = house.store.lease("group", GROUP_READS, worker=worker, now=now(), limit=BATCH * 5)
    if lease is None:
        return NOTHING
    placed = _placed_again(house, lease.article_ids, now())
    with house.store.writing() as write:
        places = {item.article.id: labels[:2] for item, labels in placed}
        moved = write.relabel([Kind.STORY, Kind.ROLE], places, now=now())
        told = dict.fromkeys([*lease.article_ids, *(each for each in places if each in moved)])
        write.announce(Event.GROUPED, told, now=now())
        # No index holds headlines: nothing that follows waits for them.
        heads = {item.article.id: new[2:] for item, new in placed if headed(item.labels) != headed(new)}
        write.relabel([Kind.HEADLINE], heads, now=now())
        write.announce(Event.LABELLED, [each for each in heads if each not in told], now=now())
        write.finish(lease)
    line_for_each("grouped", lease.article_ids)
    return Work(grouped=len(lease.article_ids), leases=1)


def _placed_again(house: Installation, ids: Sequence[str], now: datetime) -> list[tuple[Labelled, list[Label]]]:
    """The articles, all coverage near them in time and the whole of every story met, with their new labels.

    An article that moves to another story may move those after it: their neighbourhood is looked at too, until
    nothing moves. So many small batches come to what one large one would.
    """
    centres = set(ids)
    while True:
        items = neighbourhood(house, sorted(centres))
        about = [in_its_language(item) for item in items if is_about(item, house.watched)]
        named = [article.id for article in about]
        twins = house.store.twins(named)
        ties = [*as_ties(twins, now), *house.store.ties(named)]
        placed = with_twins(house.grouper.group(about, ties), about, twins)
        placed = with_stubs(placed, about, stubs_of(items))
        moved = {item.article.id for item in items if _has_moved(item, placed.get(item.article.id))}
        if moved <= centres:
            version = house.grouper.version
            return [(item, story_labels(item.article, placed.get(item.article.id), version)) for item in items]
        centres |= moved


def _has_moved(item: Labelled, place: Placed | None) -> bool:
    return item.key(Kind.STORY) != (place.story if place else None)


# -- join: does an open case follow this story? ---------------------------------------------------


def join(house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    """New coverage of a story goes to the cases about it; the only thing in a case that the machine does."""
    lease = house.store.lease("join", JOIN_READS, worker=worker, now=now(), limit=BATCH * 5)
    if lease is None:
        return NOTHING
    *others, last = house.every
    for each in others:  # joined twice after a crash: what is there is not put there again
        with each.store.writing() as write:
            cases.join(each.store, write, lease.article_ids, now())
    with last.store.writing() as write:
        cases.join(last.store, write, lease.article_ids, now())
        write.finish(lease)
    return Work(leases=1)


# -- index: make it searchable -------------------------------------------------------------------


def index(house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    """The index is written before the lease ends: a crash between the two only writes the same again."""
    catch_up(house)
    lease = house.store.lease("index", INDEX_READS, worker=worker, now=now(), limit=BATCH * 5)
    if lease is None:
        return NOTHING
    done = house.index.put(documents(house, lease.article_ids))
    with house.store.writing() as write:
        write.finish(lease)
    house.index.mark(house.store.bookmark("index"))
    line_for_each("indexed", lease.article_ids)
    return Work(indexed=done, leases=1)


def documents(house: Installation, ids: Sequence[str]) -> Iterator[Document]:
    """These articles as an index holds them."""
    head = house.store.head()  # before the articles: what is written is at least as new as this number says
    return _documents(house, house.store.articles(ids), head)


def _documents(house: Installation, items: Iterable[Labelled], version: int = 0) -> Iterator[Document]:
    provinces = [each.viewed for each in house.every]  # asked for once: profiles are files
    for item in items:
        yield document(item, provinces=provinces, country=house.country(item.article.outlet), version=version)


def catch_up(house: Installation) -> None:
    """An index that is behind its bookmark was deleted or made by another analysis: read the log again."""
    position = house.index.position()
    if position < (until := house.store.bookmark("index")):
        log.info("index-behind", position=position)
        house.store.set_fact(REMADE, str(max(until, int(house.store.fact(REMADE) or 0))))
        house.store.rewind("index", position)


# -- alert: who asked to be told? ----------------------------------------------------------------


def alert(house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    """Queue alerts for what has become searchable; never ahead of the index."""
    house.asks(Background.SEND_ALERT)
    lease = house.store.lease(
        "alert", ALERT_READS, worker=worker, now=now(), limit=BATCH, until=house.store.bookmark("index")
    )
    if lease is None:
        return NOTHING
    items = house.store.articles(lease.article_ids)
    fresh = [item for item in items if is_fresh(item, now())]
    ready = list(_documents(house, fresh))
    sizes = house.store.story_sizes([story for item in fresh if (story := item.key(Kind.STORY))])
    found = [said(province, fresh, ready, sizes, now()) for province in house.every]
    with house.store.writing() as write:
        for each in found:
            each.queue(write, now())
        write.grow_alerts(sizes)
        write.finish(lease)
    line_for_each("alert-queued", (going.alert.article_id for each in found for going in each.told))
    return Work(leases=1)


# -- send: deliver what is queued ----------------------------------------------------------------


def send(house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    """What clocks have to say is queued; then one pass over the outbox. What fails waits, or is kept as refused."""
    house.asks(Background.SEND_ALERT)
    remind(house, now())
    return Work(alerts=sender(house, now).send(worker))


# -- remember: does it repeat what was answered? --------------------------------------------------


def remember(house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    """Behind the alerts, which wait for nothing."""
    done = remembering.remember(house, now, worker)
    return NOTHING if done is None else Work(remembered=done, leases=1)


# -- encode: what is it like? --------------------------------------------------------------------


def encode(house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    """A vector for each text, last of all: no alert waits for it."""
    done = encode_batch(house, now, worker, limit=BATCH)
    return NOTHING if done is None else Work(encoded=done, leases=1)
