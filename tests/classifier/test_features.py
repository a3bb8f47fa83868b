from __future__ import annotations

import numpy as np
import pytest

from classifier.features import BODY_CHARS, BODY_WEIGHT, HEAD_CHARS, kind_values, read, read_text, shares
from tests.classifier.judging import article


def _grams(text: str) -> set[str]:
    reading = read_text(text, "vi")
    spans = zip(reading.words.starts, reading.words.ends, strict=True)
    return {reading.text[start:end] for start, end in spans}


def test_words_pairs_and_triples_keep_their_place() -> None:
    assert _grams("Quy Nhơn, ngập  lụt") == {
        "Quy", "Nhơn", "ngập", "lụt", "Quy Nhơn", "Nhơn, ngập", "ngập  lụt", "Quy Nhơn, ngập", "Nhơn, ngập  lụt",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("归仁淹水", {"归", "仁", "淹", "水", "归仁", "仁淹", "淹水", "归仁淹", "仁淹水"}),
        ("น้ำเสีย", {"น้ำ", "เสี", "ย", "น้ำเสี", "เสีย", "น้ำเสีย"}),
        ("ព្យុះ", {"ព្យុះ"}),
    ],
)
def test_a_script_without_spaces_is_read_by_what_its_words_are_made_of(text: str, pieces: set[str]) -> None:
    assert _grams(text) == pieces


@pytest.mark.parametrize(
    ("one", "other"),
    [("ngập lụt", "Ngập,  LỤT!"), ("thuý hoà", "thúy hòa"), ("12 tỉ", "98 tỷ"), ("นํ้าท่วม", "น้ำท่วม")],
)
def test_what_reads_the_same_falls_into_the_same_places(one: str, other: str) -> None:
    first, second = read_text(one, "vi"), read_text(other, "vi")
    assert sorted(first.words.places) == sorted(second.words.places)
    assert sorted(first.chars.places) == sorted(second.chars.places)


def test_places_are_the_same_on_every_machine() -> None:
    assert sorted(read_text("ngập lụt", "vi").words.places.tolist()) == PLACES


PLACES = [69124, 80413, 111830]


def test_words_of_the_text_count_less_than_those_of_title_and_lead() -> None:
    reading = read_text("bão", "vi", "lũ")
    counts = {
        reading.text[s:e]: c
        for s, e, c in zip(reading.words.starts, reading.words.ends, reading.words.counts, strict=True)
    }
    assert counts["bão"] == 1
    assert counts["lũ"] == BODY_WEIGHT
    assert (reading.weight(0), reading.weight(reading.text.index("lũ"))) == (1, BODY_WEIGHT)


def test_a_lead_that_the_text_repeats_is_read_once() -> None:
    repeated = read(article("Tin", "Mưa lớn.", "Mưa lớn. Lũ lên."), "vi")
    assert repeated.text.count("Mưa lớn") == 1


def test_no_more_is_read_than_is_weighed() -> None:
    reading = read_text("từ " * 5000, "vi", "lũ " * 5000)
    assert len(reading.text) <= HEAD_CHARS + BODY_CHARS + 1


def test_a_block_has_length_one_and_shares_out_what_stands_twice() -> None:
    reading = read_text("bão bão lũ", "vi")
    found = shares(reading.words, kind_values(reading.words, np.ones(1 << 17, dtype=np.float32)))
    whole = np.bincount(reading.words.places, weights=found)
    assert np.linalg.norm(whole) == pytest.approx(1)
    assert not kind_values(reading.words, np.zeros(1 << 17, dtype=np.float32)).any()
