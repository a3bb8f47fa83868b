"""Settings of the language model that an office may ask (part of `settings`). Without ``url`` there is none."""

from __future__ import annotations

from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_STRICT = ConfigDict(frozen=True, extra="forbid")


class OpinionSettings(BaseModel):
    """An endpoint that speaks OpenAI's chat protocol: Ollama, vLLM, a hosted one. Seconds, tokens, money."""

    model_config = _STRICT
    url: str = ""  # up to its version: http://127.0.0.1:11434/v1; empty: no model is ever asked
    model: str = Field("", max_length=200)  # as the endpoint calls it
    key_file: str = ""  # whose first line is sent as the key; in the home or with its full path
    outside: bool = False  # may articles leave for an address that is not private?
    timeout: float = Field(120, gt=0, le=1800)  # seconds for one whole answer
    max_tokens: int = Field(1200, ge=64, le=32_000)  # of one answer
    max_letters: int = Field(12_000, ge=500, le=400_000)  # characters of an article that are shown to it
    concurrency: int = Field(1, ge=1, le=32)  # questions at the same time
    days: float = Field(14, gt=0, le=3660)  # an older article is not asked about
    gists: tuple[Literal["vi", "en"], ...] = ("vi", "en")  # languages in which foreign articles are retold
    second: bool = True  # a second opinion on relevance, themes and stance
    price_in: float = Field(0, ge=0)  # for 1,000 tokens of a question, in ``currency``
    price_out: float = Field(0, ge=0)  # for 1,000 tokens of an answer
    daily_cost: float | None = Field(None, ge=0)  # no question is asked that could cost more in a day; none: no limit
    daily_questions: int = Field(5000, ge=0)  # that leave for the model in a day
    keep_days: float = Field(90, gt=0, le=3660)  # an answer is kept so long, to be asked and paid for once
    currency: str = Field("VND", pattern="^[A-Z]{3}$")

    @property
    def on(self) -> bool:
        return bool(self.url)

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value:
            return ""
        try:
            parts = urlsplit(value)
            named = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port)
        except ValueError:
            named = None
        readable = value.isprintable() and " " not in value
        if not named or not readable or parts.query or parts.fragment or parts.username is not None:
            msg = "must be a plain http(s) address like http://127.0.0.1:11434/v1; a key goes into 'key_file'"
            raise ValueError(msg)
        return value.rstrip("/")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.url and not self.model.strip():
            msg = "'url' is set and 'model' is not: say which model the endpoint is to be asked for"
            raise ValueError(msg)
        if (self.price_in or self.price_out) and self.daily_cost is None:
            msg = "a price is set and 'daily_cost' is not: say what a day may cost"
            raise ValueError(msg)
        return self
