"""`diembao up`: everything in one word. What it starts ends with it."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from rich.console import Console

from demo import newsroom
from diembao.app.cores import one_core
from diembao.app.ending import until_told
from diembao.app.options import asks_of, begun, hears, tell_no_contact
from diembao.app.peopling import address_of, check_host, first_link
from diembao.app.progress import shown
from diembao.app.setup import HOST, Demo, read_demo, write_demo
from diembao.core.errors import Misconfigured, Retry
from diembao.core.logs import load_and_log
from diembao.core.settings import FILE, Settings
from diembao.pipeline import children
from diembao.pipeline.fact_feeds import named
from diembao.pipeline.foreman import alone
from diembao.pipeline.looping import run_forever
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.worker import only_worker, run_once

CLI = "diembao.app.cli"
# The demo's first port where it is free; and how far to look for free ones.
DEMO_PORT, PORTS_TRIED = 8700, 200
# Seconds for a server of ours to answer: Streamlit's imports on a slow disk take the most.
READY = 60.0
TICK = 0.1

console = Console(stderr=True, highlight=False)


def run_up(home: Path, *, demo: bool, port: int | None, host: str = "") -> None:
    """Start the newsroom (demo), the dashboard and the loop, until Ctrl-C or SIGTERM. Without ``host``, that of the
    settings.

    Raises:
        Retry: one of the servers did not start, or ended by itself.
        Misconfigured: no settings yet, or wrong ones; a host for other machines while nobody administers.
        WrongUse: another one is at work on this home.
    """
    if not demo and not (home / FILE).exists():
        msg = (
            f"chưa có {FILE} trong {home}: chạy `diembao init` trước, hoặc `diembao up --demo` để thử"
            f" (no {FILE} in {home}: run `diembao init` first, or `diembao up --demo` to try)"
        )
        raise Misconfigured(msg)
    one_core()
    with ExitStack() as stack:
        stack.enter_context(only_worker(home))
        room = _demo(home) if demo else read_demo(home)
        settings = load_and_log(home).at_host(host)
        house = stack.enter_context(open_installation(settings, asks_of(settings.province)))
        house.hears = hears()
        check_host(house)
        alone(house)
        tell_no_contact(settings)
        _ = named(house)  # a feed of facts that cannot be is told before anything starts
        stop, ended = stack.enter_context(until_told()), threading.Event()
        starts = partial(_child, stop=stop, ended=ended)
        if room:
            serve_demo = ["demo", "serve", "--port", str(room.port), "--home", str(home)]
            stack.enter_context(starts(serve_demo, room.port))
        address = _free(port or settings.web.port)
        serve_web = ["web", "--home", str(home), "--port", str(address), "--host", settings.web.host]
        stack.enter_context(starts(serve_web, address, _reached(settings.web.host)))
        console.print(f"\n  [bold]Điểm Báo[/bold] đang chạy: [bold]{address_of(settings, address)}[/bold]")
        console.print(f"  Dữ liệu: {settings.home} · Ctrl-C để dừng")
        first = first_link(house, address) if not room else ""
        if first:
            console.print(
                f"  Chưa có tài khoản. Mở liên kết này một lần để tạo người quản trị:\n  [bold]{first}[/bold]"
            )
        console.print()
        _loop(house, settings, stop)
        if ended.is_set():
            msg = (
                "một máy chủ của chương trình tự kết thúc; xem các dòng trên"
                " (a server of ours ended by itself; see the lines above)"
            )
            raise Retry(msg)


def _demo(home: Path) -> Demo:
    """The demo of this home, moved to free ports where its own are taken."""
    known = read_demo(home)
    wanted = known.port if known else DEMO_PORT
    port = _free_block(wanted, newsroom.ports_needed())
    if port != wanted and known:
        console.print(f"Cổng {wanted} của tòa soạn trình diễn đang bận; dùng {port}. Các bài cũ vẫn giữ địa chỉ cũ.")
    # Without its settings a demo would read the real catalogue.
    if known is None or port != wanted or not (home / FILE).exists():
        write_demo(home, port)
    return read_demo(home) or Demo(port, 1, "")


def _loop(house: Installation, settings: Settings, stop: threading.Event) -> None:
    try:
        with shown() as show:
            first = run_once(house, show, stop=stop, by=begun("up"))
        stored = first.as_json()["stored"]
        console.print(f"Xong lượt đầu: {stored} bài mới. Thu thập lại sau mỗi {settings.crawl.interval:.0f} giây.")
    except Retry as error:
        console.print(f"Lượt đầu chưa xong: {error}")
    run_forever(house, lambda _: None, stop, by=begun("loop"), first_in=settings.crawl.interval)


@contextmanager
def _child(
    arguments: list[str], port: int, host: str = HOST, *, stop: threading.Event, ended: threading.Event
) -> Iterator[None]:
    """A server of ours; where it ends by itself, ``ended`` is set, and ``stop`` with it."""
    child = children.start(CLI, arguments)
    try:
        _wait_for(child, (host, port), arguments[0], stop)
        threading.Thread(target=_watch, args=(child, stop, ended), daemon=True).start()
        yield
    finally:
        children.stop(child)


def _watch(child: subprocess.Popen[bytes], stop: threading.Event, ended: threading.Event) -> None:
    child.wait()
    if not stop.is_set():
        ended.set()
        stop.set()


def _reached(host: str) -> str:
    """Where a server of ours that listens there can be reached from this machine."""
    host = host.strip("[]")
    return HOST if host in {"0.0.0.0", "localhost"} else "::1" if host == "::" else host  # noqa: S104 (compared)


def _wait_for(child: subprocess.Popen[bytes], where: tuple[str, int], what: str, stop: threading.Event) -> None:
    patience = time.monotonic() + READY
    while not _answers(where) and not stop.is_set():
        if child.poll() is not None or time.monotonic() > patience:
            msg = (
                f"`diembao {what}` không chạy được ở cổng {where[1]}; xem các dòng trên"
                f" (`diembao {what}` did not start on port {where[1]}; see the lines above)"
            )
            raise Retry(msg)
        stop.wait(TICK)


def _answers(where: tuple[str, int]) -> bool:
    try:
        socket.create_connection(where, timeout=1).close()
    except OSError:
        return False
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _free_block(wanted: int, size: int) -> int:
    for port in range(wanted, wanted + PORTS_TRIED):
        if all(_is_free(port + n) for n in range(size)):
            return port
    msg = f"không có {size} cổng trống liền nhau từ {wanted} (no {size} free ports in a row from {wanted} on)"
    raise Misconfigured(msg)


def _free(wanted: int) -> int:
    port = _free_block(wanted, 1)
    if port != wanted:
        console.print(f"Cổng {wanted} đang bận; dùng {port}.")
    return port
