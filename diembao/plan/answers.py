"""The forms of answering the press: data with a source and the day it was checked (``answers.yaml``)."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from diembao.core.text import nfc
from diembao.plan.files import parse
from diembao.plan.strict import Strict

FILE: Final = "answers.yaml"


@dataclass(frozen=True, slots=True)
class Form:
    """``kind`` is the type that stands above the document; ``texts`` are first texts by language, Vietnamese among
    them.
    """

    id: str
    name: str
    name_en: str
    kind: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    source: str
    checked: date
    forms: Mapping[str, Form]


class FormEntry(Strict):
    name: str
    name_en: str
    kind: str
    texts: dict[str, str]


class AnswersFile(Strict):
    source: str
    checked: date
    forms: dict[str, FormEntry]


def answers(folder: Path | None = None) -> Answers:
    """Of the office's own file in ``folder``, else as shipped.

    Raises:
        Misconfigured: the file is not of this shape.
    """
    own = folder / FILE if folder else None
    return _read(own) if own is not None and own.is_file() else _shipped()


@functools.cache
def _shipped() -> Answers:
    return _read(Path(__file__).with_name(FILE))


def _read(path: Path) -> Answers:
    found = parse(path, AnswersFile)
    forms = {
        key: Form(key, entry.name, entry.name_en, entry.kind, {lang: nfc(text) for lang, text in entry.texts.items()})
        for key, entry in found.forms.items()
    }
    return Answers(found.source, found.checked, forms)


def begun(form: Form, language: str, fields: Mapping[str, str]) -> str:
    """A form's first text in a language ("" where it has none), its fields filled in."""
    text = form.texts.get(language, "")
    for name, value in fields.items():
        text = text.replace(f"{{{name}}}", value)
    return text.strip()
