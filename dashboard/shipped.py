"""Files that change with a release only (Streamlit's own, the fonts), read and compressed once and answered from
memory: a browser asks for some sixty of them before it draws anything.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import look

# Seconds a browser keeps a file: Streamlit's names change with what is in them, those of fonts do not.
FOR_GOOD, A_WEEK = 365 * 24 * 3600, 7 * 24 * 3600
# What is packed already does not get smaller.
_PACKED: Final = frozenset({".woff2", ".png", ".gif", ".jpg"})
_TYPES: Final = {".ttf": "font/ttf", ".woff2": "font/woff2", ".js": "text/javascript"}


def files() -> dict[str, Path]:
    """What is answered from memory, by address."""
    folder = Path(streamlit.__file__).parent / "static"
    found = {f"/{file.relative_to(folder).as_posix()}": file for file in (folder / "static").rglob("*.*")}
    return found | {f"{look.FONT_PATH}/{name}": file for name, file in look.fonts().items()}


@dataclass(frozen=True, slots=True)
class _Kept:
    plain: bytes
    packed: bytes
    headers: Mapping[str, str]


class Shipped:
    """ASGI middleware: answers for ``files`` (addresses with their paths) and hands all else on, also who asks for a
    part of a file. Whoever asks was looked at before (the gate). What is kept is bounded by what there is: 7 MB where
    every screen was opened.
    """

    def __init__(self, app: ASGIApp, files: Mapping[str, Path]) -> None:
        self._app = app
        self._files = files
        self._kept: dict[str, _Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self._files.get(scope.get("path", "")) if scope["type"] == "http" else None
        asked = Headers(scope=scope)
        if file is None or scope["method"] not in {"GET", "HEAD"} or "range" in asked:
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        kept = self._kept.get(path)
        if kept is None:
            kept = self._kept[path] = await run_in_threadpool(_read, file)
        await _answer(kept, asked)(scope, receive, send)


def _read(file: Path) -> _Kept:
    plain = file.read_bytes()
    packed = b"" if file.suffix in _PACKED else gzip.compress(plain, 6, mtime=0)
    age = f"max-age={A_WEEK}" if file.suffix == ".ttf" else f"max-age={FOR_GOOD}, immutable"
    headers = {
        "Cache-Control": f"public, {age}",
        "Content-Type": _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        "ETag": f'"{hashlib.sha256(plain).hexdigest()[:32]}"',
        "Vary": "Accept-Encoding",
    }
    return _Kept(b"" if packed else plain, packed, headers)


def _answer(kept: _Kept, asked: Headers) -> Response:
    """One of a browser that does not take gzip is unpacked for it: hardly any is left."""
    if kept.headers["ETag"] in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=kept.headers)
    if not kept.packed:
        return Response(kept.plain, headers=kept.headers)
    if "gzip" in asked.get("accept-encoding", ""):
        return Response(kept.packed, headers={**kept.headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(kept.packed), headers=kept.headers)
