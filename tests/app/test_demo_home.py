"""The home of a demo never reads what is not the demo's."""

from __future__ import annotations

from pathlib import Path

from diembao.app.setup import DEMO_CATALOGUE
from diembao.app.up import _demo
from diembao.core.settings import FILE, load


def test_a_demo_that_lost_its_settings_gets_them_again_and_reads_no_real_outlet(tmp_path: Path) -> None:
    _demo(tmp_path)
    (tmp_path / FILE).unlink()
    _demo(tmp_path)
    assert load(tmp_path).crawl.catalogue == DEMO_CATALOGUE
