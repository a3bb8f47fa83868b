"""What an outlet's entry can say and what the books can say is explained."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from diembao.core.article import Outlet
from diembao.core.ledger import Outcome

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "outlets.md").read_text(encoding="utf-8")
CODE = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "crawlers").glob("*.py"))
LISTED = (ROOT / "crawlers" / "listed.py").read_text(encoding="utf-8")


def rows() -> set[str]:
    """The first words of the rows of all tables, in code type."""
    return {
        word
        for line in PAGE.splitlines()
        if line.startswith("|")
        for word in re.findall(r"`([^`]+)`", line.split("|")[1])
    }


@pytest.mark.parametrize("field", [field.name for field in fields(Outlet)])
def test_every_field_of_an_outlet_is_explained(field: str) -> None:
    assert field in rows()


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_explained(outcome: Outcome) -> None:
    assert outcome in rows() or f"### `{outcome}`" in PAGE


@pytest.mark.parametrize("reason", sorted(set(re.findall(r"""(?:Refused|Retry)\("([a-z]+(?:-[a-z]+)*)["]""", CODE))))
def test_every_reason_in_the_code_is_explained(reason: str) -> None:
    assert reason in rows()


@pytest.mark.parametrize("reason", sorted(set(re.findall(r"""(?:Refusal\(.*, |return )"([a-z]+-?[a-z]+)\"""", LISTED))))
def test_every_reason_of_a_feed_is_explained(reason: str) -> None:
    assert reason in rows()


@pytest.mark.parametrize("reason", sorted(set(re.findall(r"""SetAside\(f?"([a-z ]+):""", CODE))))
def test_every_reason_to_set_aside_is_explained(reason: str) -> None:
    assert any(word.startswith(f"{reason}:") for word in rows())
