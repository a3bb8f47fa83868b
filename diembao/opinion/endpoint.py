"""The one door to a language model: one question over HTTP, one answer, within time and size.

    the endpoint …                                  fate
    ├── is not reached, 429, 503 with Retry-After   Busy: nothing was paid, it is left alone for a while
    ├── any other 5xx, 408                          Away: the same, but a model may have worked on it
    ├── too slow, breaks off                        Retry
    ├── 401, 403, 404, a redirect, no JSON          Misconfigured: a setting must change
    ├── 400, 413, 422: it will not read this one    SetAside
    └── answers with a tool, a refusal, too much    SetAside (`protocol`)

Away and Misconfigured may lie in the one question too: `Asking` finds out. What an endpoint says is told without the
key. No proxy of the environment is used, no redirect followed, no cookie kept.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpx

from diembao.core.errors import Misconfigured, Retry, SetAside
from diembao.core.settings_opinion import OpinionSettings
from diembao.opinion.address import Lookup, Place, look_up, place
from diembao.opinion.protocol import Answer, NotChat, read, told
from diembao.opinion.secret import without

LARGEST: Final = 1_000_000  # bytes of one reply; a long answer with all it comes with is a tenth
KEY_LENGTH: Final = 4_096
LATEST: Final = 3_600.0  # seconds; what a 429 asks for beyond that is not waited for
_REFUSALS: Final = {400, 413, 415, 422}
_CLOSED: Final = {401, 402, 403, 404, 405}
_KEY: Final = re.compile(r"[!-~]+")


class Busy(Retry):
    """No model read the question: it cost nothing, and it is no fault of the question's."""


class Away(Busy):
    """It failed, perhaps after a model had worked."""


class Unread(SetAside):
    """The endpoint would not take the question: it cost nothing."""


class Shut(Misconfigured):
    """The endpoint turned the question away: it cost nothing."""


FREE: Final = (Busy, Unread, Misconfigured)
PAID: Final = (Away, NotChat)  # though they are of these


@dataclass(frozen=True, slots=True)
class Question:
    """``rules`` are ours, ``data`` is JSON that quotes what others wrote; ``schema`` is that of the answer. ``turn``
    counts how often a person wanted another answer: each turn is a question of its own.
    """

    name: str
    rules: str
    data: str
    schema: dict[str, Any]
    turn: int = 0

    @property
    def size(self) -> int:
        """Bytes: of tokens never more."""
        return len(self.rules.encode()) + len(self.data.encode())


