"""What a check finds, and how checks are run: all at once, each within its time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from diembao.core.errors import DiembaoError, RecordDamaged

# Seconds for all checks together. A name server that is silent is the slowest of them; a LibreOffice that starts for
# the first time on a busy machine comes next.
LIMIT: Final = 45.0


class State(StrEnum):
    GOOD = "good"
    LOOK = "look"  # it works, and somebody should look at it
    BAD = "bad"  # something will not work


@dataclass(frozen=True, slots=True)
class Finding:
    """``says`` and ``do`` (what to do about it; "" for nothing) in Vietnamese and in English."""

    name: str
    state: State
    says: tuple[str, str]
    do: tuple[str, str] = ("", "")


Says = tuple[str, str]
NOTHING: Final = ("", "")


NOT_LOOKED: Final = "không kiểm tra được", "could not be looked at"
AS_SAID: Final = (
    "sửa điều câu trên nói trong diembao.toml, rồi khám lại",
    "mend what the sentence names, then look again",
)


DAMAGED: Final = (
    (
        "dừng mọi chương trình; chép diembao.db, -wal, -shm (hay thư mục của PostgreSQL) sang nơi khác, không sửa;"
        " `diembao backup verify BẢN-SAO` từ bản mới nhất; `diembao restore BẢN-SAO --home THƯ-MỤC-MỚI`;"
        " xem “A damaged record” trong docs/operations.md"
    ),
    (
        "stop all programs; copy diembao.db, -wal, -shm (or PostgreSQL's folder) elsewhere, mend nothing;"
        " `diembao backup verify BACKUP` from the newest on; `diembao restore BACKUP --home NEW-FOLDER`;"
        ' see "A damaged record" in docs/operations.md'
    ),
)


@dataclass(frozen=True, slots=True)
class Check:
    """``name`` is the word before its line. ``wrong`` and ``do`` are for errors that it meets: their own sentences may
    be English alone, and tell what is wrong but not what to do.
    """

    name: str
    look: Callable[[], Finding]
    wrong: Says = NOT_LOOKED
    do: Says = AS_SAID


def good(name: str, vi: str, en: str) -> Finding:
    return Finding(name, State.GOOD, (vi, en))


def look(name: str, says: Says, do: Says) -> Finding:
    return Finding(name, State.LOOK, says, do)


def bad(name: str, says: Says, do: Says) -> Finding:
    return Finding(name, State.BAD, says, do)


def run(checks: Sequence[Check], limit: float = LIMIT) -> Iterator[Finding]:
    """In the order of the checks, each as soon as those before it are told. One that is not done within the limit is
    told as such: its thread is left behind, and ends with the program.
    """
    answers = [_begun(check) for check in checks]
    clock = threading.Event()
    timer = threading.Timer(limit, clock.set)
    timer.daemon = True
    timer.start()
    try:
        for check, answer in zip(checks, answers, strict=True):
            yield _waited(check, answer, clock, limit)
    finally:
        timer.cancel()


def _begun(check: Check) -> queue.SimpleQueue[Finding]:
    answer: queue.SimpleQueue[Finding] = queue.SimpleQueue()
    threading.Thread(target=lambda: answer.put(_looked(check)), daemon=True).start()
    return answer


def _waited(check: Check, answer: queue.SimpleQueue[Finding], over: threading.Event, limit: float) -> Finding:
    while True:
        try:
            return answer.get(timeout=0.05)
        except queue.Empty:
            if over.is_set():
                says = f"không trả lời trong {limit:g} giây", f"no answer within {limit:g} seconds"
                return bad(check.name, says, ("xem máy chủ hay ổ đĩa mà mục này hỏi tới", "see what it asks"))


def _looked(check: Check) -> Finding:
    try:
        return check.look()
    except RecordDamaged as error:  # whoever meets it: it is the record that is to be seen to
        return bad(check.name, (f"kho HỎNG: {error.told}", f"the record is damaged: {error.told}"), DAMAGED)
    except DiembaoError as error:
        return _failed(check, str(error))
    except Exception as error:  # noqa: BLE001 (a check that falls over is a finding, and the others are told)
        return _failed(check, repr(error))


def _failed(check: Check, why: str) -> Finding:
    return bad(check.name, (f"{check.wrong[0]}: {why}", f"{check.wrong[1]}: {why}"), check.do)
