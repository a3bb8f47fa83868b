"""`diembao eval` as a person starts it, but in this process."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from diembao.app.cli import main


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def figures(self) -> dict[str, Any]:
        assert self.code == 0, self.err
        assert self.out.count("\n") == 1
        found: dict[str, Any] = json.loads(self.out)
        return found


class Eval:
    """Runs a command, and writes its input."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._patch, self._streams = folder, monkeypatch, capsys

    def __call__(self, *words: object) -> Ended:
        self._patch.setattr(sys, "argv", ["diembao", "eval", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self._streams.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, out, err)

    def file(self, name: str, records: Iterable[dict[str, Any]]) -> Path:
        path = self.folder / name
        path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
        return path
