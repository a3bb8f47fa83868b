"""What stops the program is told to whoever runs it in Vietnamese, with English behind it in brackets."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from diembao.api.problems import halves
from diembao.core.errors import DiembaoError, Misconfigured, WrongUse
from diembao.core.settings import FILE, load
from diembao.pipeline.handing_in import Form, Usual, read
from diembao.pipeline.holding import who_holds
from diembao.pipeline.worker import WORKING, only_worker
from diembao.store.record import SqlStore
from tests.store.making import NOW

HERE = Path(__file__).parent.parent
# Where files, settings, engines and backups are at fault; tools of whoever trains models speak English.
ROOMS = ("diembao/core", "diembao/store", "diembao/pipeline", "diembao/plan", "diembao/paper", "indexer")
ROOMS_TOO = ("diembao/app", "crawlers/catalogue.py", "classifier/encoder.py", "classifier/static.py")
TOLD = {"Misconfigured", "RecordAway"}
VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
# What hands on a sentence that was made elsewhere.
HANDED_ON = {"diembao/app/doctor.py", "diembao/pipeline/sourcing.py", "diembao/core/settings.py"}


def english_alone(path: Path) -> Iterator[str]:
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        said = {
            target.id: each.value
            for each in ast.walk(function)
            if isinstance(each, ast.Assign)
            for target in each.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TOLD:
                words = [said.get(each.id, each) if isinstance(each, ast.Name) else each for each in call.args]
                if not VIETNAMESE.search(" ".join(map(ast.unparse, words))):
                    yield f"{path.relative_to(HERE)}:{call.lineno}"


@pytest.mark.parametrize("room", [*ROOMS, *ROOMS_TOO])
def test_whatever_stops_the_program_has_its_vietnamese(room: str) -> None:
    place = HERE / room
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    chosen = [each for each in files if str(each.relative_to(HERE)) not in HANDED_ON]
    assert [each for path in chosen for each in english_alone(path)] == []


@pytest.mark.parametrize(
    ("settings", "vi", "en"),
    [
        ("[crawl]\ndelya = 3", "không có cài đặt 'crawl.delya'; có phải 'delay'?", "unknown setting 'crawl.delya'"),
        ("[crawl]\ndelay = 'fast'", "'crawl.delay': giá trị không dùng được", "valid number"),
        ("[crawl", "không đọc được", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_told_in_both(tmp_path: Path, settings: str, vi: str, en: str) -> None:
    (tmp_path / FILE).write_text(settings, encoding="utf-8")
    with pytest.raises(Misconfigured) as told:
        load(tmp_path)
    found = halves(str(told.value))
    assert vi in found[0]
    assert en in found[1]


@pytest.mark.parametrize("own", ["a", "a (b) c", "(b)", "a ((b) (c))", "a (b", "b) c", ":)", "a (b) (c"])
def test_what_somebody_has_written_is_cut_in_neither_half(own: str) -> None:
    vi, en = f"ref “{own}” đã có", f"the ref '{own}' is there already"
    assert halves(f"{vi} ({en})") == halves(f"{vi} ({en}).") == (vi, en)
    assert halves(f"{vi} / {en}") == (vi, en)


def test_brackets_that_stand_in_one_half_alone_are_its_own() -> None:
    assert halves("đã có (it is (as the list says) there)") == ("đã có", "it is (as the list says) there")
    assert halves("ba (3) việc (three)") == ("ba (3) việc", "three")
    assert halves("không có đơn vị (x") == ("không có đơn vị (x",) * 2


@pytest.mark.parametrize(
    ("url", "vi", "en"),
    [
        ("mysql://a:b@c/d", "không có loại kho 'mysql'", "no store of the kind 'mysql'"),
        ("postgresql://a:mat-khau@127.0.0.1:9/d", "không tới được PostgreSQL", "cannot be reached"),
    ],
)
def test_a_record_that_cannot_be_asked_is_told_in_both(url: str, vi: str, en: str) -> None:
    with pytest.raises(DiembaoError, match=r"kho|PostgreSQL") as told:
        SqlStore(url)
    found = halves(str(told.value))
    assert vi in found[0]
    assert en in found[1]
    assert "mat-khau" not in str(told.value)


def test_another_program_at_work_is_named(tmp_path: Path) -> None:
    import os

    other = only_worker(tmp_path)
    with only_worker(tmp_path, WORKING), pytest.raises(WrongUse, match="already at work") as told:
        other.__enter__()
    vi, en = halves(str(told.value))
    assert "một diembao khác đang làm việc" in vi
    if Path("/proc/locks").exists():
        assert f"tiến trình {os.getpid()}" in vi
        assert f"process {os.getpid()}" in en


def test_where_nobody_says_who_holds_a_file_nobody_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert who_holds(tmp_path / "a", tmp_path / "none") == ("", "")
    assert who_holds(tmp_path / "a") == ("", "")


def test_a_feed_that_is_none_is_told_in_words_of_the_reader() -> None:
    sent = b'<!DOCTYPE a [<!ENTITY b "c">]><rss version="2.0"><channel><title>&b;</title></channel></rss>'
    with pytest.raises(WrongUse) as told:
        read(sent, Form.FEED, Usual("x"), NOW)
    vi, en = halves(str(told.value))
    assert vi == "Không đọc được nguồn tin: RSS có khai báo lạ, không đọc vì an toàn"
    assert "the feed declares entities of its own" in en
