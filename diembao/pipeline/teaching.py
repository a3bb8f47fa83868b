"""Corrections teach the heads: beside the worker, a while after the last correction, only when labels changed.

person-label in the log ──▶ due in QUIET seconds ──▶ a process of its own: `teach` ──▶ <home>/models
    each of the two heads on its own (classifier/admission.py):
    no worse: judges from now on (the worker sees it, and every article is judged again through the log)
    else:     kept aside, and said
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

import structlog

from diembao.core.article import NO_THEME, ONE_THEME, TAUGHT, Kind, Label, Stance
from diembao.core.errors import Misconfigured
from diembao.core.faults import PARTS
from diembao.core.logs import load_and_log, to_standard_error
from diembao.core.ports import Event
from diembao.pipeline import children
from diembao.pipeline.heads import SHIPPED, Version
from diembao.pipeline.wiring import Installation, open_installation

if TYPE_CHECKING:
    from classifier.kept import KeptRow
    from classifier.teaching import Lesson, Pair

log = structlog.get_logger()

STEP, DUE = "teach", "teach-due"
QUIET = timedelta(seconds=20)  # after the last correction: who corrects ten articles in a row teaches once
LATER = timedelta(minutes=10)  # after a retraining that broke off
MOST = 2000  # articles, the latest corrected first: more would cost more than the two seconds a retraining may


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
    if version.taken and (again or not heads.current().held):
        heads.use(version.number, held=False)
    return version


def _taught(house: Installation, said: Sequence[Label], now: datetime, *, again: bool) -> Version:
    from classifier import admission, floors, head, teaching
    from diembao.plan.reader import themes as fixed_themes

    gold, asked = floors.read(floors.FOLDER, tuple(fixed_themes()))
    shipped = head.load(head.FOLDER / "themes.npz"), head.load(head.FOLDER / "stance.npz")
    began = time.perf_counter()
    lessons = _lessons(house, said, teaching.names(shipped))
    note = {"at": now.isoformat(timespec="seconds")}
    taught = teaching.teach(shipped, lessons, note, None if again else _last(house))
    seconds = round(time.perf_counter() - began, 2)
    found, faults = admission.faults(gold, asked, shipped, taught, lessons)
    version = Version(
        number=house.heads.next_number(),
        at=now.isoformat(timespec="seconds"),
        base=house.shipped_heads,
        labels=_digest(said),
        themes=sum(one.themed for one in lessons),
        stances=sum(one.stance is not None for one in lessons),
        seconds=seconds,
        figures={name: round(value, 4) for name, value in found.items()},
        faults=tuple(faults),
    )
    judging = house.heads.judging() or head.FOLDER
    kept = [
        head.load(judging / f"{part}.npz") if part in version.aside else one
        for part, one in zip(PARTS, taught, strict=True)
    ]
    house.heads.keep(version, lambda folder: [head.save(one, folder, small=False) for one in kept])
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


def _lessons(house: Installation, said: Sequence[Label], names: Sequence[str]) -> list[Lesson]:
    from classifier import kept

    ids = list(dict.fromkeys(label.article_id for label in said))[:MOST]
    found = [(item.article.id, text) for item in house.store.articles(ids) if (text := house.head_text(item))]
    rows = kept.rows([text for _, text in found], names, house.heads.rows)
    given: dict[str, list[Label]] = {}
    for label in said:
        given.setdefault(label.article_id, []).append(label)
    return [_lesson(row, given[article]) for (article, _), row in zip(found, rows, strict=True)]


def _lesson(row: KeptRow, given: Sequence[Label]) -> Lesson:
    """Of several provinces that people judged it about, the first: heads read an article once."""
    from classifier.teaching import Lesson

    themes = _of_first(given, (Kind.THEME,))
    single = _of_first(given, ONE_THEME)
    leaning = [x.key for x in _of_first(given, (Kind.STANCE,))]
    return Lesson(
        row,
        frozenset(x.key for x in themes) - {NO_THEME} if themes else None,
        leaning[0] if leaning and leaning[0] != Stance.ABSTAIN else None,
        frozenset(x.key for x in single if x.kind is Kind.THEME_YES),
        frozenset(x.key for x in single if x.kind is Kind.THEME_NO),
    )


def _of_first(given: Sequence[Label], kinds: Sequence[Kind]) -> list[Label]:
    """What people said of these kinds about the first province of which they said anything of them."""
    found = [label for label in given if label.kind in kinds]
    return [label for label in found if label.about == found[0].about]


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
    with open_installation(load_and_log(home)) as house:
        version = teach(house, clock())
    if version is not None:
        log.info("taught", model=version.number, seconds=version.seconds, aside=list(version.aside))
    return 0


if __name__ == "__main__":
    from diembao.pipeline.worker import utc_now

    to_standard_error()
    children.follow_parent()
    sys.exit(main(Path(sys.argv[1]), utc_now))
