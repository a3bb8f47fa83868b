"""The YAML files of the plan: what they may hold, read strictly.

An unknown or repeated key, a missing one or a wrong type is ``Misconfigured`` and names the file and the
place in it. What the parts mean to each other (units, themes, groups) is checked by ``reader``.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import Field, ValidationError, field_validator

from diembao.core.errors import Misconfigured
from diembao.plan.clock_files import WEEKDAYS, DeadlinesEntry, OfficeHoursEntry
from diembao.plan.routine import RoutineEntry
from diembao.plan.seasons import RhythmEntry, SeasonEntry
from diembao.plan.strict import Names, Strict

HERE = Path(__file__).parent
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class ThemeEntry(Strict):
    id: str
    vi: str
    en: str
    covers: str


class ThemesFile(Strict):
    themes: tuple[ThemeEntry, ...]


class UnitEntry(Strict):
    name: str
    plan_names: tuple[str, ...] = ()
    since: str = Field("", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    note: str = ""
    areas: tuple[str, ...] = ()
    took_over: tuple[str, ...] = ()


class TaskEntry(Strict):
    number: str = Field(pattern=r"^\d+(\.\d+)*$")
    title: str
    lead: tuple[str, ...] = Field(min_length=1)
    helping: tuple[str, ...] = ()
    time: str
    start: int | None = None
    end: int | None = None
    themes: tuple[str, ...] = ()


class LetterheadEntry(Strict):
    parent: str
    issuer: str
    symbol: str
    place: str
    to: tuple[str, ...]
    copies: tuple[str, ...]
    signer_title: str
    signer: str = ""


class ReportDateEntry(Strict):
    """A report that the plan asks for. ``before`` is MM-DD, every year; empty: the plan names no day."""

    name: str = Field(min_length=1)
    before: str = Field("", pattern=r"^(\d{2}-\d{2})?$")
    source: str = Field(min_length=1)

    @field_validator("before")
    @classmethod
    def _day(cls, before: str) -> str:
        if before:
            date.fromisoformat(f"2024-{before}")  # a leap year: 02-29 is a day too
        return before


class DaysOffFile(Strict):
    source: str
    checked: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    days_off: dict[str, tuple[str, ...]]  # MM-DD by year
    worked_instead: tuple[str, ...] = ()


class FormEntry(Strict):
    name: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    kind: str = Field(min_length=1)
    texts: dict[str, str]
    addressed: bool = False


class AnswersFile(Strict):
    """Forms of answering the press; those of a profile go before those of all, by their ids."""

    source: str = Field(min_length=1)
    checked: date
    forms: dict[str, FormEntry]


class SearchEntry(Strict):
    name: str = Field(min_length=1, max_length=100)
    query: str = Field(min_length=1, max_length=2000)


class KitEntry(Strict):
    """A briefing kit and the searches that are prepared for its matter."""

    id: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    theme: str
    vi: str
    en: str
    languages: tuple[str, ...] = ("vi", "en")
    searches: tuple[SearchEntry, ...] = ()


class KitsFile(Strict):
    kits: tuple[KitEntry, ...]


class ProfileFile(Strict):
    """A province; ``plan`` names the file whose units, groups and tasks it takes (it may be its own)."""

    id: str
    name: str
    name_en: str
    plan: str
    areas: tuple[str, ...]
    places: tuple[str, ...]
    fields: dict[str, str]
    merged: str = Field("", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    timezone: str = "Asia/Ho_Chi_Minh"
    units: dict[str, UnitEntry] = Field(default_factory=dict)
    groups: dict[str, str] = Field(default_factory=dict)
    tasks: tuple[TaskEntry, ...] = ()
    week_ends: str = Field("thursday", pattern=f"^({'|'.join(WEEKDAYS)})$")
    letterhead: LetterheadEntry | None = None
    deadlines: DeadlinesEntry | None = None
    level: str = Field("tỉnh", pattern="^(tỉnh|thành phố)$")
    foreign_affairs: str = ""
    languages: tuple[str, ...] = ()
    languages_source: str = ""
    answers: AnswersFile | None = None
    office_hours: OfficeHoursEntry | None = None
    reports: tuple[ReportDateEntry, ...] = ()
    kits: tuple[KitEntry, ...] = ()
    calendar: tuple[SeasonEntry, ...] = ()
    briefings: RhythmEntry | None = None
    routine: RoutineEntry | None = None


class PlaceEntry(Strict):
    name: str
    kind: str
    sure: bool = True
    also: dict[str, Names] = Field(default_factory=dict)


class PlaceList(Strict):
    """Places of one kind that have no other name worth writing down."""

    kind: str
    sure: bool = True
    names: Names


class NamesakeEntry(Strict):
    name: str
    kind: str
    also: Names = ()


class PlacesFile(Strict):
    """``whole``: what belongs to all of today's province, not to one of the former ones."""

    area: str
    whole: bool = False
    notice: str = ""
    places: tuple[PlaceEntry, ...] = ()
    lists: tuple[PlaceList, ...] = ()
    namesakes: tuple[NamesakeEntry, ...] = ()
    hints: Names = ()


_Model = TypeVar("_Model", bound=Strict)


def read(folder: str, name: str, model: type[_Model], own: Path | None = None) -> _Model:
    """One file of the plan: the office's own (``own`` is the folder that holds its ``provinces`` and ``places``)
    before the one that comes with the program.

    Raises:
        Misconfigured: no such file, or a mistake in it.
    """
    folders = [place / folder for place in (own, HERE) if place is not None]
    paths = [place / f"{name}.yaml" for place in folders]
    path = next((path for path in paths if path.is_file()), None) if _ID.fullmatch(name) else None
    if path is None:
        known = ", ".join(sorted({file.stem for place in folders for file in place.glob("*.yaml")}))
        raise Misconfigured(
            f"không có tệp '{name}'; có: {known} (no file '{name}' in {' or '.join(map(str, folders))}; known: {known})"
        )
    return parse(path, model)


def parse(path: Path, model: type[_Model]) -> _Model:
    """The file at ``path``.

    Raises:
        Misconfigured: it cannot be read, or a key or value in it is wrong.
    """
    try:
        # The loader is a SafeLoader that also refuses a key written twice.
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
        return model.model_validate(raw)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Misconfigured(f"không đọc được {path}: {error} ({path} cannot be read: {error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise Misconfigured(f"{path}: {place}: giá trị không dùng được ({path}: {place}: {first['msg']})") from error


# The one in C where it was built: five times as quick.
_SAFE: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SAFE):  # type: ignore[misc, valid-type]  # one of two classes of the same kind
    pass


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for at, key in enumerate(keys):
        if key in keys[:at]:
            raise yaml.constructor.ConstructorError(None, None, f"key '{key}' twice", node.value[at][0].start_mark)
    return dict(loader.construct_mapping(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
