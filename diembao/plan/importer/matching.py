"""The units a document names, matched with those of a profile."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from diembao.core.text import fold, normal
from diembao.plan.reader import Unit

NEAR = 0.9  # likeness from which a misread letter or two is taken for the same name
_LONG = ((re.compile(r"\b[uủ]y ban nhan dan\b"), "ubnd"), (re.compile(r"[^\w]+"), " "))
_LOOSE = re.compile(r" (?:tinh|co lien quan|lien quan|cua tinh|tren dia ban tinh)$")
# "Các sở, ban, ngành" and its many forms name no body: whoever it concerns.
_EVERYBODY = re.compile(r"^cac (?:so|co quan|don vi|dia phuong|ban)\b(?!.*\bbao chi\b)")
_COMMUNES = re.compile(r"^ubnd (?:cac )?(?:huyen|thi xa|thanh pho|xa|phuong)\b")
_PRESS = re.compile(r"bao chi|^bao |^dai ")


@dataclass(frozen=True, slots=True)
class Match:
    """A name of the document and the units of today it means. ``sure`` is False where letters differ or several
    units took over its work: a person chooses.
    """

    name: str
    units: tuple[str, ...]
    sure: bool


def match(name: str, units: Mapping[str, Unit]) -> Match:
    """Exact names first, then kinds of units ("các sở, ban, ngành"), then names with misread letters."""
    wanted = _plain(name)
    spelt = {unit.id: [_plain(each) for each in (unit.name, *unit.plan_names)] for unit in units.values()}
    exact = tuple(unit for unit, names in spelt.items() if wanted in names)
    if exact:
        return Match(name, exact, len(exact) == 1)
    if kind := _kind(wanted, spelt):
        return Match(name, (kind,), sure=True)
    near = difflib.get_close_matches(wanted, [each for names in spelt.values() for each in names], n=1, cutoff=NEAR)
    found = tuple(unit for unit, names in spelt.items() if near and near[0] in names)
    return Match(name, found, sure=False)


def match_all(names: Iterable[str], units: Mapping[str, Unit]) -> list[Match]:
    return [match(name, units) for name in names]


def _plain(name: str) -> str:
    text = fold(normal(name))
    for pattern, plain in _LONG:
        text = pattern.sub(plain, text)
    return _LOOSE.sub("", text.strip())


def _kind(wanted: str, spelt: Mapping[str, list[str]]) -> str:
    """The unit of the profile of the same kind of many, if there is just one."""
    for kind in (_COMMUNES, _EVERYBODY, _PRESS):
        if kind.search(wanted):
            found = [unit for unit, names in spelt.items() if any(kind.search(each) for each in names)]
            return found[0] if len(found) == 1 else ""
    return ""
