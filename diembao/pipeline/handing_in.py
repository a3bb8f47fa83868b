"""Official information that other systems hand in, read into facts: NDJSON, CSV, feeds (RSS, Atom, JSON Feed).

Each row is judged by itself: one that will not do is told with its line and its reason, the others are taken. Bytes
come bounded; rows are `MOST` at most, and nothing in them is believed but what `core.kits.checked` lets through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from diembao.core import reasons
from diembao.core.article import Outlet
from diembao.core.errors import Refused, SetAside, WrongUse
from diembao.core.kits import REF, SOURCE, TEXT, Fact, Handed, Holds
from diembao.core.ledger import Entry
from diembao.pipeline import fact_tables

if TYPE_CHECKING:
    from crawlers.feeds import Feed, Limits

# Rows at one time: twice what a kit holds.
MOST: Final = 1000
# Characters of a line; a fact with everything in escapes.
LINE: Final = 64_000
# What is said of a row that has the reference of one before it, or leads into the office's own network.
_REPEATED: Final = (
    "ref “{ref}” đã có ở dòng {line}; chưa nhận dòng này",
    "the ref '{ref}' stands in line {line}; this line is not taken",
)
INSIDE: Final = "địa chỉ bên trong mạng cơ quan", "an address inside the office"
# What is said of an entry that is not taken.
_TWICE: Final = "nguồn có mục này hai lần; đã nhận mục kia", "it stands in the feed twice; the other one was taken"
_OVER: Final = "đã hết hiệu lực", "it holds no longer"
_DATE: Final = (
    "ngày “{date}” không thể có, chưa tới hoặc trước năm 1995; chưa nhận",
    "the date '{date}' cannot be, has not come yet or is before 1995; not taken",
)
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_AGE: Final = timedelta(days=36_500)  # what a feed of official information lists is never too old


class Form(StrEnum):
    JSON = "json"  # one fact, over as many lines as it likes
    NDJSON = "ndjson"
    CSV = "csv"
    FEED = "feed"


class Line(BaseModel):
    """One fact. ``ref`` is what it is called where it comes from: under the same one another takes its place, and with
    `ended` it ends. What is left out is as the request says for all.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "ref": "byt-2026-031",
                    "text": "Tỷ lệ bao phủ bảo hiểm y tế năm 2025 là 95 %.",
                    "source": "Bộ Y tế, báo cáo 31/BC-BYT",
                    "url": "https://moh.example.vn/bao-cao/31",
                    "language": "vi",
                    "from": "2026-01-01",
                    "to": "2026-12-31",
                }
            ]
        },
    )
    text: str = Field("", max_length=2 * TEXT)
    source: str = Field("", max_length=2 * SOURCE)
    url: str = Field("", max_length=3000)
    language: str = Field("", max_length=20)
    first: date | None = Field(None, alias="from")
    last: date | None = Field(None, alias="to")
    ref: str = Field("", max_length=REF)
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Usual:
    """What rows do not say themselves; of a feed, how many days from its date an entry holds (0: no end), and in whose
    zone a day begins.
    """

    kit: str
    source: str = ""
    language: str = "vi"
    days: int = 0
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that is none: its ``line`` from 1 on, and why, in Vietnamese and English; ``ref`` is what it is called,
    where that could be read; ``later``: the same row may be one on another day.
    """

    line: int
    why: str
    ref: str = ""
    later: bool = False


Read = Sequence[tuple[int, Handed] | Unread]


def read(data: bytes, form: Form, usual: Usual, now: datetime, reason: Callable[[ValidationError], str] = str) -> Read:
    """``reason`` says why a row is not valid.

    Raises:
        WrongUse: this is not what it is said to be, or has too many rows.
    """
    if form is Form.FEED:
        return _feed(data, usual, now)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUse("Nội dung không phải UTF-8 (The content is not UTF-8)") from error
    lines: Iterator[tuple[int, str | dict[str, str] | None]]
    lines = _csv(text) if form is Form.CSV else _ndjson(text) if form is Form.NDJSON else iter([(1, text)])
    found: list[tuple[int, Handed] | Unread] = []
    named: dict[str, int] = {}
    for number, row in lines:
        if len(found) == MOST:
            raise WrongUse(f"Nhiều quá {MOST} mục một lần; chưa nhận gì (More than {MOST} rows; nothing was taken)")
        found.append(_once(_row(number, row, usual, reason), named))
    return found


def _once(row: tuple[int, Handed] | Unread, named: dict[str, int]) -> tuple[int, Handed] | Unread:
    """The row, or that its reference stands before it: of two, each sending would put one in the other's place.
    ``named`` are the lines of references, to which its own is added.
    """
    if isinstance(row, Unread) or not (ref := row[1].ref):
        return row
    number = row[0]
    if (line := named.setdefault(ref, number)) == number:
        return row
    vietnamese, english = (each.format(ref=ref[:80], line=line) for each in _REPEATED)
    return Unread(number, f"{vietnamese} ({english})", ref)


def _ndjson(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _csv(text: str) -> Iterator[tuple[int, dict[str, str] | None]]:
    return fact_tables.rows(text, {field.alias or name for name, field in Line.model_fields.items()})


def _row(
    number: int, row: str | dict[str, str] | None, usual: Usual, reason: Callable[[ValidationError], str]
) -> tuple[int, Handed] | Unread:
    if row is None:
        return Unread(number, fact_tables.WIDE)
    if isinstance(row, str) and len(row) > LINE:
        return Unread(number, f"Dòng dài quá {LINE} ký tự (The line is longer than {LINE} characters)")
    try:
        line = Line.model_validate_json(row) if isinstance(row, str) else Line.model_validate_strings(row)
    except ValidationError as error:
        return Unread(number, reason(error))
    if line.ended and not line.ref:
        return Unread(number, "Mục kết thúc cần ref (What ends needs its ref)")
    language, source = line.language or usual.language, line.source or usual.source
    fact = Fact(usual.kit, language, line.text, source, line.url, line.first, line.last)
    return number, Handed(fact, line.ref, line.ended)


def leads_inside(url: str, allowed: Sequence[str]) -> bool:
    """Would this link take a reader of the facts into the office's own network? By the address as it is written, read
    as browsers do: nobody follows it but a reader, by a click. ``allowed`` are hosts with their ports.
    """
    from crawlers.guard import is_inside
    from crawlers.identity import host_port

    # To a browser a backslash is a slash, and two slashes before the host are as good as five.
    read = re.sub(r"^(https?:)/+", r"\1//", url.replace("\\", "/"))
    try:
        host, at = urlsplit(read).hostname, host_port(read)
    except ValueError:  # no address at all, which `core.kits.checked` says
        return False
    return host is not None and is_inside(host) and at not in allowed


def _feed(data: bytes, usual: Usual, now: datetime) -> Read:
    from crawlers.feeds import parse

    sender = Outlet("handed-in", "", "", usual.language, "https://handed-in.invalid/")
    try:
        feed = parse(data, sender.home, sender, now, feed_limits())
    except (SetAside, Refused) as error:
        why = reasons.reason(error.reason if isinstance(error, Refused) else str(error), "vi")
        raise WrongUse(f"Không đọc được nguồn tin: {why} (The feed cannot be read: {error})") from error
    return feed_rows(feed, usual, now)


def feed_limits() -> Limits:
    from crawlers.feeds import Limits

    return Limits(MOST + 1, _AGE)


def feed_rows(feed: Feed, usual: Usual, now: datetime) -> Read:
    """Title and summary are the fact, its address the reference, its day the first on which it holds: of an entry
    without a date, the day on which it came. What is over already, or stands in the feed twice, is told and not taken;
    so is what has a date that nobody can believe: it may hold later, or never did.

    Raises:
        WrongUse: too many entries.
    """
    if len(feed.entries) + len(feed.refused) > MOST:
        raise WrongUse(f"Nhiều quá {MOST} mục một lần; chưa nhận gì (More than {MOST} rows; nothing was taken)")
    found: list[tuple[int, Handed] | Unread] = []
    today = now.astimezone(ZoneInfo(usual.zone)).date()
    rows = [(entry, _entry(entry, usual, today)) for entry in feed.entries]
    stand = _standing(rows)
    for number, (entry, handed) in enumerate(rows, 1):
        if entry.misdated:
            why = (each.format(date=entry.misdated[:40]) for each in _DATE)
            found.append(Unread(number, _told(entry.title, *why), entry.id, later=True))
        elif number not in stand:
            found.append(Unread(number, _told(entry.title, *_TWICE), entry.id))
        elif handed.fact.holds(today) is Holds.EXPIRED:
            found.append(Unread(number, _told(entry.title, *_OVER), entry.id))
        else:
            found.append((number, handed))
    left = [(x.key, _told(x.key, x.reason, x.reason)) for x in feed.refused]
    return [*found, *(Unread(len(found) + n, why, ref) for n, (ref, why) in enumerate(left, 1))]


def _standing(rows: Sequence[tuple[Entry, Handed]]) -> frozenset[int]:
    """The numbers of those that stand for their twins: of one address the first (which changed last: `listed`);
    of these, of the same words, the one published last. What has no possible date stands in nobody's way.
    """
    own: dict[str, tuple[int, Entry, Handed]] = {}
    for number, (entry, handed) in enumerate(rows, 1):
        if not entry.misdated:
            own.setdefault(entry.id, (number, entry, handed))
    last: dict[str, tuple[int, datetime]] = {}
    for number, entry, handed in own.values():
        day = entry.published_at or _NEVER
        if handed.fact.text not in last or day > last[handed.fact.text][1]:
            last[handed.fact.text] = number, day
    return frozenset(number for number, _ in last.values())


def _entry(entry: Entry, usual: Usual, today: date) -> Handed:
    written = entry.published_at.astimezone(ZoneInfo(usual.zone)).date() if entry.published_at else None
    day = written or (today if usual.days else None)
    end = day + timedelta(days=usual.days) if day and usual.days else None
    text = ". ".join(part.rstrip(". ") for part in (entry.title, _summary(entry)) if part.strip())
    fact = Fact(usual.kit, usual.language, text, usual.source, entry.url, day, end)
    return Handed(fact, entry.id, undated=written is None)


def _summary(entry: Entry) -> str:
    """Without one, what the entry says itself, where it is no whole article."""
    whole = " ".join(entry.text.split())
    return entry.summary or (whole if len(whole) <= TEXT - len(entry.title) - 2 else "")


def _told(entry: str, vi: str, en: str) -> str:
    return f"Mục “{entry[:80]}”: {vi} (Entry '{entry[:80]}': {en})"
