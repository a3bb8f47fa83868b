from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.evaluating import Eval


@pytest.fixture
def evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Eval:
    return Eval(tmp_path, monkeypatch, capsys)
