"""The record is damaged while questions to the language model wait: that is none of theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from diembao.core.errors import RecordDamaged
from diembao.core.settings import load
from diembao.pipeline import opiner, opining
from diembao.pipeline.wiring import open_installation
from tests.opinion.articles import lao
from tests.pipeline.opinions import grouped
from tests.store.making import NOW


def test_a_damaged_record_ends_it_and_is_told_to_nobody_in_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "diembao.toml").write_text('[opinion]\nurl = "http://127.0.0.1:9"\nmodel = "m"\n')
    with open_installation(load(tmp_path)) as house:
        grouped(house, lao())
        opining.want(house, NOW)
    ended: list[object] = []

    def damaged(*_: object, **__: object) -> None:
        raise RecordDamaged("a.db", "malformed")

    with monkeypatch.context() as patched:
        patched.setattr(opining, "_end", lambda _house, asked, *_: ended.append(asked))
        patched.setattr("diembao.opinion.asking.Asking.ask", damaged)
        assert opiner.main(tmp_path, lambda: NOW) == opiner.MISCONFIGURED
    with open_installation(load(tmp_path)) as house:
        assert (opiner.stopped_by(house), ended) == ("", [])
