"""The page about security: what it names is there; and what is installed with the program may be."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from benchmarks.licences import libraries, licence

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
THREATS = [line for line in PAGE.split("## Threats")[1].split("**Not met**")[0].splitlines() if line.startswith("| ")][
    1:
]
# May be used and handed on by a program under another licence; LGPL: as a library that can be exchanged.
FITS = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|OFL|ZPL|LGPL|Lesser General|Zlib|CC0|CNRI"
)
BINDS = re.compile(
    r"AGPL|SSPL|(?<!L)GPL|(?<!Lesser )General Public|Proprietary|Commercial|NonCommercial", re.IGNORECASE
)


@cache
def named_in(path: str) -> frozenset[str]:
    return frozenset(
        re.findall(r"^\s*(?:async )?def (test_\w+)", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
    )


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda part: part.rsplit("/", 1)[-1])
def test_every_test_that_the_page_names_is_there(path: str, name: str) -> None:
    assert name in named_in(path)


def test_every_threat_has_a_test_that_meets_it() -> None:
    assert len(THREATS) > 20
    assert [line for line in THREATS if "`tests/" not in line.split("|")[3]] == []


def test_every_library_has_a_licence_that_fits() -> None:
    found = {name: licence(name) for name in libraries()}
    assert len(found) > 60
    assert {name: its for name, its in found.items() if not fits(its)} == {}


def fits(told: str) -> bool:
    """Of several that one may choose from (OR), one is enough."""
    return any(FITS.search(each) and not BINDS.search(each) for each in told.split(" OR "))


@pytest.mark.parametrize(
    ("told", "holds"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("GPL-3.0-only", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("AGPL-3.0-or-later", False),
        ("NVIDIA Proprietary Software", False),
        ("", False),
    ],
)
def test_what_would_bind_the_program_does_not_fit(told: str, *, holds: bool) -> None:
    assert fits(told) is holds
