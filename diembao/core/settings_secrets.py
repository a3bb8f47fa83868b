"""Secrets that lie in files of their own: `mail.password_file` in place of `mail.password` (part of `settings`).

A file in place of the value, in `diembao.toml` and in the environment (`DIEMBAO_MAIL__PASSWORD_FILE`), as Docker's
secrets and systemd's credentials hand them over. A relative path in `diembao.toml` starts in the home.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from diembao.core.errors import Misconfigured

# (section, setting). Keys of channels and of the language model have settings of their own for this.
SECRETS: Final = (
    ("store", "url"),
    ("index", "password"),
    ("index", "api_key"),
    ("mail", "password"),
    ("oidc", "client_secret"),
    ("crawl", "proxy"),
)
LARGEST: Final = 10_000  # bytes


def with_secrets(values: dict[str, Any], home: Path) -> dict[str, Any]:
    """The same, with what the files hold.

    Raises:
        Misconfigured: a secret is there twice, or its file cannot be read, is empty, too large or no text. Never says
            what is in it.
    """
    found = dict(values)
    for section, name in SECRETS:
        its = found.get(section)
        if not isinstance(its, dict) or f"{name}_file" not in its:
            continue
        rest = {key: value for key, value in its.items() if key != f"{name}_file"}
        if rest.get(name):
            raise Misconfigured(
                f"đặt cả '{section}.{name}' lẫn '{section}.{name}_file': chỉ giữ một"
                f" ('{section}.{name}' and '{section}.{name}_file' are both set: keep one of them)"
            )
        found[section] = {
            **rest,
            name: _read(f"{section}.{name}_file", home / Path(str(its[f"{name}_file"])).expanduser()),
        }
    return found


def _read(setting: str, path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        secret = raw.decode("utf-8").strip("\r\n")
    except OSError as error:
        raise Misconfigured(
            f"'{setting}': không đọc được {path}: {error.strerror}"
            f" ('{setting}': {path} cannot be read: {error.strerror})"
        ) from error
    except UnicodeDecodeError:
        raise Misconfigured(f"'{setting}': {path} không phải là chữ ('{setting}': {path} is no text)") from None
    if not secret or len(raw) > LARGEST or "\n" in secret:
        raise Misconfigured(
            f"'{setting}': {path} phải có đúng một dòng, nhiều nhất {LARGEST} byte"
            f" ('{setting}': {path} must hold one line, of {LARGEST} bytes at the most)"
        )
    return secret
