"""Errors, sorted by what happens next.

    DiembaoError
    ├── Retry          a later run may succeed (time-outs, 5xx, a busy server)
    │   ├── IndexAway  the searchable copy cannot be asked or written now; all else goes on
    │   └── RecordAway the record cannot be asked or written now; nothing goes on
    ├── SetAside       a person must look: the input is kept in quarantine and can be replayed
    ├── Refused        a rule of ours says no, and will say no again (robots, size, address …)
    ├── Misconfigured  stop: a file or a setting must change first (exit code 3)
    ├── RecordDamaged  stop (exit code 3): keep the record's files, restore a backup; nothing that was written is safe
    └── WrongUse       the caller asked for something that cannot be (exit code 2)
        ├── QueryError a typed query that cannot be read, with the place in it
        ├── Outdated   somebody else changed it meanwhile: look, then say it again
        └── Parted     what the caller follows is not what they followed before: begin anew

Every error carries one sentence for a person; ``pipeline`` has one handler for each fate.
"Nothing new" is a count, never an error.
"""

from __future__ import annotations


class DiembaoError(Exception):
    """The root of what this project raises on purpose."""


class Retry(DiembaoError):
    """A passing failure. ``after`` is the number of seconds the other side asked us to wait, if it did."""

    def __init__(self, message: str, *, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class IndexAway(Retry):
    """The searchable copy cannot be asked or written now. What waits for it stays in the log; nothing is lost."""


class RecordAway(Retry):
    """The record cannot be asked or written now (busy, its server or disk away or full). It is us: whoever reads
    outlets must not take it for a failure of theirs.
    """


class SetAside(DiembaoError):
    """Input that no rule of ours can handle. The bytes and this message go to quarantine."""


class Refused(DiembaoError):
    """A rule of ours says no. ``reason`` is the word after ``refused:`` in the ledger."""

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(message or reason)
        self.reason = reason


class Misconfigured(DiembaoError):
    """A file or a setting must change before anything can go on."""


class RecordDamaged(DiembaoError):
    """What the record holds cannot be read any more. ``where`` names the database, ``said`` is what it told.

    No `Misconfigured`: whoever handles an alert, a channel, a question, a model or a feed that is set wrong would take
    it for something of its own, write that down in the damaged record, and go on.
    """

    def __init__(self, where: str, said: str) -> None:
        said = " ".join(said.split())
        self.told = f"{where}: {said}"
        super().__init__(
            f"{where} bị hỏng, hoặc không phải là kho: {said}; dừng mọi chương trình, giữ nguyên các tệp, khôi phục"
            " bản sao lưu mới nhất còn nguyên, xem docs/operations.md"
            f" ({where} is damaged, or no record: {said}; stop all programs, keep the files, restore the newest"
            " backup that is whole, see docs/operations.md)"
        )


class WrongUse(DiembaoError):
    """The caller asked for something that cannot be."""


class QueryError(WrongUse):
    """A typed query that cannot be read. ``position`` counts characters from 0, or is None; ``said`` is the message
    in Vietnamese and in English, without its place, where it was made of the two.
    """

    def __init__(self, message: str, *, position: int | None = None, said: tuple[str, str] | None = None) -> None:
        super().__init__(message)
        self.position = position
        self.said = said or (message, message)


class Outdated(WrongUse):
    """Somebody else changed it since it was read: nothing was written, and what was to be is still the caller's."""


class Parted(WrongUse):
    """What the caller holds is of a record that went another way: this one was restored since. Begin anew."""
