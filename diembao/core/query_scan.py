"""Typed text → pieces: words, phrases, names of fields, operators, parentheses, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NoReturn

from diembao.core.analysis import has_tokens
from diembao.core.document import FIELDS, Shape
from diembao.core.errors import QueryError
from diembao.core.query import MAX_DISTANCE
from diembao.core.query_dates import SPACED
from diembao.core.query_words import OPERATORS, RANGES, field_of, nearest_field
from diembao.core.text import clean, fold, nfc


class What(StrEnum):
    WORD = "word"
    PHRASE = "phrase"
    PREFIX = "prefix"
    ALL = "*"
    FIELD = "field"  # its name; what is asked of it follows
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    NEAR = "NEAR"  # its text is the number of words


@dataclass(frozen=True, slots=True)
class Piece:
    """``text`` is the word, the inside of the quotation, the field's name, or the sign as it was typed."""

    what: What
    at: int
    text: str = ""


QUOTES: Final = '"“”„‟'  # straight and typographic ones close each other: texts are pasted
_PHRASE: Final = rf"[{QUOTES}](?P<phrase>(?:[^{QUOTES}\\]|\\.)*+)[{QUOTES}]"
_REST: Final = rf"[^\s(){QUOTES}]"
_NEAR: Final = f"NEAR|GẦN|{unicodedata.normalize('NFD', 'GẦN')}"
_PIECE: Final = re.compile(
    rf"(?P<space>\s+)|{_PHRASE}|(?P<quote>[{QUOTES}])|(?P<open>\()|(?P<close>\))"
    rf"|(?:{_NEAR})/(?P<near>\d+)(?=[\s(){QUOTES}]|$)"  # never without its number: headlines are typed in capitals
    rf"|(?P<minus>(?<![^\s(])-(?=[^\W_]|[({QUOTES}]))"
    rf"|(?P<address>(?:\d+:\d|\w+://){_REST}*)"  # 10:30 and https:// name no field
    rf"|(?P<name>[^\s(){QUOTES}:]+):"
    rf"|(?P<word>{_REST}+?(?=[\s(){QUOTES}:]|$))"
    rf"|(?P<colon>:)",
    re.DOTALL,
)
_VALUE: Final = re.compile(rf"\s*(?:{_PHRASE}|(?P<word>{_REST}+))", re.DOTALL)
_EDGES: Final = "-+:,;.!?…'’‘`*/\\|~^=<>[]{}#&"


def wrong(vietnamese: str, english: str, at: int) -> NoReturn:
    """Raise one sentence in both languages, with the place as people count (from 1)."""
    message = f"{vietnamese}, ở ký tự {at + 1} ({english}, at character {at + 1})"
    raise QueryError(message, position=at, said=(vietnamese, english))


def shortened(typed: str) -> str:
    """What a message may repeat of what was typed."""
    return typed if len(typed) <= 40 else f"{typed[:40]}…"


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a typed query, in order; punctuation that stands alone is left out.

    Raises:
        QueryError: a quotation without end, an unknown field, a star in a word, a distance too large.
    """
    place = 0
    while place < len(text):
        found = _PIECE.match(text, place)
        if found is None:  # cannot be: every character begins a piece
            place += 1
            continue
        place = found.end()
        kind, at = str(found.lastgroup), found.start()
        if kind == "name":
            piece, place = _named(text, found)
            yield from piece
        elif kind == "quote":
            wrong("Thiếu dấu ngoặc kép đóng", "the quotation is not closed", at)
        elif kind == "phrase":
            yield from _phrase(found["phrase"], at)
        elif kind in {"word", "address"}:
            yield from _word(found[0], at)
        elif kind == "near":
            yield _near(found["near"], at)
        elif kind in _MARKS:
            yield Piece(_MARKS[kind], at, found[0])


def _near(number: str, at: int) -> Piece:
    if len(number) > 3 or int(number) > MAX_DISTANCE:
        wrong(f"Khoảng cách lớn nhất là {MAX_DISTANCE} từ", f"at most {MAX_DISTANCE} words apart", at)
    return Piece(What.NEAR, at, number)


_MARKS: Final = {"open": What.OPEN, "close": What.CLOSE, "minus": What.NOT}


def _named(text: str, found: re.Match[str]) -> tuple[list[Piece], int]:
    """``name:`` and, unless a parenthesis opens, its value, which may hold what words may not (10:30, -7d)."""
    name, at, after = found["name"].strip(_EDGES), found.start(), found.end()
    field = field_of(name)
    if field is None:
        if after == len(text) or text[after].isspace():
            return list(_word(name, at)), after  # "Bình Định: tin mới" is a headline, and names no field
        near = nearest_field(name)
        wrong(
            f"Không có trường '{shortened(name)}', gần nhất là '{near}'",
            f"no field '{shortened(name)}', the nearest is '{near}'",
            at,
        )
    head = Piece(What.FIELD, at, field)
    spaced = _spaced(text, after) if field in RANGES or FIELDS.get(field) is Shape.TIME else ""
    if spaced:
        return [head, Piece(What.WORD, after, clean(spaced))], after + len(spaced)
    value = _VALUE.match(text, after)
    if value is None or (value["word"] in OPERATORS and text[after].isspace()):
        return [head], after  # a parenthesis, or nothing: the order of the pieces tells
    place = value.start(str(value.lastgroup))
    if value.lastgroup == "phrase":
        return [head, Piece(What.PHRASE, place - 1, unescaped(value["phrase"]))], value.end()
    return [head, *_word(value["word"], place, value=True)], value.end()


def _spaced(text: str, after: int) -> str:
    """A time of several words (7 ngày, tuần này), which needs no quotes."""
    following = text[after : after + 60]
    letters = [(place, fold(letter)) for place, letter in enumerate(following)]
    plain = [(place, letter) for place, letter in letters if len(letter) == 1]  # marks typed apart are gone
    line = "".join(letter for _, letter in plain)
    found = SPACED.match(line, len(line) - len(line.lstrip()))
    if not found:
        return ""
    end = plain[found.end()][0] if found.end() < len(plain) else len(following)
    return following[:end]


def _phrase(inside: str, at: int) -> Iterator[Piece]:
    if has_tokens(inside):
        yield Piece(What.PHRASE, at, unescaped(inside))


def unescaped(inside: str) -> str:
    return clean(re.sub(r"\\(.)", r"\1", inside, flags=re.DOTALL)).replace("\n", " ")


def _word(typed: str, at: int, *, value: bool = False) -> Iterator[Piece]:
    word = " ".join(clean(nfc(typed)).split())
    if word in OPERATORS and not value:
        yield Piece(What(OPERATORS[word]), at)
    elif word == "*" and not value:
        yield Piece(What.ALL, at)
    elif value:
        yield from _value(word, at)
    else:
        yield from _text(word, at)


def _value(word: str, at: int) -> Iterator[Piece]:
    if word.endswith("*"):
        yield from _text(word, at)
    elif word:
        yield Piece(What.WORD, at, word)


def _text(word: str, at: int) -> Iterator[Piece]:
    bare = word.strip(_EDGES)
    if not has_tokens(bare):
        return
    if "*" in bare or word.lstrip(_EDGES.replace("*", "")).startswith("*"):
        wrong("Dấu * chỉ đứng ở cuối một từ", "the star may only end a word", at + max(word.find("*"), 0))
    if bare in OPERATORS:  # ":AND" is a word like any other, and must not become an operator when written again
        bare = bare.lower()
    is_prefix = word.rstrip(_EDGES.replace("*", "")).endswith("*")
    yield Piece(What.PREFIX if is_prefix else What.WORD, at, bare)
