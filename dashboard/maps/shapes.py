"""Shapes and places as they are shipped; where they come from stands in the files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
Point = tuple[float, float]  # degrees east, degrees north


@dataclass(frozen=True, slots=True)
class Ground:
    """One province: its places by area and name, and the coasts and borders around them."""

    places: Mapping[tuple[str, str], Point]
    lines: Sequence[Sequence[Point]]


@cache
def countries() -> dict[str, Any]:
    """TopoJSON; the ids are those of ISO 3166 (two letters)."""
    return _read("countries.json")


def ground(areas: Sequence[str]) -> Ground:
    """Of these areas (ids of former provinces, as a profile's places have them) together; empty where none is known."""
    known = {area: _grounds()[area] for area in areas if area in _grounds()}
    places = {(area, name): (at[0], at[1]) for area, its in known.items() for name, at in its["places"].items()}
    lines = {tuple((x, y) for x, y in line) for its in known.values() for line in its["lines"]}
    return Ground(places, sorted(lines))


@cache
def _grounds() -> dict[str, Any]:
    found: dict[str, Any] = _read("places.json")["areas"]
    return found


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / name).read_text(encoding="utf-8"))
    return found
