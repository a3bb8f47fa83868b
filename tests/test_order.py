"""What `tests.order` names is there; what shares a server stays together, and what takes longest begins first."""

from __future__ import annotations

import pytest

from tests import order


def test_every_name_is_that_of_a_file_or_of_what_is_shared() -> None:
    assert [name for name in order.LONG.keys() - order.TOGETHER.keys() if not (order.ROOT / name).is_file()] == []


@pytest.mark.parametrize(
    ("file", "group"),
    [
        ("tests/app/test_fleet.py", "elasticsearch"),
        ("tests/indexer/test_engines_agree.py", "elasticsearch"),  # by a fixture
        ("tests/contracts/test_encoder.py", "sentence-transformers"),
        ("tests/classifier/test_encoder.py", "sentence-transformers"),
        ("tests/test_storm.py", "tests/test_storm.py"),
    ],
)
def test_files_that_start_the_same_stay_together(file: str, group: str) -> None:
    assert order.group(f"{file}::test_a") == group


def test_what_takes_longest_begins_first_and_no_file_is_torn_apart() -> None:
    quick = [f"tests/test_docs.py::test_{n}" for n in range(9)]
    slow = ["tests/test_storm.py::test_a", "tests/app/test_fleet.py::test_b", "tests/indexer/test_trees.py::test_c"]
    assert list(order.longest_first([*quick, "tests/test_rooms.py::test_a", *slow])) == [
        "elasticsearch",
        "tests/test_storm.py",
        "tests/test_docs.py",
        "tests/test_rooms.py",
    ]
