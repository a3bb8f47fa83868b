"""How many stories of a shift can be looked through in a minute with keys alone: a script presses them in Chromium.

    python -m benchmarks.shift [--stories 30]

Every fifth story gets a stance before it is done, every tenth a theme. The script reads nothing: what it finds is what
the program leaves to whoever does. Prints one JSON object: stories a minute, seconds from a key to the next story.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from playwright.sync_api import Page, sync_playwright

from diembao.pipeline.wiring import open_installation
from tests.dashboard import entering, published, seed
from tests.dashboard.browsing import FLAGS
from tests.dashboard.serving import serving
from tests.parts import CHROMIUM

PATIENCE = 60_000  # milliseconds
TITLE = "[class*=st-key-row-shift-] a.diembao-title"
SETTLED = "[data-test-script-state=notRunning]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=30)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with open_installation(seed.home_at(home)) as house:
            seed.fill(house, (*published.LEADING, *published.month(16)), now=datetime.now(UTC))
        with serving(home) as base, sync_playwright() as player:
            browser = player.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="vi-VN")
            page.set_default_timeout(PATIENCE)
            page.context.add_cookies([{"name": n, "value": v, "url": base} for n, v in entering.session(home).items()])
            page.goto(f"{base}/truc?since=7d")
            page.wait_for_selector(TITLE)
            took = [look(page, n) for n in range(asked.stories)]
            browser.close()
    print(
        json.dumps(
            {
                "stories": len(took),
                "per_minute": round(60 * len(took) / sum(took), 1),
                "p50_s": round(quantiles(took, n=2)[0], 2),
                "p95_s": round(quantiles(took, n=20)[-1], 2),
            }
        )
    )


def look(page: Page, number: int) -> float:
    """Seconds for one story, until the next one stands there."""
    began, before = time.monotonic(), page.locator(TITLE).first.inner_text()
    if number % 10 == 9:
        press(page, "6", "[class*=st-key-shift-themes-save]")
        press(page, "f", SETTLED)
        press(page, "1", "[class*=st-key-shift-right]")
    elif number % 5 == 4:
        press(page, "4", SETTLED)
    page.keyboard.press("1")
    page.wait_for_function("([where, was]) => document.querySelector(where)?.innerText !== was", arg=[TITLE, before])
    page.wait_for_selector(SETTLED, state="attached")
    return time.monotonic() - began


def press(page: Page, key: str, then: str) -> None:
    page.keyboard.press(key)
    page.wait_for_timeout(50)  # the page hears of it before it says that it is busy
    page.wait_for_selector(then, state="attached")
    page.wait_for_selector(SETTLED, state="attached")


if __name__ == "__main__":
    main()
