"""The first files of a province that nobody has described yet: written once, then mended by people.

Units and fields are those that every province has had since the reform of 2025, so that the installation runs at
once; what is a guess says so in its note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from diembao.core.errors import WrongUse
from diembao.core.text import fold, nfc
from diembao.plan.files import HERE
from diembao.plan.reader import Profile, profile

# The profile whose units and fields are taken over; its own notes are of its own province.
PATTERN: Final = "gia-lai"
# What a name is made of, after the level that people write before it.
_LEVEL: Final = re.compile(r"(?P<level>tỉnh|thành phố|tp\.?)(?:\s+|$)", re.IGNORECASE)
_WORDS: Final = re.compile(r"[^\W\d_]+(?:[ '’-]+[^\W\d_]+)*")
_NOTE: Final = "Theo mẫu chung sau sắp xếp năm 2025; cần đối chiếu với tỉnh."
_PROPOSAL: Final = "Đề xuất, chờ cơ quan xác nhận"


def begin(folder: Path, name: str, *, level: str, cities: Sequence[str], checked: str) -> tuple[str, list[Path]]:
    """Write ``provinces/<id>.yaml`` and ``places/<id>.yaml`` in the office's folder; the id, and the files.

    An empty ``level`` is the one written before the name ("thành phố Hà Nội"), else ``tỉnh``.

    Raises:
        WrongUse: a name that is not made of letters, a level that is not the one before it, or there are files of
            this id already, here or in the program.
    """
    name, level = _called(" ".join(nfc(name).split()), level)
    province = re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")
    if not province or len(name) > 60 or not _WORDS.fullmatch(name):
        raise WrongUse(f"Tên tỉnh “{name[:60]}” không dùng được. / This name of a province will not do.")
    if (HERE / "provinces" / f"{province}.yaml").exists():
        raise WrongUse(
            f'Hồ sơ {province} có sẵn trong chương trình; không viết đè. Đặt province = "{province}".'
            " / The program has a profile of this name; nothing was written."
        )
    files = {
        folder / "provinces" / f"{province}.yaml": _profile(province, name, level, checked),
        folder / "places" / f"{province}.yaml": _places(province, name, cities),
    }
    if there := next((path for path in files if path.exists()), None):
        raise WrongUse(f"Đã có {there}; không ghi đè. / {there} is there already; nothing was written.")
    for path, held in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(held, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
    return province, list(files)


def _called(name: str, level: str) -> tuple[str, str]:
    """The name without its level, and the level."""
    before = _LEVEL.match(name)
    if before is None:
        return name, level or "tỉnh"
    written = "tỉnh" if before["level"].lower() == "tỉnh" else "thành phố"
    if level and level != written:
        raise WrongUse(f"Tên tỉnh “{name[:60]}” trái với --level {level}. / The name says another level.")
    return name[before.end() :], written


def _profile(province: str, name: str, level: str, checked: str) -> dict[str, Any]:
    pattern = profile(PATTERN)
    plain = " ".join(word.capitalize() for word in fold(name).split())
    return {
        "id": province,
        "name": name,
        "name_en": plain,
        "level": level,
        "plan": province,
        "areas": [province],
        "places": [province],
        "foreign_affairs": pattern.foreign_affairs,
        "letterhead": {
            "parent": f"UBND {level} {name}".upper(),
            "issuer": pattern.letterhead.issuer,
            "symbol": pattern.letterhead.symbol,
            "place": name,
            "to": [f"Ủy ban nhân dân {level} {name}"],
            "copies": [_of_level(each, pattern, level) for each in pattern.letterhead.copies],
            "signer_title": pattern.letterhead.signer_title,
        },
        "deadlines": {
            "urgent": {"hours": 24},
            "high": {"working_days": 2},
            "normal": {"working_days": 5},
            "requests": {"urgent": {"working_hours": 8}, "high": {"working_days": 1}, "normal": {"working_days": 3}},
            "source": _PROPOSAL,
            "checked": checked,
        },
        "units": {key: _unit(pattern, key, level) for key in pattern.units},
        "fields": dict(pattern.fields),
    }


def _unit(pattern: Profile, key: str, level: str) -> dict[str, Any]:
    its = pattern.units[key]
    name = _of_level(its.name.replace(pattern.name, ""), pattern, level)
    return {"name": " ".join(name.split()), "plan_names": list(its.plan_names), "note": _NOTE}


def _of_level(name: str, pattern: Profile, level: str) -> str:
    if level == pattern.level:
        return name
    return name.replace(pattern.level, level).replace("Tỉnh ủy", "Thành ủy")


def _places(province: str, name: str, cities: Sequence[str]) -> dict[str, Any]:
    return {
        "area": province,
        "whole": True,
        "places": [{"name": name, "kind": "province"}, *({"name": each, "kind": "city"} for each in cities)],
    }
