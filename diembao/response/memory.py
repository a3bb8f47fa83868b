"""Answer memory: which claims are answered, and what people say of the coverage that the machine holds for a repeat.

The machine proposes (`pipeline.remembering`); a person accepts or refuses, and both are kept. Nothing is answered,
joined or opened by a match itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from diembao.core.article import Kind, Labelled
from diembao.core.case import Draft
from diembao.core.errors import WrongUse
from diembao.core.memory import Answered, Issued, Judged, Match
from diembao.core.ports import Store
from diembao.core.statement import Claim, standing
from diembao.response.acts import Actor, there, words
from diembao.response.statements import answered as marked
from diembao.response.statements import unmarked

WHY: Final = 500  # characters of why a match was refused


def answered_claims(store: Store) -> tuple[Answered, ...]:
    """Every claim that an issued statement answers, each with the one that stands of those that do
    (`core.statement.standing`), by case and number.
    """
    issued = store.issued()
    ids = sorted({claim.article_id for each in issued for claim in each.claims})
    items = {item.article.id: item for item in store.rows(ids)}
    return tuple(
        each for _, of_case in groupby(issued, key=lambda one: one.case) for each in _of_case(list(of_case), items)
    )


def _of_case(newest_first: Sequence[Issued], items: Mapping[str, Labelled]) -> Iterator[Answered]:
    by_claim: dict[int, dict[int, tuple[Issued, Claim]]] = {}
    for issued in newest_first:
        for claim in answers(issued.draft, issued.claims):
            by_claim.setdefault(claim.number, {})[issued.issue.number] = issued, claim
    issues = [issued.issue for issued in newest_first]
    for _, its in sorted(by_claim.items()):
        holds = standing(issues, its)
        if holds is None:
            continue
        issued, claim = its[holds.number]
        if claim.article_id in items:
            yield _answered(issued, claim, items[claim.article_id])


def answers(draft: Draft, claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims that its facts bear the numbers of; without any mark, all of which a verdict was given."""
    numbers = marked(draft)
    if numbers:
        return [claim for claim in claims if claim.number in numbers]
    return [claim for claim in claims if claim.verdict is not None]


def _answered(issued: Issued, claim: Claim, item: Labelled) -> Answered:
    draft = issued.draft
    return Answered(
        case=issued.case,
        claim=claim.number,
        quote=claim.quote,
        language=item.key(Kind.LANGUAGE) or item.article.language,
        said_at=item.article.when,
        issue=issued.issue.number,
        issued_at=issued.issue.at,
        answer="\n".join(unmarked(text) for text in (draft.text, *draft.others.values())),
        verdict=claim.verdict,
        article_id=claim.article_id,
        title=issued.title,
    )


def judge(store: Store, judged: Judged, *, where: str = "") -> Match:
    """What a person says of a match; said anew, the word before ends. The match as it stands then.

    Raises:
        WrongUse: not a person, or there is no such match.
    """
    actor = Actor(judged.by, judged.at, where)
    said = replace(judged, why=words(judged.why, WHY, "lý do", "why"))
    key = judged.case, judged.claim, judged.article_id
    with store.writing() as write:
        there(write, judged.case)
        found = write.match(*key)
        if found is None:
            raise no_match(*key)
        write.judge_match(said, where=actor.where)
    return replace(found, verdict=said.verdict, by=said.by, why=said.why)


def no_match(case: str, claim: int, article_id: str) -> WrongUse:
    return WrongUse(
        f"Bài {article_id[:40]} không được ghép với điểm {claim} của {case[:40]}"
        f" (Article {article_id[:40]} is not matched with claim {claim} of {case[:40]})"
    )
