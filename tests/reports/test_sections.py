"""What a person wrote stands in the report whatever sections it has when it is made anew."""

from __future__ import annotations

from itertools import product
from typing import Final

import pytest

from diembao.core.reports import SECTIONS
from diembao.paper.letter import Block, Heading, Paragraph, words
from diembao.reports import parts
from diembao.reports.parts import APPENDIX, HEADINGS, NUMERALS, SILENT, WEEKLY, Section

LISTS: Final = {
    "week": WEEKLY,
    "silent": SILENT,
    "annual": ("merger", "plan", *WEEKLY),
    "silent annual": ("merger", "plan", *SILENT),
    "short": ("overview", "limits"),
}
PAIRS: Final = list(product(LISTS, LISTS))


def told(names: tuple[str, ...]) -> list[Section]:
    return [Section(name, HEADINGS[name], (Paragraph(words(f"Máy: {name}.")),)) for name in names]


def said(body: tuple[Block, ...]) -> list[str]:
    return [
        block.text if isinstance(block, Heading) else "".join(span.text for span in block.words)
        for block in body
        if isinstance(block, Heading | Paragraph)
    ]


@pytest.mark.parametrize(("before", "after"), PAIRS, ids=[f"{one} to {other}" for one, other in PAIRS])
def test_nothing_that_was_written_is_lost_when_the_sections_change(before: str, after: str) -> None:
    written = {name: [f"Người viết ở {name}, một.", f"Hai {name}."] for name in LISTS[before]}
    lines = said(parts.body(told(LISTS[after]), "Hết./.", written))
    for text in (text for texts in written.values() for text in texts):
        assert lines.count(text) == 1
    assert lines[-1] == "Hết./."


def test_of_a_week_that_was_empty_the_overview_keeps_its_words() -> None:
    lines = said(parts.body(told(WEEKLY), "Hết./.", {"silence": ["Tuần yên ắng."]}))
    assert lines[:3] == ["I. TỔNG QUAN", "Tuần yên ắng.", "Máy: overview."]


def test_what_came_from_a_section_that_is_gone_says_so_after_the_sections_own_words() -> None:
    lines = said(parts.body(told(SILENT), "Hết./.", {"stories": ["Chuyện."], "proposals": ["Đề nghị."]}))
    at = lines.index("IV. NHẬN ĐỊNH, KIẾN NGHỊ")
    note = "Viết ở mục “CÁC CHUYỆN CHÍNH”, mục này nay không còn trong báo cáo:"
    assert lines[at + 1 : at + 5] == ["Đề nghị.", note, "Chuyện.", "Máy: proposals."]


def test_people_may_write_in_every_section_that_a_report_has() -> None:
    assert HEADINGS.keys() - {APPENDIX} == SECTIONS
    assert len(NUMERALS) >= len(SECTIONS)
