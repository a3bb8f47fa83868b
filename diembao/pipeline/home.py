"""The folder that an installation lives in."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from diembao.core.errors import Misconfigured, Retry
from diembao.core.shortage import is_shortage

if TYPE_CHECKING:
    from diembao.pipeline.wiring import Installation

# A file, and a fact of the record: both tell the same word, so that several machines notice when they do not have the
# same home. Heads that were taught, keys, profiles and the office's outlets are files: with others every machine would
# judge otherwise.
NAMED: Final = "installation.id"
RESTORING: Final = "restoring"  # a file that stands in a home as long as not all of its backup is there


def make_home(home: Path) -> None:
    """Raises:
    Misconfigured: the folder cannot be made or written; or it is one that is being restored.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"không tạo được thư mục dữ liệu {home}: {error.strerror}; đặt DIEMBAO_HOME hay --home"
            f" (the home {home} cannot be made; set DIEMBAO_HOME or --home)"
        ) from error
    if (home / RESTORING).exists():
        raise Misconfigured(
            f"{home} chưa khôi phục xong: chạy lại `diembao restore` (is not whole yet: run `diembao restore` again)"
        )


def fate_of(home: Path, error: OSError) -> Misconfigured | Retry:
    """Of something that could not be written there."""
    why = error.strerror or error
    if is_shortage(error):
        return Retry(f"lúc này không ghi được thư mục {home}: {why} (the home {home} cannot be written now)")
    return Misconfigured(
        f"không ghi được thư mục {home}: {why}; `diembao doctor` nói rõ hơn"
        f" (the home {home} cannot be written; `diembao doctor` says more)"
    )


def _new_word() -> str:
    return secrets.token_hex(8)


def same_home(house: Installation, new_word: Callable[[], str] = _new_word) -> None:
    """For one of several processes on one record: is this the home that it belongs to? The first that asks says which
    it is; several may ask at once.

    Raises:
        Misconfigured: it is not. Retry: there is no room for its file now.
    """
    path, record = house.settings.home / NAMED, house.record
    known = record.fact(NAMED)
    if known is None:
        _name(path, new_word)
        word = _word(path)
        known = record.change_fact(NAMED, lambda before: before or word)
    if _word(path) != known:
        raise Misconfigured(
            f"{house.settings.home} không phải thư mục dữ liệu chung của kho này: gắn đúng thư mục dùng chung; nếu"
            f" chính là nó, ghi “{known}” vào tệp {NAMED} (this is not the home that the record knows: mount the"
            f" shared folder; or write '{known}' into its file {NAMED})"
        )


def _name(path: Path, new_word: Callable[[], str]) -> None:
    """With a word of its own, unless it has one: the file is there with the word in it, or not at all."""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f"{NAMED}.") as file:
            file.write(new_word())
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(file.name, path)
    except OSError as error:
        raise fate_of(path.parent, error) from error
    if not _word(path):
        raise Misconfigured(f"tệp {path} trống: xóa nó rồi chạy lại (the file is empty: delete it and start again)")


def _word(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"không đọc được {path}: {error} ({path} cannot be read)") from error
