"""What outlets changed in articles of a period after they came out: titles and words, as they were and as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from diembao.core.article import Labelled
from diembao.core.ports import Store


@dataclass(frozen=True, slots=True)
class Edit:
    """The first words against the newest; ``title`` is the first title where that was another."""

    at: datetime
    times: int
    title: str = ""
    lead: bool = False
    text: bool = False


def edits(store: Store, items: Iterable[Labelled]) -> dict[str, Edit]:
    """Of those that were changed, by id."""
    told = ((item.article.id, store.revisions(item.article.id)) for item in items)
    return {
        each: Edit(
            at=known[-1].seen_at,
            times=len(known) - 1,
            title=known[0].title if known[0].title != known[-1].title else "",
            lead=known[0].lead != known[-1].lead,
            text=known[0].text != known[-1].text,
        )
        for each, known in told
        if len(known) > 1
    }
