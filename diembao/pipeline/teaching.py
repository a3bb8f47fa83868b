"""Corrections teach the heads: beside the worker, a while after the last correction, only when labels changed.

person-label in the log ──▶ due in QUIET seconds ──▶ a process of its own: `teach` ──▶ <home>/models
    holds the floors: judges from now on (the worker sees it, and every article is judged again through the log)
    does not:         kept aside, and said
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

import structlog

from diembao.core.article import NO_THEME, Kind, Label, Labelled, Stance
from diembao.core.errors import Misconfigured
from diembao.core.ports import Event
from diembao.core.settings import load
from diembao.pipeline import children
from diembao.pipeline.heads import SHIPPED, Version
from diembao.pipeline.wiring import Installation, open_installation

if TYPE_CHECKING:
    from classifier.teaching import Lesson, Pair

log = structlog.get_logger()
T = TypeVar("T")

STEP, DUE = "teach", "teach-due"
QUIET = timedelta(seconds=20)  # after the last correction: who corrects ten articles in a row teaches once
LATER = timedelta(minutes=10)  # after a retraining that broke off
MOST = 2000  # articles, the latest corrected first: more would cost more than the two seconds a retraining may
TAUGHT = (Kind.THEME, Kind.STANCE)


def teach(house: Installation, now: datetime, *, again: bool = False) -> Version | None:
    """Learn from what people say now. None: nothing has changed since the last time (``again``: no matter).

    Raises:
        Misconfigured: the shipped models, the quality set or a kept model cannot be read.
    """
    said = [label for each in house.watched for label in house.store.people_labels(TAUGHT, each)]
    heads, digest = house.heads, _digest(said)
    last = next(iter(heads.history()), None)
    if not said:
        if heads.current().number != SHIPPED:
            heads.use(SHIPPED, held=False)
        return None
    if last and not again and (last.labels, last.base) == (digest, house.shipped_heads):
        return None
    version = _taught(house, said, now, again=again)
    if not version.below and (again or not heads.current().held):
        heads.use(version.number, held=False)
    return version


def _taught(house: Installation, said: Sequence[Label], now: datetime, *, again: bool) -> Version:
    from classifier import floors, head, teaching
    from diembao.plan.reader import themes as fixed_themes

    gold, asked = floors.read(floors.FOLDER, tuple(fixed_themes()))
    shipped = head.load(head.FOLDER / "themes.npz"), head.load(head.FOLDER / "stance.npz")
    began = time.perf_counter()
    lessons = _lessons(house, list(dict.fromkeys(label.article_id for label in said))[:MOST], teaching.names(shipped))
    note = {"at": now.isoformat(timespec="seconds")}
    themes, stance = teaching.teach(shipped, lessons, note, None if again else _last(house))
    seconds = round(time.perf_counter() - began, 2)
    found = {name: round(value, 4) for name, value in floors.figures(gold, themes, stance).items()}
    version = Version(
        number=house.heads.next_number(),
        at=now.isoformat(timespec="seconds"),
        base=house.shipped_heads,
        labels=_digest(said),
        themes=sum(one.themes is not None for one in lessons),
        stances=sum(one.stance is not None for one in lessons),
        seconds=seconds,
        figures=found,
        below=tuple(floors.below(found, asked)),
    )
    house.heads.keep(version, lambda folder: [head.save(one, folder, small=False) for one in (themes, stance)])
    return version


def _last(house: Installation) -> Pair | None:
    """The heads that were taught last, so that one whose lessons are the same need not learn them again."""
    from classifier import head

    last = next(iter(house.heads.history()), None)
    if last is None or last.base != house.shipped_heads:
        return None
    folder = house.heads.folder(last.number)
    try:
        return head.load(folder / "themes.npz"), head.load(folder / "stance.npz")
    except Misconfigured as error:  # damaged: that one cannot judge, and a new one is taught whole
        log.warning("last-heads-unreadable", why=str(error))
        return None


def _lessons(house: Installation, ids: Sequence[str], names: Sequence[str]) -> list[Lesson]:
    from classifier import kept
    from classifier.teaching import Lesson

    found = [(item, text) for item in house.store.articles(ids) if (text := house.head_text(item))]
    rows = kept.rows([text for _, text in found], names, house.heads.rows)
    return [
        # Of several provinces that people judged it about, the first: heads read an article once.
        Lesson(row, _first(item, house, _themes), _first(item, house, _stance))
        for (item, _), row in zip(found, rows, strict=True)
    ]


def _first(item: Labelled, house: Installation, of: Callable[[Labelled, str], T | None]) -> T | None:
    return next((said for each in house.watched if (said := of(item, each)) is not None), None)


def _themes(item: Labelled, about: str) -> frozenset[str] | None:
    given = [x.key for x in item.labels if x.kind is Kind.THEME and x.about == about and x.by_person]
    return frozenset(given) - {NO_THEME} if given else None


def _stance(item: Labelled, about: str) -> str | None:
    given = [x.key for x in item.labels if x.kind is Kind.STANCE and x.about == about and x.by_person]
    return given[0] if given and given[0] != Stance.ABSTAIN else None


def _digest(said: Sequence[Label]) -> str:
    lines = sorted(f"{x.article_id} {x.revision} {x.kind} {x.key}" for x in said)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


class Teacher:
    """The worker's: sees corrections in the log and starts `teach` in a process of its own."""

    def __init__(self, house: Installation) -> None:
        self._house = house
        self.child: subprocess.Popen[bytes] | None = None
        self._again = ""  # when a retraining that breaks off is tried once more

    def look(self, now: datetime) -> None:
        """Note what was corrected; begin when the time has come; see how it ended. Waits for nothing."""
        self._note(now)
        if self.child is not None:
            self._see(self.child)
            return
        due = self._house.store.fact(DUE)
        if due and now >= datetime.fromisoformat(due):
            self._again = (now + LATER).isoformat()
            self._house.store.set_fact(DUE, self._again)
            self.child = children.start("diembao.pipeline.teaching", [str(self._house.settings.home)])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.child is not None:
            children.stop(self.child)

    def _note(self, now: datetime) -> None:
        """The time comes before the end of the lease: a crash in between says it once more."""
        while lease := self._house.store.lease(STEP, (Event.PERSON_LABEL,), worker=STEP, now=now, limit=2000):
            if lease.entries:
                self._house.store.set_fact(DUE, (lease.entries[-1].at + QUIET).isoformat())
            with self._house.store.writing() as write:
                write.finish(lease)

    def _see(self, child: subprocess.Popen[bytes]) -> None:
        code = child.poll()
        if code is None:
            return
        self.child = None
        if code:
            log.warning("teaching-failed", code=code)
        elif self._house.store.fact(DUE) == self._again:  # else somebody corrected meanwhile
            self._house.store.set_fact(DUE, "")


def main(home: Path, clock: Callable[[], datetime]) -> int:
    with open_installation(load(home)) as house:
        version = teach(house, clock())
    if version is not None:
        log.info("taught", model=version.number, seconds=version.seconds, below=list(version.below))
    return 0


if __name__ == "__main__":
    from diembao.core.logs import to_standard_error
    from diembao.pipeline.worker import utc_now

    to_standard_error()
    children.follow_parent()
    sys.exit(main(Path(sys.argv[1]), utc_now))
