"""What the newsroom has published at a moment: the same for the same seed, start and moment."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from demo.copydesk import pieces
from demo.datelines import fill
from demo.faults import CLOSED_PATH
from demo.masthead import BY_ID, OUTLETS
from demo.outlet import Outlet
from demo.piece import Piece, Words


@dataclass(frozen=True, slots=True)
class Item:
    """An article in print: where and when, and its words in force.

    `address` is the canonical path; `listed` are the paths that feeds and front pages link to. `changed` is when
    the words last changed. `picture` is the number of its picture.
    """

    piece: Piece
    outlet: Outlet
    at: datetime
    changed: datetime
    address: str
    listed: tuple[str, ...]
    picture: str
    title: str
    lead: str
    body: tuple[str, ...]

    @property
    def dated(self) -> datetime | None:
        """The time that its page says."""
        if self.piece.fault == "undated":
            return None
        return self.at + timedelta(days=365) if self.piece.fault == "next-year" else self.at


@dataclass(frozen=True, slots=True)
class _Slot:
    piece: Piece
    at: datetime
    number: int


class Edition:
    """All outlets' articles, counted from `start`; `seed` shifts seconds and numbers in addresses. `more` are in print
    too, and shift no number of the others.
    """

    def __init__(
        self, *, seed: int, start: datetime, articles: Sequence[Piece] | None = None, more: Sequence[Piece] = ()
    ) -> None:
        if start.tzinfo is None:
            raise ValueError("start needs a zone")
        self.start = start.replace(microsecond=0)
        self._seed = seed
        written = pieces() if articles is None else articles
        self._pieces = {piece.slug: piece for piece in (*written, *more)}
        first, later = _by_outlet(written), _by_outlet(more)
        self._slots = {
            outlet.id: sorted(
                [*self._numbered(outlet.id, first[outlet.id]), *self._numbered(f"{outlet.id}:more", later[outlet.id])],
                key=lambda slot: (slot.at, slot.piece.slug),
                reverse=True,
            )
            for outlet in OUTLETS
        }

    def visible(self, outlet: str, now: datetime) -> tuple[Item, ...]:
        """What the outlet has published by now, newest first."""
        return tuple(self._item(slot, now) for slot in self._slots[outlet] if slot.at <= now)

    def _published(self, piece: Piece) -> datetime:
        at = piece.when.resolve(self.start, ZoneInfo(BY_ID[piece.outlet].timezone))
        if piece.when.clock is None:
            return at  # minutes around start are kept to the second: people wait for them
        return at.replace(second=random.Random(f"{self._seed}:{piece.slug}").randrange(60))

    def _numbered(self, block: str, written: Iterable[Piece]) -> list[_Slot]:
        """Numbers grow with time, with gaps for second addresses, from one that the name of the block settles."""
        ordered = sorted((self._published(x), x.slug) for x in written)
        first = random.Random(f"{self._seed}:{block}").randrange(100_000, 800_000)
        return [_Slot(self._pieces[slug], at, first + 7 * rank) for rank, (at, slug) in enumerate(ordered)]

    def _item(self, slot: _Slot, now: datetime) -> Item:
        piece, outlet = slot.piece, BY_ID[slot.piece.outlet]
        words, changed = piece.words, slot.at
        if piece.edit and now >= (edited := self.start + timedelta(minutes=piece.edit[0])):
            words, changed = piece.edit[1], max(edited.astimezone(slot.at.tzinfo), slot.at)
        title, lead, body = self._filled(piece, words, slot.at)
        address, listed = _addresses(slot, outlet)
        return Item(piece, outlet, slot.at, changed, address, listed, str(slot.number), title, lead, body)

    def _filled(self, piece: Piece, words: Words, at: datetime) -> tuple[str, str, tuple[str, ...]]:
        """Days are counted from the publication of the original: a copy says what the original said."""
        if piece.copy_of:
            at = self._published(self._pieces[piece.copy_of])
        lead, *body = (fill(text, at, piece.language) for text in (words.lead, *words.body))
        return words.title, lead, tuple(body)


def _by_outlet(written: Iterable[Piece]) -> defaultdict[str, list[Piece]]:
    found: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in written:
        found[piece.outlet].append(piece)
    return found


def _addresses(slot: _Slot, outlet: Outlet) -> tuple[str, tuple[str, ...]]:
    def path(number: int, slug: str) -> str:
        return outlet.path.format(slug=slug, number=number, date=f"{slot.at:%Y/%m/%d}")

    address = path(slot.number, slot.piece.slug)
    match slot.piece.fault:
        case "robots":
            address = CLOSED_PATH.rstrip("/") + address
            return address, (address,)
        case "moved":
            return address, (f"/r/{slot.number}",)
        case "two-urls":
            return address, (address, path(slot.number + 1, f"{slot.piece.slug}-1"))
    return address, (address,)
