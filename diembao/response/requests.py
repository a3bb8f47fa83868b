"""Requests to units: asked, reminded, answered, withdrawn. Each act is one transaction and one line of the case's log.

What leaves by mail is queued in the same transaction; a unit whose address is not known is asked by letter, and the
request stands all the same. Whoever answers by a signed link is written down as the unit, not as a person.

What the lines' facts hold: asked {request, unit, letter, due, waits, address}; reminded {request, n}; answered
{request, through, files}; withdrawn {request, reason}; linked {request, until}.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from diembao.core.alert import Channel, Message, Recipient
from diembao.core.case import Act, Case, CaseLine
from diembao.core.errors import WrongUse
from diembao.core.ports import Store, Writer
from diembao.core.requests import Filed, Request, RequestState, Through
from diembao.plan.reader import Profile
from diembao.response import moves
from diembao.response.acts import Actor, line, there, words
from diembao.response.asking import NONE, OF_CASE, REASON, Answer, Asking, check_link, checked, taken
from diembao.response.clock import Clock, paused_since
from diembao.response.request_letters import Letters

# Who answered by a link, in logs: the unit.
BY_LINK: Final = "link:"


class Requests:
    """The requests of the cases of one province."""

    def __init__(self, store: Store, profile: Profile) -> None:
        self._store, self._profile = store, profile
        self._clock, self._letters = Clock(profile), Letters(profile)

    def ask(self, number: str, asking: Asking, actor: Actor) -> Request:
        """Raises:
        WrongUse: no question, an unknown unit or claim, a time that is over, too many; or the case has ended.
        """
        given = checked(asking, self._profile, actor.now)
        with self._store.writing() as write:
            case = there(write, number)
            moves.check_open(case)
            known, claims = write.requests_of(number), write.claims(number)
            if len(known) >= OF_CASE:
                raise WrongUse(f"Một vụ việc có nhiều nhất {OF_CASE} lần hỏi (A case has at most {OF_CASE} requests)")
            if stray := set(given.claims) - {claim.number for claim in claims}:
                raise WrongUse(f"Vụ việc không có điểm {min(stray)} (The case has no claim {min(stray)})")
            asked = self._new(write, case, given, len(known) + 1, actor)
            write.put_request(asked)
            self._post(write, asked, self._letters.request(case, asked, claims))
            facts = {"unit": asked.unit, "letter": asked.letter, "address": asked.address}
            due = asked.due_at.isoformat() if asked.due_at else ""
            waits = "yes" if asked.waits else ""
            write.add_line(number, line(Act.ASKED, actor, _of(asked) | facts | {"due": due, "waits": waits}))
            self._rewind(write, case)
        return asked

    def remind(self, number: str, request: int, actor: Actor) -> Request:
        """Counted, and sent where there is an address; where there is none, a person carries it.

        Raises:
            WrongUse: there is no such request, or nobody waits for its answer any more.
        """
        with self._store.writing() as write:
            return self.reminded(write, number, request, line(Act.REMINDED, actor))

    def reminded(self, write: Writer, number: str, request: int, told: CaseLine) -> Request:
        """The same, in a transaction that is open already; ``told`` says who."""
        case, asked = there(write, number), _waiting(write, number, request)
        address = self._address(write, asked.unit)
        now = replace(asked, reminders=asked.reminders + 1, reminded_at=told.at, address=address)
        if now.link > 0 and now.link_until is not None and told.at >= now.link_until:
            # A reminder with a link that has ended would be none.
            now = replace(now, link=now.link + 1, link_until=self._clock.link_until(told.at, told.at))
        write.put_request(now)
        self._post(write, now, self._letters.reminder(case, now, told.at))
        write.add_line(number, replace(told, facts={**told.facts, **_of(now), "n": str(now.reminders)}))
        return now

    def withdraw(self, number: str, request: int, reason: str, actor: Actor) -> Request:
        """Raises:
        WrongUse: no reason, no such request, or nobody waits for its answer any more.
        """
        why = words(reason, REASON, "lý do rút lại", "why it is withdrawn", needed=True)
        with self._store.writing() as write:
            ended = self._withdrawn(write, there(write, number), _waiting(write, number, request), why, actor)
            self._rewind(write, there(write, number))
        return ended

    def end_with(self, write: Writer, case: Case, actor: Actor) -> Case:
        """A case that ends waits for nobody: its open requests are withdrawn by whoever ended it."""
        if not case.state.ended:
            return case
        for each in write.requests_of(case.number):
            if each.waiting:
                self._withdrawn(write, case, each, "Vụ việc đã kết thúc", actor)
        return replace(case, paused_at=None, due_at=self._clock.due(case, write.requests_of(case.number)))

    def renew_link(self, number: str, request: int, actor: Actor) -> Request:
        """A new link, sent to the unit; those that were given out before open nothing any more.

        Raises:
            WrongUse: as for `remind`.
        """
        with self._store.writing() as write:
            case, asked = there(write, number), _waiting(write, number, request)
            until = self._clock.link_until(max(asked.due_at or actor.now, actor.now), actor.now)
            address = self._address(write, asked.unit)
            now = replace(asked, link=_last_link(asked) + 1, link_until=until, address=address)
            write.put_request(now)
            self._post(write, now, self._letters.renewed(case, now, actor.now))
            write.add_line(number, line(Act.LINKED, actor, _of(now) | {"until": until.isoformat()}))
        return now

    def revoke_link(self, number: str, request: int, actor: Actor) -> Request:
        """No link opens it any more; the unit may still answer by its account or by letter."""
        with self._store.writing() as write:
            asked = _waiting(write, number, request)
            now = replace(asked, link=-_last_link(asked), link_until=actor.now)
            write.put_request(now)
            write.add_line(number, line(Act.LINKED, actor, _of(now) | {"until": ""}))
        return now

    def answer(self, number: str, request: int, answer: Answer, actor: Actor, through: Through) -> Request:
        """Filed by a person: of the desk, or of the unit.

        Raises:
            WrongUse: neither words nor a file, a file that is not taken; no such request, or it is answered already.
        """
        return self._answered(number, request, answer, line(Act.ANSWERED, actor), through)

    def answer_by_link(self, link: tuple[str, int, int], answer: Answer, now: datetime, where: str) -> Request:
        """By whoever the unit gave its link to; see `check_link`.

        Raises:
            WrongUse: as for `answer`, or the link does not hold.
        """
        number, request, version = link
        asked = next((each for each in self._requests(number) if each.number == request), None)
        why = check_link(asked, version, now)
        if asked is None or why is not None:
            raise WrongUse(f"{why[0]} ({why[1]})" if why else NONE)
        told = CaseLine(Act.ANSWERED, f"{BY_LINK}{asked.unit}", now, where=where)
        return self._answered(number, request, answer, told, Through.LINK, version=version)

    def file(self, number: str, request: int, filed: int) -> tuple[Filed, bytes] | None:
        """A file of an answer, as it came."""
        found = self._store.case_file(number)
        mine = found.filed if found else ()
        each = next((x for x in mine if (x.request, x.number) == (request, filed)), None)
        data = self._store.response(each.value) if each else None
        return (each, data) if each and data is not None else None

    # -- inside
    def _requests(self, number: str) -> Sequence[Request]:
        found = self._store.case_file(number)
        return found.requests if found else ()

    def _new(self, write: Writer, case: Case, given: Asking, number: int, actor: Actor) -> Request:
        due = given.due_at or self._clock.request_due(case.details, actor.now)
        return Request(
            case=case.number,
            number=number,
            unit=given.unit,
            unit_name=self._profile.units[given.unit].name,
            question=given.question,
            asked_by=actor.by,
            asked_at=actor.now,
            claims=given.claims,
            letter=given.letter,
            letter_date=given.letter_date,
            due_at=due,
            waits=given.waits,
            address=self._address(write, given.unit) if given.mail else "",
            link=1,
            link_until=self._clock.link_until(due, actor.now),
        )

    def _address(self, write: Writer, unit: str) -> str:
        """Of the unit, or of what took it over."""
        return write.address_of(self._profile.now(unit))

    def _post(self, write: Writer, asked: Request, message: Message) -> None:
        if asked.address:
            write.post(message, [Recipient(Channel.MAIL, asked.address)])

    def _withdrawn(self, write: Writer, case: Case, asked: Request, why: str, actor: Actor) -> Request:
        ended = replace(
            asked,
            state=RequestState.WITHDRAWN,
            ended_at=actor.now,
            ended_by=actor.by,
            reason=why,
            link=-_last_link(asked),
        )
        write.put_request(ended)
        self._post(write, ended, self._letters.withdrawn(case, ended, actor.now))
        write.add_line(case.number, line(Act.WITHDRAWN, actor, _of(ended) | {"reason": why}))
        return ended

    def _answered(
        self, number: str, request: int, answer: Answer, told: CaseLine, through: Through, *, version: int = 0
    ) -> Request:
        text, attached = taken(answer)
        with self._store.writing() as write:
            case, asked = there(write, number), _waiting(write, number, request)
            if version and (why := check_link(asked, version, told.at)):  # another act may have come between
                raise WrongUse(f"{why[0]} ({why[1]})")
            ended = replace(asked, state=RequestState.ANSWERED, ended_at=told.at, ended_by=told.by)
            ended = replace(ended, answer=text, through=through, link=-_last_link(asked))
            write.put_request(ended)
            for n, (file, data) in enumerate(attached, 1):
                value = write.keep_bytes(data)
                write.add_filed(number, Filed(request, n, file.name, value, len(data), file.media))
            facts = {**told.facts, **_of(ended), "through": through.value, "files": str(len(attached))}
            write.add_line(number, replace(told, facts=facts))
            self._rewind(write, case)
        return ended

    def _rewind(self, write: Writer, case: Case) -> None:
        """The case's clock stands, or goes on, as its requests now are."""
        requests = write.requests_of(case.number)
        now = replace(case, paused_at=paused_since(requests), due_at=self._clock.due(case, requests))
        if now != case:
            write.put_case(now)


def _of(asked: Request) -> dict[str, str]:
    return {"request": str(asked.number), "unit": asked.unit}


def _last_link(asked: Request) -> int:
    """The newest version there was; one that is revoked is kept with a minus."""
    return abs(asked.link)


def _waiting(write: Writer, number: str, request: int) -> Request:
    there(write, number)
    found = next((each for each in write.requests_of(number) if each.number == request), None)
    if found is None:
        raise WrongUse(NONE)
    if not found.waiting:
        vietnamese, english = _ENDED[found.state]
        raise WrongUse(f"{vietnamese} ({english})")
    return found


_ENDED: Final = {
    RequestState.ANSWERED: ("Yêu cầu này đã được trả lời rồi", "This request is answered already"),
    RequestState.WITHDRAWN: ("Yêu cầu này đã được rút lại", "This request was withdrawn"),
}
