"""From a page being served to the alert about it being taken by a mail server.

    python -m benchmarks.alerts [--seconds 240] [--every 4]

`diembao run` follows outlets of the demo newsroom's kinds on loopback, each a server of its own, and looks at them all
every five seconds; every few seconds one of them prints one more article. One subscription to everything about the
province goes to one address, through a real SMTP server on this machine. The time of an alert is that from the first
request for its article's page to the server's having taken the mail. What was served before the first mail came is told
apart: the program was still reading its models. What came later than the hold is told with the mail's subject (an
update about a story that was told before is no late alert). Prints one JSON object; ends with 1 if nothing arrived.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import yaml

from benchmarks.press import Outlet, Press, Server, printed
from demo.desk import Desk
from demo.edition import Item
from demo.masthead import OUTLETS
from tests.response.mailserver import Mailbox, serving

TO: Final = "truc.ban@example.vn"
FOUND: Final = "liên_quan:(có OR một_phần)"
DELAY: Final = 0.2  # seconds between two requests to a host
WAIT: Final = 20  # seconds for what is on its way at the end
HOLD: Final = 5  # seconds; what takes longer is named
ENTRIES: Final = 12  # articles of one outlet at most; each is printed once


class Printing(Press):
    """It prints one article after the other: the first ``now`` are there at once."""

    def __init__(self, press: Press, turn: int, every: float) -> None:
        self.items, self._turn, self._every = press.items, turn, every
        self._begun = time.monotonic()

    def visible(self, outlet: str, now: datetime) -> tuple[Item, ...]:  # noqa: ARG002 (as an edition's)
        """Of all outlets one article at a time comes out, in turns."""
        out = int((time.monotonic() - self._begun) / self._every) - self._turn
        n = max(0, -(-out // len(OUTLETS)))
        return tuple(replace(item, at=min(item.at, now), changed=min(item.changed, now)) for item in self.items[:n])


@dataclass
class Timed(Outlet):
    served: dict[str, float] = field(default_factory=dict)

    def fault(self, path: str) -> str:
        for name in {path, path.partition("?")[0]}:  # an article's address may be told without what counts clicks
            self.served.setdefault(name, time.monotonic())
        return super().fault(path)


def outlet(number: int, every: float) -> Timed:
    plain = printed(f"bao-{number}", number, ENTRIES, faults=0, delay=DELAY, seed=1)
    press = Printing(plain.press, number, every)
    desk = Desk(plain.desk.outlet, press, "")  # type: ignore[arg-type]  # it says what is visible, as an edition does
    return Timed(plain.name, desk, press, random.Random(number), 0, DELAY)


def furnish(home: Path, outlets: list[Timed], port: int) -> None:
    (home / "outlets.yaml").write_text(yaml.safe_dump([x.entry() for x in outlets], allow_unicode=True), "utf-8")
    private = ", ".join(f'"127.0.0.1:{each.port}"' for each in outlets)
    crawl = f"interval = 5\nmax_interval = 5\ndelay = {DELAY}\ncontact = 'https://so.example.vn'\n"
    mail = f"host = '127.0.0.1'\nport = {port}\nsecurity = 'none'\nfrom = 'diembao@office.example'\n"
    (home / "diembao.toml").write_text(
        f"[crawl]\ncatalogue = 'outlets.yaml'\nallow_private = [{private}]\n{crawl}[discovery]\ninterval = 0\n"
        f"[mail]\n{mail}[[alerts]]\nname = 'Về tỉnh'\nquery = '{FOUND}'\nto = ['{TO}']\n",
        encoding="utf-8",
    )


def addresses(mail: EmailMessage) -> list[str]:
    """The articles that it tells of."""
    body = mail.get_body(("plain",))
    lines = str(body.get_content()).splitlines() if body else []
    return [line.partition(": ")[2].strip() for line in lines if line.startswith("Đọc bài: ")]


def measured(home: Path, seconds: float, every: float) -> list[tuple[float, float, str]]:
    """Of each story that was told: when its page was served, when the mail was taken (seconds), and its subject."""
    taken: list[float] = []
    box = Mailbox(seen=lambda word: taken.append(time.monotonic()) if word == "taken" else None)
    with serving(box) as port:
        outlets = [outlet(number, every) for number in range(len(OUTLETS))]
        servers = [Server(each) for each in outlets]
        furnish(home, outlets, port)
        command = [sys.executable, "-m", "diembao.app.cli", "run", "--home", str(home)]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(seconds + WAIT)
        finally:
            run.terminate()
            run.wait()
            for each in servers:
                each.end()
    served = {each.base + path: at for each in outlets for path, at in each.served.items()}
    arrived = zip(box.arrived, taken, strict=True)
    return [(served[each], at, str(mail["Subject"])) for (_, mail), at in arrived for each in addresses(mail)]


def _told(times: list[float]) -> dict[str, float]:
    if not times:
        return {"n": 0}
    return {"n": len(times), "p50_s": share(times, 0.5), "p95_s": share(times, 0.95), "longest_s": share(times, 1)}


def share(times: list[float], of: float) -> float:
    return round(sorted(times)[min(len(times) - 1, int(of * len(times)))], 2)


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=240)
    asked.add_argument("--every", type=float, default=4)
    given = asked.parse_args()
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        found = measured(Path(folder), given.seconds, given.every)
    if not found:
        return 1
    first = min(at for _, at, _ in found)
    early = [at - served for served, at, _ in found if served < first]
    later = [at - served for served, at, _ in found if served >= first]
    late = [{"s": round(at - served, 2), "subject": subject} for served, at, subject in found if at - served > HOLD]
    told = {"load": round(before, 1), "starting": _told(early), "running": _told(later), "late": late}
    print(json.dumps({**told, "measured": datetime.now(UTC).date().isoformat()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
