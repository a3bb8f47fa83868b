"""Whoever starts what asks outlets hears that these cannot write to anybody."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diembao.app import up
from diembao.app.cli import app
from diembao.core.settings import FILE
from diembao.pipeline import looping


@pytest.mark.parametrize("command", ["crawl", "run", "up"])
@pytest.mark.parametrize(("contact", "times"), [("", 1), ("x@example.org", 0)])
def test_it_is_told_once_at_the_start(
    command: str, contact: str, times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((looping, "crawl_forever"), (looping, "run_forever"), (up, "_loop")):
        monkeypatch.setattr(module, name, lambda *_, **__: None)
    monkeypatch.setattr(up, "_child", lambda *_, **__: nullcontext())
    (tmp_path / FILE).write_text(f'[crawl]\ncontact = "{contact}"\n', encoding="utf-8")
    done = CliRunner().invoke(app, [command, "--home", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert done.stderr.count("no-contact") == done.stderr.count("điền crawl.contact") == times
