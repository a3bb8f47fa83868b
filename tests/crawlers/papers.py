"""Pages of made-up papers: the shapes of tests/crawlers/papers filled with articles of the demo newsroom.

A shape's first line says its language, its encoding and how it writes the date; the rest is the page as such an
outlet's system makes it. Each shape is filled three times, so a rule cannot lean on one article's words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from zoneinfo import ZoneInfo

from demo.edition import Edition, Item
from demo.masthead import OUTLETS

SHAPES = Path(__file__).parent / "papers"
START = datetime(2026, 11, 20, 5, tzinfo=UTC)
FILLED = 3  # times for each shape
ZONES = {
    "vi": "Asia/Ho_Chi_Minh",
    "lo": "Asia/Vientiane",
    "km": "Asia/Phnom_Penh",
    "th": "Asia/Bangkok",
    "zh-Hans": "Asia/Shanghai",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
}
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
MONTHS = {
    "lo": "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
    "km": "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
}
THAI_SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
CAPTIONS = {
    "vi": "Quang cảnh nhìn từ bờ sông vào buổi sáng sớm",
    "lo": "ພາບທິວທັດຍາມເຊົ້າ ທີ່ແຄມນ້ຳ",
    "km": "ទិដ្ឋភាព\u200bពេល\u200bព្រឹក\u200bនៅ\u200bមាត់\u200bទន្លេ",
    "th": "บรรยากาศยามเช้าริมแม่น้ำ",
    "zh-Hans": "图为清晨的河岸景色",
    "ja": "早朝の川岸の風景",
    "ko": "이른 아침 강가의 풍경",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One page, and what is to be found on it. ``day`` where no hour stands on it."""

    name: str
    language: str
    data: bytes
    title: str
    lead: str
    text: str
    at: datetime
    day: bool
    author: str

    @property
    def zone(self) -> str:
        return ZONES[self.language]

    @property
    def truth(self) -> dict[str, str]:
        """A line of the form that `diembao eval extract` reads."""
        return {
            "id": self.name,
            "url": f"https://{self.name}.example/bai-1.html",
            "html": f"{self.name}.html",
            "articleBody": self.text,
            "title": self.title,
            "lead": self.lead,
            "published": f"{self.at:%Y-%m-%d}" if self.day else self.at.isoformat(),
            "language": self.language,
        }


def papers() -> Iterator[Paper]:
    for file in sorted(SHAPES.glob("*.html")):
        head, _, shape = file.read_text(encoding="utf-8").partition("-->")
        said = dict(part.split(": ", 1) for part in re.split(r" \| (?=\w+: )", head.removeprefix("<!-- ").strip()))
        written = _articles(said["language"])
        of_language = sorted(one.name for one in SHAPES.glob(f"{file.name[:2]}-*.html"))
        first = of_language.index(file.name) * FILLED
        for number in range(FILLED):
            yield _paper(f"{file.stem}-{number + 1}", said, shape.lstrip(), written, first + number)


@cache
def _articles(language: str) -> tuple[Item, ...]:
    code = language.split("-", maxsplit=1)[0]
    edition = Edition(seed=1, start=START)
    found = [item for outlet in OUTLETS if outlet.language == code for item in edition.visible(outlet.id, START)]
    return tuple(item for item in found if not item.piece.fault and not item.piece.copy_of)


def _paper(name: str, said: Mapping[str, str], shape: str, written: tuple[Item, ...], at: int) -> Paper:
    item = written[at % len(written)]
    others = [other for other in written if other is not item and other.piece.story != (item.piece.story or "-")]
    when = item.at.replace(second=0).astimezone(ZoneInfo(ZONES[said["language"]]))
    page = Template(shape).substitute(_fields(item, others, when, said))
    page = page.replace("{y}", f"{when:%Y}").replace("{m}", f"{when:%m}").replace("{d}", f"{when:%d}")
    data = page.encode(said.get("charset", "utf-8"), "xmlcharrefreplace")
    text, day = "\n".join(item.body), said.get("day") == "yes" and not re.search(r"\$(iso|utc|local)", shape)
    lead = f"{said['before']} {item.lead}" if "before" in said else item.lead
    return Paper(name, said["language"], data, item.title, lead, text, when, day, said["author"])


def _fields(item: Item, others: list[Item], when: datetime, said: Mapping[str, str]) -> dict[str, str]:
    first, rest = item.body[0], item.body[1:]
    plain = {
        "title": item.title,
        "lead": item.lead,
        "leadcut": item.lead[: len(item.lead) * 2 // 3] + "...",
        "first": first,
        "date": _written(when, said),
        "author": said["author"],
        "caption": CAPTIONS[said["language"]],
        "olead": others[0].lead,
        **{f"o{n}": other.title for n, other in enumerate(others[:4], 1)},
    }
    marked = {
        "first_p": _each("<p>{}</p>", [first]),
        "rest": _each("<p>{}</p>", rest),
        "body": _each("<p>{}</p>", item.body),
        "divs": _each("<div>{}</div>", item.body),
        "indented": _each("<p>　　{}</p>", item.body),
        "sections": _each("<section><span>{}</span></section>", item.body),
        "breaks": "<br><br>".join(escape(text) for text in item.body),
        "jtitle": json.dumps(item.title, ensure_ascii=False)[1:-1],
        "jlead": json.dumps(item.lead, ensure_ascii=False)[1:-1],
        "jbody": json.dumps(item.lead + "\n" + "\n".join(item.body), ensure_ascii=False)[1:-1],
        "iso": when.isoformat(),
        "utc": when.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "local": f"{when:%Y-%m-%dT%H:%M:%S}",
        "day": f"{when:%Y-%m-%d}",
    }
    return {name: escape(text) for name, text in plain.items()} | marked


def _each(shape: str, texts: tuple[str, ...] | list[str]) -> str:
    return "\n".join(shape.format(escape(text)) for text in texts)


def _written(when: datetime, said: Mapping[str, str]) -> str:
    month = MONTHS.get(said["language"], " " * 11).split(" ")[when.month - 1]
    text = said["date"].format(
        weekday=WEEKDAYS[when.weekday()],
        d=f"{when:%d}",
        m=f"{when:%m}",
        y=when.year,
        be=when.year + 543,
        be2=(when.year + 543) % 100,
        era="令和",
        ey=when.year - 2018,
        H=f"{when:%H}",
        M=f"{when:%M}",
        h12=(when.hour - 1) % 12 + 1,
        ampm_ko="오전" if when.hour < 12 else "오후",
        month=month,
        shortmonth=THAI_SHORT[when.month - 1],
    )
    return text.translate({48 + n: 0x17E0 + n for n in range(10)}) if said.get("digits") == "km" else text
