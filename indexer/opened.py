"""An open index of tantivy, and whether what it has read is still what lies on the disk."""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import tantivy

_LIST: Final = "meta.json"  # tantivy's, of its files: another file with each commit


class _Held:
    """A file or folder held open. Its path may since lead to another one; while this one is held, no other can have
    its number.
    """

    def __init__(self, path: Path) -> None:
        self._number = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._number)
        self._was = os.fstat(self._number)

    def is_at(self, path: Path) -> bool:
        return os.path.samestat(path.stat(), self._was)

    def is_as_it_was_at(self, path: Path) -> bool:
        """Nor was anything written into it."""
        now = path.stat()
        same = os.path.samestat(now, self._was)
        return same and (now.st_mtime_ns, now.st_size) == (self._was.st_mtime_ns, self._was.st_size)


class Opened(_Held):
    """An open index and the folder it was opened in."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        super().__init__(folder)
        self.index = index
        self._list = folder / _LIST
        self._read: _Held | None = None

    def reload(self) -> None:
        """What was committed last. The engine opens every file anew for it, which takes as long as a small search: it
        is asked only where its list of them is another one.
        """
        if self._read is None or not self._read.is_as_it_was_at(self._list):
            held = _Held(self._list)  # before it is read: what is committed meanwhile is seen the next time
            self.index.reload()
            self._read = held
