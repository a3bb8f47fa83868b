"""The folder that an installation lives in."""

from __future__ import annotations

from pathlib import Path

from diembao.core.errors import Misconfigured


def make_home(home: Path) -> None:
    """Raises:
    Misconfigured: the folder cannot be made or written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(f"the home {home} cannot be made ({error.strerror}); set DIEMBAO_HOME or --home") from error
