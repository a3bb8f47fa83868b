"""`diembao run`, `crawl` and `worker`: the work without the dashboard, in one process or in two."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diembao.app.cores import one_core
from diembao.app.ending import TERMINATED, until_told
from diembao.app.options import AsJson, Home, asks_of, begun, opened, print_json, tell_no_contact
from diembao.core.errors import Retry, WrongUse

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    from diembao.pipeline.wiring import Installation

Only = Annotated[
    list[str] | None,
    typer.Option("--only", help="Chỉ loại việc này: steps, send, care, crawl. Only these jobs; may be repeated."),
]
Alive = Annotated[
    Path | None, typer.Option("--alive", help="Tệp được chạm mỗi giây khi còn làm việc. Touched while it is at work.")
]


def run(
    home: Home = None,
    once: Annotated[bool, typer.Option("--once", help="Một lượt rồi dừng. One run, then stop.")] = False,
    as_json: AsJson = False,
) -> None:
    """Thu thập và đánh giá, không có trang web. Collect and judge, without the dashboard."""
    from diembao.app.progress import shown
    from diembao.pipeline.foreman import alone
    from diembao.pipeline.looping import run_forever
    from diembao.pipeline.worker import only_worker

    one_core()
    with opened(home) as house, only_worker(house.settings.home), until_told() as stop:
        alone(house)
        tell_no_contact(house.settings)
        if once:
            _once(house, stop, as_json=as_json)
            return
        with shown(quiet=as_json) as show:
            run_forever(house, show, stop, by=begun("loop"))


def _once(house: Installation, stop: threading.Event, *, as_json: bool) -> None:
    from diembao.app.progress import shown
    from diembao.pipeline.fact_feeds import FactFetching
    from diembao.pipeline.waiting import waiting
    from diembao.pipeline.worker import LOOK, run_once, utc_now

    with FactFetching(house) as facts, shown(quiet=as_json) as show:
        facts.look(utc_now())
        done = run_once(house, show, stop=stop, by=begun("run"), last=True)
        while facts.child is not None and not stop.wait(LOOK):
            facts.look(utc_now())
    waits = waiting(house.store)
    unsent = house.store.undelivered(utc_now())
    result = done.as_json() | {"unsent": sum(each.n for each in unsent if not each.refused)}
    if as_json:
        print_json(result)
    else:
        typer.echo(" · ".join(f"{name} {number}" for name, number in result.items()))
    if stop.is_set():  # what is left is done by the next run
        raise typer.Exit(TERMINATED)
    if waits:
        msg = (
            f"bài đã lưu, nhưng chưa tìm được hết: {waits.why}"
            f" (the articles are kept, but not all can be searched yet: {waits.why})"
        )
        raise Retry(msg)


def crawl(home: Home = None, alive: Alive = None) -> None:
    """Chỉ thu thập; `diembao worker` làm phần còn lại. Read the sources alone."""
    from diembao.app.progress import shown
    from diembao.pipeline.jobs import CRAWL
    from diembao.pipeline.looping import crawl_forever
    from diembao.pipeline.worker import COLLECTING, only_worker

    one_core()
    with opened(home) as house, until_told() as stop:
        tell_no_contact(house.settings)
        if house.settings.shared:
            _one_of_several(house, [CRAWL], stop, alive)
            return
        _refuse_alive(alive)
        with only_worker(house.settings.home, COLLECTING), shown(quiet=True) as show:
            crawl_forever(house, show, stop, by=begun("crawl"))


def worker(home: Home = None, only: Only = None, alive: Alive = None) -> None:
    """Chỉ đánh giá, lập chỉ mục, gửi cảnh báo; `diembao crawl` thu thập. All that follows from what was read."""
    from diembao.pipeline.jobs import WORKERS
    from diembao.pipeline.looping import work_forever
    from diembao.pipeline.worker import WORKING, only_worker

    one_core()
    with opened(home) as house, until_told() as stop:
        if house.settings.shared:
            _one_of_several(house, _chosen(only) or WORKERS, stop, alive)
            return
        if only:
            _refuse(f"--only {only[0]}")
        _refuse_alive(alive)
        with only_worker(house.settings.home, WORKING):
            work_forever(house, stop)


def _one_of_several(house: Installation, queues: Sequence[str], stop: threading.Event, alive: Path | None) -> None:
    from diembao.pipeline.fleet import Fleet
    from diembao.pipeline.home import same_home
    from diembao.pipeline.worker import utc_now

    same_home(house)
    settings = house.settings
    house.close()
    Fleet(settings, asks_of(settings.province), queues, stop, utc_now).run(by=begun("workers"), alive=alive)


def _chosen(only: Sequence[str] | None) -> Sequence[str]:
    from diembao.pipeline.jobs import QUEUES

    stray = next((each for each in only or () if each not in QUEUES), None)
    if stray is not None:
        known = ", ".join(QUEUES)
        raise WrongUse(f"không có loại việc '{stray[:40]}', có {known} (there is no queue '{stray[:40]}': {known})")
    return tuple(only or ())


def _refuse_alive(alive: Path | None) -> None:
    if alive is not None:
        _refuse("--alive")


def _refuse(option: str) -> None:
    raise WrongUse(
        f"{option} chỉ dùng khi nhiều tiến trình chung một kho PostgreSQL và Elasticsearch; trên một máy, chạy"
        " `diembao run` (is for several processes on PostgreSQL and Elasticsearch; on one machine: `diembao run`)"
    )
