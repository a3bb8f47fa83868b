"""What may be asked of a unit, what may be answered, and whether a signed link still opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from diembao.core.errors import WrongUse
from diembao.core.requests import Request, RequestState
from diembao.plan.reader import Profile
from diembao.response import files
from diembao.response.acts import words

# Characters of a question, an answer, a reason, the number of a letter.
QUESTION, ANSWER, REASON, LETTER = 4_000, 20_000, 2_000, 100
# Requests of one case; files of one answer, and their bytes together.
OF_CASE, FILES, ALL_FILES = 50, 10, 30_000_000
NONE: Final = "Không có yêu cầu này (There is no such request)"


@dataclass(frozen=True, slots=True)
class Asking:
    """What a person asks of a unit. ``due_at`` None: as the profile says; ``waits``: the case's clock stands until
    it is answered; ``mail``: send it, where the unit's address is known.
    """

    unit: str
    question: str
    claims: tuple[int, ...] = ()
    letter: str = ""
    letter_date: str = ""
    due_at: datetime | None = None
    waits: bool = False
    mail: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """``files`` are (name, bytes)."""

    text: str
    files: Sequence[tuple[str, bytes]] = ()


def checked(asking: Asking, profile: Profile, now: datetime) -> Asking:
    """As it is kept.

    Raises:
        WrongUse: no question, an unknown unit, a day or time that will not do, something too long.
    """
    question = words(asking.question, QUESTION, "nội dung hỏi", "the question", needed=True)
    letter = words(" ".join(asking.letter.split()), LETTER, "số công văn", "the letter's number")
    if asking.unit not in profile.units:
        unit = asking.unit[:40]
        raise WrongUse(f"Không có đơn vị '{unit}' (There is no unit '{unit}')")
    if asking.letter_date and not _is_day(asking.letter_date):
        raise WrongUse("Ngày công văn viết như 2026-11-21 (The letter's date is written like 2026-11-21)")
    if asking.due_at is not None and asking.due_at <= now:
        raise WrongUse("Hạn trả lời đã qua (The time to answer by is over already)")
    return replace(asking, question=question, letter=letter, claims=tuple(sorted(set(asking.claims))))


def taken(answer: Answer) -> tuple[str, list[tuple[files.Checked, bytes]]]:
    """Raises:
    WrongUse: neither words nor a file; too long, too many, too large, or of a kind that is not taken.
    """
    text = words(answer.text, ANSWER, "nội dung trả lời", "the answer")
    if not text and not answer.files:
        raise WrongUse("Chưa có nội dung trả lời hay tệp nào (Neither an answer nor a file)")
    if len(answer.files) > FILES:
        raise WrongUse(f"Mỗi trả lời có nhiều nhất {FILES} tệp (An answer has at most {FILES} files)")
    if sum(len(data) for _, data in answer.files) > ALL_FILES:
        most = ALL_FILES // 1_000_000
        raise WrongUse(f"Các tệp cộng lại lớn hơn {most} MB (The files together are larger than {most} MB)")
    return text, [(files.checked(name, data), data) for name, data in answer.files]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def check_link(asked: Request | None, version: int, now: datetime) -> tuple[str, str] | None:
    """Why this link opens nothing, in Vietnamese and in English; None: it does."""
    if asked is None:
        return "Không có yêu cầu này", "There is no such request"
    if asked.state is RequestState.ANSWERED:
        return "Yêu cầu này đã được trả lời", "This request is answered already"
    if asked.state is RequestState.WITHDRAWN:
        return "Yêu cầu này đã được rút lại", "This request was withdrawn"
    if asked.link != version:
        return "Liên kết này đã bị thay hoặc thu hồi", "This link was replaced or revoked"
    if asked.link_until is None or now >= asked.link_until:
        return "Liên kết này đã hết hạn", "This link has ended"
    return None
