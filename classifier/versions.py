"""What a model is called, so that vectors of another one are never mistaken for its own."""

from __future__ import annotations

import hashlib
from pathlib import Path


def version(name_or_path: str, dimension: int) -> str:
    """Of a folder: the digest of what it holds; a name stands for itself."""
    folder = Path(name_or_path)
    if not folder.is_dir():
        return f"{name_or_path}-{dimension}"
    sha = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".md":
            sha.update(file.relative_to(folder).as_posix().encode())
            with file.open("rb") as content:
                sha.update(hashlib.file_digest(content, "sha256").digest())
    return f"{folder.name}-{sha.hexdigest()[:10]}"
