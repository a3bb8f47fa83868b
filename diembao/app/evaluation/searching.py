"""`eval search`: does the passage that answers a question come first?

Passages are put into an empty index as documents. A question is asked as any of its words (`core.question`), not all of
them: who asks in a sentence does not expect each of its words in the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from diembao.app.evaluation.records import Name, Record, Step, Text, read, refuse_repeats
from diembao.core.article import article_id
from diembao.core.document import Document
from diembao.core.errors import WrongUse
from diembao.core.question import any_word
from diembao.core.settings import Settings
from diembao.core.settings import load as load_settings
from diembao.pipeline.encoding import ENCODED
from diembao.pipeline.meaning import answers
from diembao.pipeline.wiring import Installation, open_installation

DEPTH = 10  # ranks that count
BATCH = 500  # passages in one write


class Passage(Record):
    pid: Name
    text: Text


class Question(Record):
    qid: Name
    query: Text
    relevant_pid: Name


def load(passages: Path, queries: Path) -> tuple[list[Passage], list[Question]]:
    found, asked = read(passages, Passage), read(queries, Question)
    refuse_repeats(passages, (one.pid for one in found), "pid")
    known = {one.pid for one in found}
    for one in asked:
        if one.relevant_pid not in known:
            msg = f"{queries}: the passage '{one.relevant_pid[:80]}' of query '{one.qid[:80]}' is not in {passages}"
            raise WrongUse(msg)
    return found, asked


def settings(folder: Path, engine: str, home: Path | None) -> Settings:
    """Of an index for this trial alone: in ``folder``, or beside the installation's own on its Elasticsearch.

    Raises:
        WrongUse: there is no such engine.
        Misconfigured: the installation's settings cannot be read.
    """
    if engine == "embedded":
        return Settings(home=folder).with_engine(engine)
    own = load_settings(home).with_engine(engine)
    index = own.index.model_copy(update={"alias": f"eval-of-{own.index.alias}"})
    return own.model_copy(update={"home": folder, "index": index})


def measure(
    passages: Sequence[Passage],
    queries: Sequence[Question],
    chosen: Settings,
    now: datetime,
    step: Step,
    meaning: bool = False,  # noqa: FBT001 (the command's switch)
) -> dict[str, Any]:
    """``p50_ms`` and ``p95_ms`` are of one question at a time, its analysis included. ``meaning`` asks as
    `pipeline.meaning` does.

    Raises:
        WrongUse: by meaning on a server, where the trial's vectors would stay.
    """
    if meaning and chosen.index.engine != "embedded":
        msg = "--meaning is measured on the embedded index"
        raise WrongUse(msg)
    with open_installation(chosen) as house:
        try:
            house.index.wipe()
            for start in range(0, len(passages), BATCH):
                part = passages[start : start + BATCH]
                house.index.put(_document(house, one, now, meaning=meaning) for one in part)
                if meaning:
                    _encode(house, part)
                step(len(part))
            ranks, times = _asked(partial(_answers if meaning else _found, house), queries, step)
        finally:
            house.index.wipe()  # of a server, which outlives the trial
    times.sort()
    return {
        "n": len(queries),
        "passages": len(passages),
        "engine": chosen.index.engine,
        "r_at_1": sum(rank == 1 for rank in ranks) / len(ranks),
        "r_at_10": sum(rank > 0 for rank in ranks) / len(ranks),
        "mrr_at_10": sum(1 / rank for rank in ranks if rank) / len(ranks),
        "p50_ms": round(times[len(times) // 2] * 1000, 3),
        "p95_ms": round(times[len(times) * 95 // 100] * 1000, 3),
    }


def _document(house: Installation, one: Passage, now: datetime, *, meaning: bool) -> Document:
    if not meaning:
        return Document(one.pid, "", "", one.text, now, now)
    return Document(_id(one.pid), "", "", one.text, now, now, {"language": (house.language_of(one.text, ""),)})


def _encode(house: Installation, part: Sequence[Passage]) -> None:
    """Raises:
    WrongUse: the settings name no encoder.
    """
    if house.encoder is None or house.vectors is None:
        msg = 'classifier.encoder = "none": no encoder to search by meaning with'
        raise WrongUse(msg)
    house.vectors.put([_id(one.pid) for one in part], house.encoder.encode([one.text[:ENCODED] for one in part]))


def _id(pid: str) -> str:
    """As articles have it: vectors are kept by it."""
    return article_id(pid)


def _found(house: Installation, question: str) -> list[str]:
    asked = any_word(question)
    return [hit.id for hit in house.index.search(asked, limit=DEPTH).hits] if asked.should else []


def _answers(house: Installation, question: str) -> list[str]:
    return [one.id for one in answers(house, question, DEPTH)]


def _asked(ask: Callable[[str], list[str]], queries: Sequence[Question], step: Step) -> tuple[list[int], list[float]]:
    """Rank of the right passage (0: not among the first) and seconds, for each question."""
    ranks, times = [], []
    for one in queries:
        began = perf_counter()
        found = ask(one.query)
        times.append(perf_counter() - began)
        right = next((name for name in (one.relevant_pid, _id(one.relevant_pid)) if name in found), None)
        ranks.append(found.index(right) + 1 if right else 0)
        step(1)
    return ranks, times
