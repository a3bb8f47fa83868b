"""What a page costs from the request to the store, beside what other libraries take for reading it alone.

    python -m benchmarks.pages --pages DIR [--other PYTHON] [--rounds 3] [--whole] [--beside NAME …]

DIR holds ``ground_truth.jsonl`` and the pages it names (`diembao eval extract`); without it the project's own pages in
seven languages are taken. PYTHON is that of an environment with news-please, newspaper4k and readability
(``python -m venv X; X/bin/pip install news-please``).

The pages are served over loopback by one outlet. Ours is the collecting process: fetched, read, kept with the bytes as
evidence, judged by nobody yet; with --whole it goes on in this process, which has judged others before: judged,
grouped, joined, indexed, matched with `SUBSCRIPTIONS` alerts, and encoded. Theirs is the reading alone, in one process,
the pages in memory. Of both the first ten pages are taken off: they load what is loaded late, and with them goes the
start of the programs. All take turns, and of each the quickest round counts. Prints milliseconds of a processor a page,
ratios (of the quickest, and of each round), F1 by language.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from time import process_time
from typing import Any

import yaml

from benchmarks.corpora import ANY_AGE
from benchmarks.extractors import LIBRARIES, WARM
from benchmarks.grouping import stream
from benchmarks.loopback import HOST, Site, rss
from crawlers.extract import extract
from diembao.app.evaluation.files import content
from diembao.app.evaluation.outlets import Outlets, host
from diembao.app.evaluation.pages import TRUTH, Truth, load, shared
from diembao.core.logs import to_standard_error
from diembao.core.settings import load as settings_of
from diembao.core.settings_crawl import CrawlSettings
from diembao.core.subscription import Subscription
from diembao.pipeline.steps import advance_to_end
from diembao.pipeline.wiring import Installation, open_installation
from tests.store.making import keep

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HERE = Path(__file__).parent
IN_OUR_OWN = ("trafilatura", "trafilatura-metadata")
# What alerts ask for: words of news anywhere, so that some find something in any set of pages.
WORDS = (
    "Gia Lai",
    "police OR hospital",
    "election",
    "government",
    "nông nghiệp",
    "môi trường",
    "doanh nghiệp",
    "market",
)
SUBSCRIPTIONS = 40
AT_FIRST = 20  # articles that are judged before any is measured


def own_pages(folder: Path) -> None:
    """The project's own pages as a set."""
    from tests.crawlers.papers import papers

    written = list(papers())
    lines = (json.dumps(paper.truth, ensure_ascii=False) for paper in written)
    (folder / TRUTH).write_text("\n".join(lines), encoding="utf-8")
    for paper in written:
        (folder / paper.truth["html"]).write_bytes(paper.data)


def collected(folder: Path, truths: Sequence[Truth], *, whole: bool) -> tuple[float, int]:
    """Seconds of a processor to collect these pages, the start of the programs included; and articles stored."""
    site = Site()
    answers = {
        f"/{one.id}": ("text/html", content(folder / one.html, CrawlSettings().max_page_bytes)) for one in truths
    }
    listed = [(f"{site.address}/{one.id}", one.title or one.id, "", "") for one in truths]
    site.serve(answers | {"/feed": ("application/rss+xml", rss(listed))})
    with tempfile.TemporaryDirectory() as where:
        home = Path(where)
        entry = {
            "id": "bao",
            "name": "Báo",
            "country": "VN",
            "language": truths[0].language or "en",
            "home": f"{site.address}/",
        }
        catalogue = [entry | {"feeds": [f"{site.address}/feed"], "fetch": "all"}]
        (home / "outlets.yaml").write_text(yaml.safe_dump(catalogue, allow_unicode=True), encoding="utf-8")
        (home / "diembao.toml").write_text(
            f'[crawl]\ncontact = "https://so.example.vn/diem-bao"\ncatalogue = "outlets.yaml"\ndelay = 0\n'
            f'max_age_days = {ANY_AGE}\nallow_private = ["{HOST}:{site.port}"]\n',
            encoding="utf-8",
        )
        found = _run(home, whole=whole)
    site.close()
    return found


