"""A word to the office before a report is due: which, until when, what it covers, which tasks nobody has told of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.alert import Message
from diembao.core.progress import Progress
from diembao.paper import forms
from diembao.plan.reader import Profile
from diembao.reports.schedule import Due, schedule

PAGE: Final = "/ke-hoach"
NAMED: Final = 10  # tasks


def reminders(
    profile: Profile,
    latest: Mapping[tuple[str, str], Progress],
    now: datetime,
    signed: Callable[[Due], bool] = lambda _: False,
) -> list[Message]:
    """What is to be said by now, each with its key; which of it was said before, the outbox knows. Of several stages
    that have come (the program did not run) the last is told alone. Of a report that is ``signed`` nobody is reminded.
    """
    today = now.astimezone(ZoneInfo(profile.timezone)).date()
    found = []
    for due in schedule(profile, now):
        left = due.left(today)
        stages = [days for days in profile.routine.remind_days if left is not None and 0 <= left <= days]
        if due.round.periodic and left is not None and stages and not signed(due):
            found.append(_message(profile, due, min(stages), left, latest, now))
    return found


def _message(
    profile: Profile, due: Due, stage: int, left: int, latest: Mapping[tuple[str, str], Progress], now: datetime
) -> Message:
    day = forms.day(due.before) if due.before else ""
    when = f"còn {left} ngày" if left else "hôm nay"
    start, end = forms.day(due.period.first), forms.day(due.period.last)
    made = f"Bản nháp được lập lúc {forms.moment(due.draft_at, profile.timezone)}." if due.draft_at else ""
    text = "\n\n".join(
        part
        for part in (
            f"Kế hoạch yêu cầu một báo cáo trước ngày {day} ({when}).",
            f"Căn cứ: {due.source}",
            due.name,
            f"Số liệu từ ngày {start} đến ngày {end}. {made}".strip(),
            _untold(profile, due, latest),
            "Bản nháp chỉ để đọc và sửa: máy không gửi báo cáo thay người.",
        )
        if part
    )
    subject = f"Nhắc báo cáo: {due.name}, trước ngày {day} ({when})"
    return Message(f"report-due:{due.key}:{stage}", subject, text, now, page=PAGE)


def _untold(profile: Profile, due: Due, latest: Mapping[tuple[str, str], Progress]) -> str:
    """Current tasks of which no unit has told since the report's first day."""
    told = {task for (task, _), entry in latest.items() if entry.at >= due.period.start}
    missing: Sequence[str] = [
        x.number for x in profile.tasks if not x.expired(due.period.last.year) and x.number not in told
    ]
    if not missing:
        return ""
    more = f" và {len(missing) - NAMED} nhiệm vụ khác" if len(missing) > NAMED else ""
    return f"Chưa có đơn vị nào báo tiến độ trong kỳ: nhiệm vụ {', '.join(missing[:NAMED])}{more}."
