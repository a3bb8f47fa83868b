"""Reads the catalogue of outlets (YAML) into frozen records, and refuses what would go wrong later.

docs/outlets.md explains every field.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from crawlers.identity import canonical
from crawlers.networks import NOT_READ, is_not_read
from crawlers.rules import too_wide
from diembao.core.article import Outlet
from diembao.core.errors import Misconfigured, Refused

OWN = Path(__file__).with_name("outlets.yaml")
MAX_DELAY = 3600.0  # seconds; a longer pause between two requests is a slip of the pen
FETCH = ("all", "prefilter")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FIELDS = {field.name: field for field in fields(Outlet)}
_REQUIRED = [name for name, field in _FIELDS.items() if field.default is MISSING]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file an entry stands, for messages."""

    path: Path
    line: int
    outlet: str

    def wrong(self, vi: str, en: str) -> Misconfigured:
        return Misconfigured(
            f"{self.path}, dòng {self.line}, nguồn '{self.outlet}': {vi}"
            f" ({self.path}, line {self.line}, outlet '{self.outlet}': {en})"
        )


def load(path: Path | None = None, *, more: Path | None = None) -> dict[str, Outlet]:
    """The outlets by id, in the order of the files; without a path, the catalogue that comes with the program. ``more``
    is a file of an installation's own, if it is there.

    Raises:
        Misconfigured: a file cannot be read, or an entry is wrong; the message names file, line and outlet.
    """
    path = path or OWN
    outlets: dict[str, Outlet] = {}
    sources: dict[str, str] = {}
    files = [path, *([more] if more and more.exists() else ())]
    for place, entry in (each for file in files for each in _entries(file)):
        outlet = _outlet(place, entry)
        if outlet.id in outlets:
            raise place.wrong(
                "mã này đã có, trong tệp hay trong danh mục",
                "this id is there already: in the file twice, or in the catalogue",
            )
        _check_together(place, outlet)
        for source in map(canonical, outlet.sources):
            if source in sources:
                raise place.wrong(
                    f"nguồn {source} đã đọc cho '{sources[source]}'",
                    f"the source {source} is already read for '{sources[source]}'",
                )
            sources[source] = outlet.id
        outlets[outlet.id] = outlet
    _refuse_same_homes(files[-1], outlets.values())
    return outlets


def _check_together(place: _Place, outlet: Outlet) -> None:
    """What two fields must say together."""
    if not outlet.sources:
        raise place.wrong(
            "nguồn không có feeds, sitemaps, listings hay channels thì không bao giờ được đọc",
            "an outlet without feeds, sitemaps, listings or channels is never read",
        )
    if outlet.listings and not outlet.articles:
        raise place.wrong(
            "'listings' cần 'articles': một, hai địa chỉ bài làm mẫu",
            "'listings' need 'articles': one or two addresses of its articles as examples",
        )


def _refuse_same_homes(path: Path, outlets: Iterable[Outlet]) -> None:
    """One site, two entries: its articles would be filed under whichever was read first. Editions of one host are
    told apart by the rest of their homes' addresses.
    """
    homes: dict[str, str] = {}
    for outlet in outlets:
        home = canonical(outlet.home).partition("://")[2].removeprefix("www.").rstrip("/")
        if home in homes:
            raise Misconfigured(
                f"{path}: '{outlet.id}' và '{homes[home]}' có cùng trang nhà {outlet.home}"
                f" ({path}: '{outlet.id}' and '{homes[home]}' have the same home {outlet.home})"
            )
        homes[home] = outlet.id


def _entries(path: Path) -> Iterator[tuple[_Place, dict[str, Any]]]:
    """Each entry of the top list with the line it begins on."""
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, _LOADER)
        entries = yaml.load(text, _LOADER)  # noqa: S506 (a safe loader, the fast one where there is one)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Misconfigured(f"không đọc được {path}: {error} ({path} cannot be read: {error})") from error
    if not isinstance(entries, list) or not isinstance(node, yaml.SequenceNode):
        raise Misconfigured(
            f"{path}: danh mục là danh sách nguồn tin, mỗi nguồn bắt đầu bằng '- id:'"
            f" ({path}: the catalogue is a list of outlets, each beginning with '- id:')"
        )
    for item, entry in zip(node.value, entries, strict=True):
        name = str(entry.get("id", "?")) if isinstance(entry, dict) else "?"
        place = _Place(path, item.start_mark.line + 1, name)
        if not isinstance(entry, dict):
            raise place.wrong("mỗi nguồn là các dòng 'trường: giá trị'", "an outlet is a group of 'field: value' lines")
        _refuse_repeats(place, item)
        yield place, entry


def _refuse_repeats(place: _Place, item: Any) -> None:  # noqa: ANN401 (PyYAML publishes no closer type)
    """YAML lets the last of two equal keys win in silence."""
    keys = [key.value for key, _ in item.value]
    for key in keys:
        if keys.count(key) > 1:
            raise place.wrong(f"'{key}' có hai lần", f"'{key}' is there twice")


def _outlet(place: _Place, entry: Mapping[str, Any]) -> Outlet:
    for key in entry:
        if key not in _FIELDS:
            near = difflib.get_close_matches(str(key), _FIELDS, n=1, cutoff=0.5)
            vi, en = (f"; có phải '{near[0]}'?", f"; did you mean '{near[0]}'?") if near else ("", "")
            raise place.wrong(f"không có trường '{key}'{vi}", f"unknown field '{key}'{en}")
    for key in _REQUIRED:
        if key not in entry:
            raise place.wrong(f"thiếu '{key}'", f"'{key}' is missing")
    return Outlet(**{key: _CHECKS[key](place, key, value) for key, value in entry.items()})


