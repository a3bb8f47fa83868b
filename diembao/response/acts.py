"""What every act of the desk begins and ends with: who acts, the case as it stands, the line of its log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from diembao.core.accounts import CONSOLE
from diembao.core.case import Act, Case, CaseLine
from diembao.core.desk import Once
from diembao.core.errors import Outdated, WrongUse
from diembao.core.ports import Writer
from diembao.core.text import nfc

LONGEST: Final = 120  # characters of a title in a message
_SQUARE: Final = str.maketrans("()", "[]")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts (``person:<account>``), when, and from where (``session:12``, ``console``); ``once`` is the request that
    asked for it, where it may be sent again: the first line of the act bears it.
    """

    by: str
    now: datetime
    where: str = ""
    once: Once | None = None

    def __post_init__(self) -> None:
        if not self.by.startswith("person:") or not self.by.removeprefix("person:").strip():
            raise WrongUse(
                f"“{self.by[:40]}” không phải là người: phải là 'person:' và số tài khoản"
                f" ('{self.by[:40]}' is not a person: it begins with 'person:' and names the account)"
            )


def line(act: Act, actor: Actor, facts: Mapping[str, str] | None = None) -> CaseLine:
    marked = {"where": actor.where} if actor.where == CONSOLE.where else {}
    return CaseLine(act, actor.by, actor.now, {**(facts or {}), **marked}, where=actor.where, once=actor.once)


def there(write: Writer, number: str) -> Case:
    """Raises:
    WrongUse: there is no such case.
    """
    case = write.case(number)
    if case is None:
        raise WrongUse(f"Không có vụ việc {number[:40]} (There is no case {number[:40]})")
    return case


def unchanged(write: Writer, seen: Case) -> Case:
    """Raises:
    Outdated: it is no longer as it was seen.
    """
    case = there(write, seen.number)
    if case.version != seen.version:
        raise Outdated(
            "Có người vừa đổi vụ việc này; xem lại rồi làm tiếp, chưa ghi gì"
            " (Somebody has just changed this case; look again, nothing was written)"
        )
    return case


def put(write: Writer, case: Case, told: CaseLine) -> Case:
    """The case as it is now, one version on, and the line that says why."""
    kept = replace(case, version=case.version + 1, changed_at=told.at)
    write.put_case(kept)
    write.add_line(kept.number, told)
    return kept


def shown(title: str) -> str:
    """A title of the press within a message of both languages, whose English half stands in round brackets."""
    line = " ".join(title.translate(_SQUARE).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def words(text: str, limit: int, vietnamese: str, english: str, *, needed: bool = False) -> str:
    """Somebody's words, NFC and without space around them.

    Raises:
        WrongUse: more than ``limit`` characters, or none where they are ``needed``; the names say of what.
    """
    found = nfc(text).strip()
    if needed and not any(sign.isprintable() and not sign.isspace() for sign in found):  # signs nobody sees say nothing
        raise WrongUse(f"Thiếu {vietnamese} (Missing: {english})")
    if len(found) > limit:
        raise WrongUse(f"Quá dài: {vietnamese} được {limit} ký tự (Too long: {english} may have {limit} characters)")
    return found
