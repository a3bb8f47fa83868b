"""New coverage of a story joins the open cases that follow it, by the machine's hand: the only thing that it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from diembao.core.article import Kind
from diembao.core.case import MACHINE, Act, CaseLine, Covered
from diembao.core.ports import Store, Writer

# Articles of one act, and of one line of the log.
ARTICLES: Final = 100


def join(store: Store, write: Writer, article_ids: Sequence[str], now: datetime) -> int:
    """Coverage of the stories that these articles are in joins the open cases that follow those stories, and each
    case's log says so; how many joined. What a person took out of a case stays out.
    """
    followed = write.followed()
    if not followed:
        return 0
    touched = {item.key(Kind.STORY) for item in store.articles(article_ids)}
    wanted = sorted({(number, story) for number, story in followed if story in touched})
    members = store.story_members(sorted({story for _, story in wanted}))
    joined: dict[str, list[str]] = {}
    for number, story in wanted:
        new = write.cover(number, [Covered(each, MACHINE, now) for each in members[story]])
        joined.setdefault(number, []).extend(new)
    for number, new in joined.items():
        for part in _parts(new):
            write.add_line(number, CaseLine(Act.JOINED, MACHINE, now, {"articles": " ".join(part)}))
    return sum(map(len, joined.values()))


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), ARTICLES):
        yield ids[start : start + ARTICLES]
