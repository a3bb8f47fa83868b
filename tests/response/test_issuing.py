"""An approved statement as documents: every language, no mark, nothing that runs."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document

from diembao.core.case import Case, Details, Draft
from diembao.paper.letter import Heading
from diembao.plan.answers import answers, begun
from diembao.plan.reader import profile
from diembao.response.issuing import SOURCE, documents, letter_of, plain, portal
from diembao.response.statements import LANGUAGES, NAMES, Leaving
from tests.store.making import NOW

CASE = Case("VV-2026-0042", Details("Nước thải <b>ra</b> sông Côn", "so-nnmt"), NOW, "person:1")
TEXT = "Sở đã lấy mẫu nước ngày 24/11. [#1]\n\nKết quả trong ngưỡng <script>alert(1)</script> & đúng. [#2]"
LEAVING = Leaving("written", "Báo Gia Lai; Cổng thông tin.", 12)
DRAFT = Draft(
    2,
    "person:1",
    NOW,
    TEXT,
    "written",
    "Ông Nguyễn Văn A, Giám đốc Sở",
    {"en": "Within limits. [#2]", "zh-Hans": "结果达标。"},
    "Kết quả lấy mẫu <i>nước</i> sông Côn",
    {"en": "Côn river: water within limits", "zh-Hans": "昆河水质达标"},
    {"en": "Nguyen Van A, director", "zh-Hans": "阮文甲厅长"},
)


def test_the_administrative_form_names_kind_matter_number_and_speaker() -> None:
    made = documents(profile("gia-lai"), answers(), CASE, DRAFT, LEAVING, now=NOW)
    assert {".docx", ".txt", ".html"} <= set(made)
    told = "\n".join(text for text in _texts(made[".docx"]))
    for words in (
        "THÔNG CÁO BÁO CHÍ",
        f"Về việc: {DRAFT.title}",
        "12/SVHTTDL",
        "Ông Nguyễn Văn A",
    ):
        assert words in told
    assert "[#" not in told
    assert CASE.details.title not in told


def test_each_language_of_the_document_is_an_answer_of_its_own() -> None:
    made = documents(profile("gia-lai"), answers(), CASE, DRAFT, LEAVING, now=NOW)
    paragraphs = [each for each in _texts(made[".docx"]) if each]
    english = paragraphs.index("English")
    assert paragraphs[english + 1 : english + 4] == [
        "Côn river: water within limits",
        "Within limits.",
        "Information provided by: Nguyen Van A, director",
    ]
    chinese = paragraphs.index("简体中文")
    assert paragraphs[chinese + 1 : chinese + 4] == ["昆河水质达标", "结果达标。", "信息提供者：阮文甲厅长"]
    assert paragraphs[paragraphs.index("Tiếng Việt") + 1].startswith("Sở đã lấy mẫu"), "its title is right above"
    assert sum(DRAFT.title in each for each in paragraphs) == 1


def test_each_further_language_begins_on_a_page_of_its_own() -> None:
    made = documents(profile("gia-lai"), answers(), CASE, DRAFT, LEAVING, now=NOW)
    new = [
        each.text for each in Document(io.BytesIO(made[".docx"])).paragraphs if each.paragraph_format.page_break_before
    ]
    assert new == ["English", "简体中文"]


def test_one_language_alone_is_headed_by_its_title_once() -> None:
    alone = replace(DRAFT, others={}, titles={}, speakers={})
    assert plain(CASE, alone).startswith(DRAFT.title.upper())
    assert portal(CASE, alone).count("<h2>") == 1
    letter = letter_of(profile("gia-lai"), answers(), CASE, alone, LEAVING, now=NOW)
    assert not any(isinstance(each, Heading) for each in letter.body)


def test_a_statement_from_before_titles_keeps_the_one_it_left_under() -> None:
    old = replace(DRAFT, others={"en": "Within limits."}, title="", titles={}, speakers={})
    told = plain(CASE, old)
    assert CASE.details.title.upper() in told
    assert told.endswith("English\n\nWithin limits.\n")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("UBND tỉnh giao Sở lấy mẫu nước.", 1),
        ("Kết quả đạt.\n\nNgười cung cấp thông tin: UBND tỉnh.", 1),
        ("Kết quả đạt.\n\nNgười cung cấp thông tin: UBND tỉnh Gia Lai.", 2),
    ],
)
def test_who_gives_the_information_stands_on_a_line_of_its_own_whomever_the_text_names(text: str, lines: int) -> None:
    said = replace(DRAFT, text=text, speaker="UBND tỉnh", others={}, titles={}, speakers={})
    for told in (plain(CASE, said), portal(CASE, said).replace("<strong>", "").replace("</strong>", "")):
        assert "Người cung cấp thông tin: UBND tỉnh" in told
        assert told.count("Người cung cấp thông tin:") == lines


def test_it_is_addressed_to_those_who_get_it_and_not_to_whom_the_office_reports() -> None:
    gia_lai, known = profile("gia-lai"), answers()
    release = letter_of(gia_lai, known, CASE, DRAFT, LEAVING, now=NOW).letterhead
    assert (release.to, release.copies) == ((), ("Báo Gia Lai", "Cổng thông tin", "Lưu: VT"))
    letter = letter_of(gia_lai, known, CASE, replace(DRAFT, form="correction-request"), LEAVING, now=NOW).letterhead
    assert (letter.to, letter.copies[0]) == (("Báo Gia Lai", "Cổng thông tin"), "Như trên")
    made = documents(gia_lai, known, CASE, DRAFT, LEAVING, now=NOW)
    told = " ".join(_texts(made[".docx"]))
    assert "Kính gửi" not in told
    assert "Ủy ban nhân dân" not in told.replace("UBND", "")


def _texts(document: bytes) -> list[str]:
    opened = Document(io.BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return [*cells, *(each.text for each in opened.paragraphs)]


def test_plain_text_has_every_language_and_no_mark() -> None:
    told = plain(CASE, DRAFT)
    assert told.startswith(f"Tiếng Việt\n\n{DRAFT.title.upper()}")
    assert "Người cung cấp thông tin: Ông Nguyễn Văn A, Giám đốc Sở" in told
    english = (
        "English\n\nCÔN RIVER: WATER WITHIN LIMITS\n\nWithin limits.\n\nInformation provided by: Nguyen Van A, director"
    )
    assert english in told
    assert "[#" not in told


def test_the_piece_for_the_portal_runs_nothing() -> None:
    told = portal(CASE, DRAFT)
    assert "<script" not in told
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; đúng.</p>" in told
    assert "<h2>Kết quả lấy mẫu &lt;i&gt;nước&lt;/i&gt; sông Côn</h2>" in told
    _, english = told.split('<section lang="en">')
    assert "<h2>Côn river: water within limits</h2>" in english
    assert "<p>Information provided by: <strong>Nguyen Van A, director</strong></p>" in english
    assert "[#" not in told


def test_every_language_of_a_statement_has_a_name_and_every_form_a_kind_and_its_fields() -> None:
    assert set(NAMES) == set(SOURCE) == {"vi", *LANGUAGES}
    known = answers()
    assert len(known.forms) == 7
    fields = dict.fromkeys(("title", "unit", "speaker", "day", "claims"), "x")
    for form in known.forms.values():
        assert form.kind
        assert form.kind == form.kind.upper()
        for language in form.texts:
            assert "{" not in begun(form, language, fields)
