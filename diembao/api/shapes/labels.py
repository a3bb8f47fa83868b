"""Judgements, and a person's correction."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from diembao.api.shapes.common import KEY, LABEL, Next, example
from diembao.core.article import Kind

# Characters of a reason, keys of one judgement.
REASON: Final = 500
KEYS: Final = 20


class Label(BaseModel):
    """A judgement in force. `look_again`: a person judged an earlier revision."""

    model_config = example(**LABEL)
    kind: Kind
    key: str
    about: str = Field(description="The province it speaks of; empty for language, story and role")
    revision: int
    score: float
    by: str = Field(description="`rules`, `model:<version>` or `person:<number>`")
    why: str
    at: datetime | None
    look_again: bool


class Given(BaseModel):
    """A judgement that was ever given; `ended_at` null: it stands."""

    kind: Kind
    key: str
    about: str
    revision: int
    score: float
    by: str
    why: str
    at: datetime | None
    ended_at: datetime | None


class History(BaseModel):
    """Every judgement, newest first."""

    model_config = example(article="0f8b1c2d3e4a5b6c", labels=[], next=None)
    article: str
    labels: list[Given]
    next: Next


class InForce(BaseModel):
    """What counts after a correction."""

    model_config = example(article="0f8b1c2d3e4a5b6c", labels=[LABEL])
    article: str
    labels: list[Label]


class Correction(BaseModel):
    """A person's judgement. `keys`: one of relevance (`yes`, `part`, `no`) or stance (`positive`, `neutral`,
    `critical`, `abstain`), or theme ids (none: no theme fits). `theme` is of all themes; `theme-yes` and `theme-no` are
    of the named ones alone, and leave what is said of the others.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"kind": "stance", "keys": ["neutral"], "why": "Bài thuật lại hai phía"},
                {"kind": "theme", "keys": ["environment-climate", "tourism"]},
                {"kind": "theme-no", "keys": ["tourism"]},
            ]
        },
    )
    kind: Annotated[Kind, Field(description="`relevance`, `stance`, `theme`, `theme-yes` or `theme-no`")]
    keys: list[Annotated[str, Field(min_length=1, max_length=KEY)]] = Field(max_length=KEYS)
    about: str = Field("", max_length=KEY, description="A province that is judged here; empty: the installation's")
    why: str = Field("", max_length=REASON, description="For colleagues; no names of persons")
