"""What a language model beside the worker costs an alert: `python -m benchmarks.opinion`.

A home with so many foreign articles that wait for gists and second opinions, a model on loopback in a process of its
own that takes ``--answer`` seconds, and articles that come in one by one: the time from the page that is stored to the
alert that is queued, without the model and with it at work. Prints one JSON object, seconds by the clock.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import mean, median
from typing import ClassVar, Final

from diembao.core.article import Article, DateFrom, Kind, Label, TextFrom, article_id
from diembao.core.ledger import Entry, Validators
from diembao.core.opinion import QueueState
from diembao.core.ports import Event
from diembao.core.settings import load
from diembao.pipeline.opiner import Opiner
from diembao.pipeline.opining import READS
from diembao.pipeline.steps import advance_to_end
from diembao.pipeline.wiring import Installation, open_installation

TURNS: Final = 4
FEED, OUTLET = "https://bao.invalid/rss", "bao-mau"
FOREIGN: Final = (
    "ທ່າເຮືອກວີເຍີນ ໃນແຂວງຢາລາຍ ຮັບກຳປັ່ນລຳທຳອິດຈາກລາວ. ສິນຄ້າສອງພັນໂຕນຖືກສົ່ງໄປປາກເຊ. ເສັ້ນທາງໃໝ່ຊ່ວຍຫຼຸດຄ່າຂົນສົ່ງລະຫວ່າງສອງປະເທດ. "
) * 12
QUOTE: Final = "ສິນຄ້າສອງພັນໂຕນຖືກສົ່ງໄປປາກເຊ"
GIST: Final = {
    "sentences": ["Cảng đón tàu.", "Hàng đi Pakse.", "Cước giảm."],
    "passage": QUOTE,
    "passage_told": "Hàng.",
}
SECOND: Final = {
    "relevance": "yes",
    "relevance_quote": QUOTE,
    "themes": [],
    "stance": "neutral",
    "stance_quote": QUOTE,
}


class _Model(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seconds: ClassVar[float] = 0.0
    pause: ClassVar[threading.Event] = threading.Event()

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        self.pause.wait(self.seconds)
        content = json.dumps(SECOND if b"relevance_quote" in asked else GIST, ensure_ascii=False)
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        usage = {"prompt_tokens": 1500, "completion_tokens": 200}
        body = json.dumps({"choices": [choice], "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked was told to end in the midst of it."""


def _serve(seconds: float, told: Connection) -> None:
    server = _Server(("127.0.0.1", 0), type("Model", (_Model,), {"seconds": seconds}))
    told.send(server.server_address[1])
    server.serve_forever()


@contextmanager
def model(seconds: float) -> Iterator[int]:
    """Its port."""
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe()
    process = spawning.Process(target=_serve, args=(seconds, there), daemon=True)
    process.start()
    try:
        yield int(here.recv())
    finally:
        process.terminate()
        process.join()


def now() -> datetime:
    return datetime.now(UTC)


def article(slug: str, title: str, text: str, language: str = "vi") -> Article:
    url = f"https://bao.invalid/{slug}"
    published = (now(), DateFrom.FEED, now())
    return Article(article_id(url), url, OUTLET, title, "", text, TextFrom.PAGE, language, *published)


def keep(house: Installation, articles: list[Article]) -> None:
    run = house.store.begin_run(now())
    entries = [Entry(one.id, one.url, one.outlet, FEED, one.title, digest=one.title) for one in articles]
    house.store.source_read(
        run, FEED, OUTLET, settled=[], left_out=[], pending=entries, validators=Validators(), now=now()
    )
    for entry, one in zip(entries, articles, strict=True):
        house.store.page_stored(run, entry, one, now=now(), response=None)
    house.store.end_run(run, now())


def queue_foreign(house: Installation, number: int) -> None:
    """As the steps leave them behind the alerts."""
    made = [article(f"lo-{n}", f"ກຳປັ່ນ {n}", f"{n}. {FOREIGN}", "lo") for n in range(number)]
    keep(house, made)
    with house.store.writing() as write:
        for one in made:
            write.set_labels(one.id, [Kind.RELEVANCE], [Label(one.id, Kind.RELEVANCE, "yes", "gia-lai")], now=now())
        write.announce(Event.GROUPED, [one.id for one in made], now=now())
    for step in ("judge", "group", "join", "index", "alert", "remember", "encode"):
        while lease := house.store.lease(step, (*READS, Event.ARTICLE), worker="w", now=now(), limit=5000):
            with house.store.writing() as write:
                write.finish(lease)
    house.index.mark(house.store.bookmark("index"))


def alerts(house: Installation, kind: str, number: int) -> list[float]:
    """Seconds from each stored page to its queued alert."""
    found = []
    for n in range(number):
        one = article(
            f"{kind}-{n}", f"Cảng Quy Nhơn đón tàu {kind} số {n * 7919}", f"Tàu {kind} {n} cập cảng Quy Nhơn."
        )
        begun = time.perf_counter()
        keep(house, [one])
        for _ in advance_to_end(house, now, "worker"):
            if any(each.article_id == one.id for each in house.store.alerts_since(one.seen_at, 1000)):
                break
        found.append(time.perf_counter() - begun)
    return found


def told(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        "p50": round(median(ordered), 3),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 3),
        "max": round(ordered[-1], 3),
    }


def measure(folder: Path, port: int, articles: int, samples: int) -> dict[str, object]:
    (folder / "diembao.toml").write_text(
        f'[opinion]\nurl = "http://127.0.0.1:{port}/v1"\nmodel = "made-up"\nconcurrency = 4\n'
        '[[alerts]]\nname = "Mọi bài"\nquery = "liên_quan:có"\n',
        encoding="utf-8",
    )
    with open_installation(load(folder)) as house:
        queue_foreign(house, articles)
        alerts(house, "warm", 3)
        without: list[float] = []
        beside: list[float] = []
        for turn in range(TURNS):  # by turns, so that what else the machine does falls on both
            without += alerts(house, f"alone{turn}", -(-samples // TURNS))
            with Opiner(house) as opiner:
                opiner.look(now())
                _at_work(house)
                beside += alerts(house, f"beside{turn}", -(-samples // TURNS))
                counts = house.store.opinion_counts()
    if not counts[QueueState.WAITING]:
        sys.exit("the model was done before the alerts were: ask for more articles")
    return {
        "articles": articles,
        "samples": len(beside),
        "alone": told(without),
        "beside": told(beside),
        "delay_p50": round(median(beside) - median(without), 3),
        "delay_p95": round(told(beside)["p95"] - told(without)["p95"], 3),
        "delay_mean": round(mean(beside) - mean(without), 3),
        "queue": {state.value: n for state, n in counts.items()},
    }


def _at_work(house: Installation) -> None:
    done = house.store.opinion_counts()[QueueState.DONE]
    while house.store.opinion_counts()[QueueState.DONE] == done:
        threading.Event().wait(0.1)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--articles", type=int, default=1000)
    asked.add_argument("--samples", type=int, default=40)
    asked.add_argument("--answer", type=float, default=0.2, help="seconds of one answer")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="diembao-opinion-") as folder, model(given.answer) as port:
        sys.stdout.write(json.dumps(measure(Path(folder), port, given.articles, given.samples)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
