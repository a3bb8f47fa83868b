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
from diembao.paper import docx, pdf
from diembao.paper.letter import Block, Heading, Letter, Paragraph, Span
from diembao.plan.answers import Answers, Form
from diembao.plan.office import Letterhead
from diembao.plan.reader import Profile
from diembao.response.statements import Leaving, languages, unmarked

# What each language is called above its text in the document.
NAMES: Final[Mapping[str, str]] = {
    "vi": "Tiếng Việt",
    "en": "English",
    "lo": "ພາສາລາວ",
    "km": "ភាសាខ្មែរ",
    "th": "ภาษาไทย",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "ja": "日本語",
    "ko": "한국어",
    "fr": "Français",
    "ru": "Русский",
}
_SPEAKER: Final = "Người cung cấp thông tin: "


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
        subject=f"Về việc: {case.details.title}",
        day=now.astimezone(ZoneInfo(profile.timezone)).date(),
        made=now,
        body=tuple(_body(draft)),
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


def _body(draft: Draft) -> Iterator[Block]:
    several = len(languages(draft)) > 1
    for language in languages(draft):
        if several:
            yield Heading(NAMES[language])
        for each in _paragraphs(_text(draft, language)):
            yield Paragraph((Span(each, language="" if language == "vi" else language),), ragged=language != "vi")
        if language == "vi" and draft.speaker not in draft.text:
            yield Paragraph((Span(_SPEAKER), Span(draft.speaker, bold=True)))


def plain(case: Case, draft: Draft) -> str:
    """All languages, one below the other."""
    parts = []
    for language in languages(draft):
        title = [case.details.title.upper()] if language == "vi" else [NAMES[language]]
        said = _text(draft, language)
        who = [f"{_SPEAKER}{draft.speaker}"] if language == "vi" and draft.speaker not in draft.text else []
        parts.append("\n\n".join([*title, *_paragraphs(said), *who]))
    return "\n\n---\n\n".join(parts) + "\n"


def portal(case: Case, draft: Draft) -> str:
    """A piece to put into a page of the portal: no script, no style, nothing from elsewhere."""
    sections = []
    for language in languages(draft):
        title = case.details.title if language == "vi" else NAMES[language]
        said = [f"<p>{html.escape(each)}</p>" for each in _paragraphs(_text(draft, language))]
        if language == "vi" and draft.speaker not in draft.text:
            said.append(f"<p>{_SPEAKER}<strong>{html.escape(draft.speaker)}</strong></p>")
        sections.append(
            f'<section lang="{language}">\n<h2>{html.escape(title)}</h2>\n' + "\n".join(said) + "\n</section>"
        )
    return "<article>\n" + "\n".join(sections) + "\n</article>\n"


def _text(draft: Draft, language: str) -> str:
    return unmarked(draft.text if language == "vi" else draft.others[language])


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.splitlines() if each.strip()]