class Endpoint:
    """As the settings say it. Questions may be asked at the same time."""

    def __init__(
        self,
        settings: OpinionSettings,
        home: Path,
        *,
        lookup: Lookup = look_up,
        note: Callable[[Place], None] = lambda _: None,
    ) -> None:
        """``note`` is told where each question goes, before it goes."""
        if not settings.on:
            raise Misconfigured(
                "chưa đặt mô hình ngôn ngữ: điền opinion.url và opinion.model trong diembao.toml"
                " (no language model is set: fill in opinion.url and opinion.model in diembao.toml)"
            )
        self._settings = settings
        self._key = _key(home / Path(settings.key_file).expanduser()) if settings.key_file else ""
        self._lookup, self._note = lookup, note
        self._with_schema = True  # until the endpoint says that it does not know this field

    async def where(self) -> Place:
        """Raises:
        Retry: the name cannot be looked up. Misconfigured: it leads out of the house, and no setting allows it.
        """
        chosen = self._settings
        found = await asyncio.to_thread(place, chosen.url, outside=chosen.outside, lookup=self._lookup)
        self._note(found)
        return found

    async def ask(self, question: Question) -> Answer:
        """Raises:
        Retry, Misconfigured, SetAside: see the head of this file.
        """
        try:
            async with asyncio.timeout(self._settings.timeout):
                answer = await self._asked(question)
                return replace(answer, text=without(self._key, answer.text))
        except TimeoutError as error:
            seconds = f"{self._settings.timeout:g}"
            raise Retry(f"không trả lời trong {seconds} giây (no answer within {seconds} s)") from error
        except (Retry, SetAside, Misconfigured) as error:
            error.args = (without(self._key, str(error)),)
            raise

    async def _asked(self, question: Question) -> Answer:
        where, known = await self.where(), self._with_schema
        status, head, body = await self._exchange(where, self._body(question, with_schema=known))
        if known and status in {400, 422} and b"response_format" in body:
            self._with_schema = False
            status, head, body = await self._exchange(where, self._body(question, with_schema=False))
        _check(status, head, body)
        return read(head.get("content-type", ""), body)

    def _body(self, question: Question, *, with_schema: bool) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._settings.model,
            "messages": [{"role": "system", "content": question.rules}, {"role": "user", "content": question.data}],
            "temperature": 0,
            "max_tokens": self._settings.max_tokens,
            "stream": False,
        }
        if with_schema:
            form = {"name": question.name, "strict": True, "schema": question.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        return body

    async def _exchange(self, where: Place, body: dict[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        headers = {"Host": where.host_header, "Content-Type": "application/json", "Accept-Encoding": "identity"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        try:
            async with (
                httpx.AsyncClient(verify=_tls(where), trust_env=False, timeout=self._settings.timeout) as client,
                client.stream(
                    "POST",
                    where.url("/chat/completions"),
                    content=content,
                    headers=headers,
                    extensions={"sni_hostname": where.host},
                ) as reply,
            ):
                return reply.status_code, reply.headers, await _whole(reply)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise Busy(f"không nối được tới {where.host}: {told(error)} (it cannot be reached)") from error
        except httpx.HTTPError as error:
            raise Retry(f"mất kết nối với {where.host}: {told(error)} (the connection was lost)") from error


@cache
def _authorities() -> ssl.SSLContext:
    """The system's certificates; reading them takes longer than many an answer."""
    return ssl.create_default_context()


def _tls(where: Place) -> ssl.SSLContext:
    return _authorities() if where.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


async def _whole(reply: httpx.Response) -> bytes:
    """As it comes over the wire: nothing is unpacked."""
    found = bytearray()
    async for part in reply.aiter_raw():
        found += part
        if len(found) > LARGEST:
            raise SetAside(f"câu trả lời quá {LARGEST} byte (the answer is larger than {LARGEST} bytes)")
    return bytes(found)


def _check(status: int, head: httpx.Headers, body: bytes) -> None:
    if status == httpx.codes.OK:
        return
    said = told(body[:1000].decode("utf-8", "replace"))
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise Busy(f"máy chủ xin chờ (the endpoint is busy: {status})", after=_after(head.get("retry-after", "")))
    if status in _CLOSED:
        raise Shut(
            f"opinion: máy chủ trả lời {status}: xem lại url, model, key_file; nó nói: {said}"
            f" (the endpoint answers {status}: look at url, model and key_file)"
        )
    if status in _REFUSALS:
        raise Unread(f"máy chủ không nhận câu hỏi này ({status}): {said} (the endpoint will not read this question)")
    if 300 <= status < 400:
        raise Shut(f"opinion.url: máy chủ chuyển đi nơi khác ({status}) (it redirects; give the last address)")
    after = _after(head.get("retry-after", "")) if status == httpx.codes.SERVICE_UNAVAILABLE else None
    words = f"máy chủ trả lời {status} (the endpoint answers {status})"
    raise Busy(words, after=after) if after is not None else Away(words)


def _after(value: str) -> float | None:
    """Seconds; a date, or what is no number, says nothing."""
    return min(float(value), LATEST) if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value) else None


def _key(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            key = file.readline(KEY_LENGTH).strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not UTF-8"
        raise Misconfigured(f"opinion.key_file: không đọc được {path} ({path} cannot be read: {why})") from error
    if not _KEY.fullmatch(key):
        raise Misconfigured(f"opinion.key_file: {path} không có khóa ở dòng đầu (there is no key in its first line)")
    return key
