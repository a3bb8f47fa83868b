"""What is measured of an installation, for whoever watches over it: counts and ages, nobody's name, no text.

Read from the record, so any process can tell it; what only the worker knows it tells there (`measuring`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from diembao.core.errors import IndexAway
from diembao.pipeline.fact_health import feed_troubles
from diembao.pipeline.health import Silence, health_of
from diembao.pipeline.measuring import PROCESSES, SILENT, SILENT_OF_SEVERAL, told
from diembao.pipeline.storage import last_backup
from diembao.pipeline.waiting import waiting
from diembao.pipeline.wiring import Installation

STEPS: Final = ("judge", "group", "join", "index", "alert", "remember", "encode")
_COUNTER, _GAUGE = "counter", "gauge"


@dataclass(frozen=True, slots=True)
class Sample:
    """``labels`` and ``value``; a value in seconds, bytes, or a count, as the name of its gauge says."""

    value: float
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Gauge:
    """In Prometheus' words: ``kind`` is "gauge" or "counter"."""

    name: str
    says: str
    samples: tuple[Sample, ...]
    kind: str = _GAUGE


def gauges(house: Installation, now: datetime) -> Iterator[Gauge]:
    """``house`` is the whole installation."""
    yield from _of_the_log(house, now)
    yield from _of_the_ledger(house)
    yield from _of_the_outbox(house, now)
    yield from _of_sources(house, now)
    yield from _of_processes(house, now)
    yield from _of_jobs(house)
    yield from _of_the_machine(house)
    yield from _of_backups(house, now)


def steps_of(house: Installation) -> Sequence[str]:
    """Those that read the log here."""
    return [step for step in STEPS if step != "encode" or house.settings.classifier.encoder != "none"]


def _one(name: str, says: str, value: float, kind: str = _GAUGE) -> Gauge:
    return Gauge(name, says, (Sample(value),), kind)


def _of_the_log(house: Installation, now: datetime) -> Iterator[Gauge]:
    head, known = house.store.marks()
    marks = {step: known.get(step, 0) for step in steps_of(house)}
    yield _one("diembao_articles", "Articles in the record", house.store.size())
    yield _one("diembao_log_entries", "Entries of the log: its highest number", head, _COUNTER)
    behind = tuple(Sample(max(0, head - mark), (("step", step),)) for step, mark in marks.items())
    yield Gauge("diembao_step_behind_entries", "Entries of the log that a step has still to read", behind)
    ages = tuple(Sample(_age(house.store.log_time(mark), now), (("step", step),)) for step, mark in marks.items())
    yield Gauge("diembao_step_behind_seconds", "Age of the oldest entry that a step has still to read", ages)
    yield _one("diembao_index_away", "1 while the searchable copy cannot be asked or written", _away(house))


def _away(house: Installation) -> int:
    if waiting(house.store):
        return 1
    with suppress(IndexAway):
        house.index.position()
        return 0
    return 1


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _of_the_ledger(house: Installation) -> Iterator[Gauge]:
    told = house.store.tallied()
    samples = tuple(Sample(n, (("outcome", outcome.value),)) for outcome, n in told.items())
    yield Gauge("diembao_sightings", "Entries of sources by what became of them, all runs", samples, _COUNTER)
    yield _one("diembao_ledger_faults", "What does not add up in the books", len(house.store.faults()))
    yield _one("diembao_quarantine", "Things that wait for a person", house.store.waiting_aside())
    run = next(iter(house.store.runs(1)), None)
    if run is not None:
        yield _one("diembao_run_started_timestamp_seconds", "Start of the latest run", run.started_at.timestamp())
    if run is not None and run.ended_at is not None:
        lasted = (run.ended_at - run.started_at).total_seconds()
        yield _one("diembao_run_duration_seconds", "How long the latest run lasted; none while it lasts", lasted)


