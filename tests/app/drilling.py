"""What a drill of backup and restore needs: an installation worth keeping, its work, its answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from diembao.core.query import parse
from diembao.pipeline import steps
from diembao.pipeline.wiring import Installation
from tests.store.making import NOW

Command = Callable[..., tuple[int, Any, str]]
SETTINGS = """\
province = "gia-lai"

[mail]
# của tỉnh
host = "smtp.example.vn"
password = "rất bí mật"

[channels.phong-bao-chi]
kind = "chat"
url = "https://hook.example/T0/rat-bi-mat"
"""
QUERIES = ("cảng Quy Nhơn", "tau", '"hai nghìn tấn"', "NOT tàu")


def work(house: Installation) -> None:
    for _ in steps.advance_to_end(house, lambda: NOW, "drill"):
        pass


def answers(house: Installation, among: set[str]) -> list[set[str]]:
    """To each query, of these articles."""
    asked = (house.index.search(parse(each, now=datetime.now(UTC)), limit=500) for each in QUERIES)
    return [{hit.id for hit in found.hits} & among for found in asked]


def no_room(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")
