"""Files of a report, side by side under one name; what is there is never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from diembao.core.errors import Misconfigured

MOST: Final = 1000  # reports of one period in one folder


def file(folder: Path, stem: str, made: Callable[[str], Mapping[str, bytes]]) -> dict[str, Path]:
    """Write the files of a report: ``made`` gets the name and gives each ending's content.

    Where one of them exists, all get the first free number: stem_2.docx, stem_2.figures.json.

    Raises:
        Misconfigured: the folder cannot be written to; nothing of this report is left in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"Không tạo được thư mục {folder}: {error.strerror}. / {folder} cannot be made: {error.strerror}"
        ) from error
    for n in range(1, MOST + 1):
        name = stem if n == 1 else f"{stem}_{n}"
        if any(folder.glob(f"{name}.*")):
            continue
        written = _written(folder, made(name), name)
        if written is not None:
            return written
    raise Misconfigured(
        f"{folder} đã có {MOST} báo cáo tên {stem}: dùng thư mục khác."
        f" / {folder} has {MOST} reports named {stem}; use another folder"
    )


def _written(folder: Path, contents: Mapping[str, bytes], name: str) -> dict[str, Path] | None:
    """None: another report took the name in between."""
    written: dict[str, Path] = {}
    try:
        for ending, content in contents.items():
            path = folder / f"{name}{ending}"
            with path.open("xb") as out:
                written[ending] = path
                out.write(content)
    except OSError as error:
        for path in written.values():
            path.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            return None
        raise Misconfigured(
            f"Không ghi được vào {folder}: {error.strerror}. / {folder} cannot be written to: {error.strerror}"
        ) from error
    return written
