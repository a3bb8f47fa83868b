"""Public sets in the input forms of `diembao eval`: what goes to the test was not learned from."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks import datasets


def put(path: Path, records: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True)
    text = "".join(json.dumps(one) + "\n" for one in records).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)


def test_sentences_of_one_text_stay_on_one_side(tmp_path: Path) -> None:
    found = ({"lang": "vi", "index_id": n, "label": "a", "text": str(n)} for n in range(1000))
    put(tmp_path / "topics" / "sib200_train_dev.jsonl.gz", found)
    parts = {name: [int(one["text"]) for one in lines] for name, lines in datasets.sib(tmp_path) if "topics" in name}
    learned, asked = parts["topics_sib200_train"], parts["topics_sib200_test"]
    assert sorted(learned + asked) == list(range(1000))
    assert (len(asked), {n // datasets.BLOCK for n in asked} & {n // datasets.BLOCK for n in learned}) == (200, set())


def test_a_sentence_with_two_names_stays_on_one_side(tmp_path: Path) -> None:
    found = ({"sentence": f"câu {n // 2}", "entity": str(n), "label": "neutral"} for n in range(100))
    put(tmp_path / "stance" / "rusentne_ru" / "train.jsonl", found)
    parts = {name: {one["text"] for one in lines} for name, lines in datasets.rusentne(tmp_path)}
    assert parts["stance_rusentne_ru_train"] & parts["stance_rusentne_ru_test"] == set()
    assert len(parts["stance_rusentne_ru_test"]) == 10
