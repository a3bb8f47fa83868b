"""Matches of answered claims as the API and `--json` tell them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from diembao.core.article import Labelled
from diembao.core.memory import Answered, Match, MatchQuery
from diembao.core.ports import Store
from diembao.response.memory import answered_claims

Told = tuple[Match, Answered]


def told(store: Store, asked: MatchQuery, *, limit: int = 200) -> Sequence[Told]:
    """Matches with the claims that they repeat, the latest found first."""
    return with_claims(store, store.matches(asked, limit=limit))


def with_claims(store: Store, found: Sequence[Match]) -> Sequence[Told]:
    """Without those whose claim is answered no more."""
    known = {claim.key: claim for claim in answered_claims(store)} if found else {}
    return [(match, known[match.key]) for match in found if match.key in known]


def as_json(match: Match, claim: Answered) -> dict[str, Any]:
    repeat = match.repeat
    return {
        "case": match.case,
        "claim": match.claim,
        "quote": claim.quote,
        "statement": claim.issue,
        "title": claim.title,
        "issued_at": claim.issued_at,
        "verdict": claim.verdict,
        "article": match.article_id,
        "revision": match.revision,
        "score": repeat.score,
        "passage": repeat.passage,
        "shared": list(repeat.shared),
        "differs": [
            {"what": each.what.value, "claim": each.claim, "coverage": each.coverage} for each in repeat.differs
        ],
        "found_at": match.at,
        "judged": match.verdict.value if match.verdict else None,
        "withdrawn": match.withdrawn,
    }


def by_article(found: Iterable[Told], items: Iterable[Labelled]) -> list[tuple[Labelled, list[Told]]]:
    """Each article once, in the order in which its first match stands."""
    known = {item.article.id: item for item in items}
    grouped: dict[str, list[Told]] = {}
    for match, claim in found:
        grouped.setdefault(match.article_id, []).append((match, claim))
    return [(known[article_id], each) for article_id, each in grouped.items() if article_id in known]
