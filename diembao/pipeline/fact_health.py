"""Which feeds of facts a person should look at: one rule for the screens, `status`, `doctor`, metrics and alarms.

The first that fits: its address or what it sends will not do (told at once) · it failed `FAILING` times in a row, or
was not read for `UNREACHED` · its kit is full · nothing of it holds any more, because nothing new came for as long as
an entry holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from diembao.core.fact_feeds import FactFeed, Outcome
from diembao.core.reasons import reason
from diembao.core.settings_facts import FactFeedSettings
from diembao.pipeline.fact_feeds import every
from diembao.pipeline.health import FAILING, UNREACHED
from diembao.pipeline.wiring import Installation


@dataclass(frozen=True, slots=True)
class FeedTrouble:
    """Of the feed ``name``, which brings facts of ``kit``; one sentence in Vietnamese, one in English."""

    province: str
    name: str
    kit: str
    vi: str
    en: str


def feed_troubles(house: Installation, now: datetime) -> Iterator[FeedTrouble]:
    """In the order of the settings."""
    for feed, known in every(house):
        zone = ZoneInfo(feed.house.profile.timezone)
        if said := _trouble(feed.chosen, known, now, zone):
            vi, en = said
            name = feed.chosen.name
            told = f"Nguồn dữ kiện “{name}”: {vi}.", f"The feed of facts '{name}': {en}."
            yield FeedTrouble(feed.house.profile.id, name, feed.chosen.kit, *told)


def _trouble(chosen: FactFeedSettings, known: FactFeed, now: datetime, zone: ZoneInfo) -> tuple[str, str] | None:
    if known.asked_at is None or known.since is None:  # the loop has not come to it yet
        return None
    at = f"{known.read_at.astimezone(zone):%d/%m/%Y %H:%M}" if known.read_at else ""
    if known.failures and (known.outcome is not Outcome.RETRY or known.failures >= FAILING):
        vi, en = (f"đọc được lần cuối {at}", f"last read {at}") if at else ("chưa đọc được lần nào", "never read")
        why = reason(known.why, "vi"), reason(known.why, "en")
        return f"{known.failures} lần liền không đọc được, {why[0]}; {vi}", f"failed {known.failures}×, {why[1]}; {en}"
    long = max(UNREACHED, timedelta(seconds=3 * chosen.every))
    if known.asked_at - (known.read_at or known.since) > long:
        return f"chưa đọc được từ {at}", f"not read since {at}"
    if known.full:
        return "bộ tài liệu đã đầy, có mục chưa nhận được", "its kit is full; some entries could not be taken"
    if chosen.days and now - (known.new_at or known.since) > timedelta(days=chosen.days):
        return f"không có gì mới trong {chosen.days} ngày", f"nothing new in {chosen.days} days"
    return None
