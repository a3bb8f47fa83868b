"""When an article came out, and how each language writes days.

`when` in an article's record is counted from the newsroom's `start`: "-3d 08:15", "-95m", "+3m"
(demo/articles/README.md). Texts hold no absolute dates but `{d:-2}`, `{w:0}`, `{m:-1}`, `{y:0}`, which are
filled in from the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS_BACK = re.compile(r"-(\d{1,2})d ([01]\d|2[0-3]):([0-5]\d)\Z")
_MINUTES = re.compile(r"([+-])(\d{1,3})m\Z")
_PLACEHOLDER = re.compile(r"\{([dwmy]):(0|[+-][1-9]\d{0,2})\}")

MOST_DAYS_BACK = 14
MOST_MINUTES_BACK = 720
MOST_MINUTES_AHEAD = 600


class BadDateline(ValueError):
    """A `when` or a placeholder that nobody can read."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A time counted from `start`: calendar days back at a wall-clock time, or minutes (negative: before)."""

    days_back: int
    clock: tuple[int, int] | None
    minutes: int

    def resolve(self, start: datetime, zone: ZoneInfo) -> datetime:
        """The aware time in the outlet's own zone."""
        if self.clock is None:
            return (start + timedelta(minutes=self.minutes)).astimezone(zone).replace(microsecond=0)
        day = start.astimezone(zone).date() - timedelta(days=self.days_back)
        return datetime(day.year, day.month, day.day, *self.clock, tzinfo=zone)


def read_dateline(written: str) -> Dateline:
    if found := _DAYS_BACK.match(written):
        days, hour, minute = (int(x) for x in found.groups())
        if 1 <= days <= MOST_DAYS_BACK:
            return Dateline(days, (hour, minute), 0)
    if found := _MINUTES.match(written):
        minutes = int(found[1] + found[2])
        if -MOST_MINUTES_BACK <= minutes <= MOST_MINUTES_AHEAD and minutes != 0:
            return Dateline(0, None, minutes)
    raise BadDateline(f"when: {written!r} is none of '-3d 08:15' (1–14 days), '-95m' (1–720), '+3m' (1–600)")


def check_placeholders(text: str) -> None:
    """Raise BadDateline if the text holds braces that are no placeholder."""
    if rest := re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        raise BadDateline(f"braces that are no placeholder, at {text[max(0, rest.start() - 20) :][:60]!r}")


def fill(text: str, published: datetime, language: str) -> str:
    """The text with its placeholders written out, counted from the day of publication."""

    def written(found: re.Match[str]) -> str:
        what, shift = found[1], int(found[2])
        if what == "d":
            return _day(published + timedelta(days=shift), language)
        if what == "w":
            return WEEKDAYS[language][(published + timedelta(days=shift)).weekday()]
        if what == "m":
            return MONTHS[language][(published.month - 1 + shift) % 12]
        return str(published.year + shift)

    return _PLACEHOLDER.sub(written, text)


def _day(when: datetime, language: str) -> str:
    if language == "vi":
        return f"{when.day}/{when.month}"
    return _DAY[language].format(day=when.day, month=MONTHS[language][when.month - 1])


_DAY = {
    "en": "{month} {day}",
    "fr": "{day} {month}",
    "ru": "{day} {month}",
    "zh": "{month}{day}日",
    "ja": "{month}{day}日",
    "ko": "{month} {day}일",
    "th": "{day} {month}",
    "lo": "{day} {month}",
    "km": "{day} {month}",
}

# Names split at blanks. Russian months stand in the genitive: how they are written beside a day.
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "zh": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    "ja": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    "ko": "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "lo": "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
    "km": "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
}
MONTHS = {"vi": [f"tháng {n}" for n in range(1, 13)]} | {code: names.split() for code, names in _MONTHS.items()}

_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "zh": "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    "ja": "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
    "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
    "th": "วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์",
    "lo": "ວັນຈັນ ວັນອັງຄານ ວັນພຸດ ວັນພະຫັດ ວັນສຸກ ວັນເສົາ ວັນອາທິດ",
    "km": "ថ្ងៃចន្ទ ថ្ងៃអង្គារ ថ្ងៃពុធ ថ្ងៃព្រហស្បតិ៍ ថ្ងៃសុក្រ ថ្ងៃសៅរ៍ ថ្ងៃអាទិត្យ",
}
_WEEKDAYS_VI = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
WEEKDAYS = {"vi": _WEEKDAYS_VI} | {code: names.split() for code, names in _WEEKDAYS.items()}

# Shapes of a moment, as outlets' feeds and pages write it.
Shape = Callable[[datetime], str]


def _offset(when: datetime) -> str:
    return when.strftime("%z")


def rfc822(when: datetime) -> str:
    """``Tue, 18 Nov 2026 08:15:00 +0700`` (English names whatever the locale)."""
    day, month = WEEKDAYS["en"][when.weekday()][:3], MONTHS["en"][when.month - 1][:3]
    return f"{day}, {when.day:02} {month} {when:%Y %H:%M:%S} {_offset(when)}"


def rfc822_gmt_plus(when: datetime) -> str:
    """``Tue, 18 Nov 2026 08:15:00 GMT+7``: local time and a zone that many readers misread."""
    hours = int(_offset(when)[:3])
    return rfc822(when).rsplit(" ", 1)[0] + f" GMT{hours:+d}"


def month_first(when: datetime) -> str:
    """``11/8/2026 9:25:00 AM``: local time, month first, no zone."""
    hour = when.hour % 12 or 12
    return f"{when.month}/{when.day}/{when.year} {hour}:{when:%M:%S} {'AM' if when.hour < 12 else 'PM'}"


def iso(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def visible(when: datetime, language: str) -> str:
    """The line of date and time that a reader sees above an article."""
    if language == "vi":
        day = WEEKDAYS["vi"][when.weekday()]
        return f"{day[0].upper()}{day[1:]}, {when:%d/%m/%Y, %H:%M} (GMT+7)"
    if language in {"zh", "ja"}:
        return f"{when.year}年{when.month}月{when.day}日 {when:%H:%M}"
    if language == "ko":
        return f"{when.year}.{when.month:02}.{when.day:02} {when:%H:%M}"
    if language == "en":
        return f"{MONTHS['en'][when.month - 1]} {when.day}, {when.year} {when:%H:%M}"
    if language == "th":
        return f"{_day(when, 'th')} {when.year + 543} {when:%H:%M} น."
    return f"{_day(when, language)} {when.year}, {when:%H:%M}"
