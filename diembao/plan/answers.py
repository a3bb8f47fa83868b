"""The forms of answering the press: data with a source and the day it was checked (``answers.yaml``)."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from diembao.core.text import nfc
from diembao.plan.files import AnswersFile, parse
from diembao.plan.office import Answers, Form

if TYPE_CHECKING:
    from diembao.plan.reader import Profile

__all__ = ["Answers", "Form", "answers", "begun"]

FILE: Final = "answers.yaml"


def answers(folder: Path | None = None, its: Profile | None = None) -> Answers:
    """Of the office's own file in ``folder``, else as shipped; what the province's profile says goes before both, form
    by form.

    Raises:
        Misconfigured: the file is not of this shape.
    """
    own = folder / FILE if folder else None
    every = _read(own) if own is not None and own.is_file() else _shipped()
    if its is None or its.answers is None:
        return every
    return Answers(its.answers.source, its.answers.checked, {**every.forms, **its.answers.forms})


@functools.cache
def _shipped() -> Answers:
    return _read(Path(__file__).with_name(FILE))


def _read(path: Path) -> Answers:
    return of_entry(parse(path, AnswersFile))


def of_entry(entry: AnswersFile) -> Answers:
    forms = {
        key: Form(key, each.name, each.name_en, each.kind, _texts(each.texts), each.addressed)
        for key, each in entry.forms.items()
    }
    return Answers(entry.source, entry.checked, forms)


def _texts(given: Mapping[str, str]) -> Mapping[str, str]:
    return {language: nfc(text) for language, text in given.items()}


def begun(form: Form, language: str, fields: Mapping[str, str]) -> str:
    """A form's first text in a language ("" where it has none), its fields filled in."""
    text = form.texts.get(language, "")
    for name, value in fields.items():
        text = text.replace(f"{{{name}}}", value)
    return text.strip()
