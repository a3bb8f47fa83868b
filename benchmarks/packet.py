"""The packet of a case with many articles: how long it takes, how much memory it asks for, what checking it takes.

    python -m benchmarks.packet [--articles 2000] [--page 60000]

Pages are words of no meaning that pack to a half, each another. Prints one JSON object; memory is what the process
holds more at its highest than before it began (MB), and the same for a quarter of the articles.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from diembao.core.case import Details
from diembao.core.settings import load
from diembao.pipeline.evidence import packer_of
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.cases import Actor, Desk
from diembao.response.coverage import ARTICLES
from diembao.response.verifying import verify
from tests.store.making import NOW, article, entry, id_of

BY = Actor("person:1", NOW)
WORDS = [f"{random.Random(n).getrandbits(40):x}" for n in range(5000)]


def fill(house: Installation, many: int, size: int) -> None:
    chance, run = random.Random(1), house.store.begin_run(NOW)
    for n in range(many):
        page = " ".join(chance.choices(WORDS, k=size // 11)).encode()
        house.store.page_stored(run, entry(f"x{n}"), article(f"x{n}"), now=NOW, response=page)
    house.store.end_run(run, NOW)


def case_of(house: Installation, many: int) -> str:
    desk, ids = Desk(house.store, house.profile), [id_of(f"x{n}") for n in range(many)]
    number = desk.open(Details("Nhiều bài", "so-y-te"), ids[:ARTICLES], BY, another=True).number
    for start in range(ARTICLES, many, ARTICLES):
        desk.add(number, ids[start : start + ARTICLES], BY)
    return number


def packed(house: Installation, number: str, path: Path) -> int:
    found = house.store.case_file(number)
    if found is None:  # it was opened above
        raise LookupError(number)
    with path.open("wb") as file:
        return sum(file.write(piece) for piece in packer_of(house).stream(found, NOW))


def timed(act: Callable[[], object]) -> tuple[object, float]:
    began = time.process_time()
    return act(), round(time.process_time() - began, 1)


def held() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--page", type=int, default=60_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, open_installation(load(Path(home))) as house:
        fill(house, asked.articles, asked.page)
        few, many = (case_of(house, n) for n in (asked.articles // 4, asked.articles))
        path = Path(home) / "p.zip"
        packed(house, case_of(house, 1), path)  # what is imported late
        before = held()
        packed(house, few, path)
        quarter = held() - before
        size, seconds = timed(lambda: packed(house, many, path))
        most = held() - before
        found, checking = timed(lambda: verify(path))
    told = {"articles": asked.articles, "packet_mb": round(int(str(size)) / 1e6, 1), "cpu_s": seconds}
    told |= {"memory_mb": round(most, 1), "memory_mb_quarter": round(quarter, 1), "verify_cpu_s": checking}
    print(json.dumps(told | {"good": getattr(found, "good", False)}))


if __name__ == "__main__":
    main()
