"""The searchable copy compared with the record, and the commands that do it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from diembao.app.cli import main
from diembao.core.document import Document
from diembao.core.errors import Misconfigured
from diembao.core.settings import load
from diembao.pipeline import steps
from diembao.pipeline.verify import EVERY, LOST, Remade, checked, lost, remade, verify
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.worker import run_once
from tests.store.making import NOW, article, id_of, keep

Command = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    """Three articles, searchable."""
    with open_installation(load(tmp_path)) as house:
        keep(house.store, *(article(slug) for slug in "abc"))
        work(house)
        yield house


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`diembao … --json`: exit code, what it printed, what it complained of."""

    def run(*words: str, as_json: bool = True) -> tuple[int, Any, str]:
        options = ["--home", str(tmp_path), *(["--json"] if as_json else [])]
        monkeypatch.setattr(sys, "argv", ["diembao", *words, *options])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), json.loads(out) if as_json and out else out, err

    return run


def work(house: Installation) -> None:
    for _ in steps.advance_to_end(house, lambda: NOW, "test"):
        pass


def stray(name: str, version: int = 99) -> Document:
    return Document(name, "Lạc", "", "", NOW, NOW, {}, version)


def test_a_copy_that_is_complete_is_the_same(house: Installation) -> None:
    found = verify(house)
    assert found.same
    assert (found.checked, found.waiting, found.position) == (3, 0, house.store.head())


def test_what_is_missing_old_or_a_stranger_is_named(house: Installation) -> None:
    keep(house.store, article("d"))
    work(house)
    position = house.index.position()
    house.index.wipe()
    house.index.put([stray("stranger"), stray(id_of("a"), position), stray(id_of("b"), 1)])
    house.index.mark(position)
    found = verify(house)
    assert not found.same
    assert found.stale == [id_of("b")]
    assert found.missing == sorted([id_of("c"), id_of("d")])
    assert found.extra == ["stranger"]


def test_what_has_not_been_read_yet_is_no_difference(house: Installation) -> None:
    keep(house.store, article("d"))
    found = verify(house)
    assert (found.same, found.waiting) == (True, 1)
    house.index.put([stray(id_of("a"))])  # newer than the position says: a worker is at it
    assert verify(house).same


def test_an_index_that_was_read_into_and_is_empty_is_lost(house: Installation) -> None:
    house.index.wipe()
    found = verify(house)
    assert (found.same, found.lost, found.checked, found.waiting) == (False, True, 0, house.store.head())


def test_before_anything_is_indexed_nothing_is_lost(tmp_path: Path) -> None:
    with open_installation(load(tmp_path / "new")) as new:
        assert (verify(new).same, verify(new).lost) == (True, False)


def test_a_destroyed_index_is_told_by_every_command(house: Installation, command: Command, tmp_path: Path) -> None:
    head = house.store.head()
    house.index.close()
    for file in (tmp_path / "index").glob("index-*/*"):
        file.write_bytes(bytes(255 - byte for byte in file.read_bytes()))
    code, told, complaint = command("index", "verify")
    assert (code, told["same"], told["lost"]) == (1, False, True)
    assert "index rebuild" in complaint
    code, _, complaint = command("search", "tàu", as_json=False)
    assert (code, "index rebuild" in complaint) == (1, True)
    told = command("status")[1]
    assert (told["log"], told["bookmarks"]["index"]) == (head, 0)
    assert [alarm["text"] for alarm in told["alarms"] if alarm["kind"] == "index"] == [LOST]
    code, _, complaint = command("index", "status", as_json=False)
    assert (code, LOST in complaint) == (1, True)
    assert command("index", "rebuild")[0] == 0
    assert command("index", "verify")[0] == 0


def test_found_articles_are_told_with_their_id_and_the_hour_of_the_province(
    house: Installation, command: Command
) -> None:
    said = command("search", "tàu", as_json=False)[1]
    assert article("a").id in said
    assert "20/11/2026 06:30" in said


def test_the_commands_tell_and_mend(house: Installation, command: Command) -> None:
    code, told, _ = command("index", "status")
    assert (code, told["articles"], told["stored"], told["waiting"]) == (0, 3, 3, 0)
    assert command("index", "verify")[:2] == (0, verify(house).as_json())
    house.index.put([stray("stranger")])
    house.index.close()
    code, told, complaint = command("index", "verify")
    assert (code, told["same"], told["extra"]) == (1, False, ["stranger"])
    assert "index rebuild" in complaint
    code, told, _ = command("index", "verify", as_json=False)
    assert code == 1
    assert "không có trong kho: 1" in told
    assert "stranger" in told
    assert command("index", "rebuild")[:2] == (0, {"indexed": 3})
    code, told, _ = command("index", "verify", as_json=False)
    assert (code, told.splitlines()[-1]) == (0, "giống nhau")
    assert "3 bài tìm được" in command("index", "status", as_json=False)[1]


def test_a_damaged_file_is_a_difference(house: Installation, command: Command, tmp_path: Path) -> None:
    house.index.close()
    (file,) = (tmp_path / "index").glob("index-*/*.store")
    file.write_bytes(b"x" + file.read_bytes()[1:])
    code, told, _ = command("index", "verify")
    assert (code, told["damaged"]) == (1, [file.name])
    assert lost(house)


# -- files that a broken disk has changed -----------------------------------------------------------


def flip(home: Path) -> str:
    """64 bytes in the middle of a list of words; the file's name. It can still be opened, and asked."""
    (file,) = (home / "index").glob("index-*/*.term")
    with file.open("r+b") as opened:  # in its place: it may be mapped into memory
        middle = file.stat().st_size // 2 - 32
        opened.seek(middle)
        changed = bytes(255 - byte for byte in opened.read(64))
        opened.seek(middle)
        opened.write(changed)
    return file.name


