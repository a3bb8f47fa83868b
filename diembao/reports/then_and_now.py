"""What is told of a period that reaches over a merger of provinces: which were which, and which units took over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from diembao.paper import forms
from diembao.paper.letter import Block, Paragraph, Table, words
from diembao.plan.reader import Profile, Unit
from diembao.reports.period import Period

HEADING: Final = "ĐỊA GIỚI VÀ ĐƠN VỊ TRONG KỲ"


def crosses(profile: Profile, period: Period) -> bool:
    """Did it begin before the merger? Then names of then and of now stand side by side."""
    return bool(profile.merged) and period.first < date.fromisoformat(profile.merged)


def section(profile: Profile, period: Period, caption: str) -> Iterator[Block]:
    merged = date.fromisoformat(profile.merged)
    olds = " và ".join(f"tỉnh {area_name(profile, area)}" for area in profile.areas)
    day = forms.day(merged)
    after = (
        f"từ ngày {day} là {profile.called}" if period.last >= merged else f"nay (từ ngày {day}) là {profile.called}"
    )
    yield Paragraph(
        words(
            f"Kỳ báo cáo bắt đầu trước khi sáp nhập: {olds} {after}. Số liệu của cả kỳ tính theo địa bàn ngày nay, gồm"
            " bài về các tỉnh cũ; tên đơn vị là tên ngày nay."
        )
    )
    rows = tuple(
        (words("; ".join(unit.plan_names)), words(unit.name), words(_since(unit)))
        for unit in profile.units.values()
        if set(unit.plan_names) - {unit.name}
    )
    if rows:
        yield Table(caption, ("Tên trong kế hoạch", "Tên ngày nay", "Từ ngày"), rows, (6.6, 6.6, 3.3), "llc")


def area_name(profile: Profile, area: str) -> str:
    """Of a former province; one that bore the name of today's is told from it."""
    named = next((place.name for place in profile.places if place.area == area and place.kind == "province"), None)
    return named or (f"{profile.name} (cũ)" if area.endswith("-cu") else area)


def _since(unit: Unit) -> str:
    return forms.day(date.fromisoformat(unit.since)) if unit.since else "chưa rõ"