def _text(place: _Place, key: str, value: Any) -> str:  # noqa: ANN401 (as YAML gives it)
    if not isinstance(value, str) or not value.strip():
        raise place.wrong(
            f"'{key}' là chữ: đặt trong dấu nháy, vì YAML đọc no, on và số thành thứ khác",
            f"'{key}' is a text (YAML reads bare no, on and numbers as something else: quote it)",
        )
    return value.strip()


def _shaped(pattern: str, meaning: str) -> Callable[[_Place, str, Any], str]:
    def check(place: _Place, key: str, value: Any) -> str:  # noqa: ANN401
        text = _text(place, key, value)
        if not re.fullmatch(pattern, text):
            raise place.wrong(f"'{key}: {text}' không đúng", f"'{key}: {text}' is not {meaning}")
        return text

    return check


def _address(place: _Place, key: str, value: Any) -> str:  # noqa: ANN401
    text = _text(place, key, value)
    try:
        address = canonical(text)
    except Refused as error:
        raise place.wrong(f"'{key}': địa chỉ không dùng được", f"'{key}': {error}") from error
    if is_not_read(address):
        raise place.wrong(f"'{key}: {text}': mạng xã hội không được đọc", f"'{key}: {text}': {NOT_READ}")
    return text


def _texts(place: _Place, key: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401
    if not isinstance(value, list):
        raise place.wrong(f"'{key}' phải là danh sách", f"'{key}' is a list")
    return tuple(_text(place, key, item) for item in value)


def _addresses(place: _Place, key: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401
    found = tuple(_address(place, key, each) for each in _texts(place, key, value))
    if len(set(map(canonical, found))) < len(found):
        raise place.wrong(f"một địa chỉ của '{key}' có hai lần", f"an address of '{key}' is there twice")
    return found


def _examples(place: _Place, key: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401
    found = _addresses(place, key, value)
    for each in found:
        if too_wide(each):
            raise place.wrong(
                f"'{key}: {each}' không có số hay tên bài: trang mục cũng sẽ khớp",
                f"'{key}: {each}' has no number and no slug in it: sections would fit as well",
            )
    return found


def _channels(place: _Place, key: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401
    found = _texts(place, key, value)
    for each in found:
        if not re.fullmatch(r"UC[\w-]{22}", each, re.ASCII):
            raise place.wrong(
                f"'{key}: {each}' không phải mã kênh YouTube: UC và 22 ký tự, không phải @tên",
                f"'{key}: {each}' is not the id of a YouTube channel (UC and 22 signs; not @name)",
            )
    return found


def _archive(place: _Place, key: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401
    found = _addresses(place, key, value)
    for each in found:
        names = set(re.findall(r"{(.*?)}", each))
        if not names <= {"year", "month", "day"} or (names and not {"year", "month"} <= names):
            raise place.wrong(
                f"'{key}: {each}' chỉ được có {{year}}, {{month}} và {{day}}",
                f"'{key}: {each}' may have {{year}} and {{month}} in it, and {{day}}, nothing else",
            )
    return found


def _zone(place: _Place, key: str, value: Any) -> str:  # noqa: ANN401
    name = _text(place, key, value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise place.wrong(
            f"không có múi giờ '{name}', viết như Asia/Ho_Chi_Minh",
            f"no time zone '{name}': names are like Asia/Ho_Chi_Minh",
        ) from error
    return name


def _fetch(place: _Place, key: str, value: Any) -> str:  # noqa: ANN401
    text = _text(place, key, value)
    if text not in FETCH:
        raise place.wrong(
            f"'fetch' là một trong {', '.join(FETCH)}, không phải '{text}'",
            f"'fetch' is one of {', '.join(FETCH)}, not '{text}'",
        )
    return text


def _delay(place: _Place, key: str, value: Any) -> float | None:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MAX_DELAY:
        raise place.wrong(
            f"'{key}' là số giây từ 0 đến {MAX_DELAY:.0f}", f"'{key}' is a number of seconds from 0 to {MAX_DELAY:.0f}"
        )
    return float(value)


def _formats(place: _Place, key: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401
    formats = _texts(place, key, value)
    for item in formats:
        if not all(any(code in item for code in codes) for codes in (("%Y", "%y"), ("%m", "%b", "%B"), ("%d", "%e"))):
            raise place.wrong(
                f"dạng ngày '{item}' thiếu năm, tháng hay ngày", f"the date format '{item}' lacks year, month or day"
            )
    return formats


def _note(place: _Place, key: str, value: Any) -> str:  # noqa: ANN401
    return _text(place, key, value) if value not in (None, "") else ""


_CHECKS: dict[str, Callable[[_Place, str, Any], Any]] = {
    "id": _shaped(r"[a-z0-9][a-z0-9-]{1,39}", "an id (2 to 40 small letters, digits and hyphens)"),
    "name": _text,
    "country": _shaped(r"[A-Z]{2}", "a country code of two capitals (ISO 3166)"),
    "language": _shaped(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?", "a language code (vi, lo, zh-Hans)"),
    "home": _address,
    "feeds": _addresses,
    "sitemaps": _addresses,
    "listings": _addresses,
    "articles": _examples,
    "channels": _channels,
    "archive": _archive,
    "timezone": _zone,
    "fetch": _fetch,
    "kind": _shaped(r"[a-z][a-z-]*", "a word of small letters"),
    "date_formats": _formats,
    "delay": _delay,
    "note": _note,
}
