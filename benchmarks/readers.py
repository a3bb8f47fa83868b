"""A reader of the screens without a browser: Streamlit's own protocol over its websocket."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.asyncio.client import ClientConnection, connect

from dashboard.texts import TEXTS
from diembao.api.paths import FIRST

# Seconds after which a screen that has not ended is given up.
PATIENCE: Final = 60.0
# What the reader is told where a screen fails, in either language, before its code.
_FAILURE: Final = tuple(text.partition("{")[0] for text in TEXTS["error.screen"])


@dataclass(frozen=True)
class Drawn:
    """A screen that was asked for, or drawn anew by itself (``alone``): seconds, bytes sent, did it fail?"""

    screen: str
    seconds: float
    sent: int
    failed: bool
    alone: bool = False


class Reader:
    """One open page. What it asked to be drawn anew by itself is done when it is due, as a browser does it."""

    def __init__(self, base: str, cookies: Mapping[str, str]) -> None:
        self._address = f"{base.replace('http', 'ws')}/_stcore/stream"
        self._headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "Origin": base}
        self._looks: dict[str, tuple[float, float]] = {}  # fragment: (seconds between two looks, when the next is due)
        self._screen, self._query = FIRST, ""

    async def __aenter__(self) -> Self:
        opened = connect(self._address, additional_headers=self._headers, max_size=None, compression=None)
        self._line: ClientConnection = await opened
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._line.close()

    async def open(self, screen: str, **address: str) -> Drawn:
        """A screen by its address, or the same one with another."""
        if screen != self._screen:
            self._looks.clear()
        self._screen, self._query = screen, urlencode(address)
        return await self._asked("")

    async def stay(self, seconds: float) -> list[Drawn]:
        """Reads for so long, and looks for something new where the screen asked for it."""
        until, found = time.monotonic() + seconds, list[Drawn]()
        while True:
            fragment, due = min(
                ((f, at) for f, (_, at) in self._looks.items()), key=lambda x: x[1], default=("", until)
            )
            if due >= until:
                break
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            every = self._looks[fragment][0]
            self._looks[fragment] = every, time.monotonic() + every
            found.append(await self._asked(fragment))
        await asyncio.sleep(max(0.0, until - time.monotonic()))
        return found

    async def _asked(self, fragment: str) -> Drawn:
        message = BackMsg()
        client = message.rerun_script
        client.query_string = self._query
        client.page_script_hash = calc_hash("" if self._screen == FIRST else self._screen)
        client.fragment_id, client.is_auto_rerun = fragment, bool(fragment)
        client.context_info.url = self._address
        client.context_info.timezone, client.context_info.locale = "Asia/Ho_Chi_Minh", "vi-VN"
        began = time.perf_counter()
        await self._line.send(message.SerializeToString())
        sent, failed = await asyncio.wait_for(self._heard(), PATIENCE)
        return Drawn(self._screen, time.perf_counter() - began, sent, failed, bool(fragment))

    async def _heard(self) -> tuple[int, bool]:
        """Bytes until the script has ended, and whether something on it failed."""
        sent, failed = 0, False
        while True:
            data = await self._line.recv(decode=False)
            sent += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "auto_rerun":
                every = message.auto_rerun.interval
                self._looks[message.auto_rerun.fragment_id] = every, time.monotonic() + every
            elif kind == "delta":
                failed = failed or _is_failure(message)
            elif kind == "page_not_found":
                failed = True
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return sent, failed or message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR


def _is_failure(message: ForwardMsg) -> bool:
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    return kind == "exception" or (kind == "alert" and element.alert.body.startswith(_FAILURE))
