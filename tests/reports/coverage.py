"""Nine weeks of made-up coverage whose figures can be counted by hand, as of Friday, 20 November 2026, 8 o'clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from diembao.core.article import DateFrom
from diembao.reports.period import week
from tests.dashboard.published import WASTE, Told
from tests.dashboard.seed import ZONE

NOW: Final = datetime(2026, 11, 20, 8, tzinfo=ZONE)
THE_WEEK: Final = week("2026-W47", zone="Asia/Ho_Chi_Minh", ends=3)  # 13 to 19 November
HOSTILE: Final = "Chợ <b>Đầm</b> & {{ co_quan_ban_hanh }} \x0b[S1] ]]> 50%"


def told(slug: str, outlet: str, title: str, at: str, **more: object) -> Told:
    """``at`` is "19 06:00", a day of November."""
    day, clock = at.split()
    moment = datetime.fromisoformat(f"2026-11-{int(day):02d}T{clock}").replace(tzinfo=ZONE)
    hours = (NOW - moment).total_seconds() / 3600
    plain = Told(outlet, title, hours, lead=f"Chuyện {slug}.", text=f"Bài về {slug}.", slug=slug, story=slug)
    return replace(plain, **more)  # type: ignore[arg-type]  # each test names fields of its own


CRITICAL_WHY: Final = "“gửi đơn ba lần”: than phiền chưa được giải quyết, luật phê-phán-3"

THIS_WEEK: Final = (
    told(
        "waste",
        "bao-song-con",
        "Nước thải trại heo chảy ra sông Côn",
        "19 06:00",
        text=WASTE,
        stance="critical",
        why=CRITICAL_WHY,
        themes=("environment-climate", "human-rights"),
    ),
    told(
        "waste-copy",
        "nhat-bao-bien",
        "Sông Côn đổi màu",
        "19 07:00",
        text=WASTE,
        stance="critical",
        why=CRITICAL_WHY,
        themes=("environment-climate",),
        story="waste",
        role="copy",
    ),
    told("waste-next", "tin-cao-nguyen", "Kiểm tra trại heo", "19 09:00", story="waste", role="follow-up"),
    told(
        "flight",
        "khaosan-lao",
        "ກວີເຍີນ ເປີດສາຍການບິນໃໝ່",
        "18 10:00",
        text="ສາຍການບິນໃໝ່ ຈະບິນ ສອງຖ້ຽວ ຕໍ່ ອາທິດ.",
        stance="positive",
        themes=("tourism", "laos-partners"),
    ),
    told("port", "taipei-wanbao", "歸仁港擴建工程動工", "17 10:00", stance="abstain", themes=("trade-investment",)),
    told(
        "press",
        "thoi-su-mien-trung",
        "UBND tỉnh họp báo về mùa mưa",
        "16 10:00",
        text="Đã vào mùa mưa. Sáng thứ Hai, UBND tỉnh họp báo về mùa mưa. Báo chí hỏi về hồ chứa.",
        why="“vào mùa mưa”",
        themes=("policy-communication",),
    ),
    told("mended", "thoi-su-mien-trung", "Nói lại cho rõ về giá đất", "15 10:00", role="correction"),
    told("hostile", "bao-song-con", HOSTILE, "14 10:00"),
    told("undated", "nhat-bao-bien", "Bờ kè Nhơn Lý", "14 11:00", date_from=DateFrom.NONE),
    told("first", "bao-song-con", "Bài của phút đầu", "13 00:00"),
    told("elsewhere", "bao-song-con", "Chuyện tỉnh khác", "15 12:00", relevance="no"),
    told("after", "bao-song-con", "Bài của phút sau", "20 00:00"),
)


def weeks_before(weeks: int = 9) -> Iterator[Told]:
    """One article in the week before, two in the one before that, and so on; the first week's stands at its last
    minute, and is critical.
    """
    yield told("before-1-0", "bao-song-con", "Bài tuần trước", "12 23:59", stance="critical", themes=("tourism",))
    for n in range(2, weeks + 1):
        for k in range(n):
            moment = told(f"before-{n}-{k}", "tin-cao-nguyen", f"Bài {n}.{k}", "12 12:00", themes=("tourism",))
            yield replace(moment, hours=moment.hours + 24 * 7 * (n - 1) + k / 60)
