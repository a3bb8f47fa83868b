"""One model's vectors on disk (see `vectors`): appended to, counted, read as a map."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from filelock import FileLock, Timeout

from diembao.core.errors import Misconfigured, Retry, WrongUse
from diembao.core.shortage import is_shortage

_MARKS: Final = "marks.json"
_WAIT: Final = 10.0  # seconds another process may take for one write
_DEAD: Final = 1000  # records that were replaced, before it is worth writing the rest anew

Numbers = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]


def as_number(article_id: str) -> int:
    """Ids are 16 hex digits, so they are kept as numbers of 64 bits."""
    try:
        if len(article_id) == 16:
            return int(article_id, 16)
    except ValueError:
        pass
    msg = f"'{article_id[:40]}' is no article's id"
    raise WrongUse(msg)


def as_numbers(ids: Sequence[str]) -> Numbers:
    return np.array([as_number(each) for each in ids], dtype=np.uint64)


@dataclass(frozen=True)
class View:
    """Records as they were counted at one moment."""

    ids: Numbers
    rows: Rows

    def __len__(self) -> int:
        return self.live.size

    @cached_property
    def _sorted(self) -> tuple[Numbers, Places]:
        """Each article once, in the order of ids, with the place of its last record."""
        order = np.argsort(self.ids, kind="stable")
        ids = self.ids[order]
        last = np.append(ids[1:] != ids[:-1], True) if ids.size else np.zeros(0, dtype=bool)
        return ids[last], order[last].astype(np.int64)

    @cached_property
    def live(self) -> Places:
        """The records that count, in the order of the file."""
        return np.sort(self._sorted[1])

    def at(self, ids: Numbers) -> Places:
        """The records of these articles, each once; of those that have none, none."""
        known, places = self._sorted
        asked = np.unique(ids)
        found = np.searchsorted(known, asked)
        inside = found < known.size
        hit = inside.copy()
        hit[inside] = known[found[inside]] == asked[inside]
        return np.sort(places[found[hit]])


_EMPTY: Final[Mapping[str, int]] = {"files": 0, "records": 0, "position": 0}


class VectorFile:
    """Safe to share between threads."""

    def __init__(self, folder: Path, version: str, dimension: int) -> None:
        self.folder, self.version, self.dimension = folder, version, dimension
        self._lock = threading.Lock()
        self._kept: tuple[tuple[int, int], View] | None = None

    @classmethod
    def found(cls, folder: Path) -> Self | None:
        """Whatever model's vectors lie there; None where they cannot be read."""
        try:
            marks = json.loads((folder / _MARKS).read_bytes())
            return cls(folder, str(marks["version"]), int(marks["dimension"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            refuse_now(folder, error)
            return None

    # -- reading ----------------------------------------------------------------------------------

    def view(self) -> View:
        """What is counted now, by whichever process."""
        with self._lock:
            for _ in range(2):  # files may be replaced between the look at the marks and theirs
                marks = self._marks()
                now = marks["files"], marks["records"]
                if self._kept and self._kept[0] == now:
                    return self._kept[1]
                try:
                    self._kept = now, self._mapped(*now)
                except (OSError, ValueError) as error:
                    refuse_now(self.folder, error)
                else:
                    return self._kept[1]
            return self._nothing()

    def _mapped(self, files: int, records: int) -> View:
        if not records:
            return self._nothing()
        rows, ids = self._paths(files)
        shape = records, self.dimension
        return View(
            np.array(np.memmap(ids, dtype="<u8", mode="r", shape=(records,))),
            np.memmap(rows, dtype="<f4", mode="r", shape=shape),
        )

    def _nothing(self) -> View:
        return View(np.zeros(0, dtype=np.uint64), np.zeros((0, self.dimension), dtype=np.float32))

    def position(self) -> int:
        return self._marks()["position"]

    def _paths(self, files: int) -> tuple[Path, Path]:
        return self.folder / f"rows-{files}.f32", self.folder / f"ids-{files}.u64"

    def _marks(self) -> dict[str, int]:
        """Nothing, where the marks are missing or damaged, or speak of more than there is."""
        try:
            read = json.loads((self.folder / _MARKS).read_bytes())
            marks = {name: int(read[name]) for name in _EMPTY}
            sizes = [path.stat().st_size for path in self._paths(marks["files"])] if marks["records"] else [0, 0]
            each = 4 * self.dimension, 8
            whole = all(size >= marks["records"] * one for size, one in zip(sizes, each, strict=True))
            return marks if whole and min(marks.values()) >= 0 else dict(_EMPTY)
        except (OSError, ValueError, KeyError, TypeError) as error:
            refuse_now(self.folder, error)
            return dict(_EMPTY)

    # -- writing ----------------------------------------------------------------------------------

    def append(self, ids: Numbers, rows: Rows) -> int:
        if not ids.size:
            return 0
        with self._alone() as found:
            has_room = found["records"] <= 2 * len(self.view()) + _DEAD
            marks = found if has_room else self._rewritten(found)
            self._write(marks["files"], marks["records"], ids, rows)
            self._set(marks | {"records": marks["records"] + int(ids.size)})
        return int(ids.size)

    def mark(self, number: int) -> None:
        with self._alone() as marks:
            self._set(marks | {"position": number})

    def close(self) -> None:
        with self._lock:
            self._kept = None

    def _rewritten(self, marks: dict[str, int]) -> dict[str, int]:
        """The records that count, in new files."""
        view, fresh = self.view(), marks["files"] + 1
        self._write(fresh, 0, view.ids[view.live], view.rows[view.live])
        renewed = marks | {"files": fresh, "records": len(view)}
        self._set(renewed)
        self._forget(marks["files"])
        return renewed

    def _write(self, files: int, records: int, ids: Numbers, rows: Rows) -> None:
        """Behind the records that count, over whatever a crash has left there; on disk when it returns."""
        for path, data in zip(self._paths(files), (rows.astype("<f4"), ids.astype("<u8")), strict=True):
            with path.open("r+b" if path.exists() else "wb") as file:
                file.seek(records * data[0].nbytes)
                file.write(data.tobytes())
                file.truncate()
                file.flush()
                os.fsync(file.fileno())

    def _set(self, marks: Mapping[str, int]) -> None:
        replace_json(self.folder / _MARKS, {"version": self.version, "dimension": self.dimension, **marks})

    def _forget(self, files: int) -> None:
        for path in self._paths(files):
            path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[dict[str, int]]:
        """The marks, while nobody else writes."""
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / "write.lock", timeout=_WAIT):
                yield self._marks()


def refuse_now(folder: Path, error: Exception) -> None:
    """What the machine cannot open for want of something is neither missing nor damaged.

    Raises:
        Retry: it is so.
    """
    if is_shortage(error):
        msg = f"the vectors in {folder} cannot be opened now: {error}"
        raise Retry(msg) from error


def replace_json(path: Path, content: Mapping[str, Any]) -> None:
    """In one step, and on disk when it returns."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Sort what writing may meet by what happens next."""
    try:
        yield
    except Timeout as error:
        msg = (
            f"tiến trình khác đang ghi véc-tơ ở {folder} (the vectors in {folder} are being written by another process)"
        )
        raise Retry(msg) from error
    except PermissionError as error:
        msg = f"không ghi được véc-tơ ở {folder}: {error} (the vectors in {folder} cannot be written: {error})"
        raise Misconfigured(msg) from error
    except OSError as error:
        msg = f"chưa ghi được véc-tơ ở {folder}: {error} (the vectors in {folder} could not be written: {error})"
        raise Retry(msg) from error
