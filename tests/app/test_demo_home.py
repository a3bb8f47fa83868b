"""The home of a demo never reads what is not the demo's."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from diembao.app.options import opened
from diembao.app.setup import DEMO_CATALOGUE, write_demo
from diembao.app.up import _demo
from diembao.core.errors import Misconfigured
from diembao.core.settings import FILE, load


def test_no_other_command_takes_a_demo_that_lost_its_settings_for_a_real_home(tmp_path: Path) -> None:
    _demo(tmp_path)
    with opened(tmp_path) as house:
        assert {urlsplit(feed).hostname for outlet in house.crawled for feed in outlet.feeds} == {"127.0.0.1"}
    (tmp_path / FILE).unlink()
    with pytest.raises(Misconfigured, match="up --demo"), opened(tmp_path):
        pass


def test_a_demo_that_moves_to_other_ports_goes_on_watching_what_a_person_wrote(tmp_path: Path) -> None:
    path = write_demo(tmp_path, 8700)
    one = path.read_text(encoding="utf-8")
    path.write_text(one.replace('province = "gia-lai"', 'provinces = ["gia-lai", "bac-ninh"]'), encoding="utf-8")
    write_demo(tmp_path, 9700)
    moved = load(tmp_path)
    assert moved.watched == ("gia-lai", "bac-ninh")
    assert "127.0.0.1:9700" in moved.crawl.allow_private


def test_a_demo_that_lost_its_settings_gets_them_again_and_reads_no_real_outlet(tmp_path: Path) -> None:
    _demo(tmp_path)
    (tmp_path / FILE).unlink()
    _demo(tmp_path)
    assert load(tmp_path).crawl.catalogue == DEMO_CATALOGUE
