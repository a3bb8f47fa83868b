"""Shapes and places as they are shipped; where they come from stands in the files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
Point = tuple[float, float]  # degrees east, degrees north
_SMALL: Final[Mapping[str, Point]] = {"SG": (103.8, 1.35), "HK": (114.2, 22.3), "MO": (113.5, 22.2)}


@dataclass(frozen=True, slots=True)
class Ground:
    """One province: its places by area and name, and the coasts and borders around them."""

    places: Mapping[tuple[str, str], Point]
    lines: Sequence[Sequence[Point]]


@cache
def countries() -> dict[str, Any]:
    """TopoJSON; the ids are those of ISO 3166 (two letters)."""
    return _read("countries.json")


@cache
def centres() -> Mapping[str, Point]:
    """The middle of each country's largest part, and of those that are too small for the shapes."""
    found: dict[str, Point] = {each["id"]: _middle(each) for each in countries()["objects"]["countries"]["geometries"]}
    return {**found, **_SMALL}


def _middle(country: Mapping[str, Any]) -> Point:
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    boxes = [_box(polygon[0]) for polygon in polygons]
    west, east, south, north = max(boxes, key=lambda box: (box[1] - box[0]) * (box[3] - box[2]))
    return (west + east) / 2, (south + north) / 2


def _box(ring: Sequence[int]) -> tuple[float, float, float, float]:
    """West, east, south, north. An arc that is run through backwards has a negative number."""
    points = [point for number in ring for point in _arcs()[number if number >= 0 else ~number]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), max(xs), min(ys), max(ys)


@cache
def _arcs() -> Sequence[Sequence[Point]]:
    """In degrees: each point is kept as the steps from the one before it."""
    (wide, high), (west, south) = countries()["transform"]["scale"], countries()["transform"]["translate"]
    found: list[list[Point]] = []
    for arc in countries()["arcs"]:
        at = [(x, y) for x, y in zip(accumulate(p[0] for p in arc), accumulate(p[1] for p in arc), strict=True)]
        found.append([(x * wide + west, y * high + south) for x, y in at])
    return found


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