def _of_the_outbox(house: Installation, now: datetime) -> Iterator[Gauge]:
    queues = house.store.queues()
    told = tuple(Sample(q.n, (("channel", q.channel.value), ("state", q.fate.value))) for q in queues)
    yield Gauge("diembao_outbox_messages", "Messages by channel and what became of them", told)
    failing = house.store.undelivered(now)
    yield _one("diembao_outbox_failing", "Messages that wait after a failure", sum(each.n for each in failing))
    ages = tuple(
        Sample(_age(q.oldest, now), (("channel", q.channel.value),)) for q in queues if q.fate.value == "waiting"
    )
    yield Gauge("diembao_outbox_overdue_seconds", "How long the message that is due for longest has waited", ages)


def _of_sources(house: Installation, now: datetime) -> Iterator[Gauge]:
    found = health_of(house, now)
    yield _one("diembao_sources", "Sources that are read", found.sources)
    yield _one("diembao_sources_failing", "Sources that failed three times or more in a row", found.failing)
    counts = tuple(
        Sample(sum(each.silence is kind for each in found.outlets), (("silence", kind.value),)) for kind in Silence
    )
    yield Gauge("diembao_outlets_silent", "Outlets that bring nothing, or less than is usual, by why", counts)
    each_one = tuple(Sample(1, (("outlet", x.outlet), ("silence", x.silence.value))) for x in found.outlets)
    yield Gauge("diembao_outlet_silent", "1 for each outlet that is silent", each_one)
    feeds = tuple(Sample(1, (("feed", x.name), ("province", x.province))) for x in feed_troubles(house, now))
    yield Gauge("diembao_fact_feed_in_trouble", "1 for each feed of facts that somebody should look at", feeds)


def _of_processes(house: Installation, now: datetime) -> Iterator[Gauge]:
    """As they told of themselves last; a kind of process that has ended keeps its last word."""
    found = {name.removeprefix("process-"): its for name in PROCESSES if (its := told(house.store, name))}
    named = {name: (("process", name),) for name in found}
    seen = tuple(Sample(its.processes[0].at.timestamp(), named[name]) for name, its in found.items())
    yield Gauge("diembao_process_seen_timestamp_seconds", "When a process of this kind last told of itself", seen)
    within = SILENT_OF_SEVERAL if house.settings.shared else SILENT
    alive = {name: its.at_work(now, within) for name, its in found.items()}
    n = tuple(Sample(len(its), named[name]) for name, its in alive.items())
    yield Gauge("diembao_processes", "Processes of this kind heard of lately (docs/operations.md)", n)
    held = tuple(Sample(sum(each.resident for each in its), named[name]) for name, its in alive.items())
    yield Gauge("diembao_process_resident_bytes", "Memory that these held when they told", held)
    steps = [((*named[name], ("step", step)), x) for name, its in found.items() for step, x in its.steps.items()]
    passes = tuple(Sample(n, labels) for labels, (n, _) in steps)
    yield Gauge("diembao_step_passes", "Passes of a step that had something to do, of all processes", passes, _COUNTER)
    seconds = tuple(Sample(lasted, labels) for labels, (_, lasted) in steps)
    yield Gauge("diembao_step_seconds", "Seconds that these passes took", seconds, _COUNTER)


def _of_jobs(house: Installation) -> Iterator[Gauge]:
    """Of several workers; on one machine there are none."""
    if house.settings.shared:
        from diembao.pipeline.jobbook import counted

        jobs = tuple(Sample(n, (("job", job), ("state", state))) for (job, state), n in counted(house.settings).items())
        yield Gauge("diembao_jobs", "Jobs that wait, that a worker is at, or that could not be done", jobs)


def _of_the_machine(house: Installation) -> Iterator[Gauge]:
    with suppress(OSError):
        disk = shutil.disk_usage(house.settings.home)
        yield _one("diembao_home_free_bytes", "Free on the disk of the home", disk.free)
        yield _one("diembao_home_size_bytes", "Size of that disk", disk.total)


def _of_backups(house: Installation, now: datetime) -> Iterator[Gauge]:
    if kept := last_backup(house):
        says = "Age of the newest backup; not there where none was ever made"
        yield _one("diembao_backup_age_seconds", says, _age(kept.at, now))
