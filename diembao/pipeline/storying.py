"""A person takes an article out of its story, or puts two stories together; it holds whenever stories are made anew."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime

from diembao.core.accounts import Hand
from diembao.core.article import Kind
from diembao.core.errors import WrongUse
from diembao.pipeline.wiring import Installation

# Members of a story that are named one by one; a larger one is split from its earliest ones.
MOST = 200
# Articles that are taken out of a story together.
PARTED = 20


def split(house: Installation, article_id: str, hand: Hand, why: str, now: datetime) -> None:
    """This article is not about what the others of its story are about.

    Raises:
        WrongUse: no such article, or it is alone.
    """
    others = [each for each in _members(house, article_id) if each != article_id]
    if not others:
        raise WrongUse("Chuyện chỉ có bài này. / The story has no other article.")
    pairs = [(article_id, other) for other in others]
    house.store.tie(pairs, together=False, by=hand.actor, why=why, now=now, where=hand.where)


def part(house: Installation, ids: Sequence[str], hands: Sequence[Hand], why: str, now: datetime) -> None:
    """These articles of one story are not about what its others are about; ``hands`` are whose word it is of each.
    Whether they are of one story among themselves is for the machine to say, or for another word.

    Raises:
        WrongUse: none or too many, not all of one story, or all of it.
    """
    if not 0 < len(ids) <= PARTED:
        raise WrongUse(f"Tách mỗi lần 1–{PARTED} bài. / 1 to {PARTED} articles are split at a time.")
    members = _members(house, ids[0])
    others = [each for each in members if each not in ids]
    if not set(ids) <= set(members):
        raise WrongUse("Các bài không cùng một chuyện. / The articles are not of one story.")
    if not others:
        raise WrongUse("Phải để lại ít nhất một bài. / At least one article has to stay.")
    for each, hand in zip(ids, hands, strict=True):
        pairs = [(each, other) for other in others]
        house.store.tie(pairs, together=False, by=hand.actor, why=why, now=now, where=hand.where)


def merge(house: Installation, article_id: str, other_id: str, hand: Hand, why: str, now: datetime) -> None:
    """The stories of these two articles are one.

    Raises:
        WrongUse: no such article, or both are of one story already.
    """
    mine, theirs = _members(house, article_id), _members(house, other_id)
    if set(mine) & set(theirs):
        raise WrongUse("Hai bài đã cùng một chuyện. / Both are of one story already.")
    instead = list(itertools.product(mine, theirs))
    pairs = [(article_id, other_id)]
    house.store.tie(pairs, together=True, instead=instead, by=hand.actor, why=why, now=now, where=hand.where)


def _members(house: Installation, article_id: str) -> list[str]:
    item = house.store.article(article_id)
    if item is None:
        raise WrongUse("Không có bài này trong kho. / There is no such article.")
    story = item.key(Kind.STORY)
    members = house.store.story_members([story])[story] if story else ()
    return [*dict.fromkeys([article_id, *members])][:MOST]
