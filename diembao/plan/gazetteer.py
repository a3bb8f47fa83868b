"""Lists of a former province's places, made from a table of all units before and after July 2025.

    python -m diembao.plan.gazetteer DIR --former "Bắc Giang" --today "Bắc Ninh" --area bac-giang

DIR holds the JSON lines of thanglequoc/vietnamese-provinces-database (MIT): ``pre_merge_2025-03_*`` and
``post_merge_*``. What comes out is a beginning: districts and communes, sorted by whether their name is theirs alone.
With ``--heard FILE`` (JSON lines with ``title`` and ``summary``, news of the whole country) a name that stands where
neither the province of today nor the former one is named is taken for shared too: "An Hà" is a commune, and a part of
"Công An Hà Nội". Other names, landmarks and namesakes are written by hand.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from diembao.core.text import normal

NOTICE = """notice: >-
  Names of communes, wards, districts and provinces before and after July 2025 are facts taken from
  thanglequoc/vietnamese-provinces-database (MIT License, Copyright (c) 2021 Thang Le Quoc)."""
_WORD = re.compile(r"\w+")
_UNIT = re.compile(r"^(?:Phường|Xã|Thị trấn|Đặc khu)\s+")
# Communes are named after people, and a person is no place.
_FAMILY = re.compile(
    r"^(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Lương|Đinh|Trương|Tô|Hà Huy"
    r"|Quang Trung|Hùng Vương|Tôn Đức|Thân Nhân|Âu Cơ)\b"
)
# Words of every day and of every province: a name of them alone says nothing.
_COMMON = frozenset(
    normal(name)
    for name in (
        "Đông Hà",
        "Tân Phú",
        "Thống Nhất",
        "Hòa Bình",
        "Tiến Thắng",
        "Hợp Thành",
        "Trung Sơn",
        "Nam Hải",
        "Tam Giang",
        "Tiền Phong",
        "Đồng Tâm",
        "Tự Do",
        "Đoàn Kết",
        "Tự Lạn",
        "Minh Đức",
    )
)
WIDTH = 114  # characters of a line of names


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    name: str
    parent: str


class Tables:
    """Units before and after the merger."""

    def __init__(self, folder: Path) -> None:
        self.old_provinces = _units(folder / "pre_merge_2025-03_provinces.jsonl")
        self.districts = _units(folder / "pre_merge_2025-03_districts.jsonl", "province_code")
        self.old_communes = _units(folder / "pre_merge_2025-03_wards.jsonl", "district_code")
        self.provinces = _units(folder / "post_merge_2026_provinces.jsonl")
        self.communes = _units(folder / "post_merge_2026_wards.jsonl", "province_code")
        merged = (json.loads(line) for line in (folder / "post_merge_units_with_predecessors.jsonl").open())
        self.made_of = {each["code"]: each["formed_from"] or "" for each in merged if each["level"] == "commune"}

    @cached_property
    def shared(self) -> Counter[str]:
        """How many districts (old) and provinces a name is borne in, over the whole country."""
        of_district = {unit.code: unit.parent for unit in self.districts}
        borne = {
            (normal(unit.name), of_district[unit.parent]) for unit in self.old_communes if unit.parent in of_district
        }
        borne |= {(normal(unit.name), unit.parent) for unit in self.districts}
        borne |= {(normal(unit.name), unit.code) for unit in self.old_provinces}
        return Counter(name for name, _ in borne)

    @cached_property
    def shared_today(self) -> Counter[str]:
        return Counter(name for name, _ in {(normal(unit.name), unit.parent) for unit in self.communes})

    def former(self, province: str) -> tuple[list[Unit], list[Unit]]:
        """Districts and communes of a province before the merger."""
        code = _code(self.old_provinces, province)
        districts = [unit for unit in self.districts if unit.parent == code]
        inside = {unit.code for unit in districts}
        return districts, [unit for unit in self.old_communes if unit.parent in inside]

    def today(self, province: str, former: str) -> list[Unit]:
        """Communes of today that were made of communes of a former province."""
        code = _code(self.provinces, province)
        before = {normal(unit.name) for unit in self.former(former)[1]}
        return [unit for unit in self.communes if unit.parent == code and self._mostly(unit, before)]

    def _mostly(self, unit: Unit, before: set[str]) -> bool:
        pieces = re.sub(r"\([^()]*\)", "", self.made_of.get(unit.code, "")).split(",")
        names = [normal(_UNIT.sub("", piece.strip())) for piece in pieces if piece.strip()] or [normal(unit.name)]
        return sum(name in before for name in names) * 2 > len(names)


def _units(path: Path, parent: str = "") -> list[Unit]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [Unit(row["code"], row["name"], row.get(parent, "") or "") for row in rows]


def _code(units: Iterable[Unit], name: str) -> str:
    found = [unit.code for unit in units if normal(unit.name) == normal(name)]
    if not found:
        raise SystemExit(f"no province '{name}' in the tables")
    return found[0]


def is_sure(name: str, borne: int) -> bool:
    """Whether a name is a place of ours wherever it stands."""
    return borne <= 1 and not _FAMILY.match(name) and normal(name) not in _COMMON and " " in name


def heard_elsewhere(names: Iterable[str], provinces: Sequence[str], headlines: Path) -> frozenset[str]:
    """Those of the names (normalised) that stand, with a capital, in headlines where none of the provinces does."""
    wanted = {tuple(normal(name).split()) for name in names}
    longest = max(map(len, wanted), default=0)
    reader = gzip.open if headlines.suffix == ".gz" else open
    found: set[tuple[str, ...]] = set()
    with reader(headlines, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = f"{row.get('title') or ''}\n{row.get('summary') or ''}"
            if any(province in text for province in provinces):
                continue
            words = _WORD.findall(text)
            plain = [normal(word) for word in words]
            for at, word in enumerate(words):
                if word[0].isupper():
                    found.update(wanted & {tuple(plain[at : at + size]) for size in range(1, longest + 1)})
    return frozenset(" ".join(name) for name in found)


def places(
    tables: Tables, former: str, today: str, headlines: Path | None = None
) -> tuple[Sequence[str], Mapping[tuple[bool, bool], Sequence[str]]]:
    """Districts, and communes by (whether they are of today, whether their name is theirs alone)."""
    districts, old = tables.former(former)
    now = [unit.name for unit in tables.today(today, former)]
    known = {normal(name) for name in [*now, *(unit.name for unit in districts)]}
    gone = [unit.name for unit in old if normal(unit.name) not in known and not unit.name.isdigit()]
    heard = heard_elsewhere([*now, *gone], (former, today), headlines) if headlines else frozenset()
    lists: dict[tuple[bool, bool], list[str]] = {}
    for of_today, names in ((True, now), (False, gone)):
        for name in sorted(dict.fromkeys(names)):
            borne = max(tables.shared[normal(name)], tables.shared_today[normal(name)])
            sure = is_sure(name, borne) and normal(name) not in heard
            lists.setdefault((of_today, sure), []).append(name)
    return [unit.name for unit in districts], lists


def written(tables: Tables, former: str, today: str, area: str, headlines: Path | None = None) -> str:
    """The file of places, in the form of `diembao/plan/places`."""
    districts, lists = places(tables, former, today, headlines)
    out = [f"# Places of the former province of {former}.", f"area: {area}", NOTICE, "places:"]
    for name in districts:
        sure = is_sure(name, tables.shared[normal(name)])
        out += [f"  - name: {name}", "    kind: district", *([] if sure else ["    sure: false"])]
    out.append("lists:")
    for (of_today, sure), names in sorted(lists.items(), reverse=True):
        said = (
            "communes and wards of today" if of_today else "communes and wards before the merger whose names are gone"
        )
        shared = "" if sure else ": shared with other provinces, or a word or person as well"
        out += [f"  # {said}{shared}", "  - kind: commune", *([] if sure else ["    sure: false"]), "    names: >-"]
        out += textwrap.wrap(", ".join(names), WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)
    return "\n".join(out) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--former", required=True)
    parser.add_argument("--today", required=True)
    parser.add_argument("--area", required=True)
    parser.add_argument("--heard", type=Path)
    asked = parser.parse_args()
    sys.stdout.write(written(Tables(asked.folder), asked.former, asked.today, asked.area, asked.heard))


if __name__ == "__main__":
    main()
