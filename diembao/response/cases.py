"""The desk: what a person does about a case. Each act is one transaction and one line of the case's log. What is
claimed and answered in it: `claims`, `statements`; what units are asked: `requests`.

Who acts is an argument everywhere. A case is opened by a person only; the machine adds new coverage of a story
that a case follows (`join`), tells of clocks (`reminding`), writes both into the case's log, and touches nothing else.

What the lines' facts hold: opened {title, unit, due, origin}; moved {from, to, reason, outcome}; changed {field: "old →
new"}; added, removed, joined {articles: ids with spaces between, `ARTICLES` of them at most}; noted {mentions}; seen
{}; drafted {version}; claimed {claim, article,
revision}; attached {claim, exhibit, kind, value}; marked {claim, verdict, before, reason}; approved {version}; issued
{issue, version, channel, recipients}. What was done on the command line has {where: console} beside.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.accounts import Account
from diembao.core.article import Kind, Labelled
from diembao.core.case import Act, Case, CaseState, Covered, Details, Note
from diembao.core.desk import FROM_ARTICLE, Opening, Origin, Outcome
from diembao.core.errors import WrongUse
from diembao.core.ports import Store, Writer
from diembao.core.statement import Decision
from diembao.plan.reader import Profile, Task
from diembao.response import moves
from diembao.response.acts import Actor, line, put, there, unchanged, words
from diembao.response.calling import called, check_people, check_readers
from diembao.response.clock import Clock
from diembao.response.coverage import ARTICLES, join
from diembao.response.requests import Requests
from diembao.response.statements import check_ready

__all__ = ["Actor", "Desk", "join"]

# Characters; themes and helping units of a case.
TITLE, REASON, NOTE = 300, 2_000, 10_000
LISTED: Final = 30
# Whose field a matter without a theme is: informing the press.
_WITHOUT_THEME: Final = "policy-communication"
# Tasks of this group are what the desk is for, and are proposed first.
_DESK: Final = "4."


class Desk:
    """The cases of one installation."""

    def __init__(self, store: Store, profile: Profile) -> None:
        self._store, self._profile = store, profile
        self._clock, self._requests = Clock(profile), Requests(store, profile)

    # -- proposals: a person decides
    def proposal(self, item: Labelled, now: datetime) -> Details:
        """What a case about this article would be: the unit by the field of its first theme, the first task in force
        that has one of its themes, the units of its other themes to help.
        """
        found = item.keys(Kind.THEME, self._profile.id)[:LISTED]
        units = [self._profile.fields[theme] for theme in found or (_WITHOUT_THEME,) if theme in self._profile.fields]
        task = next((task for task in self.tasks(found) if not task.expired(self._year(now))), None)
        return Details(
            title=" ".join(item.article.title.split())[:TITLE],
            unit=units[0] if units else "",
            themes=found,
            helping=tuple(dict.fromkeys(unit for unit in units if unit != units[0])),
            task=task.number if task else "",
        )

    def tasks(self, chosen: Sequence[str]) -> Sequence[Task]:
        """The plan's tasks that have one of these themes, those of group 4 first; expired ones too."""
        fitting = [task for task in self._profile.tasks if set(task.themes) & set(chosen)]
        return sorted(fitting, key=lambda task: not task.number.startswith(_DESK))

    # -- acts
    def open(
        self,
        details: Details,
        articles: Sequence[str],
        actor: Actor,
        *,
        another: bool = False,
        shown: Callable[[Case], bool] = lambda _: True,
        opening: Opening = FROM_ARTICLE,
    ) -> Case:
        """A new case about these articles; the coverage of their stories joins at once. ``another``: also beside an
        open case that holds them already. ``shown``: may the actor read that case? Of others no number is told.
        What was told on the phone has to be said.

        Raises:
            WrongUse: no title, an unknown unit, theme, task, person or article; or there is an open case with one of
                them.
        """
        with self._store.writing() as write:
            # Nobody else writes meanwhile: of two who open it at once, the second is told.
            if articles and not another:
                self._not_yet(articles, shown)
            case = self.begin(write, details, actor, opening)
            if articles:  # the opening bears the request
                self._add(write, case.number, articles, replace(actor, once=None))
            return there(write, case.number)

    def begin(self, write: Writer, details: Details, actor: Actor, opening: Opening) -> Case:
        """A new case without articles, in a transaction that goes on."""
        checked = self._checked(details)
        first = words(opening.said, NOTE, "ghi chú", "the note", needed=opening.origin is Origin.PHONE)
        due = self._clock.planned(checked, actor.now)
        new = Case("", checked, actor.now, actor.by, due_at=due, planned_at=due, origin=opening.origin)
        case = write.open_case(self._year(actor.now), new)
        facts = {"title": checked.title, "unit": checked.unit, "due": due.isoformat() if due else ""}
        write.add_line(case.number, line(Act.OPENED, actor, {**facts, "origin": opening.origin.value}))
        if first:
            _write_note(write, case.number, Note(actor.by, actor.now, first), replace(actor, once=None))
        return case

    def move(
        self, seen: Case, to: CaseState, actor: Actor, *, reason: str = "", outcome: Outcome | None = None
    ) -> Case:
        """``outcome`` is asked for where it is closed, with the reason beside.

        Raises:
            WrongUse: it cannot be there now, with what is missing. Outdated: it is no longer as it was seen.
        """
        reason = words(reason, REASON, "lý do", "the reason")
        with self._store.writing() as write:
            case = unchanged(write, seen)
            moves.check(case, to, reason=reason, notes=_notes(write, case), outcome=outcome)
            if to is CaseState.APPROVAL:
                check_ready(write, case.number)
            if case.state is CaseState.APPROVAL:
                version = write.last_draft(case.number)
                write.add_decision(case.number, Decision(version, False, actor.by, actor.now, reason))
            holder = actor.by if to is CaseState.TAKEN else case.holder
            facts = {"from": case.state.value, "to": to.value, "reason": reason}
            facts |= {"outcome": outcome.value} if outcome else {}
            moved = replace(
                case, state=to, state_at=actor.now, reason=reason, holder=holder, approved=0, outcome=outcome
            )
            moved = self._requests.end_with(write, moved, actor)
            return put(write, moved, line(Act.MOVED, actor, facts))

    def change(self, seen: Case, details: Details, actor: Actor) -> Case:
        """Other details; a new priority or task sets a new deadline, counted from the opening. Nothing new: nothing is
        written.

        Raises:
            WrongUse: something unknown in them, or the case has ended. Outdated: it is no longer as it was seen.
        """
        checked = self._checked(details, seen.details)
        with self._store.writing() as write:
            case = unchanged(write, seen)
            moves.check_open(case)
            facts = _differences(case.details, checked)
            if not facts:
                return case
            # The title and the unit stand in the document that was approved.
            approved = 0 if {"title", "unit"} & facts.keys() else case.approved
            changed = replace(case, details=checked, approved=approved)
            if {"priority", "task"} & facts.keys():
                changed = replace(changed, planned_at=self._clock.planned(checked, case.opened_at))
                changed = replace(changed, due_at=self._clock.due(changed, write.requests_of(case.number)))
            return put(write, changed, line(Act.CHANGED, actor, facts))

    def note(
        self, number: str, text: str, actor: Actor, *, reads: Callable[[Account, Case], bool] = lambda *_: True
    ) -> None:
        """Also on a case that has ended: what is learned later belongs to it. ``@name`` calls an account; ``reads``:
        may that account read this case?

        Raises:
            WrongUse: no words, or it calls somebody who is not there or may not read the case.
        """
        said = words(text, NOTE, "ghi chú", "the note", needed=True)
        found = called(self._store, said)
        with self._store.writing() as write:
            case = there(write, number)
            check_readers(found, lambda account: reads(account, case))
            note = Note(actor.by, actor.now, said, tuple(account.actor for account in found))
            _write_note(write, case.number, note, actor)

    def saw(self, number: str, actor: Actor) -> bool:
        """They have seen the notes that call them; False: there was nothing new to them."""
        with self._store.writing() as write:
            if not write.mentions_seen(there(write, number).number, actor.by, actor.now):
                return False
            write.add_line(number, line(Act.SEEN, actor))
            return True

    def add(self, number: str, articles: Sequence[str], actor: Actor) -> Sequence[str]:
        """Those that are new to it; the coverage of their stories joins too, now and from now on."""
        with self._store.writing() as write:
            moves.check_open(there(write, number))
            return self._add(write, number, articles, actor)

    def remove(self, number: str, article_id: str, actor: Actor) -> bool:
        """It is no longer of the case, and its story is no longer followed for its sake; a person may add it again.
        False: it was not of the case.
        """
        with self._store.writing() as write:
            moves.check_open(there(write, number))
            if not write.uncover(number, article_id, by=actor.by, now=actor.now):
                return False
            write.add_line(number, line(Act.REMOVED, actor, {"articles": article_id}))
            return True

    # -- inside
    def _not_yet(self, articles: Sequence[str], shown: Callable[[Case], bool]) -> None:
        """Raises:
        WrongUse: an open case holds one of them, or another article of its story.
        """
        stories = {story for item in self._store.articles(articles[:ARTICLES]) if (story := item.key(Kind.STORY))}
        others = [each for members in self._store.story_members(sorted(stories)).values() for each in members]
        found = self._store.cases_with([*articles[:ARTICLES], *others])
        numbers = ", ".join(case.number for case in found if shown(case))
        if numbers:
            raise WrongUse(
                f"Bài này hay chuyện của nó đã có trong vụ việc đang mở: {numbers}; thêm vào đó, hoặc nói rõ là mở thêm"
                f" (This article or its story is in an open case already: {numbers}; add it there, or say that you want"
                " another)"
            )
        if found:
            raise WrongUse(
                "Bài này hay chuyện của nó đã có trong một vụ việc đang mở của đơn vị khác; nói rõ nếu vẫn muốn mở thêm"
                " (This article or its story is in an open case of another unit already; say so if you want another)"
            )

    def _add(self, write: Writer, number: str, articles: Sequence[str], actor: Actor) -> Sequence[str]:
        known = [item.article.id for item in self._store.articles(articles[: ARTICLES + 1])]
        if len(articles) > ARTICLES or len(known) < len(articles):
            raise WrongUse(
                f"Có bài không có trong kho, hoặc nhiều hơn {ARTICLES} bài"
                f" (An article is not in the store, or there are more than {ARTICLES})"
            )
        added = write.cover(number, [Covered(each, actor.by, actor.now, followed=True) for each in known])
        if added:
            write.add_line(number, line(Act.ADDED, actor, {"articles": " ".join(added)}))
            join(self._store, write, added, actor.now)
        return added

    def _checked(self, details: Details, before: Details | None = None) -> Details:
        """What the case had ``before`` may stay, though the profile does not know it any more."""
        title = words(" ".join(details.title.split()), TITLE, "tên vụ việc", "the title", needed=True)
        helping = tuple(dict.fromkeys(unit for unit in details.helping if unit != details.unit))
        old = before or Details("", "")
        _known((details.unit, *helping), {*self._profile.units, old.unit, *old.helping} - {""}, "đơn vị", "unit")
        _known(details.themes, {*self._profile.themes, *old.themes}, "chủ đề", "theme")
        if details.task:
            _known([details.task], {old.task, *(task.number for task in self._profile.tasks)}, "nhiệm vụ", "task")
        people = tuple(dict.fromkeys(details.people))
        check_people(self._store, [each for each in people if each not in old.people])
        return replace(
            details, title=title, helping=helping, themes=tuple(dict.fromkeys(details.themes)), people=people
        )

    def _year(self, now: datetime) -> int:
        return now.astimezone(ZoneInfo(self._profile.timezone)).year


def _notes(write: Writer, case: Case) -> int:
    """How many tell what was verified: what was said at the opening does not."""
    begun = case.origin in {Origin.PHONE, Origin.SEARCH}
    return write.count_notes(case.number, after=case.opened_at if begun else None)


def _write_note(write: Writer, number: str, note: Note, actor: Actor) -> None:
    write.add_note(number, note)
    write.add_line(number, line(Act.NOTED, actor, {"mentions": " ".join(note.mentions)} if note.mentions else {}))


def _differences(old: Details, new: Details) -> dict[str, str]:
    """Field by field, as the log tells it."""
    told = {each.name: (_told(getattr(old, each.name)), _told(getattr(new, each.name))) for each in fields(Details)}
    return {name: f"{before} → {after}" for name, (before, after) in told.items() if before != after}


def _told(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _known(given: Sequence[str], known: Collection[str], vietnamese: str, english: str) -> None:
    for each in given:
        if each not in known:
            raise WrongUse(f"Không có {vietnamese} '{each[:40]}' (There is no {english} '{each[:40]}')")
