"""What `diembao alerts …` prints for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.alert import Channel, Recipient
from diembao.core.subscription import Rhythm, Subject, Subscription
from diembao.pipeline.previewing import Preview
from diembao.pipeline.replaying import WIDEST, Bar, Counted
from diembao.pipeline.wiring import Installation
from diembao.reports.usual import ENOUGH

_RHYTHMS: Final = {
    Rhythm.INSTANT: "ngay khi có",
    Rhythm.DAILY: "gộp hằng ngày",
    Rhythm.WEEKLY: "gộp hằng tuần",
    Rhythm.SPIKE: "khi tăng vọt",
    Rhythm.SILENCE: "khi im bất thường",
}
_DAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_LAST: Final = 5  # messages of a preview that are shown
_WIDTH: Final = 30  # letters of the longest bar


def line(asked: Subscription, name_of: Callable[[str], str] = str) -> str:
    """``name_of`` gives an account's name for its actor."""
    paused = " [TẠM DỪNG]" if asked.paused else ""
    watched = f"vụ việc {asked.key}" if asked.subject is Subject.CASE else asked.query or "ghi chú nhắc tên"
    whose = f"của {name_of(asked.owner)}" if asked.owner else "của cơ quan"
    place = "" if asked.id else ", nằm trong diembao.toml"
    return f"{asked.name}{paused}: {watched}\n    → {where(asked.to, name_of)}; {_when(asked)}; {whose}{place}"


def where(to: Sequence[Recipient], name_of: Callable[[str], str] = str) -> str:
    return ", ".join(_place(each, name_of) for each in to) or "thư mục alerts"


def _place(to: Recipient, name_of: Callable[[str], str]) -> str:
    named = {Channel.MAIL: "", Channel.WEBHOOK: "webhook ", Channel.CHAT: "nhóm chat "}
    if to.channel in named:
        return f"{named[to.channel]}{to.address}"
    return f"trang của {name_of(to.address)}" if to.channel is Channel.PAGE else "thư mục alerts"


def _when(asked: Subscription) -> str:
    hour = {Rhythm.DAILY: f" lúc {asked.hour} giờ", Rhythm.WEEKLY: f" {_DAYS[asked.weekday]} lúc {asked.hour} giờ"}
    return _RHYTHMS[asked.rhythm] + hour.get(asked.rhythm, "")


def preview(house: Installation, asked: Subscription, shown: Preview) -> str:
    zone = house.profile.timezone
    if shown.counted is not None:
        return "\n".join(_counted(house, asked, shown, shown.counted))
    told = f"{shown.days} ngày qua: {shown.articles} bài khớp"
    if shown.looked < shown.articles:
        told += f" (đã xét {shown.looked} bài mới nhất)"
    lines = [f"{told}, sẽ là {len(shown.messages)} thư về {shown.stories} sự việc."]
    for at, going in shown.messages[-_LAST:]:
        others = len({each.alert.story for each in going}) - 1
        more = f" và {others} sự việc nữa" if others else ""
        lines.append(f"  {_clock(at, zone)}  {going[0].alert.title[:80]}{more}")
    return "\n".join(lines)


def _counted(house: Installation, asked: Subscription, shown: Preview, found: Counted) -> Iterator[str]:
    """What is told by a count, with a line for each day."""
    if found.too_wide:
        yield f"Câu tìm quá rộng: hơn {WIDEST:,} bài trong những ngày ấy, không thử lại được.".replace(",", ".")
        return
    if found.history < ENOUGH:
        yield f"Mới có {found.history} ngày để so, cần {ENOUGH}: đến khi đủ thì chưa báo gì."
    yield f"{shown.days} ngày qua: {shown.articles} bài khớp, sẽ là {shown.number} thư."
    yield from _days(found, house.profile.timezone)
    for each in found.rings[-_LAST:]:
        yield f"  {_clock(each.at, house.profile.timezone)}  {each.letter(house, asked)[0]}"
    if found.going_on:
        yield "Lần báo cuối vẫn đang diễn ra."


def _days(found: Counted, zone: str) -> Iterator[str]:
    days: dict[str, list[Bar]] = {}
    for each in found.bars:
        days.setdefault(f"{each.at.astimezone(ZoneInfo(zone)):%d/%m}", []).append(each)
    most = max((sum(each.seen for each in bars) for bars in days.values()), default=0)
    for day, bars in days.items():
        seen, usual = sum(each.seen for each in bars), sum(each.usual or 0 for each in bars)
        known = f" (mọi khi khoảng {usual:.0f})" if all(each.usual is not None for each in bars) else ""
        yield f"  {day}  {'█' * round(_WIDTH * seen / max(1, most)):{_WIDTH}} {seen}{known}"


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%d/%m %H:%M}"


def mail_is_ready(house: Installation, asked: Subscription) -> bool:
    """Can what goes by mail leave?"""
    by_mail = any(each.channel is Channel.MAIL for each in asked.to)
    return not by_mail or bool(house.settings.mail.host and house.settings.mail.sender)
