"""What an OpenAI-compatible endpoint answers, whole or as a stream of events, read into one value.

Everything that is not a plain, finished text has words and a fate (`core.errors`): a call for a tool, a refusal, an
answer that was cut off, one that is no JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from diembao.core.errors import Misconfigured, Retry, SetAside
from diembao.core.text import clean

STREAM, WHOLE = "text/event-stream", "application/json"
_DONE: Final = "[DONE]"
SHOWN: Final = 200  # characters of what an endpoint says of itself


@dataclass(frozen=True, slots=True)
class Answer:
    """``tokens_…`` are None where the endpoint does not say them."""

    text: str
    tokens_in: int | None
    tokens_out: int | None


class NotChat(Misconfigured):
    """What comes back is no chat endpoint's; what it cost, nobody knows."""


class _Loose(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Message(_Loose):
    content: str | None = None
    refusal: str | None = None
    tool_calls: list[object] | None = None
    function_call: object | None = None


def _as_message(value: object) -> object:
    return {} if value is None else value


class _Choice(_Loose):
    message: Annotated[_Message, BeforeValidator(_as_message)] = _Message()
    delta: Annotated[_Message, BeforeValidator(_as_message)] = _Message()
    finish_reason: str | None = None


class _Usage(_Loose):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Reply(_Loose):
    choices: list[_Choice] = []
    usage: _Usage | None = None
    error: object | None = None


def read(kind: str, body: bytes) -> Answer:
    """Raises:
    Misconfigured: this is no such endpoint. Retry: it broke off. SetAside: it answered, and it is of no use.
    """
    media = kind.split(";", maxsplit=1)[0].strip().lower()
    if media == STREAM:
        return _one(_replies(body))
    if media != WHOLE:
        raise NotChat(
            f"opinion.url: máy chủ trả về {clean(media)[:60] or 'không rõ loại'}, không phải JSON"
            f" (it answers {clean(media)[:60] or 'nothing known'}, not JSON: is this a chat endpoint?)"
        )
    return _one([_reply(body)])


def _replies(body: bytes) -> list[_Reply]:
    events = [line[5:].strip() for line in body.decode("utf-8", "replace").splitlines() if line.startswith("data:")]
    found = [_reply(each.encode()) for each in events if each and each != _DONE]
    if _DONE not in events and not any(choice.finish_reason for each in found for choice in each.choices):
        raise Retry("câu trả lời đứt giữa chừng (the answer broke off)")
    return found


def _reply(body: bytes) -> _Reply:
    try:
        return _Reply.model_validate_json(body)
    except ValidationError as error:
        raise Retry("máy chủ trả về JSON hỏng (the endpoint's JSON is broken)") from error


def _one(replies: list[_Reply]) -> Answer:
    for reply in replies:
        if reply.error is not None:
            raise Retry(f"máy chủ báo lỗi: {told(reply.error)} (the endpoint reports an error)")
    choices = [reply.choices[0] for reply in replies if reply.choices]
    messages = [part for choice in choices for part in (choice.message, choice.delta)]
    _refuse(messages, {choice.finish_reason for choice in choices})
    text = "".join(part.content or "" for part in messages)
    if not text.strip():
        raise SetAside("mô hình không trả lời gì (the model answered nothing)")
    usage = next((reply.usage for reply in reversed(replies) if reply.usage), None) or _Usage()
    return Answer(text, _count(usage.prompt_tokens), _count(usage.completion_tokens))


def _refuse(messages: list[_Message], ends: set[str | None]) -> None:
    if any(part.tool_calls or part.function_call for part in messages) or ends & {"tool_calls", "function_call"}:
        raise SetAside("mô hình đòi dùng công cụ; nó không có công cụ nào (it asked for a tool; it has none)")
    refusal = "".join(part.refusal or "" for part in messages)
    if refusal or "content_filter" in ends:
        raise SetAside(f"mô hình từ chối: {told(refusal)} (the model refused)")
    if "length" in ends:
        raise SetAside("câu trả lời bị cắt; tăng opinion.max_tokens (the answer was cut; raise opinion.max_tokens)")


def _count(value: int | None) -> int | None:
    return value if value is not None and 0 <= value < 10_000_000 else None


def told(value: object) -> str:
    """What the other side says, as one short line."""
    return " ".join(clean(str(value)).split())[:SHOWN].replace("(", "[").replace(")", "]")
