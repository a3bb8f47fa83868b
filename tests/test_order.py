"""What `tests.order` names is there, and nothing that shares a server is left out."""

from __future__ import annotations

import re
from pathlib import Path

from tests import order

ROOT = Path(__file__).parent.parent
# How a file of tests comes to the node of Elasticsearch: by itself, or by a fixture of `tests/indexer`.
_ASKS = re.compile(r"^from tests\.servers import|: Engines\b", re.MULTILINE)


def test_every_name_is_that_of_a_file() -> None:
    named = {file for files in order.TOGETHER.values() for file in files} | order.LONG.keys() - order.TOGETHER.keys()
    assert [file for file in named if not (ROOT / file).is_file()] == []


def test_one_worker_has_the_elasticsearch_and_no_other_starts_one() -> None:
    others = set((ROOT / "tests").rglob("test_*.py")) - {Path(__file__)}
    files = [path for path in others if _ASKS.search(path.read_text(encoding="utf-8"))]
    assert {str(path.relative_to(ROOT)) for path in files} == set(order.TOGETHER["elasticsearch"])


def test_what_takes_longest_begins_first_and_no_file_is_torn_apart() -> None:
    quick = [f"tests/a.py::test_{n}" for n in range(9)]
    slow = ["tests/test_storm.py::test_a", "tests/app/test_fleet.py::test_b", "tests/indexer/test_trees.py::test_c"]
    assert list(order.longest_first([*quick, "tests/b.py::test_a", *slow])) == [
        "elasticsearch",
        "tests/test_storm.py",
        "tests/a.py",
        "tests/b.py",
    ]
