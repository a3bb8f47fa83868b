"""The YAML files of the plan: what they may hold, read strictly.

An unknown or repeated key, a missing one or a wrong type is ``Misconfigured`` and names the file and the
place in it. What the parts mean to each other (units, themes, groups) is checked by ``reader``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from diembao.core.errors import Misconfigured

HERE = Path(__file__).parent
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _names(value: object) -> object:
    """Names may be a list, or one string with commas: long lists of communes stay readable."""
    if isinstance(value, str):
        return [name.strip() for name in value.split(",") if name.strip()]
    return value


Names = Annotated[tuple[str, ...], BeforeValidator(_names)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ThemeEntry(_Strict):
    id: str
    vi: str
    en: str
    covers: str


class ThemesFile(_Strict):
    themes: tuple[ThemeEntry, ...]


class UnitEntry(_Strict):
    name: str
    plan_names: tuple[str, ...] = ()
    since: str = Field("", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    note: str = ""


class TaskEntry(_Strict):
    number: str = Field(pattern=r"^\d+\.\d+$")
    title: str
    lead: tuple[str, ...] = Field(min_length=1)
    helping: tuple[str, ...] = ()
    time: str
    start: int | None = None
    end: int | None = None
    themes: tuple[str, ...] = ()


class LetterheadEntry(_Strict):
    parent: str
    issuer: str
    symbol: str
    place: str
    to: tuple[str, ...]
    copies: tuple[str, ...]
    signer_title: str
    signer: str = ""


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class ProfileFile(_Strict):
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
    units: dict[str, UnitEntry] = {}
    groups: dict[str, str] = {}
    tasks: tuple[TaskEntry, ...] = ()
    week_ends: str = Field("thursday", pattern=f"^({'|'.join(WEEKDAYS)})$")
    letterhead: LetterheadEntry | None = None


class PlaceEntry(_Strict):
    name: str
    kind: str
    sure: bool = True
    also: dict[str, Names] = {}


class PlaceList(_Strict):
    """Places of one kind that have no other name worth writing down."""

    kind: str
    sure: bool = True
    names: Names


class NamesakeEntry(_Strict):
    name: str
    kind: str
    also: Names = ()


class PlacesFile(_Strict):
    """``whole``: what belongs to all of today's province, not to one of the former ones."""

    area: str
    whole: bool = False
    notice: str = ""
    places: tuple[PlaceEntry, ...] = ()
    lists: tuple[PlaceList, ...] = ()
    namesakes: tuple[NamesakeEntry, ...] = ()
    hints: Names = ()


_Model = TypeVar("_Model", bound=_Strict)


def read(folder: str, name: str, model: type[_Model]) -> _Model:
    """One file of the plan.

    Raises:
        Misconfigured: no such file, or a mistake in it.
    """
    path = HERE / folder / f"{name}.yaml"
    if not _ID.fullmatch(name) or not path.is_file():
        known = ", ".join(sorted(file.stem for file in (HERE / folder).glob("*.yaml")))
        raise Misconfigured(f"no file '{name}' in {HERE / folder}; known: {known}")
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
        raise Misconfigured(f"{path} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise Misconfigured(f"{path}: {place}: {first['msg']}") from error


class _Loader(yaml.SafeLoader):
    pass


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for at, key in enumerate(keys):
        if key in keys[:at]:
            raise yaml.constructor.ConstructorError(None, None, f"key '{key}' twice", node.value[at][0].start_mark)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
