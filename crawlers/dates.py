"""When was it published? One rule for what feeds, markup and pages write.

A date is found first, then a clock time in what is left, then a zone right behind the clock. What has no zone
is in the outlet's. Where the rule has no answer, dateparser is asked in the outlet's language. A date that
cannot be (before 1995, or more than a day ahead of now) is no date: unknown is better than wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawlers.almanac import ERAS, VIETNAMESE
from crawlers.clocks import CLOCK, moment_of
from diembao.core.article import DateFrom, Outlet
from diembao.core.months import ENGLISH, MONTHS

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # no outlet was on the web before
AHEAD = timedelta(days=1)  # clocks and zones differ; more than that is a mistake
BUDDHIST = 543  # years that Thailand counts more than we do; Lao and Khmer papers do so at times
_BUDDHIST = frozenset(("th", "lo", "km"))
_SHORT_BUDDHIST = 38  # 2538 is 1995: two figures from here on are of the Buddhist count, below of ours
MAX_LENGTH = 200  # characters; no date is longer

_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
# Written whole or short, as English and German do; behind a full stop another word may begin.
_MONTH_ALONE = (
    r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary?|ruary?|ch|il|[eiy]|ust|t|t?ember|ober)?\.?"
)
_LOCAL = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_WORDS = "|".join(sorted(VIETNAMESE, key=len, reverse=True))
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?=T\d{6})",
        r"(?<!\d)(?P<y>\d{4})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<d>\d{1,2})(?!\d)\.?",
        r"(?<!\d)(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]?",
        rf"(?P<era>{'|'.join(ERAS)})\s*(?P<y>元|\d{{1,3}})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日?",
        r"(?<!\d)(?P<first>\d{1,2})\s*(?P<mark>[-/.])\s*(?P<second>\d{1,2})\s*[-/.]\s*(?P<y>\d{4})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH}[\s,-]+(?P<y>\d{{4}}|\d\d(?=\s+\d\d:))(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})\.\s*{_MONTH_ALONE}[\s,]+(?P<y>\d{{4}})(?!\d)",
        rf"(?<!\w){_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)",
        rf"(?<!\w){_MONTH}\s+(?P<d>\d{{1,2}})(?P<inside>)(?=\s+\d\d:\d\d:\d\d\s).*\s(?P<y>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s*(?:tháng|th)\s*(?P<m>\d{1,2})(?:\s*năm\s*|[\s,/-]+)(?P<y>\d{4})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})\s*tháng\s*(?P<word>{_WORDS})(?:\s*năm\s*|[\s,]+)(?P<y>\d{{4}})(?!\d)",
        (
            rf"(?<!\d)(?P<d>\d{{1,2}})[\s,]*(?:ខែ|เดือน|ເດືອນ)?\s*(?P<local>{_LOCAL})"
            r"[\s,]*(?:ឆ្នាំ|ปี|พ\.?ศ\.?|ค\.?ศ\.?|ປີ|ພ\.?ສ\.?|ຄ\.?ສ\.?)?[\s,]*(?P<y>\d{4}|\d\d(?![\d:.]))(?!\d)"
        ),
    )
)
# /2026/11/21/, /2026-11-21/, /2026/1121/, /20261121/ and the same before a number: the month and day have two figures.
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)(?:[/-])?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.]|$)")
_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")
# .NET's and Java's American style: no leading zeros, seconds, AM or PM. Written so, the month stands first.
_AMERICAN = re.compile(r"[1-9]\d?/[1-9]\d?/\d{4} [1-9]\d?:\d\d:\d\d [AP]M")


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read an outlet's dates: its zone, its language, its own formats (strptime), and the present."""

    zone: tzinfo
    language: str
    formats: Sequence[str]
    now: datetime

    @classmethod
    def of(cls, outlet: Outlet, now: datetime) -> Reading:
        return cls(ZoneInfo(outlet.timezone), outlet.language, outlet.date_formats, now)


Guess = Callable[[str, Reading], datetime | None]


def read(raw: str, how: Reading) -> datetime | None:
    """The moment that ``raw`` says, with its offset; a date without a clock is the beginning of that day."""
    found = guessed(raw, how, (*OWN_RULES, _by_language))
    return None if found is None else possible(found, how.now)


def guessed(raw: str, how: Reading, guesses: Sequence[Guess]) -> datetime | None:
    """As `read`, also where it cannot be."""
    text = _plain(raw)
    if not text or len(text) > MAX_LENGTH:
        return None
    return next((found for guess in guesses if (found := guess(text, how)) is not None), None)


def first(candidates: Iterable[tuple[str, DateFrom]], how: Reading) -> tuple[datetime | None, DateFrom]:
    """The first candidate that is a possible date, and where it stood; one that knows the hour of the same day first.

    What stands on one page in several places says the same mostly: a head often cuts the hour off.
    """
    day: tuple[datetime, DateFrom] | None = None
    for raw, where in candidates:
        found = read(raw, how)
        if found is None:
            continue
        if day is None and not only_a_day(found):
            return found, where
        if day is not None and not only_a_day(found) and found.date() == day[0].date():
            return found, where
        day = day or (found, where)
    return day or (None, DateFrom.NONE)


