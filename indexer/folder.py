"""tantivy's folder: who may write, what is current, what is not worth reading any more.

    home/index/
        index-<16 hex digits>/   tantivy's files; the digits stand for fields, analysis and file format
        position.json            up to which number of the log it is complete
        new/                     another one, in the making

A file `damaged` in tantivy's folder says that somebody has met files that are not as they were written (`checksum`).

An index of another version, a folder that was deleted, files that cannot be read: to a reader all of them are an empty
index at position 0, and the first write makes a new one. One process writes; its lock is taken with the first write,
kept until `close`, and given back by the system if the process dies.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from diembao.core.errors import IndexAway, Misconfigured, WrongUse
from diembao.core.shortage import is_told_shortage
from indexer.checksum import damaged
from indexer.opened import Opened

if TYPE_CHECKING:
    import tantivy

_DAMAGED: Final = "damaged"
_FRESH: Final = "new"  # where an index is made that takes another one's place
HEAP: Final = 64_000_000  # bytes a writer may hold before it writes a segment
_THREADS: Final = 1  # two cores serve the crawler and the dashboard as well


class Folder:
    """One index on disk, for one process. Safe to share between threads."""

    def __init__(self, path: Path, schema: tantivy.Schema, version: str, *, read_only: bool, heap: int = HEAP) -> None:
        self._path, self._folder, self._marks = path, path / f"index-{version}", path / "position.json"
        self._schema, self._read_only, self._heap = schema, read_only, heap
        self._reads, self._writes = threading.Lock(), threading.RLock()
        self._opened: Opened | None = None
        self._empty: tantivy.Index | None = None
        self._writer: tuple[Opened, tantivy.IndexWriter] | None = None
        self._checked = False  # has this process, before it wrote, looked whether all files are whole?

    # -- reading ----------------------------------------------------------------------------------

    @contextlib.contextmanager
    def reading(self) -> Iterator[tantivy.Searcher]:
        """What was committed last, by whichever process.

        Raises:
            IndexAway: its files are damaged, it is empty from now on, and the next write makes it anew; or they cannot
                be opened just now.
        """
        opened = self._current()
        try:
            yield (opened.index if opened else self._nothing()).searcher()
        except BaseException as error:
            self._refuse_now(error)
            if opened is None or not _may_be_damage(error) or not self._set_aside():
                raise
            msg = (
                f"chỉ mục ở {self._path} bị hỏng và đang được tạo lại"
                f" (the index in {self._path} is damaged and is made again)"
            )
            raise IndexAway(msg) from error

    def damaged(self) -> list[str]:
        """Names of files that are not as they were written; reads all of them."""
        return damaged(self._folder) if self._current() else []

    def checked(self) -> list[str]:
        """As `damaged`; where there are any, it is empty from now on, for every process."""
        self._checked = True
        return self._set_aside() if self._current() else []

    def _set_aside(self) -> list[str]:
        """If files are damaged, say so to every process; which are."""
        try:
            found = damaged(self._folder)
        except OSError as error:
            self._refuse_now(error)
            raise
        if found:
            with contextlib.suppress(OSError):
                (self._folder / _DAMAGED).touch()
        return found

    def _current(self) -> Opened | None:
        """The index, up to date; None where there is none that can be read."""
        with self._reads:
            try:
                if self._opened is None or not self._opened.is_at(self._folder):
                    self._opened = Opened(self._folder, self._open())
                self._opened.reload()
                if (self._folder / _DAMAGED).exists():
                    self._opened = None
            except BaseException as error:
                self._refuse_now(error)
                if not _may_be_damage(error):  # missing, or tantivy's words for unreadable
                    raise
                if not self._is_being_replaced():
                    self._opened = None
            return self._opened

    def _refuse_now(self, error: BaseException) -> None:
        """What the machine cannot open for want of something is neither missing nor damaged."""
        if _may_be_damage(error) and is_told_shortage(error):
            msg = (
                f"lúc này không mở được chỉ mục ở {self._path}: {error}"
                f" (the index in {self._path} cannot be opened now: {error})"
            )
            raise IndexAway(msg) from error

    def _is_being_replaced(self) -> bool:
        """For a moment there is neither the old nor the new one at its place: the old one, still open, answers."""
        return not self._folder.exists() and (self._path / _FRESH).exists()

    def _open(self) -> tantivy.Index:
        import tantivy

        index = tantivy.Index.open(str(self._folder))
        index.config_reader(reload_policy="manual")  # no thread that watches the folder: each search looks itself
        return index

    def _nothing(self) -> tantivy.Index:
        import tantivy

        self._empty = self._empty or tantivy.Index(self._schema)
        return self._empty

    # -- writing ----------------------------------------------------------------------------------

    @contextlib.contextmanager
    def writing(self) -> Iterator[tantivy.IndexWriter]:
        """The writer, for one thread at a time. What an error leaves uncommitted is dropped.

        Raises:
            IndexAway: another process writes.
            Misconfigured: the folder cannot be written.
        """
        if self._read_only:
            msg = f"the index in {self._path} was opened for reading only"
            raise WrongUse(msg)
        with self._writes:
            writer = self._ready_writer()
            try:
                yield writer
            except BaseException:
                with contextlib.suppress(ValueError):  # the error that brought us here says more
                    writer.rollback()
                raise

    def _ready_writer(self) -> tantivy.IndexWriter:
        if not self._checked:
            self._set_aside()
            self._checked = True
        opened = self._current() or self._made()
        if self._writer and self._writer[0] is not opened:
            self._release()
        if self._writer is None:
            with written(self._path):
                self._writer = opened, opened.index.writer(self._heap, _THREADS)
        return self._writer[1]

    def _made(self) -> Opened:
        """A new folder; what stood there, and indexes of other versions, are gone."""
        import tantivy

        self._release()
        with written(self._path):
            self._path.mkdir(parents=True, exist_ok=True)
            self._marks.unlink(missing_ok=True)  # first: an empty index must never look complete
            for old in self._path.glob("index-*"):
                shutil.rmtree(old)
            self._folder.mkdir()
            tantivy.Index(self._schema, path=str(self._folder))
            opened = self._current()
        if opened is None:
            msg = f"the index in {self._path} cannot be read right after it was made"
            raise IndexAway(msg)
        return opened

    @contextlib.contextmanager
    def beside(self) -> Iterator[Path]:
        """A folder for a new index, which takes this one's place at the end of the block.

        Raises:
            IndexAway, Misconfigured: as `writing`.
        """
        fresh = self._path / _FRESH
        shutil.rmtree(fresh, ignore_errors=True)  # what a crash left
        try:
            yield fresh
            with self._writes, written(self._path):
                self._release()
                self._take(fresh)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _take(self, fresh: Path) -> None:
        """The position goes first and comes last: a crash in between leaves an index at position 0."""
        self._marks.unlink(missing_ok=True)
        for old in self._path.glob("index-*"):
            old.rename(fresh / f"old-{old.name}")
        (fresh / self._folder.name).rename(self._folder)
        (fresh / self._marks.name).replace(self._marks)

    def _release(self) -> None:
        if self._writer:
            _, writer = self._writer
            self._writer = None
            with contextlib.suppress(ValueError):  # its folder may be gone
                writer.wait_merging_threads()

    def close(self) -> None:
        """Finish merging and give the lock back."""
        with self._writes:
            self._release()
        with self._reads:
            self._opened = None

    # -- position ---------------------------------------------------------------------------------

    def position(self) -> int:
        return self._marked() if self._current() else 0

    def _marked(self) -> int:
        try:
            marks = json.loads(self._marks.read_bytes())
            return int(marks["position"]) if marks["index"] == self._folder.name else 0
        except (OSError, ValueError, KeyError, TypeError) as error:  # missing or damaged: complete up to nowhere
            self._refuse_now(error)
            return 0

    def mark(self, number: int) -> None:
        """Remember the position; on disk when it returns."""
        with self.writing(), written(self._path):
            fresh = self._marks.with_suffix(".new")
            with fresh.open("w", encoding="utf-8") as file:
                json.dump({"index": self._folder.name, "position": number}, file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._marks)


def _may_be_damage(error: BaseException) -> bool:
    """Rust panics come as exceptions of a class that cannot be imported."""
    return isinstance(error, OSError | ValueError) or type(error).__name__ == "PanicException"


@contextlib.contextmanager
def written(path: Path) -> Iterator[None]:
    """Sort what writing may meet by what happens next."""
    try:
        yield
    except PermissionError as error:
        msg = f"không ghi được chỉ mục ở {path}: {error} (the index in {path} cannot be written: {error})"
        raise Misconfigured(msg) from error
    except (OSError, ValueError) as error:
        if "LockBusy" in str(error):
            msg = f"tiến trình khác đang ghi chỉ mục ở {path} (the index in {path} is being written by another process)"
            raise IndexAway(msg) from error
        msg = f"chưa ghi được chỉ mục ở {path}: {error} (the index in {path} could not be written: {error})"
        raise IndexAway(msg) from error