def test_a_worker_that_starts_finds_changed_files_by_itself_and_the_copy_is_made_again(
    house: Installation, tmp_path: Path
) -> None:
    until, both = house.index.position(), []
    house.index.close()
    flip(tmp_path)
    with open_installation(load(tmp_path)) as worker:
        assert (lost(worker), remade(worker)) == (False, None)  # nobody has looked
        checked(worker, NOW)
        assert (lost(worker), lost(house), worker.index.size()) == (True, True, 0)  # a clear state, for all who ask
        steps.catch_up(worker)
        both = [(lost(each), remade(each)) for each in (worker, house)]
        work(worker)
        assert (verify(worker).same, remade(worker), worker.index.size()) == (True, None, 3)
    assert both == [(False, Remade(0, until))] * 2


def test_a_run_begins_with_that_look(house: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flip(tmp_path)

    def catalogue(_: object) -> None:
        raise Misconfigured("as far as this test goes")

    monkeypatch.setattr(type(house), "crawled", property(catalogue))
    with open_installation(load(tmp_path)) as worker:
        with pytest.raises(Misconfigured, match="this test"):
            run_once(worker, lambda _: None, lambda: NOW, by="test")
        assert lost(worker)


def test_it_looks_once_a_day_and_whole_files_stay(house: Installation, tmp_path: Path) -> None:
    checked(house, NOW)
    flip(tmp_path)
    checked(house, NOW + EVERY - timedelta(seconds=1))
    assert not lost(house)
    checked(house, NOW + EVERY)
    assert lost(house)


def test_status_names_changed_files_and_fails_and_from_then_on_they_answer_nobody(
    house: Installation, command: Command, tmp_path: Path
) -> None:
    house.index.close()
    name = flip(tmp_path)
    code, told, complaint = command("index", "status")
    assert (code, told["damaged"], told["lost"], LOST in complaint) == (1, [name], True, True)
    assert command("search", "tàu", as_json=False)[0] == 1
    steps.catch_up(house)
    code, told, _ = command("index", "status")
    assert (code, told["damaged"], told["lost"], told["remade_until"]) == (0, [], False, house.store.head())
    assert "đang được làm lại: đã đọc 0/" in command("index", "status", as_json=False)[1]
    alarms = [alarm["text"] for alarm in command("status")[1]["alarms"] if alarm["kind"] == "index"]
    assert any("đang được làm lại" in text for text in alarms)
    work(house)
    assert (command("index", "status")[1]["remade_until"], command("index", "verify")[0]) == (None, 0)


# -- saved searches ---------------------------------------------------------------------------------


def kept(command: Command) -> dict[str, str]:
    """Searches by name; those of the province's kits stand among them."""
    return {each["name"]: each["query"] for each in command("searches", "list")[1]["searches"]}


def test_a_search_is_kept_shown_used_and_removed(house: Installation, command: Command) -> None:
    code, told, _ = command("search", "tàu -pleiku", "--save", "Tàu  biển")
    assert (code, told["saved"], told["total"]) == (0, "Tàu biển", 3)
    assert kept(command)["Tàu biển"] == "tàu -pleiku"
    code, told, _ = command("searches", "show", "tau bien")
    assert (told["means"], told["total"], told["version"]) == ("tàu AND NOT pleiku", 3, 1)
    assert command("search", 'lưu:"tàu biển" pleiku')[1]["total"] == 0
    assert command("searches", "remove", "tàu_biển")[0] == 0
    assert "Tàu biển" not in kept(command)


def test_what_cannot_be_kept_is_wrong_use(house: Installation, command: Command) -> None:
    assert command("search", "tàu", "--save", "một")[0] == 0
    for words, said in (
        (("search", "biển", "--save", "MỘT"), "already"),
        (("search", "lưu:một", "--save", "một", "--replace"), "asks for itself"),
        (("search", "báoo:x", "--save", "hai"), "no field"),
        (("search", " ", "--save", "hai"), "empty"),
        (("search", "tàu", "--save", '"'), "quotation marks"),
        (("searches", "show", "ba"), "no search"),
        (("searches", "remove", "ba"), "no search"),
    ):
        code, _, complaint = command(*words)
        assert (code, said in complaint) == (2, True), (words, complaint)
    assert command("search", "biển", "--save", "MỘT", "--replace")[0] == 0
    assert kept(command)["MỘT"] == "biển"
    assert "một" not in kept(command)


def test_what_an_alert_or_another_search_asks_for_stays(house: Installation, command: Command) -> None:
    command("search", "tàu", "--save", "gốc")
    command("search", "lưu:gốc biển", "--save", "nhánh")
    assert command("alerts", "add", "--name", "Tàu về", "--query", "lưu:nhánh")[0] == 0
    code, _, complaint = command("searches", "remove", "gốc")
    assert code == 2
    assert "nhánh" in complaint
    assert "Tàu về" in complaint
    assert command("alerts", "add", "--name", "Lạ", "--query", "lưu:chưa_có")[0] == 2
    command("alerts", "remove", "Tàu về")
    assert [command("searches", "remove", name)[0] for name in ("nhánh", "gốc")] == [0, 0]


def test_a_question_finds_any_of_its_words_and_shows_where(house: Installation, command: Command) -> None:
    code, told, _ = command("search", "Ai đón tàu Pleiku -vũ_trụ", "--any")
    assert (code, told["total"]) == (0, 3)
    assert all("passage" in hit for hit in told["hits"])
    assert command("search", "tàu", "--any", "--save", "x")[0] == 2