def _run(home: Path, *, whole: bool) -> tuple[float, int]:
    with open_installation(settings_of(home)) as house:
        if whole:
            for n, word in enumerate(islice(cycle(WORDS), SUBSCRIPTIONS)):
                house.store.add_subscription(Subscription(f"câu {n}", query=word), now=NOW)
            known = [replace(each, id=f"{n:016x}") for n, each in enumerate(stream(AT_FIRST))]
            keep(house.store, *known, now=NOW)
            _follow(house)
        run = house.store.begin_run(NOW)
        before = _children()
        subprocess.run([sys.executable, "-m", "diembao.pipeline.collect", str(home), str(run), "{}"], check=True)
        used = _children() - before
        house.store.end_run(run, NOW)
        return used + (_follow(house) if whole else 0), house.store.size() - (AT_FIRST if whole else 0)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _follow(house: Installation) -> float:
    """Seconds of a processor for all that becomes of what is stored."""
    began = process_time()
    for _ in advance_to_end(house, lambda: datetime.now(UTC), "benchmark"):
        pass
    return process_time() - began


def read_by(python: str, name: str, folder: Path) -> tuple[float, dict[str, str]]:
    """Seconds of a processor, and the texts, of another library."""
    with tempfile.TemporaryDirectory() as where:
        out = Path(where) / "texts"
        command = [python, str(HERE / "extractors.py"), name, str(folder), str(out)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        texts = {one["id"]: one["text"] for one in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    return float(json.loads(told.stdout.splitlines()[-1])["cpu_s"]), texts


def ours(folder: Path, truths: Iterable[Truth]) -> dict[str, str]:
    outlets = Outlets()
    found = {}
    for one in truths:
        outlet = outlets.find(host(one.url)) or outlets.stranger(one.language)
        page = extract(content(folder / one.html, CrawlSettings().max_page_bytes), one.url, outlet, NOW)
        found[one.id] = page.words
    return found


def f1_by_language(truths: Iterable[Truth], texts: Mapping[str, str]) -> dict[str, float]:
    """As `diembao eval extract` counts it: F1 of mean precision and mean recall; ``all`` and each language."""
    sums: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for one in truths:
        right, extra, missed = shared(one.words, texts.get(one.id, ""))
        for language in {"all", one.language or "all"}:
            precision, recall = sums[language]
            if right + extra:
                precision.append(right / (right + extra))
            recall.append(right / max(1, right + missed))
    return {language: round(_f1(*both), 4) for language, both in sorted(sums.items())}


def _f1(precision: Sequence[float], recall: Sequence[float]) -> float:
    one, two = sum(precision) / max(1, len(precision)), sum(recall) / max(1, len(recall))
    return 2 * one * two / (one + two) if one + two else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--other", default="")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--beside", nargs="+", choices=LIBRARIES, default=list(LIBRARIES))
    asked = parser.parse_args()
    to_standard_error()
    with tempfile.TemporaryDirectory() as where:
        if asked.pages is None:
            own_pages(Path(where))
        report(asked.pages or Path(where), asked)


def report(folder: Path, asked: argparse.Namespace) -> None:
    truths = load(folder)
    names = [name for name in asked.beside if name in IN_OUR_OWN or asked.other]
    took: dict[str, list[float]] = defaultdict(list)
    texts: dict[str, dict[str, str]] = {"ours": ours(folder, truths)}
    stored = 0
    for _ in range(asked.rounds):
        seconds, stored = collected(folder, truths, whole=asked.whole)
        took["ours"].append(seconds - collected(folder, truths[:WARM], whole=asked.whole)[0])
        for name in names:
            seconds, texts[name] = read_by(sys.executable if name in IN_OUR_OWN else asked.other, name, folder)
            took[name].append(seconds)
    best = {name: min(each) for name, each in took.items()}
    told: dict[str, Any] = {"pages": len(truths), "stored": stored, "whole": asked.whole}
    for name, seconds in best.items():
        told[name] = {
            "ms_a_page": round(1000 * seconds / (len(truths) - WARM), 1),
            "ours_to_it": round(best["ours"] / seconds, 2),
            "in_each_round": [round(mine / its, 2) for mine, its in zip(took["ours"], took[name], strict=True)],
            "f1": f1_by_language(truths, texts[name]),
        }
    print(json.dumps(told, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
