"""Progress bars of long work, on standard error; quiet where a script asked for JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from diembao.core.ledger import Outcome
from diembao.pipeline import worker


def _bars(*, quiet: bool) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
        console=Console(stderr=True),
        disable=quiet,
    )


@contextmanager
def shown(*, quiet: bool = False) -> Iterator[worker.Show]:
    """Two bars for a run: entries settled of entries seen, articles searchable of articles stored."""
    with _bars(quiet=quiet) as bars:
        collecting = bars.add_task("Thu thập", total=None, note="")
        judging = bars.add_task("Đánh giá", total=None, note="")

        def show(progress: worker.Progress) -> None:
            outcomes = progress.counts.outcomes
            stored, settled = outcomes.get(Outcome.STORED, 0), sum(outcomes.values())
            bars.update(collecting, total=progress.counts.seen or None, completed=settled, note=f"{stored} bài mới")
            bars.update(
                judging,
                total=max(stored, progress.work.indexed) or None,
                completed=progress.work.indexed,
                note=f"{progress.work.alerts} cảnh báo",
            )

        yield show


@contextmanager
def counted(what: str, total: int, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """One bar; call it with how many more are done."""
    with _bars(quiet=quiet) as bars:
        task = bars.add_task(what, total=total or None, note="")
        yield lambda more: bars.advance(task, more)


@contextmanager
def several(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each part of the work, as its name comes up; call it with how much of how much is done."""
    tasks: dict[str, TaskID] = {}
    with _bars(quiet=quiet) as bars:

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total or None, note="")
            bars.update(tasks[what], completed=done, total=total or None)

        yield show
