"""Names that cannot be mistaken for one another.

What is typed at the door is ASCII, so that no letter of another script can stand in for one of ours; two names that
still look alike (`lan1`, `lanl`) share a *likeness*, and only one of them can be an account. The name that others
read is Latin letters only, without controls and direction marks.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from diembao.core.errors import WrongUse

LONGEST: Final = 40
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
_ALIKE: Final = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", ".": None, "_": None, "-": None})
_BESIDE: Final = frozenset(" .'’()-,0123456789")


def typed(name: str) -> str:
    """A name as it is looked up: wide letters and capitals do not matter. It may still be nobody's."""
    return unicodedata.normalize("NFKC", name[: 4 * LONGEST]).strip().casefold()


def checked(name: str) -> str:
    """Raises:
    WrongUse: the name will not do for a new account.
    """
    name = typed(name)
    if len(name) < 2 or len(name) > LONGEST or not _NAME.fullmatch(name):
        raise WrongUse(
            f"tên đăng nhập gồm 2 đến {LONGEST} chữ a–z không dấu, số, dấu chấm, gạch; bắt đầu bằng chữ"
            f" (a name is 2 to {LONGEST} letters a–z, digits, dots or dashes, and begins with a letter)"
        )
    return name


def likeness(name: str) -> str:
    """The same for two names that one could take for each other."""
    return name.translate(_ALIKE).replace("rn", "m").replace("vv", "w")


def checked_shown(shown: str) -> str:
    """Raises:
    WrongUse: the name that others read will not do.
    """
    shown = " ".join(unicodedata.normalize("NFC", shown[:1000]).split())
    strange = next((letter for letter in shown if letter not in _BESIDE and not _latin(letter)), "")
    if strange or not 1 <= len(shown) <= 80 or not any(map(_latin, shown)):
        raise WrongUse(
            "tên hiển thị gồm 1 đến 80 chữ cái La-tinh, số, dấu cách"
            " (the name that others read is 1 to 80 Latin letters, digits and spaces)"
        )
    return shown


def _latin(letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN ")
