"""Recorded pages: each folder of tests/pages is read as a person said it is to be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crawlers.recording import EXPECTED, load, write
from diembao.core.errors import Misconfigured, WrongUse

PAGES = Path(__file__).parent.parent / "pages"
FOLDERS = sorted(path.parent for path in PAGES.rglob(EXPECTED))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_recorded_page_is_read_as_a_person_said(folder: Path) -> None:
    recorded, expected = load(folder)
    assert recorded.read() == expected


def test_there_are_recorded_pages() -> None:
    assert FOLDERS


def test_what_was_recorded_is_what_is_read_again_and_is_never_written_over(tmp_path: Path) -> None:
    recorded, expected = load(FOLDERS[0])
    write(tmp_path / "a", recorded)
    again, found = load(tmp_path / "a")
    assert (again.url, again.body, again.head, found) == (recorded.url, recorded.body, recorded.head, expected)
    with pytest.raises(WrongUse, match="there already"):
        write(tmp_path / "a", replace(recorded, body=b"other"))
    (tmp_path / "a" / EXPECTED).write_text("[]", encoding="utf-8")
    with pytest.raises(Misconfigured, match="no recorded page"):
        load(tmp_path / "a")
