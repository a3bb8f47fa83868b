"""A report in the record: made from the coverage, drawn again from what was kept, signed as it was read.

What is kept is what the machine counted (the sidecar's own words) and what it said (blocks of the document). A document
is drawn from these and from what people wrote, so that it is the same whenever it is drawn, and what a figure counted
can be opened after labels and articles have changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.reports import Report, ReportState, Signing, Written
from diembao.paper import docx
from diembao.paper import keeping as blocks
from diembao.paper.letter import Block, Chart, Letter, Paragraph, Table, Words
from diembao.plan.office import Letterhead
from diembao.reports import parts, weekly_text
from diembao.reports.house import House
from diembao.reports.parts import Section
from diembao.reports.period import Period
from diembao.reports.sidecar import Sidecar, told
from diembao.reports.weekly import Heard, Weekly, weekly

WEEKLY: Final = "weekly"
# Where a figure of a kept report is opened.
SCREEN: Final = "bao-cao"


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as it stands: ``figures`` is the sidecar as plain values, ``sections`` what the machine says,
    ``written`` what people wrote, ``frame`` what stands around it.
    """

    report: Report
    figures: Mapping[str, Any]
    sections: tuple[Section, ...]
    written: tuple[Written, ...]
    frame: Mapping[str, Any]

    def sidecar(self) -> Sidecar:
        """Checked, and typed."""
        return Sidecar.model_validate({**self.figures, "document": "-", "sha256": ""})


@dataclass(frozen=True, slots=True)
class Making:
    """How a report is wanted."""

    period: Period
    province: str
    hand: Hand
    heard: Heard = lambda _: None


@dataclass(frozen=True, slots=True)
class Telling:
    """A report that is told and not kept yet; ``kind`` and ``name`` are `core.reports.Report`'s."""

    kind: str
    name: str
    found: Weekly
    sections: tuple[Section, ...]
    letter: Letter


def make(house: House, making: Making, now: datetime) -> Kept:
    """Count, tell and keep: in place of the draft of this week, whose paragraphs stay; or as a new version.

    Raises:
        WrongUse, Misconfigured: as `weekly`.
    """
    found = weekly(house, making.period, province=making.province, now=now, heard=making.heard)
    made = kept(house, found, making, now)
    making.heard(1.0)
    return made


def kept(house: House, found: Weekly, making: Making, now: datetime) -> Kept:
    """What was counted, told and kept."""
    sections = parts.sections(found, weekly_text.teller(house, found))
    made = weekly_text.written(house.profile.letterhead, found, sections)
    return keep(house, Telling(WEEKLY, found.period.name, found, sections, made), making.hand, now)


def keep(house: House, telling: Telling, hand: Hand, now: datetime) -> Kept:
    """In place of the draft of this kind and name, whose paragraphs stay; or as a new version."""
    found, made = telling.found, telling.letter
    content: dict[str, Any] = {
        "figures": told(found, house.profile.id),
        "sections": [
            {"name": each.name, "heading": each.heading, "blocks": blocks.kept(each.blocks)}
            for each in telling.sections
        ],
        "frame": {
            "letterhead": asdict(made.letterhead),
            "kind": made.kind,
            "subject": made.subject,
            "day": made.day.isoformat(),
            "made": made.made.isoformat(),
            "closing": weekly_text.closing(found),
            "appended": made.appended,
        },
    }
    title, days = made.subject.replace("\n", " "), (found.period.first, found.period.last)
    report = Report(telling.kind, found.province.id, telling.name, *days, title, found.made, hand.actor)
    packed = json.dumps(content, ensure_ascii=False).encode()
    report = house.store.keep_report(report, packed, hand, now)
    written = tuple(house.store.written(report.number))
    return Kept(report, content["figures"], telling.sections, written, content["frame"])


def read(house: House, number: int) -> Kept | None:
    """None: there is no such report here."""
    report = house.store.report(number)
    if report is None:
        return None
    content = json.loads(house.store.report_content(number))
    sections = tuple(Section(x["name"], x["heading"], blocks.blocks(x["blocks"])) for x in content["sections"])
    written = tuple(house.store.written(number))
    return Kept(report, content["figures"], sections, written, content["frame"])


# -- the document


def letter(its: Kept, *, public_url: str = "", number: int | None = None) -> Letter:
    """Drawn from what was kept; the marks of figures lead to the screen that opens them, where there is one."""
    frame = its.frame
    link = f"{public_url.rstrip('/')}/{SCREEN}?so={its.report.number}&s=" if public_url else ""
    texts: dict[str, list[str]] = {}
    for each in its.written:
        texts.setdefault(each.section, []).append(each.text)
    head: dict[str, Any] = {name: tuple(x) if isinstance(x, list) else x for name, x in frame["letterhead"].items()}
    return Letter(
        letterhead=Letterhead(**head),
        kind=frame["kind"],
        subject=frame["subject"],
        day=date.fromisoformat(frame["day"]),
        made=datetime.fromisoformat(frame["made"]),
        body=_leading(parts.body(its.sections, frame["closing"], texts), link),
        number=number if number is not None else its.report.registered,
        appendix=_leading(parts.appendix(its.sections), link),
        appended=frame["appended"],
    )


def document(house: House, its: Kept, *, public_url: str = "") -> bytes:
    """The DOCX: of a signed report the one that was signed, byte for byte."""
    if its.report.state is ReportState.SIGNED:
        signed = house.store.response(its.report.document)
        if signed is None:
            msg = f"Không thấy bản đã ký của báo cáo {its.report.number}. / What was signed is not in the record."
            raise WrongUse(msg)
        return signed
    return docx.write(letter(its, public_url=public_url))


def sign(
    house: House, its: Kept, hand: Hand, now: datetime, *, number: int | None = None, public_url: str = ""
) -> Report:
    """Sign what was read: its document is made once, and stays.

    Raises:
        WrongUse: it is signed, or somebody has changed it since it was read.
    """
    signed = docx.write(letter(its, public_url=public_url, number=number))
    return house.store.sign_report(its.report.number, Signing(its.report.edition, signed, number), hand, now)


def _leading(body: Sequence[Block], link: str) -> tuple[Block, ...]:
    return tuple(_led(block, link) for block in body)


def _led(block: Block, link: str) -> Block:
    match block:
        case Paragraph():
            return replace(block, words=_marks(block.words, link))
        case Table():
            return replace(block, rows=tuple(tuple(_marks(cell, link) for cell in row) for row in block.rows))
        case Chart():
            return replace(block, caption=_marks(block.caption, link))
        case _:
            return block


def _marks(said: Words, link: str) -> Words:
    """#S12 → the address of that figure; nothing where nobody can be sent anywhere."""
    if not any(span.link.startswith("#S") for span in said):
        return said
    return tuple(
        replace(span, link=f"{link}{span.link[2:]}" if link else "") if span.link.startswith("#S") else span
        for span in said
    )


# -- files


def stem(report: Report) -> str:
    """diem-bao_gia-lai_2026-W47, bao-cao_gia-lai_annual_2026-01-01_2026-12-31; a second version says it is one."""
    version = f"_ban-{report.version}" if report.version > 1 else ""
    if report.kind != WEEKLY:
        return f"bao-cao_{report.about}_{report.kind}_{report.name}{version}"
    return f"diem-bao_{report.about}_{report.name}{version}"
