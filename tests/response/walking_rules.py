"""What must hold of a case, whatever was done to it by whom: read from the case itself, by none of the code that is
tried.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

from diembao.api.rights import Visitor
from diembao.core.accounts import Grant, Role
from diembao.core.case import Act, CaseFile, CaseLine, CaseState, Draft
from diembao.core.requests import RequestState
from diembao.response.clock import Clock
from diembao.response.moves import MOVES
from diembao.response.statements import answered, unmarked
from tests.response.walking_people import ABROAD
from tests.store.making import id_of

MAY_ISSUE = frozenset({Role.OFFICER, Role.APPROVER})
MAY_APPROVE = frozenset({Role.APPROVER})
AT_THE_DESK = frozenset({Role.OFFICER, Role.APPROVER, Role.UNIT_OFFICER, Role.FOREIGN_AFFAIRS})
_FOREIGN = frozenset(map(id_of, ABROAD))
_BY_NOBODY = frozenset({Act.JOINED, Act.WARNED})  # the machine's


def words_of(draft: Draft) -> tuple[str, ...]:
    """Titles and texts of a version as they leave, language by language."""
    whole = [draft.wording.said(language) for language in draft.wording.languages]
    told = [part for said in whole for part in (said.title, unmarked(said.text))]
    return tuple(words for each in told if (words := " ".join(each.split())))


def is_whole(draft: Draft) -> bool:
    """May it be read by a second person: a form, and in each of its languages title, text and who speaks?"""
    whole = [draft.wording.said(language) for language in draft.wording.languages]
    return bool(draft.form) and all(said.title and said.text and said.speaker for said in whole)


def digest(draft: Draft) -> str:
    return hashlib.sha256(repr((draft.form, draft.wording)).encode()).hexdigest()


class Rules:
    """``people`` by the number of their account; ``written`` is what they saved: a digest by case and version."""

    people: Sequence[Visitor]
    written: dict[tuple[str, int], str]

    def grants(self, actor: str, province: str) -> list[Grant]:
        grants = self.people[int(actor.partition(":")[2]) - 1].grants
        return [grant for grant in grants if grant.province in {"", province}]

    def roles(self, actor: str, province: str) -> set[Role]:
        return {grant.role for grant in self.grants(actor, province)}

    def check(self, before: CaseFile, found: CaseFile, province: str, clock: Clock) -> None:
        """Of one case, after an act; ``before`` is the case without a line for one that is checked as a whole."""
        self._state(found)
        self._covered(before, found)
        self._requests(found, clock)
        assert found.log[: len(before.log)] == before.log, "a line of the log was changed"
        assert found.drafts[: len(before.drafts)] == before.drafts, "a version was changed"
        for draft in found.drafts[len(before.drafts) :]:
            assert self.written.setdefault((found.case.number, draft.version), digest(draft)) == digest(draft)
        for line in found.log[len(before.log) :]:
            self._line(before, found, line, province)

    def _state(self, found: CaseFile) -> None:
        case, newest = found.case, max((draft.version for draft in found.drafts), default=0)
        assert not case.state.ended or case.reason
        assert (case.outcome is not None) == (case.state is CaseState.CLOSED)
        assert case.approved == 0 or (case.state is CaseState.APPROVAL and case.approved == newest) or found.issues
        assert case.details.unit not in case.details.helping
        assert case.state is CaseState.NEW or case.holder or case.state is CaseState.NO_ANSWER
        if case.state is CaseState.APPROVAL:
            _ready(found, newest)
        if case.state in {CaseState.ISSUED, CaseState.FOLLOWED}:
            assert found.issues
            assert found.issues[-1].version == newest
        for claim in found.claims:
            assert (claim.verdict is None) == (claim.marked_by == "")
            assert claim.verdict is None or any(each.claim == claim.number for each in found.exhibits)

    def _covered(self, before: CaseFile, found: CaseFile) -> None:
        """What it has is what it had, with what its log added, without what its log took out."""
        has = {each.article_id for each in before.coverage}
        for line in found.log[len(before.log) :]:
            articles = set(line.facts.get("articles", "").split())
            has = has - articles if line.act is Act.REMOVED else has | articles
        assert {each.article_id for each in found.coverage} == has
        assert found.case.articles == len(has)

    def _requests(self, found: CaseFile, clock: Clock) -> None:
        case = found.case
        for each in found.requests:
            assert each.waiting == (each.ended_at is None) == (each.ended_by == "")
            assert each.waiting or each.link < 0, "a link still opens what is over"
            assert bool(each.answer) == (each.state is RequestState.ANSWERED)
            assert bool(each.reason) == (each.state is RequestState.WITHDRAWN)
        waited_for = [each for each in found.requests if each.waiting and each.waits]
        assert (case.paused_at is not None) == bool(waited_for)
        assert not (case.state.ended and any(each.waiting for each in found.requests))
        assert case.planned_at == clock.planned(case.details, case.opened_at)
        assert case.due_at == clock.due(case, found.requests)
        assert case.due_at is not None
        assert case.planned_at is not None
        assert case.due_at >= case.planned_at

    def _line(self, before: CaseFile, found: CaseFile, line: CaseLine, province: str) -> None:
        if line.act in _BY_NOBODY:
            assert not line.by.startswith("person:")
        elif line.act is Act.ANSWERED:
            self._answered(found, line, province)
        elif line.act is not Act.SEEN:
            self._by(before, found, line, province)

    def _by(self, before: CaseFile, found: CaseFile, line: CaseLine, province: str) -> None:
        roles, authors = self.roles(line.by, province), {draft.by for draft in before.drafts}
        assert roles & AT_THE_DESK
        if line.act is Act.APPROVED:
            assert roles & MAY_APPROVE
            assert line.by not in authors
            assert before.case.state is CaseState.APPROVAL
        elif line.act is Act.ISSUED:
            assert roles & MAY_ISSUE
            _approved(before)
        elif line.act is Act.RETRACTED:
            assert roles & MAY_APPROVE
            assert line.by not in authors, "taken back by one"
        elif line.act is Act.MOVED:
            assert CaseState(line.facts["to"]) in MOVES[before.case.state]
            assert found.case.approved == 0
            assert found.case.state is not CaseState.TAKEN or found.case.holder == line.by
        elif line.act is Act.CHANGED:
            assert roles & MAY_ISSUE
            assert not {"title", "unit"} & line.facts.keys() or found.case.approved == 0
        if not roles & MAY_ISSUE:
            self._has_in_hand(before, found, line, province)

    def _has_in_hand(self, before: CaseFile, found: CaseFile, line: CaseLine, province: str) -> None:
        """Of a unit: what it leads or helps with; of foreign affairs also what has coverage from abroad."""
        details = (before.case if before.log else found.case).details
        held = {each.article_id for each in (*before.coverage, *found.coverage)}
        grants = [grant for grant in self.grants(line.by, province) if grant.role in AT_THE_DESK]
        own = any(grant.unit in {details.unit, *details.helping} for grant in grants)
        abroad = any(grant.role is Role.FOREIGN_AFFAIRS for grant in grants) and bool(held & _FOREIGN)
        assert own or abroad

    def _answered(self, found: CaseFile, line: CaseLine, province: str) -> None:
        """Somebody of that unit, whoever has its link, or an officer for it."""
        unit = next(each.unit for each in found.requests if each.number == int(line.facts["request"]))
        if line.by != f"link:{unit}":
            grants = self.grants(line.by, province)
            assert any(grant.role in MAY_ISSUE or grant.unit == unit for grant in grants)


def _approved(before: CaseFile) -> None:
    """What is issued is the newest version, approved by who wrote at none."""
    assert before.case.state is CaseState.APPROVAL
    assert before.case.approved == max(draft.version for draft in before.drafts)
    last = [each for each in before.decisions if each.approved][-1]
    assert last.version == before.case.approved
    assert last.by not in {draft.by for draft in before.drafts}


def _ready(found: CaseFile, newest: int) -> None:
    draft = found.drafts[-1]
    assert draft.version == newest
    assert is_whole(draft)
    verdicts = {claim.number: claim.verdict for claim in found.claims}
    assert all(verdicts[number] for number in answered(draft))


def check_documents(found: CaseFile, documents: Mapping[str, bytes | None], others: Collection[str]) -> None:
    """The newest issue holds the words of the approved version, in every language, byte for byte, under the digest
    that was kept; and none that only ``others``, versions that were not approved, have.
    """
    issue = found.issues[-1]
    draft = next(each for each in found.drafts if each.version == issue.version)
    for ending, value in issue.documents.items():
        data = documents[ending]
        assert data is not None
        assert hashlib.sha256(data).hexdigest() == value
        if ending in {".txt", ".html"}:
            text = data.decode()
            assert all(each in text or each.upper() in text for each in words_of(draft))
            assert not any(each in text or each.upper() in text for each in others)
