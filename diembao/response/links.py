"""Signed links: with one, a unit answers one request without an account.

A link names the case, the request and its version, and is signed with a key that only this home has; it is made when a
message leaves, and kept nowhere. When it ends, and whether it still holds, stands in the record: a new version, an
answer or a withdrawal ends every link that was given out before.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from diembao.core.errors import Misconfigured
from diembao.response.signing import make_secret

PLACE: Final = Path("keys") / "links.key"
PAGE: Final = "/tra-loi"
# Bytes of the key; characters of a token, far more than any of ours has.
KEY, TOKEN = 32, 300
_ABOUT: Final = b"diembao request 1\x00"
_NAMED: Final = re.compile(r"(VV-(?:[A-Z]{1,4}-)?\d{4}-\d{4,9})/(\d{1,6})/(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Links:
    """Of one installation. ``public_url`` is where people reach it; "": nowhere, and there is no link."""

    key: bytes
    public_url: str = ""

    def token(self, case: str, request: int, version: int) -> str:
        named = f"{case}/{request}/{version}".encode()
        return f"{_coded(named)}.{_coded(self._seal(named))}"

    def address(self, link: tuple[str, int, int]) -> str:
        """What the unit opens; "" where nobody could reach it."""
        return f"{self.public_url.rstrip('/')}{PAGE}?ma={self.token(*link)}" if self.public_url else ""

    def opened(self, token: str) -> tuple[str, int, int] | None:
        """Case, request and version; None: it is none of ours."""
        first, dot, second = token.partition(".") if len(token) <= TOKEN and token.isascii() else ("", "", "")
        try:
            named, seal = _decoded(first), _decoded(second)
        except (binascii.Error, ValueError):
            return None
        if not dot or not hmac.compare_digest(seal, self._seal(named)):
            return None
        found = _NAMED.fullmatch(named.decode())
        return (found[1], int(found[2]), int(found[3])) if found else None

    def _seal(self, named: bytes) -> bytes:
        return hmac.digest(self.key, _ABOUT + named, hashlib.sha256)


def links(home: Path, public_url: str) -> Links:
    """Those of this home; its key is made where there is none yet.

    Raises:
        Misconfigured: the key cannot be read or made, is open to others, or is no key.
    """
    path = home / PLACE
    try:
        if not path.exists():
            make_secret(path, secrets.token_bytes(KEY))
        if path.stat().st_mode & 0o077:
            raise Misconfigured(
                f"người khác đọc được {path}; chạy: chmod 600 {path}"
                f" ({path} can be read by others; run: chmod 600 {path})"
            )
        key = path.read_bytes()[: KEY + 1]
    except OSError as error:
        raise Misconfigured(
            f"không đọc hay tạo được khóa {path}: {error} (the key {path} cannot be read or made: {error})"
        ) from error
    if len(key) != KEY:
        raise Misconfigured(f"{path} không phải khóa của chương trình (it holds no key of ours, {KEY} bytes)")
    return Links(key, public_url)


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
