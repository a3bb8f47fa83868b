"""A form's own text to begin from, in each language. Nothing is translated: what there are no words for is a gap that
is refused until somebody fills it; a sentence of the press stays as it was written, with its language said.
"""

from __future__ import annotations

from typing import Final

from dashboard import forms, newsroom
from dashboard.desk import approving, claiming, shown
from dashboard.texts import LANGUAGES, Words
from diembao.core.case import CaseFile
from diembao.core.statement import VIETNAMESE, Claim, Wording
from diembao.plan.answers import begun
from diembao.response import gaps
from diembao.response.statements import NAMES

# The languages of the screens call others by their names; elsewhere each is called as in itself.
_ENGLISH: Final = "en"


def written(found: CaseFile, kept: Wording, language: str) -> str:
    """Nothing where the form has no text in this language."""
    profile, said = newsroom.house().profile, kept.said(language)
    unit = shown.unit_name(found.case.details.unit)
    fields = {
        "unit": _unit(unit, language),
        "day": forms.date(newsroom.now(), profile.timezone),
        "claims": "\n\n".join(_claim(each, language) for each in found.claims),
        "title": said.title or gaps.gap(language, gaps.TITLE),
        "speaker": said.speaker or gaps.gap(language, gaps.SPEAKER),
    }
    return begun(approving.known().forms[kept.form], language, fields)


def _unit(name: str, language: str) -> str:
    """Its name is Vietnamese: no profile says how another language calls it."""
    if not name:
        return gaps.gap(language, gaps.UNIT)
    return name if language == VIETNAMESE else gaps.untranslated(name)


def _claim(claim: Claim, language: str) -> str:
    item = newsroom.house().store.article(claim.article_id)
    original = item.article.language if item else VIETNAMESE
    told = "" if original == language else f" ({_original(original, language)})"
    return f"“{claim.quote}”{told}: {_verdict(claim, language)}. [#{claim.number}]"


def _original(original: str, language: str) -> str:
    name = NAMES.get(original, original)
    if language == VIETNAMESE:
        return f"nguyên văn: {name}"
    if language == _ENGLISH:
        return "original in Vietnamese" if original == VIETNAMESE else f"original: {name}"
    return name


def _verdict(claim: Claim, language: str) -> str:
    if language in LANGUAGES:
        return claiming.verdict_name(claim.verdict, Words(language))
    return gaps.untranslated(claiming.verdict_name(claim.verdict, Words(_ENGLISH)))
