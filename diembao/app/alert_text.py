"""What `diembao alerts …` prints for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.alert import Recipient
from diembao.core.subscription import Subscription
from diembao.pipeline.previewing import Preview

_LAST: Final = 5  # messages of a preview that are shown


def line(asked: Subscription) -> str:
    paused = " [TẠM DỪNG]" if asked.paused else ""
    watched = asked.query or f"{asked.subject} {asked.key}"
    place = "kho" if asked.id else "diembao.toml"
    return f"{asked.name}{paused}: {watched}\n    → {where(asked.to)}, {asked.rhythm} ({place})"


def where(to: Sequence[Recipient]) -> str:
    return ", ".join(each.address or each.channel.value for each in to) or "thư mục alerts"


def preview(shown: Preview, zone: str) -> str:
    told = f"{shown.days} ngày qua: {shown.articles} bài khớp"
    if shown.looked < shown.articles:
        told += f" (đã xét {shown.looked} bài mới nhất)"
    lines = [f"{told}, sẽ là {len(shown.messages)} thư về {shown.stories} sự việc."]
    for at, going in shown.messages[-_LAST:]:
        others = len({each.alert.story for each in going}) - 1
        more = f" và {others} sự việc nữa" if others else ""
        lines.append(f"  {at.astimezone(ZoneInfo(zone)):%d/%m %H:%M}  {going[0].alert.title[:80]}{more}")
    return "\n".join(lines)
