"""An embedded index in its folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from diembao.core.document import Document

NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)


def document(name: str, text: str = "Bão") -> Document:
    return Document(name, text, "", "", NOW, NOW, {})


def folder(path: Path) -> Path:
    (found,) = path.glob("index-*")
    return found
