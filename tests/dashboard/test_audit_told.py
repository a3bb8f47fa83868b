"""Rows of *Nhật ký thao tác* in the words of the office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import newsroom
from dashboard.audit_list import detail_told
from dashboard.texts import Words
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    with open_installation(load(tmp_path)) as house:
        monkeypatch.setattr(newsroom, "house", lambda: house)
        yield


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        ('{"how": "demo"}', "cách vào: nút dùng thử"),
        (
            '{"grants": [["administrator", "", ""], ["officer", "gia-lai", ""]], "provider": false}',
            "vai trò: Quản trị, Cán bộ trực: gia-lai; đăng nhập qua hệ thống của cơ quan: không",
        ),
        ('{"before": [], "after": [["viewer", "", ""]]}', "trước: không có; sau: Người xem"),
        ('{"newer": {"than": ["this"]}}', "newer: than this"),
        ("{}", ""),
    ],
)
def test_what_was_done_is_told_without_code(detail: str, told: str) -> None:
    assert detail_told(detail, Words("vi")) == told
