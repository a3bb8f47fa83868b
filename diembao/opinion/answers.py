"""The forms that answers must have; what is more, missing or too long is no answer."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from diembao.core.errors import SetAside
from diembao.opinion.protocol import told

Sentence = Annotated[str, Field(min_length=3, max_length=700)]
Quote = Annotated[str, Field(max_length=400)]
# What some models put around their answer: their thinking, and a fence.
_THOUGHT: Final = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCE: Final = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class GistAnswer(Form):
    sentences: Annotated[list[Sentence], Field(min_length=3, max_length=3)]
    passage: Annotated[str, Field(max_length=1500)]
    passage_told: Annotated[str, Field(max_length=2000)]


class NamedTheme(Form):
    theme: Annotated[str, Field(max_length=100)]
    quote: Quote


class SecondAnswer(Form):
    relevance: Literal["yes", "part", "no"]
    relevance_quote: Quote
    themes: Annotated[list[NamedTheme], Field(max_length=10)]
    stance: Literal["positive", "neutral", "critical", "abstain"]
    stance_quote: Quote


class OutlineSentence(Form):
    text: Sentence
    source: int
    quote: Quote


class OutlineAnswer(Form):
    sentences: Annotated[list[OutlineSentence], Field(max_length=30)]


AnyForm = TypeVar("AnyForm", bound=Form)


def second_schema(themes: list[str]) -> dict[str, Any]:
    """With the themes of the province as the only ones."""
    schema = SecondAnswer.model_json_schema()
    schema["$defs"]["NamedTheme"]["properties"]["theme"] = {"type": "string", "enum": themes}
    return schema


def parsed(text: str, form: type[AnyForm]) -> AnyForm:
    """Raises:
    SetAside: it is no JSON, or not of this form.
    """
    bare = _THOUGHT.sub("", text, count=1)
    fenced = _FENCE.match(bare)
    try:
        return form.model_validate_json((fenced[1] if fenced else bare).strip())
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            raise SetAside(f"câu trả lời không phải JSON: “{told(text)[:80]}” (the answer is no JSON)") from error
        where = told(".".join(map(str, first["loc"])))[:80]
        raise SetAside(f"câu trả lời lệch khuôn ở {where} (the answer does not fit its form at {where})") from error