def in_address(url: str) -> str:
    """The day in an article's address, as a text to be read; empty where there is none."""
    found = _IN_ADDRESS.search(urlsplit(url).path)
    return "-".join(part for part in found.groups() if part) if found else ""


def only_a_day(when: datetime) -> bool:
    return (when.hour, when.minute, when.second) == (0, 0, 0)


def better(feed: datetime | None, page: tuple[datetime | None, DateFrom]) -> tuple[datetime | None, DateFrom]:
    """The feed's time, unless it has none, or only a day where the page knows the hour."""
    found, where = page
    if feed is None:
        return found, where
    if found is not None and only_a_day(feed) and found.astimezone(feed.tzinfo).date() == feed.date():
        return found, where
    return feed, DateFrom.FEED


def _plain(raw: str) -> str:
    text = "".join(_digit(c) for c in unicodedata.normalize("NFC", raw[: 2 * MAX_LENGTH]) if c != "\u200b")
    return " ".join(text.split())


def _digit(character: str) -> str:
    """Khmer, Lao, Thai and other digits as ASCII."""
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


def possible(found: datetime, now: datetime) -> datetime | None:
    try:
        return found if EARLIEST <= found <= now + AHEAD else None
    except OverflowError:  # a year that the zone carries out of the calendar
        return None


def _by_formats(text: str, how: Reading) -> datetime | None:
    for shape in how.formats:
        try:
            found = datetime.strptime(text, shape)  # noqa: DTZ007 (the zone is set below, where it is not in the text)
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=how.zone)
    return None


def _by_number(text: str, how: Reading) -> datetime | None:  # noqa: ARG001 (one of four of a kind)
    """Seconds or milliseconds since 1970."""
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC)


def _by_rule(text: str, how: Reading) -> datetime | None:
    for shape in _DAYS:
        found = shape.search(text)
        day = _day(found, text, how) if found else None
        if found and day:
            return moment_of(day, _rest(text, found), how.zone)
    return None


def _rest(text: str, found: re.Match[str]) -> str:
    """The text without the date, so that no part of it is taken for a clock."""
    if "T" in text[found.end() : found.end() + 1]:
        return text[found.end() :]
    if "inside" in found.re.groupindex:  # asctime: the clock stands between day and year
        return found[0][: -len(found["y"])]
    return f"{text[: found.start()]}\n{text[found.end() :]}"


def _day(found: re.Match[str], text: str, how: Reading) -> date | None:
    parts = found.groupdict()
    year = _year(parts, how)
    if parts.get("first"):
        month, day = _ordered(int(parts["first"]), int(parts["second"]), text)
    else:
        month, day = _month(parts), int(parts["d"])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(parts: dict[str, str | None], how: Reading) -> int:
    """Of our calendar, whatever it was counted from."""
    written = parts["y"] or ""
    year = 1 if written == "元" else int(written)
    if parts.get("era"):
        return year + ERAS[str(parts["era"])]
    if len(written) <= 2:
        short = parts.get("local") and how.language == "th" and year >= _SHORT_BUDDHIST
        year += 2500 if short else 2000 if year < 70 else 1900
    return year - BUDDHIST if year > 2400 and how.language in _BUDDHIST else year


def _ordered(first_number: int, second: int, text: str) -> tuple[int, int]:
    """Month and day of 10/2: the day first, as in most of the world, but where it cannot be or is not the style."""
    if second > 12 or (_AMERICAN.search(text) and first_number <= 12):
        return first_number, second
    return second, first_number


def _month(parts: dict[str, str | None]) -> int:
    if parts.get("name"):
        return ENGLISH[str(parts["name"]).lower()]
    if parts.get("local"):
        return MONTHS[str(parts["local"]).lower()]
    if parts.get("word"):
        return VIETNAMESE[str(parts["word"]).lower()]
    return int(parts["m"] or 0)


def _by_language(text: str, how: Reading) -> datetime | None:
    """Names of months in the outlet's language; the clock and zone by our own rule where there are any."""
    if not _YEAR.search(text):  # no date without one, and dateparser is slow
        return None
    import dateparser

    code = how.language.split("-")[0]
    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "RETURN_AS_TIMEZONE_AWARE": False}
    try:
        found = next(
            filter(None, (dateparser.parse(x, languages=[code], settings=settings) for x in _cuts(text))), None
        )
    except (ValueError, OverflowError):  # a language it has not got, a year past the calendar
        return None
    if found is None:
        return None
    year = found.year - BUDDHIST if code in _BUDDHIST and found.year > 2400 else found.year
    try:
        return moment_of(date(year, found.month, found.day), text, how.zone)
    except ValueError:
        return None


def _cuts(text: str) -> Iterator[str]:
    """The text, without the clock and what follows it, without its first words."""
    yield text
    clock = CLOCK.search(text)
    bare = text[: clock.start()].rstrip(" ,|-") if clock else text
    yield bare
    digits = re.search(r"\d", bare)
    if digits and digits.start():
        yield bare[digits.start() :]


OWN_RULES: Sequence[Guess] = (_by_formats, _by_number, _by_rule)  # all but those of a library, which are slow
