"""Bodies that are larger than their address may have: cut off, and told with the limit.

Many clients send all of a body before they listen: closed at once, their connection breaks and they never read why. So
what they still send is read and thrown away first, up to `DROPPED` bytes and `SECONDS`; of more than that nothing is
read, and of one that announces itself by `Expect: 100-continue` neither: that client waits for our word.
"""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from diembao.api.headers import Headers, first

KIND: Final = "urn:diembao:problem:size"
# Bytes, and seconds, of a body that is no longer wanted.
DROPPED, SECONDS = 16_000_000, 10.0


class TooLarge(HTTPException):
    """``limit`` in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(413)
        self.limit = limit


def told(limit: int) -> tuple[str, str]:
    """What is said of a body, or a file in it, that is larger than this."""
    most = f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit // 1_000} kB"
    return f"Nội dung gửi lên lớn hơn {most}; chưa nhận gì.", f"The body is larger than {most}; nothing was taken."


async def spare(receive: Receive, headers: Headers) -> None:
    """Read what is on its way of a body that is refused, where that lets its sender hear why."""
    length = first(headers, "content-length")
    waits = first(headers, "expect").lower() == "100-continue"
    if not waits and length.isascii() and length.isdigit() and len(length) <= 12 and int(length) <= DROPPED:
        await _drop(receive)


def bounded(receive: Receive, most: int, *, is_api: bool) -> Receive:
    """A body that grows beyond this is cut off: the API says so, others hear that its sender has gone."""
    read = 0

    async def receiving() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read <= most:
            return message
        if is_api:
            if message.get("more_body"):
                await _drop(receive)
            raise TooLarge(most)
        return {"type": "http.disconnect"}

    return receiving


async def _drop(receive: Receive) -> None:
    dropped = 0
    try:
        async with asyncio.timeout(SECONDS):
            while dropped < DROPPED:
                message = await receive()
                dropped += len(message.get("body", b""))
                if not message.get("more_body"):  # the end, or its sender has gone
                    return
    except TimeoutError:
        return
