"""Who wrote it is not ours to keep: lines that only name an author are left out of every text.

The response itself is kept as evidence and holds what was published; what we store of it as title, lead and
text does not name its author. Names inside sentences are news and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_LINE = 120  # characters; a line that only names its authors is no longer
MAX_UNCASED = 30  # characters; the same in scripts without capitals, where a clause looks like a name
MAX_WORDS = 14  # three authors with four words each, and what joins them

_CREDIT = re.compile(
    r"(?:(?:tin|bài|ảnh|thực hiện|nội dung|đồ họa|video|clip|tổng hợp)"
    r"(?:\s*(?:,|và|-|&|/)\s*(?:tin|bài|ảnh|đồ họa|video|clip)){0,3}\s*:"
    r"|(?:reported by|written by|story by|photos? by|by|textes? (?:de|par)|par)\s"
    r"|(?:автор|авторы|текст|фото)\s*:|文/|文[:：]|記者[:：]|记者[:：]|(?:責任編輯|责任编辑|责编|責編|编辑|編輯|作者|撰文|供稿)\s*[:：]|โดย\s?[:：]?|ໂດຍ\s?[:：]?|ដោយ\s?[:៖])",
    re.IGNORECASE,
)
_JOINING = frozenset(["và", "and", "et", "и", "-", "–", "/", "&", "với", "with"])
_KOREAN = re.compile(r"(?:\S+\s*=\s*)?[가-힣]{2,4}\s*기자(?:\s+\S+@\S+)?|\S+@\S+\.\S+")


def without_bylines(text: str, authors: Iterable[str] = ()) -> str:
    """The text without lines that are an author's name, known from markup or told by their shape."""
    known = {_bare(part) for author in authors for part in (author, *re.split(r"[,;&/]|\bvà\b|\band\b", author))} - {""}
    return "\n".join(line for line in text.split("\n") if not _is_byline(line, known))


def _is_byline(line: str, known: set[str]) -> bool:
    if len(line) > MAX_LINE:
        return False
    words = line.strip(" \t()[]（）【】〔〕*|–-—.·:")
    if _bare(words) in known or _KOREAN.fullmatch(words):
        return True
    credit = _CREDIT.match(words)
    return credit is not None and _are_names(words[credit.end() :])


def _are_names(rest: str) -> bool:
    """Capitalised words and what joins them; in scripts without capitals, something short."""
    words = [word for word in re.split(r"[\s,;、]+", rest.strip()) if word not in _JOINING]
    if all(word[:1].isupper() for word in words):
        return 0 < len(words) <= MAX_WORDS
    return len(rest) <= MAX_UNCASED and all(word[:1].isalpha() and not word[:1].islower() for word in words)


def _bare(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", name).casefold().split())
