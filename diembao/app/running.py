"""`diembao run`, `crawl` and `worker`: the work without the dashboard, in one process or in two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from diembao.app.ending import TERMINATED, until_told
from diembao.app.options import AsJson, Home, begun, opened, print_json
from diembao.core.errors import Retry

if TYPE_CHECKING:
    import threading

    from diembao.pipeline.wiring import Installation


def run(
    home: Home = None,
    once: Annotated[bool, typer.Option("--once", help="Một lượt rồi dừng. One run, then stop.")] = False,
    as_json: AsJson = False,
) -> None:
    """Thu thập và đánh giá, không có trang web. Collect and judge, without the dashboard."""
    from diembao.app.progress import shown
    from diembao.pipeline.looping import run_forever
    from diembao.pipeline.worker import only_worker

    with opened(home) as house, only_worker(house.settings.home), until_told() as stop:
        if once:
            _once(house, stop, as_json=as_json)
            return
        with shown(quiet=as_json) as show:
            run_forever(house, show, stop, by=begun("loop"))


def _once(house: Installation, stop: threading.Event, *, as_json: bool) -> None:
    from diembao.app.progress import shown
    from diembao.pipeline.waiting import waiting
    from diembao.pipeline.worker import run_once

    with shown(quiet=as_json) as show:
        done = run_once(house, show, stop=stop, by=begun("run"))
    waits = waiting(house.store)
    result = done.as_json()
    if as_json:
        print_json(result)
    else:
        typer.echo(" · ".join(f"{name} {number}" for name, number in result.items()))
    if stop.is_set():  # what is left is done by the next run
        raise typer.Exit(TERMINATED)
    if waits:
        msg = f"the articles are kept, but not all can be searched yet: {waits.why}"
        raise Retry(msg)


def crawl(home: Home = None) -> None:
    """Chỉ thu thập; `diembao worker` làm phần còn lại. Read the sources alone."""
    from diembao.app.progress import shown
    from diembao.pipeline.looping import crawl_forever
    from diembao.pipeline.worker import COLLECTING, only_worker

    with (
        opened(home) as house,
        only_worker(house.settings.home, COLLECTING),
        until_told() as stop,
        shown(quiet=True) as show,
    ):
        crawl_forever(house, show, stop, by=begun("crawl"))


def worker(home: Home = None) -> None:
    """Chỉ đánh giá, lập chỉ mục, gửi cảnh báo; `diembao crawl` thu thập. All that follows from what was read."""
    from diembao.pipeline.looping import work_forever
    from diembao.pipeline.worker import WORKING, only_worker

    with opened(home) as house, only_worker(house.settings.home, WORKING), until_told() as stop:
        work_forever(house, stop)
