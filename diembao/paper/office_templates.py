"""An office's own templates: DOCX files in the home's folder `templates`, one for all reports or one for each kind."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = "templates"
ALL: Final = "bao-cao.docx"


def template_of(home: Path, kind: str) -> Path | None:
    """``<home>/templates/<kind>.docx``, else `ALL`; None: the program's own."""
    folder = home / FOLDER
    return next((path for path in (folder / f"{kind}.docx", folder / ALL) if path.is_file()), None)
