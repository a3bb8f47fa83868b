"""A question with its price: kept answers cost nothing, no question is asked that a day could not pay."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from diembao.core.errors import Misconfigured, Retry, SetAside
from diembao.core.opinion import DayCost, KeptAnswer, Limits, OpinionBook
from diembao.core.settings_opinion import OpinionSettings
from diembao.opinion.endpoint import FREE, PAID, Away, Endpoint, Question, Shut, Unread
from diembao.opinion.prompts import VERSION
from diembao.opinion.protocol import Answer, NotChat

# Where an endpoint does not count: bytes of a token, on the dear side.
BYTES: Final = 2
# What any endpoint that works will answer: is it the endpoint that fails, or this one question?
PROBE: Final = Question(
    "probe",
    'Answer with this JSON object and nothing else: {"ready": true}',
    "{}",
    {
        "type": "object",
        "properties": {"ready": {"type": "boolean"}},
        "required": ["ready"],
        "additionalProperties": False,
    },
)
T = TypeVar("T")


@dataclass(frozen=True)
class Asking:
    """``zone`` says when a day begins."""

    endpoint: Endpoint
    settings: OpinionSettings
    book: OpinionBook
    zone: str

    async def ask(self, question: Question, use: Callable[[str], T], now: datetime) -> T:
        """What ``use`` makes of the answer's text; only an answer that it can use is kept.

        Raises:
            Retry, Misconfigured, SetAside: as `Endpoint.ask`; Retry too where the day's limit is reached.
        """
        key = key_of(self.settings.model, question)
        kept = self.book.kept_answer(key)
        if kept is not None:
            used = use(kept.text)
            self.book.note_cost(self._day(now, kept=1))
            return used
        answer = await self._paid(question, now)
        used = use(answer.text)
        tokens = answer.tokens_in or 0, answer.tokens_out or 0
        self.book.keep_answer(key, KeptAnswer(answer.text, self.settings.model, *tokens), now=now)
        return used

    async def _paid(self, question: Question, now: datetime) -> Answer:
        most = self._spent(now, question.size, self.settings.max_tokens)
        if not self.book.reserve_cost(most, Limits(self.settings.daily_questions, self.settings.daily_cost)):
            raise Retry(
                "đã hết hạn mức hôm nay, mai hỏi tiếp (today's limit is reached; it goes on tomorrow)",
                after=self._to_midnight(now),
            )
        try:
            answer = await self._answered(question, now)
        except PAID:
            raise
        except FREE:
            self.book.note_cost(_difference(replace(most, tokens_in=0, tokens_out=0, cost=0.0), most))
            raise
        # Any other failure stays at its highest price: whether a model worked on it, nobody was told.
        self.book.note_cost(_difference(self._counted(answer, question, now), most))
        return answer

    async def _answered(self, question: Question, now: datetime) -> Answer:
        """An endpoint that answers others has nothing against the settings: then it is this question."""
        try:
            return await self.endpoint.ask(question)
        except (Shut, NotChat, Away) as error:
            if not await self._works(now):
                raise
            if isinstance(error, Away):
                raise Retry(str(error)) from error
            raise (Unread if isinstance(error, Shut) else SetAside)(str(error)) from error

    async def _works(self, now: datetime) -> bool:
        try:
            answer = await self.endpoint.ask(PROBE)
        except SetAside:  # it answered
            return True
        except (Retry, Misconfigured):
            return False
        self.book.note_cost(self._counted(answer, PROBE, now))
        return True

    def _counted(self, answer: Answer, question: Question, now: datetime) -> DayCost:
        tokens_in = question.size // BYTES if answer.tokens_in is None else answer.tokens_in
        tokens_out = len(answer.text.encode()) // BYTES if answer.tokens_out is None else answer.tokens_out
        return self._spent(now, tokens_in, tokens_out)

    def _spent(self, now: datetime, tokens_in: int, tokens_out: int) -> DayCost:
        cost = price(self.settings, tokens_in, tokens_out)
        return replace(self._day(now, questions=1), tokens_in=tokens_in, tokens_out=tokens_out, cost=cost)

    def _day(self, now: datetime, *, questions: int = 0, kept: int = 0) -> DayCost:
        day = now.astimezone(ZoneInfo(self.zone)).date()
        return DayCost(day, self.settings.model, questions=questions, kept=kept)

    def _to_midnight(self, now: datetime) -> float:
        here = now.astimezone(ZoneInfo(self.zone))
        tomorrow = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return (tomorrow - here).total_seconds()


def price(settings: OpinionSettings, tokens_in: int, tokens_out: int) -> float:
    """In the currency of the settings."""
    return (tokens_in * settings.price_in + tokens_out * settings.price_out) / 1000


def key_of(model: str, question: Question) -> str:
    """The same text, model, prompt and turn: the same answer."""
    turn = [question.turn] if question.turn else []
    told = json.dumps([VERSION, model, question.name, question.rules, question.data, *turn], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _difference(one: DayCost, other: DayCost) -> DayCost:
    return replace(
        one,
        questions=one.questions - other.questions,
        tokens_in=one.tokens_in - other.tokens_in,
        tokens_out=one.tokens_out - other.tokens_out,
        cost=one.cost - other.cost,
    )
