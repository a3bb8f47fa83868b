"""The folder that an installation lives in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from diembao.core.errors import Misconfigured

RESTORING: Final = "restoring"  # a file that stands in a home as long as not all of its backup is there


def make_home(home: Path) -> None:
    """Raises:
    Misconfigured: the folder cannot be made or written; or it is one that is being restored.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(f"the home {home} cannot be made ({error.strerror}); set DIEMBAO_HOME or --home") from error
    if (home / RESTORING).exists():
        raise Misconfigured(
            f"{home} chưa khôi phục xong: chạy lại `diembao restore` (is not whole yet: run `diembao restore` again)"
        )
