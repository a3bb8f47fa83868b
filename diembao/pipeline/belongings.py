"""What belongs to an installation besides its record: files of its home, and its settings without their secrets.

A file that the program does not know of stays where it is, and so do the searchable copy and the vectors, which are
made from the record. Keys go along only where somebody asks for it.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import BaseModel, SecretStr

from diembao.core import settings_secrets
from diembao.core.settings import Settings
from diembao.pipeline.home import NAMED

KEYS: Final = "keys"
# The office's own outlets, what a home of the demo knows of its newsroom, the word by which machines know their home.
FILES: Final = ("outlets.yaml", "demo.json", "demo-outlets.yaml", NAMED)
# Profiles and drafts of plans; templates of documents; heads that were taught; alerts that lie in the folder.
FOLDERS: Final = ("plan", "templates", "models", "alerts")
_PASSING: Final = ("alerts/tmp", "models/rows.npz")

# With the settings that name their files: a home that is restored opens no record of another one, and asks for no file
# that it does not have.
_SECRETS: Final = frozenset(
    (section, name + ending) for section, name in settings_secrets.SECRETS for ending in ("", "_file")
)
_TABLE: Final = re.compile(r"\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_.\"'-]+)\s*=")
_LEFT_OUT: Final = "# {key}: không nằm trong bản sao lưu (not in a backup)"

Name = tuple[str, ...]  # of a setting: ("mail", "password")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Settings as they may leave the house, and the names of those that were left out."""

    text: str
    left_out: Sequence[str]


def files_of(settings: Settings, *, with_keys: bool = False) -> list[str]:
    """Of a home, from it on and with slashes, but for its settings."""
    home = settings.home
    named = [settings.crawl.catalogue, settings.index.ca, *(each.ca for each in settings.channels.values())]
    inside = [each for each in named if each and not Path(each).expanduser().is_absolute() and ".." not in each]
    singles = [each for each in dict.fromkeys([*FILES, *inside]) if (home / each).is_file()]
    folders = [*FOLDERS, *([KEYS] if with_keys else [])]
    found = [*singles, *(each for folder in folders for each in _inside(home, folder))]
    return sorted(each for each in dict.fromkeys(found) if not each.startswith(_PASSING))


def _inside(home: Path, folder: str) -> Iterator[str]:
    """Also of folders that are linked in, none twice: a link may lead back to where it lies."""
    seen: set[str] = set()
    for here, below, names in os.walk(home / folder, followlinks=True):
        place = os.path.realpath(here)
        if place in seen:
            below.clear()
            continue
        seen.add(place)
        for name in names:
            path = Path(here, name)
            if path.is_file() and not name.endswith((".lock", ".part")):
                yield path.relative_to(home).as_posix()


def cleaned(text: str) -> Cleaned:
    """A `diembao.toml` that can be read, with its comments; written anew where a secret stands in a form of its own."""
    told = tomllib.loads(text)
    wanted, left_out = _without(told, ())
    kept = _without_lines(text, set(left_out))
    try:
        same = tomllib.loads(kept) == wanted
    except tomllib.TOMLDecodeError:
        same = False
    return Cleaned(kept if same else _as_toml(wanted), sorted(".".join(each) for each in left_out))


def is_secret(path: Name) -> bool:
    """By the models of the settings; ``path`` is that of a value, like ("mail", "password")."""
    if path in _SECRETS:
        return True
    model: Any = Settings
    for name in path:
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            model = next(iter(get_args(model)[1:]), None)  # of a table with names of its own: what it holds
            continue
        field = model.model_fields.get(name)
        if field is None:
            return False
        model = field.annotation
    return model is SecretStr or SecretStr in get_args(model)


def _without(values: Mapping[str, Any], where: Name) -> tuple[dict[str, Any], list[Name]]:
    kept: dict[str, Any] = {}
    left_out: list[Name] = []
    for name, value in values.items():
        path = (*where, name)
        if isinstance(value, dict):
            kept[name], more = _without(value, path)
            left_out += more
        elif is_secret(path):
            left_out.append(path)
        else:
            kept[name] = value
    return kept, left_out


def _without_lines(text: str, left_out: set[Name]) -> str:
    table: Name = ()
    lines = []
    for line in text.splitlines():
        if head := _TABLE.fullmatch(line):
            table = _parts(head[1])
        found = _KEY.match(line)
        secret = found and (*table, *_parts(found[1])) in left_out
        lines.append(_LEFT_OUT.format(key=found[1]) if found and secret else line)
    return "\n".join(lines) + "\n"


def _parts(dotted: str) -> Name:
    return tuple(each.strip().strip("\"'") for each in dotted.split("."))


def _as_toml(values: Mapping[str, Any], where: str = "") -> str:
    """JSON's texts, numbers and truth values are TOML's too."""
    plain = {name: value for name, value in values.items() if not isinstance(value, dict)}
    lines = [f"{_value(name)} = {_value(value)}" for name, value in plain.items()]
    text = "\n".join([*([f"\n[{where}]"] if where else []), *lines]) + "\n"
    for name, value in values.items():
        if isinstance(value, dict):
            text += _as_toml(value, f"{where}.{_value(name)}" if where else _value(name))
    return text


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_value(name)} = {_value(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool | int | float) else str(value)
