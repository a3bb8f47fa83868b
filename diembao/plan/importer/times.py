"""Periods and days as plans write them: "Hằng năm", "2024 - 2030", "Đến năm 2030", "trước ngày 20/5"."""

from __future__ import annotations

import re

from diembao.core.text import fold
from diembao.plan.importer.records import Period

_YEAR = r"(?<![0-9/])(20[0-9]{2})(?![0-9])"
_SPAN = re.compile(rf"{_YEAR}\s*(?:-|–|—|đến|tới)\s*(?:hết\s+)?(?:năm\s+)?(20[0-9]{{2}})(?![0-9])")
_UNTIL = re.compile(r"^(?:den|truoc|toi|het)\b")
_FROM = re.compile(r"^tu\b")
_RHYTHMS = (
    (re.compile(r"\bh[aă]ng nam\b|\bmoi nam\b"), "hằng năm"),
    (re.compile(r"\bh[aă]ng quy\b|\bmoi quy\b"), "hằng quý"),
    (re.compile(r"\bh[aă]ng thang\b|\bmoi thang\b"), "hằng tháng"),
    (re.compile(r"\bh[aă]ng tuan\b|\bmoi tuan\b"), "hằng tuần"),
    (re.compile(r"\bthuong xuyen\b"), "thường xuyên"),
    (re.compile(r"\bdinh ky\b"), "định kỳ"),
)
_DAY = re.compile(
    r"(?:trước|chậm nhất|muộn nhất)(?:\s+là)?\s+(?:vào\s+)?(?:ngày\s+)?"
    r"([0-9]{1,2})\s*(?:/|-|tháng)\s*([0-9]{1,2})(?![0-9]|\s*/?\s*20)"
)


def period(words: str) -> Period:
    """What a cell of times says; what it does not say stays None or empty, its words are kept."""
    words = " ".join(words.split()).strip(" .;")
    plain = fold(words)
    rhythm = next((name for pattern, name in _RHYTHMS if pattern.search(plain)), "")
    if span := _SPAN.search(words):
        return Period(int(span[1]), int(span[2]), rhythm, words)
    years = [int(year) for year in re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", words)]
    if not years:
        return Period(None, None, rhythm, words)
    first = None if _UNTIL.match(plain) else min(years)
    last = None if _FROM.match(plain) and len(years) == 1 else max(years)
    return Period(first, last, rhythm, words)


def days_before(text: str) -> list[tuple[str, int]]:
    """Days named as the last ones ("trước ngày 20/5"), as MM-DD, with their place in the text; possible ones only."""
    return [
        (f"{int(found[2]):02d}-{int(found[1]):02d}", found.start())
        for found in _DAY.finditer(text)
        if 1 <= int(found[2]) <= 12 and 1 <= int(found[1]) <= 31
    ]
