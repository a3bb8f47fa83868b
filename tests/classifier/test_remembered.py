"""What is remembered is bounded, and keeps nothing alive that was let go."""

from __future__ import annotations

import gc

import pytest

from classifier.copies import Shingles, copied, shingles
from classifier.remembered import Remembered, digest


def test_the_same_key_brings_the_same_object_until_the_older_half_is_let_go() -> None:
    kept = Remembered[int, list[int]](4)
    first = [kept.of(n, lambda: [0]) for n in range(4)]
    assert all(kept.of(n, list) is first[n] for n in range(4))
    kept.of(4, lambda: [4])
    assert len(kept) == 2
    assert kept.of(3, list) is first[3]
    assert kept.of(0, lambda: [9]) == [9]


def test_pairs_keep_none_of_their_texts_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.copies._SHINGLES", Remembered[bytes, Shingles](10))
    before = _alive()
    for n in range(60):
        copied(shingles("", f"bài {n} một"), shingles("", f"bài {n} hai"))
    assert _alive() - before <= 10


def _alive() -> int:
    gc.collect()
    return sum(type(each) is Shingles for each in gc.get_objects())  # asks nothing of the objects themselves


def test_a_digest_tells_parts_apart_and_takes_any_text() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("\ud800") != digest("\ud801")
