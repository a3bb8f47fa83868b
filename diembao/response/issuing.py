"""An approved statement as documents: the administrative form (DOCX, PDF), plain text, HTML for the portal."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.case import Case, Draft
from diembao.core.errors import Misconfigured, Retry, WrongUse
from diembao.core.ports import Store
from diembao.core.statement import VIETNAMESE, Said
from diembao.paper import docx, pdf
from diembao.paper.letter import Block, Heading, Letter, Paragraph, Span
from diembao.plan.answers import Answers, Form
from diembao.plan.office import Letterhead
from diembao.plan.reader import Profile
from diembao.response.statements import NAMES, Leaving, unmarked

# What stands before who speaks, in each language.
SOURCE: Final[Mapping[str, str]] = {
    "vi": "Người cung cấp thông tin: ",
    "en": "Information provided by: ",
    "lo": "ຜູ້ໃຫ້ຂໍ້ມູນ: ",
    "km": "អ្នកផ្ដល់ព័ត៌មាន៖ ",
    "th": "ผู้ให้ข้อมูล: ",
    "zh-Hans": "信息提供者：",
    "zh-Hant": "資訊提供者：",
    "ja": "情報提供者：",
    "ko": "정보 제공자: ",
    "fr": "Informations communiquées par : ",
    "ru": "Информацию предоставил: ",
}


def documents(
    profile: Profile, answers: Answers, case: Case, draft: Draft, leaving: Leaving, *, now: datetime
) -> dict[str, bytes]:
    """By ending. A PDF only where LibreOffice is installed and was done in time.

    Raises:
        Misconfigured: the letterhead's template cannot be filled in.
    """
    letter = letter_of(profile, answers, case, draft, leaving, now=now)
    document = docx.write(letter)
    made = {".docx": document, ".txt": plain(case, draft).encode(), ".html": portal(case, draft).encode()}
    try:
        made[".pdf"] = pdf.convert(document)
    except (Misconfigured, Retry):  # the DOCX is the document; a PDF can be made of it anywhere
        return made
    return made


def of_case(
    store: Store, profile: Profile, answers: Answers, seen: Case, leaving: Leaving, *, now: datetime
) -> dict[str, bytes]:
    """The documents of the newest version of a case's statement.

    Raises:
        WrongUse: there is none yet, or it names no form.
    """
    found = store.case_file(seen.number)
    draft = found.draft if found else None
    if draft is None or draft.form not in answers.forms:
        raise WrongUse("Chưa có dự thảo nào đủ để phát hành (There is no draft that could be issued yet)")
    return documents(profile, answers, seen, draft, leaving, now=now)


def letter_of(
    profile: Profile, answers: Answers, case: Case, draft: Draft, leaving: Leaving, *, now: datetime
) -> Letter:
    form = answers.forms[draft.form]
    return Letter(
        letterhead=_addressed(profile.letterhead, form, leaving),
        kind=form.kind,
        subject=f"Về việc: {heading(case, draft)}",
        day=now.astimezone(ZoneInfo(profile.timezone)).date(),
        made=now,
        body=tuple(_body(case, draft)),
        number=leaving.registered,
    )


def _addressed(head: Letterhead, form: Form, leaving: Leaving) -> Letterhead:
    """To those who get it, not to whom the office reports: above the text where the form is a letter, else below it."""
    given = tuple(each.strip(" .") for each in re.split(r"[;\n]", leaving.recipients) if each.strip(" ."))
    to, copies = (given, ("Như trên",)) if form.addressed else ((), given)
    return replace(head, symbol=_symbol(head.symbol), to=to, copies=(*copies, *head.copies[-1:]))


def _symbol(symbol: str) -> str:
    """The issuer's sign without the kind of another document: BC-SVHTTDL is of reports."""
    return symbol.partition("-")[2] or symbol


def heading(case: Case, draft: Draft) -> str:
    """What the Vietnamese answer is called. Those from before titles left under their case's."""
    return draft.title or case.details.title


def _whole(case: Case, draft: Draft) -> Iterator[tuple[str, Said]]:
    """Each language with all that it says, as it leaves. Who gives the information always stands on a line of its own;
    it is "" where the text has this very line.
    """
    for language in draft.wording.languages:
        said = draft.wording.said(language)
        title = heading(case, draft) if language == VIETNAMESE else said.title
        text = unmarked(said.text)
        speaker = (
            "" if _unended(f"{SOURCE[language]}{said.speaker}") in map(_unended, _paragraphs(text)) else said.speaker
        )
        yield language, Said(title, text, speaker)


def _unended(line: str) -> str:
    return line.removesuffix(".")


def _body(case: Case, draft: Draft) -> Iterator[Block]:
    """Where there are several languages, each is an answer of its own, on pages of its own: a foreign desk copies its
    part. The Vietnamese title is the letter's matter, which stands right above it.
    """
    parts = list(_whole(case, draft))
    for language, said in parts:
        code = "" if language == VIETNAMESE else language
        if len(parts) > 1:
            yield Heading(NAMES[language], page=language != VIETNAMESE)
            if said.title and language != VIETNAMESE:
                yield Paragraph((Span(said.title, bold=True, language=code),), keep=True, ragged=True)
        for each in _paragraphs(said.text):
            yield Paragraph((Span(each, language=code),), ragged=bool(code))
        if said.speaker:
            who = Span(SOURCE[language], language=code), Span(said.speaker, bold=True, language=code)
            yield Paragraph(who, ragged=bool(code))


def plain(case: Case, draft: Draft) -> str:
    """All languages, one below the other, each under its name where there are several."""
    parts = list(_whole(case, draft))
    told = []
    for language, said in parts:
        name = [NAMES[language]] if len(parts) > 1 else []
        title = [said.title.upper()] if said.title else []
        who = [f"{SOURCE[language]}{said.speaker}"] if said.speaker else []
        told.append("\n\n".join([*name, *title, *_paragraphs(said.text), *who]))
    return "\n\n---\n\n".join(told) + "\n"


def portal(case: Case, draft: Draft) -> str:
    """A piece to put into a page of the portal: no script, no style, nothing from elsewhere."""
    parts = list(_whole(case, draft))
    sections = "\n".join(_section(language, said, several=len(parts) > 1) for language, said in parts)
    return f"<article>\n{sections}\n</article>\n"


def _section(language: str, said: Said, *, several: bool) -> str:
    lines = [f"<p>{NAMES[language]}</p>"] if several else []
    lines += [f"<h2>{html.escape(said.title)}</h2>"] if said.title else []
    lines += [f"<p>{html.escape(each)}</p>" for each in _paragraphs(said.text)]
    if said.speaker:
        lines.append(f"<p>{SOURCE[language]}<strong>{html.escape(said.speaker)}</strong></p>")
    return f'<section lang="{language}">\n' + "\n".join(lines) + "\n</section>"


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.splitlines() if each.strip()]
