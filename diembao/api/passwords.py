"""Passwords: long rather than odd, none of the common ones, hashed with argon2id.

A name that nobody has costs the same work as one that somebody has.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

import argon2

from diembao.core.errors import Retry, WrongUse

SHORTEST, LONGEST = 12, 128

# argon2id at 64 MiB, four passes, one lane: about 150 ms of one processor (docs/performance.md). Two at once, so that
# a crowd at the door takes 128 MiB and leaves a processor; the others wait, at most so many seconds.
PASSES, MEMORY, LANES = 4, 64 * 1024, 1
AT_ONCE, PATIENCE = 2, 20.0

COMMON: Final = Path(__file__).with_name("common-passwords.txt")
# What people write for a letter.
_LEET: Final = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_LETTERS: Final = re.compile(r"[^a-z0-9]+")
# Letters and digits that must be left when everything common is taken out.
LEFT: Final = 6


class Hasher:
    """argon2id. Tests give it cheap parameters."""

    def __init__(self, *, passes: int = PASSES, memory: int = MEMORY, lanes: int = LANES) -> None:
        self._argon2 = argon2.PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=lanes)
        self._nobody = self._argon2.hash("nobody has this one")
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        with self._turn():
            return self._argon2.hash(_same(password))

    def fits(self, hashed: str, password: str) -> bool:
        """Is this the password of the hash? Without a hash: no, after the same work."""
        with self._turn():
            try:
                self._argon2.verify(hashed or self._nobody, _same(password))
            except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
                return False
        return bool(hashed)

    def is_old(self, hashed: str) -> bool:
        """Was it made with other parameters than those of today?"""
        return self._argon2.check_needs_rehash(hashed)

    def _turn(self) -> _Turn:
        return _Turn(self._turns)


class _Turn:
    def __init__(self, turns: threading.BoundedSemaphore) -> None:
        self._turns = turns

    def __enter__(self) -> None:
        if not self._turns.acquire(timeout=PATIENCE):
            raise Retry("đang có quá nhiều người đăng nhập (too many people are signing in)")

    def __exit__(self, *_: object) -> None:
        self._turns.release()


def checked(password: str, name: str) -> str:
    """Raises:
    WrongUse: too short, too long, a common one, or made of the account's name.
    """
    length = len(_same(password[: 4 * LONGEST]))
    if length < SHORTEST:
        raise WrongUse(
            f"mật khẩu cần ít nhất {SHORTEST} ký tự; một câu ngắn là tốt nhất"
            f" (a password has at least {SHORTEST} characters; a short sentence is best)"
        )
    if length > LONGEST:
        raise WrongUse(f"mật khẩu dài nhất {LONGEST} ký tự (a password has at most {LONGEST} characters)")
    if _is_common(_same(password), name):
        raise WrongUse(
            "mật khẩu này quá dễ đoán: từ phổ biến, dãy phím hoặc chính tên đăng nhập"
            " (this password is too easy to guess: common words, a row of keys, or the name itself)"
        )
    return password


def _same(password: str) -> str:
    """One password for all keyboards: composed and decomposed letters are the same."""
    return unicodedata.normalize("NFKC", password)


def _is_common(password: str, name: str) -> bool:
    plain = _plain(password)
    for version in (plain, plain.translate(_LEET)):
        left = _LETTERS.sub("", version)
        for stem in (*_stems(), _LETTERS.sub("", name)):
            if len(stem) >= 3:
                left = left.replace(stem, "")
        if len(left) < LEFT or len(set(left)) < 4:
            return True
    return False


def _plain(password: str) -> str:
    bare = "".join(x for x in unicodedata.normalize("NFD", password) if not unicodedata.combining(x))
    return bare.casefold().replace("đ", "d")


@lru_cache(maxsize=1)
def _stems() -> tuple[str, ...]:
    """The shipped list, the longest first."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return tuple(sorted((line for line in lines if line and not line.startswith("#")), key=lambda x: (-len(x), x)))
