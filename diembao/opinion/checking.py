"""Does the endpoint of the settings work, and where do questions go? One small question, made up here."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from diembao.core.errors import SetAside
from diembao.core.settings_opinion import OpinionSettings
from diembao.opinion.answers import Form, parsed
from diembao.opinion.endpoint import Endpoint, Question
from diembao.opinion.protocol import Answer


class _Ready(Form):
    ready: bool


SCHEMA: Final[dict[str, Any]] = {**_Ready.model_json_schema(), "additionalProperties": False}


@dataclass(frozen=True, slots=True)
class Checked:
    """``form`` is empty where the model answers in the form that is asked for, else what it did."""

    address: str
    outside: bool
    model: str
    seconds: float
    form: str
    counts_tokens: bool

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__} | {"works": not self.form}


async def check(settings: OpinionSettings, endpoint: Endpoint, clock: Callable[[], float] = time.monotonic) -> Checked:
    """Raises:
    Misconfigured, Retry: there is no answer at all, and why.
    """
    where = await endpoint.where()
    begun, form = clock(), ""
    question = Question("check", 'Answer with this JSON object and nothing else: {"ready": true}', "{}", SCHEMA)
    answer = Answer("", None, None)
    try:
        answer = await endpoint.ask(question)
        parsed(answer.text, _Ready)
    except SetAside as error:
        form = str(error)
    counted = answer.tokens_in is not None
    return Checked(where.address, where.outside, settings.model, round(clock() - begun, 2), form, counted)
