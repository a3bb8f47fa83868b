"""Eighty people at the screens of one process: what a rerun takes, of the clock and of the processor, and of memory.

    python -m benchmarks.sessions --home DIR [--sessions 80] [--seconds 60] [--think 8] [--news 5]

DIR holds articles (`benchmarks.search --home DIR --articles 200000` fills it); the articles of today that it wants are
added, and cases. Every session reads a screen for ``--think`` seconds on average and goes on to the next, which is
now another screen, now the same with another choice; meanwhile an article comes in every ``--news`` seconds, so that
no answer is kept for long. Readers speak Streamlit's protocol and do not draw; before they come, Chromium opens *Hôm
nay* seven times, each time as a new reader, who then opens it once more. Prints one JSON object: milliseconds of a
rerun, p50 and p95, by screen too; processor milliseconds of the server for each; milliseconds until the figures of
*Hôm nay* stand in Chromium, the first and the second time; the server's memory (PSS) before and after; what failed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from benchmarks.newsroom import News
from benchmarks.readers import Drawn, Reader
from benchmarks.scales import proportional
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation
from tests.dashboard.browsing import browsing, reader_of
from tests.dashboard.entering import DESK, session
from tests.dashboard.serving import SERVE

PAINTED: Final = 7
FIGURES: Final = ".st-key-numbers li strong"
ACCOUNTS: Final = 8  # people; each has several pages open
# Where a morning leads: (screen, address), in no order; what is read most stands there more often.
WALK: Final[Sequence[tuple[str, Mapping[str, str]]]] = (
    ("hom-nay", {}),
    ("hom-nay", {"period": "7d"}),
    ("hom-nay", {"period": "24h"}),
    ("dong-tin", {}),
    ("dong-tin", {"stance": "critical"}),
    ("dong-tin", {"stance": "critical", "period": "7d"}),
    ("dong-tin", {"country": "VN", "page": "2"}),
    ("dong-tin", {"q": "đất"}),
    ("dong-tin", {"q": "Quy Nhơn", "sort": "newest"}),
    ("bai-bao", {"id": "?"}),
    ("bai-bao", {"id": "?"}),
    ("tin-chinh", {}),
    ("truc", {}),
    ("vu-viec", {}),
    ("chua-tra-loi", {}),
    ("bao-chi-nuoc-ngoai", {}),
    ("xu-huong", {}),
    ("ke-hoach", {}),
    ("bao-cao", {}),
    ("canh-bao", {}),
    ("nguon-tin", {}),
    ("lich", {}),
)


@dataclass
class Told:
    """What every reader met."""

    drawn: list[Drawn] = field(default_factory=list)
    late: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--sessions", type=int, default=80)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=8)
    parser.add_argument("--news", type=float, default=30)
    asked = parser.parse_args()
    with open_installation(load(asked.home)) as house:
        news = News(house, datetime.now(UTC))
        news.today()
        ids = news.ids[:200]
        size = house.store.size()
        cookies = [session(asked.home, f"reader-{n}", *DESK) for n in range(ACCOUNTS)]
        with serving(asked.home) as (base, process):
            painted = _painted(base, cookies[0])
            told = painted | asyncio.run(_morning(asked, base, cookies, ids, news, process))
    print(json.dumps({"articles": size, **told}, indent=1, ensure_ascii=False))


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, int]]:
    """The address of the program's own server, and its process."""
    command = [sys.executable, "-c", SERVE, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None  # noqa: S101 (a pipe was asked for)
        try:
            yield f"http://127.0.0.1:{server.stdout.readline().decode().strip()}", server.pid
        finally:
            server.terminate()


def _painted(base: str, cookies: Mapping[str, str]) -> dict[str, list[int]]:
    """Milliseconds from the address to the figures, without and with what a browser keeps; the first is of a server
    that nobody has asked yet.
    """
    found: dict[str, list[int]] = {"paint_ms": [], "paint_again_ms": []}
    with browsing() as browser:
        for _ in range(PAINTED):
            reader = reader_of(browser, base, cookies)
            for times in found.values():
                began = time.perf_counter()
                reader.page.goto(base)
                reader.page.wait_for_selector(FIGURES)
                times.append(round(1000 * (time.perf_counter() - began)))
            reader.page.context.close()
    return found


async def _morning(
    asked: argparse.Namespace,
    base: str,
    cookies: Sequence[Mapping[str, str]],
    ids: Sequence[str],
    news: News,
    process: int,
) -> dict[str, Any]:
    before = proportional(process)
    # Every screen once: what is imported late is.
    async with Reader(base, cookies[0]) as first:
        warmed = [await first.open(screen, **_filled(address, ids, random.Random(0))) for screen, address in WALK]
    told, began, spent = Told(), time.monotonic(), _processor(process)
    until = began + asked.seconds
    readers = [
        _reader(base, cookies[n % len(cookies)], random.Random(n), ids, until, asked.think, told)
        for n in range(asked.sessions)
    ]
    coming = asyncio.create_task(_coming(news, asked.news, until))
    await asyncio.gather(*readers)
    spent, took = _processor(process) - spent, time.monotonic() - began
    await coming
    return {
        "sessions": asked.sessions,
        "load": round(os.getloadavg()[0], 1),
        "first_ms": {each.screen: round(each.seconds * 1000) for each in warmed},
        "reruns": _figures([each for each in told.drawn if not each.alone]),
        "looks": _figures([each for each in told.drawn if each.alone]),
        "processor_ms_each": round(1000 * spent / max(1, len(told.drawn)), 1),
        "cores": round(spent / took, 2),
        "by_screen": _by_screen(told.drawn),
        "failed": [each.screen for each in (*warmed, *told.drawn) if each.failed],
        "late": told.late,
        "news": news.came,
        "pss_mb": [before, proportional(process)],
    }


async def _reader(  # noqa: PLR0913, PLR0917 (one of many)
    base: str,
    cookies: Mapping[str, str],
    chance: random.Random,
    ids: Sequence[str],
    until: float,
    think: float,
    told: Told,
) -> None:
    await asyncio.sleep(chance.uniform(0, think))  # nobody comes at the same second
    async with Reader(base, cookies) as page:
        while time.monotonic() < until:
            screen, address = chance.choice(WALK)
            try:
                told.drawn.append(await page.open(screen, **_filled(address, ids, chance)))
                told.drawn += await page.stay(min(chance.uniform(0.5, 1.5) * think, max(0, until - time.monotonic())))
            except TimeoutError:
                told.late.append(screen)
                return


def _filled(address: Mapping[str, str], ids: Sequence[str], chance: random.Random) -> dict[str, str]:
    return {name: chance.choice(ids) if value == "?" else value for name, value in address.items()}


async def _coming(news: News, every: float, until: float) -> None:
    while time.monotonic() + every < until:
        await asyncio.sleep(every)
        await asyncio.to_thread(news.one)


def _processor(process: int) -> float:
    """Seconds that it has used."""
    parts = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _figures(drawn: Sequence[Drawn]) -> dict[str, float]:
    if len(drawn) < 2:
        return {"n": len(drawn)}
    took = [each.seconds * 1000 for each in drawn]
    kilobytes = median(each.sent for each in drawn) / 1000
    return {
        "n": len(drawn),
        "p50": round(median(took), 1),
        "p95": round(quantiles(took, n=20)[-1], 1),
        "kB": round(kilobytes),
    }


def _by_screen(drawn: Sequence[Drawn]) -> dict[str, dict[str, float]]:
    found = defaultdict[str, list[Drawn]](list)
    for each in drawn:
        found[each.screen + (" (a look)" if each.alone else "")].append(each)
    return {screen: _figures(those) for screen, those in sorted(found.items())}


if __name__ == "__main__":
    main()
