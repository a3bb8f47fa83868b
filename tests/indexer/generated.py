"""Documents and trees for comparing engines: few words, so that most trees find something and not everything."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from hypothesis import strategies as st

from diembao.core.document import Document
from diembao.core.query import All, Bool, Near, Phrase, Prefix, Query, Range, Terms, Text
from tests.indexer.articles import NOW

WORDS: Final = (
    *(
        "bão",
        "báo",
        "bao",
        "lũ",
        "Quy",
        "Qui",
        "Nhơn",
        "nhọn",
        "hoà",
        "hòa",
        "kỹ",
        "kĩ",
        "số",
        "5",
        "12/5/2026",
        "3,5%",
    ),
    *("flood", "Covid-19", "平定", "定平", "省", "กวีเญิน", "เมือง", "ເມືອງ", "ຫວຽດນາມ", "ខេត្ត", "Куинён", "l'eau"),
)
KEYWORDS: Final = {
    "outlet": ("vnexpress", "tuoitre", "baogialai", "none-such"),
    "theme": ("tourism", "asean", "sea-islands"),
    "stance": ("critical", "neutral", "abstain"),
    "language": ("vi", "zh", "th"),
}
SIZE: Final = 120  # documents


def documents() -> list[Document]:
    """Always the same."""
    chance = random.Random(7)
    return [_document(number, chance) for number in range(SIZE)]


def _document(number: int, chance: random.Random) -> Document:
    def words(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randrange(most + 1)))

    # The last value of each is nobody's.
    keywords = {n: tuple(value for value in values[:-1] if chance.random() < 0.4) for n, values in KEYWORDS.items()}
    keywords["stance"] = keywords["stance"][:1]  # an index refuses two
    hours = timedelta(hours=chance.randrange(200), milliseconds=chance.randrange(1000))
    return Document(f"{number:04d}", words(4), words(5), words(14), NOW - hours, NOW - hours / 2, keywords)


def _said(most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=most).map(" ".join)


def _among(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3).map(tuple)


_FIELD: Final = st.sampled_from(["text", "title"])
_MOMENT: Final = st.one_of(st.none(), st.integers(0, 220).map(lambda hours: NOW - timedelta(hours=hours)))
LEAVES: Final[st.SearchStrategy[Query]] = st.one_of(
    st.just(All()),
    st.builds(Text, _FIELD, _said(2)),
    st.builds(Phrase, _FIELD, _said(3)),
    st.builds(Near, _FIELD, _said(2), _said(2), st.integers(0, 6)),
    st.builds(Prefix, _FIELD, st.sampled_from(["b", "bã", "qu", "Ky", "covid-1", "平", "n", "số 5", "l'e", "12"])),
    st.sampled_from(sorted(KEYWORDS)).flatmap(lambda name: st.builds(Terms, st.just(name), _among(KEYWORDS[name]))),
    st.builds(Range, st.sampled_from(["published", "seen"]), _MOMENT, _MOMENT),
)


def _together(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    some = st.lists(children, max_size=3).map(tuple)
    return st.builds(Bool, some, some, some)


TREES: Final[st.SearchStrategy[Query]] = st.recursive(LEAVES, _together, max_leaves=8)
