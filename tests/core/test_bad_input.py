"""Whatever is typed is answered, or refused with the place of the mistake, at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Final

import pytest

from diembao.core.errors import QueryError, WrongUse
from diembao.core.ports import SortBy
from diembao.core.query import Query, parse
from indexer.embedded import EmbeddedIndex
from tests.indexer import generated

NOW: Final = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
# Seconds of processor time, for reading and answering together: 0.2 is promised; a busy machine may take some more.
PROMISED: Final = 0.2

REFUSED: Final = {
    "an open quotation": ('bão "số 5', 4),
    "a parenthesis that is not closed": ("(bão OR lũ", 0),
    "a parenthesis that was not opened": ("bão)", 3),
    "ten thousand characters": ("bão " * 2500, 2000),
    "ten thousand characters without a space": ("b" * 10_000, 2000),
    "two thousand clauses": (" OR ".join(f"b{n}" for n in range(2000)), 2000),
    "ten thousand parentheses": ("(" * 10_000, 2000),
    "ten thousand quotation marks": ('"' * 10_000, 2000),
    "parentheses without end": ("(" * 1000, 20),
    "a leading wildcard": ("*bão", 0),
    "a wildcard within": ("b*o", 1),
    "only a wildcard that begins nothing": ("title:**", 0),
    "NOT alone": ("NOT", 0),
    "KHÔNG at the end": ("bão KHÔNG", 4),
    "OR alone": ("OR", 0),
    "AND AND": ("bão AND AND lũ", 8),
    "an unknown field": ("tácgiả:An", 0),
    "a field without a value": ("báo:", 0),
    "a date that does not exist": ("từ:30/2/2026", 3),
    "a month that does not exist": ("ngày:13/2026", 5),
    "a day of nothing": ("đến:0/0/0000", 4),
    "an instant that does not exist": ("từ:2026-11-21T25:00", 3),
    "too many words with a star": (" ".join(f"a{n}*" for n in range(11)), 40),
    "eleven near each other": (" GẦN/20 ".join(["số bão"] * 11), 35),
    "too far apart": ("bão GẦN/999999999 lũ", 4),
    "nothing but signs": ("!!! ???", 0),
    "an emoji alone": ("🌊", 0),
    "only marks of direction": ("\u202e\u200f", 0),
}
ANSWERED: Final = {
    "an emoji beside a word": "bão 🌊🌀",
    "control characters": "b\x00ão\x1b[31m \x07lũ\x85",
    "marks of direction": "\u202ebão\u202c \u200flũ\u200e",
    "reserved characters": r"bão + - = && || > < ! { } [ ] ^ ~ ? \ / lũ",
    "regular expressions": "/b.*/ [a-z]+ .*",
    "SQL": "'; DROP TABLE articles; --",
    "JSON": 'bão {"match_all": {}}',
    "HTML": "<script>alert(1)</script>",
    "exclusions alone": "-bão -lũ",
    "everything but everything": "NOT *",
    "lone surrogates": "bão \ud800",
    "every kind of space": "bão\u00a0\u2003\u3000\u200b\tlũ\r\n",
    "one word of two thousand characters": "b" * 2000,
    "a thousand words": "b " * 1000,
    "four hundred alternatives": " OR ".join(f"b{n % 10}" for n in range(310)),
    "combining marks without end": "a" + "\u0301" * 1900,
    "numbers without end": "1." * 900,
    "a far year": "từ:2199",
    "three near each other": " GẦN/20 ".join(["số bão"] * 3),
    "stars": "b* q* n* l* h* k* s* c* f* 1*",
    "twenty parentheses": "(" * 20 + "bão" + ")" * 20,
    "nothing": "",
    "only spaces": " \t\n ",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedIndex]:
    with closing(EmbeddedIndex(tmp_path_factory.mktemp("bad") / "index")) as index:
        index.put(generated.documents())
        assert index.search(parse("bão", now=NOW)).total  # all is imported, and the files are read
        yield index


def read(typed: str) -> Query:
    return parse(typed, now=NOW)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_meant_is_refused_at_its_place(name: str) -> None:
    typed, position = REFUSED[name]
    started = time.process_time()
    with pytest.raises(QueryError) as error:
        read(typed)
    assert time.process_time() - started < PROMISED
    assert error.value.position == position
    assert f"ký tự {position + 1}" in str(error.value)
    assert len(str(error.value)) < 300
    assert str(error.value).isprintable()


@pytest.mark.parametrize("name", ANSWERED)
def test_what_can_be_meant_is_answered(index: EmbeddedIndex, name: str) -> None:
    started = time.process_time()
    found = index.search(read(ANSWERED[name]))
    assert time.process_time() - started < PROMISED
    assert 0 <= len(found.hits) <= found.total <= generated.SIZE


@pytest.mark.parametrize(("offset", "limit"), [(-20, 20), (200_000, 20), (9_999, 2), (0, -1)])
@pytest.mark.parametrize("sort", list(SortBy))
def test_a_page_that_nobody_reads_to_is_refused(index: EmbeddedIndex, offset: int, limit: int, sort: SortBy) -> None:
    with pytest.raises(WrongUse, match="10000"):
        index.search(read("bão"), sort=sort, offset=offset, limit=limit)


def test_the_last_page_that_can_be_read_is_answered(index: EmbeddedIndex) -> None:
    assert index.search(read("bão"), offset=9_980, limit=20).hits == ()
