"""Pieces in an order that the grammar cannot refuse: what is missing is said with its place, what was left out is
written.

    words side by side become one operand     bão số 5
    an operator left out becomes AND          "bão" -lũ  →  "bão" AND NOT lũ
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from diembao.core.document import FIELDS, Shape
from diembao.core.query_scan import Piece, What, pieces, wrong

MAX_LENGTH: Final = 2000  # characters; longer is a pasted article, not a question
MAX_DEPTH: Final = 20  # parentheses and NOTs within each other
MAX_PREFIXES: Final = 10  # word*; each may stand for thousands of words of the index
MAX_APART: Final = 40  # words of all NEAR/n together; each of them is two phrases to an engine

_NEARABLE: Final = frozenset({What.WORD, What.PHRASE})
_OPERANDS: Final = frozenset({What.WORD, What.PHRASE, What.PREFIX, What.ALL})


@dataclass(frozen=True, slots=True)
class Operand:
    """What the grammar sees as one word: words side by side, a phrase, a prefix, everything; or several of the first
    two with NEAR between them, ``after`` being the distances and what follows.
    """

    what: What
    at: int
    text: str
    after: tuple[tuple[int, Operand], ...] = ()

    @property
    def last(self) -> Operand:
        return self.after[-1][1] if self.after else self

    def joined(self, word: str) -> Operand:
        """With one more word at the end."""
        if not self.after:
            return replace(self, text=f"{self.text} {word}")
        distance, last = self.after[-1]
        return replace(self, after=(*self.after[:-1], (distance, last.joined(word))))


def in_order(text: str) -> tuple[str, tuple[Operand, ...]]:
    """The grammar's input (``w0 AND NOT title: w1``) and the operands that its words stand for.

    Raises:
        QueryError: too long, too deep, unbalanced, or something is missing.
    """
    if len(text) > MAX_LENGTH:
        wrong(f"Câu tìm dài quá {MAX_LENGTH} ký tự", f"longer than {MAX_LENGTH} characters", MAX_LENGTH)
    order = _Order()
    for piece in pieces(text):
        order.add(piece)
    order.finish(text)
    return " ".join(order.written), tuple(order.operands)


@dataclass(slots=True)
class _Level:
    """One open parenthesis (or the whole query). ``nots`` are those just met; ``merge``: do words side by side make
    one operand here? Not where each is a value of its own.
    """

    at: int
    depth: int
    merge: bool
    nots: int = 0


@dataclass(slots=True)
class _Order:
    operands: list[Operand] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=lambda: [_Level(0, 0, merge=True)])
    last: Piece | None = None
    open_run: bool = False  # the last operand is words that the next word may join
    bound: bool = False  # the last operand belongs to a field or to a minus
    prefixes: int = 0
    apart: int = 0

    def add(self, piece: Piece) -> None:
        if piece.what is What.WORD and self.open_run:
            self.operands[-1] = self.operands[-1].joined(piece.text)
            return
        if self._after_near or piece.what is What.NEAR:
            self._near(piece)
            return
        self._check(piece)
        if self._complete and piece.what not in {What.AND, What.OR, What.CLOSE}:
            self.written.append(What.AND)
        self.open_run = piece.what is What.WORD and self.levels[-1].merge and not self._takes_one
        self.bound = self._takes_one
        self._write(piece)
        self.last = piece

    def _near(self, piece: Piece) -> None:
        """NEAR binds more than anything else: it and what follows become a part of the operand before it."""
        before = self.last
        if piece.what is What.NEAR:
            beside = before is not None and before.what in _NEARABLE and self.levels[-1].merge and not self.bound
            self.apart += int(piece.text)
        else:
            beside = piece.what in _NEARABLE
        if not beside:
            wrong(
                "Hai bên GẦN/n phải là từ hoặc cụm từ trong ngoặc kép; với trường: tít:(a GẦN/5 b)",
                "words or a quotation must stand on both sides of NEAR/n; with a field: title:(a NEAR/5 b)",
                piece.at if before is None or piece.what is What.NEAR else before.at,
            )
        if self.apart > MAX_APART:
            wrong(
                f"Khoảng cách của các dấu GẦN cộng lại quá {MAX_APART} từ",
                f"the distances of all NEAR/n come to more than {MAX_APART} words",
                piece.at,
            )
        if before is not None and piece.what is not What.NEAR:
            last = self.operands[-1]
            following = Operand(piece.what, piece.at, piece.text)
            self.operands[-1] = replace(last, after=(*last.after, (int(before.text), following)))
        self.open_run = piece.what is What.WORD
        self.last = piece

    @property
    def _after_near(self) -> bool:
        return self.last is not None and self.last.what is What.NEAR

    def finish(self, text: str) -> None:
        if self.last and not self._complete:
            self._dangling(self.last)
        if len(self.levels) > 1:
            wrong("Thiếu dấu ngoặc đóng cho dấu ngoặc mở", "the parenthesis is not closed", self.levels[-1].at)
        if not self.written and text.strip():
            wrong("Không có từ nào để tìm", "there is no word to look for", len(text) - len(text.lstrip()))

    @property
    def _complete(self) -> bool:
        """Could the query end here?"""
        return self.last is not None and (self.last.what in _OPERANDS or self.last.what is What.CLOSE)

    @property
    def _names_field(self) -> bool:
        return self.last is not None and self.last.what is What.FIELD

    @property
    def _takes_one(self) -> bool:
        """After ``title:`` and after ``-`` comes one word; NOT speaks of all the words up to the next operator."""
        return self.last is not None and (self.last.what is What.FIELD or self.last.text == "-")

    def _check(self, piece: Piece) -> None:
        if self._names_field and piece.what not in _OPERANDS and piece.what is not What.OPEN:
            self._dangling(self.last or piece)
        if piece.what in {What.AND, What.OR} and not self._complete:
            self._dangling(piece)
        if piece.what is What.CLOSE and len(self.levels) == 1:
            wrong("Thừa dấu ngoặc đóng", "nothing was opened before this parenthesis", piece.at)
        if piece.what is What.CLOSE and not self._complete:
            self._dangling(self.last or piece)

    def _dangling(self, piece: Piece) -> None:
        """Say what is missing beside a piece that cannot stand alone."""
        if piece.what is What.OPEN:
            wrong("Trong ngoặc không có gì", "empty parentheses", piece.at)
        if piece.what is What.FIELD:
            wrong("Trường này thiếu giá trị", f"the field '{piece.text}' has no value", piece.at)
        name = f"{piece.what}/{piece.text}" if piece.what is What.NEAR else piece.what
        wrong(f"Cạnh {name} thiếu từ để tìm", f"words are missing beside {name}", piece.at)

    def _write(self, piece: Piece) -> None:
        level = self.levels[-1]
        if piece.what in _OPERANDS:
            self.written.append(f"w{len(self.operands)}")
            self.operands.append(Operand(piece.what, piece.at, piece.text))
            self._count(piece)
            level.nots = 0
        elif piece.what is What.FIELD:
            self.written.append(f"{piece.text}:")
        else:
            self.written.append(piece.what)
            self._nest(piece, level)

    def _nest(self, piece: Piece, level: _Level) -> None:
        if piece.what is What.CLOSE:
            self.levels.pop()
            self.levels[-1].nots = 0
        elif piece.what is What.OPEN:
            merge = _is_text(self.last.text) if self.last and self._names_field else level.merge
            self.levels.append(_Level(piece.at, level.depth + level.nots + 1, merge=merge))
        elif piece.what is What.NOT:
            level.nots += 1
        if self.levels[-1].depth + self.levels[-1].nots > MAX_DEPTH:
            wrong(f"Lồng nhau quá {MAX_DEPTH} tầng", f"nested deeper than {MAX_DEPTH}", piece.at)

    def _count(self, piece: Piece) -> None:
        self.prefixes += piece.what is What.PREFIX
        if self.prefixes > MAX_PREFIXES:
            wrong(f"Quá {MAX_PREFIXES} từ có dấu *", f"more than {MAX_PREFIXES} words with a star", piece.at)


def _is_text(name: str) -> bool:
    return FIELDS.get(name) is Shape.TEXT
