"""Figures that are opened again: the file against itself, and its questions asked anew."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from diembao.core.article import Kind
from diembao.core.errors import Misconfigured, WrongUse
from diembao.pipeline.wiring import Installation
from diembao.reports.checking import Checked, check
from diembao.reports.sidecar import ENDING, read, sidecar
from diembao.reports.weekly import Weekly, weekly
from tests.dashboard import seed
from tests.reports.coverage import NOW, THE_WEEK, THIS_WEEK, told

LATER = NOW + timedelta(hours=3)
Edit = Callable[[Callable[[dict[str, Any]], object]], Checked]


@pytest.fixture
def path(tmp_path: Path, found: Weekly) -> Path:
    (tmp_path / "bao-cao.docx").write_bytes(b"the report")
    content = sidecar(found, installation="gia-lai", document="bao-cao.docx", content=b"the report")
    (tmp_path / f"bao-cao{ENDING}").write_bytes(content)
    return tmp_path / f"bao-cao{ENDING}"


@pytest.fixture
def edited(house: Installation, path: Path) -> Edit:
    """The check of the file after a change to it."""

    def change(how: Callable[[dict[str, Any]], object]) -> Checked:
        kept = json.loads(path.read_text(encoding="utf-8"))
        how(kept)
        path.write_text(json.dumps(kept), encoding="utf-8")
        return check(house, *read(path))

    return change


def test_nothing_has_changed_since(house: Installation, path: Path, found: Weekly) -> None:
    checked = check(house, *read(path))
    assert checked == Checked((), "same", found.as_of, found.as_of, len(found.figures), (), ())


def test_the_report_leads_to_its_figures(path: Path) -> None:
    assert read(path.with_name("bao-cao.docx")) == read(path)


def test_a_persons_correction_shows_in_every_figure_that_it_changes(
    house: Installation, path: Path, found: Weekly, ids: dict[str, str]
) -> None:
    house.store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["neutral"], by="person:lan", why="", now=LATER)
    seed.index(house)
    checked = check(house, *read(path))
    changed = {each.name: (each.then, each.now) for each in checked.changed}
    assert changed == {"Bài phê phán": (2, 1), "Thái độ: trung tính": (6, 7), "Thái độ: phê phán": (2, 1)}
    (gone,) = checked.changed[0].gone
    assert (gone.id, gone.title) == (ids["waste"], "Nước thải trại heo chảy ra sông Côn")
    assert "stance neutral (person:lan)" in gone.now
    assert checked.problems == ()
    assert checked.log > checked.as_of_log == found.as_of


def test_a_correction_of_what_was_already_so_changes_what_people_have_settled(
    house: Installation, path: Path, ids: dict[str, str]
) -> None:
    house.store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["critical"], by="person:lan", why="", now=LATER)
    seed.index(house)
    assert [each.name for each in check(house, *read(path)).changed] == ["Bài phê phán do người xác định"]


def test_a_late_article_is_told(house: Installation, path: Path) -> None:
    seed.fill(house, [told("late", "bao-song-con", "Bài đến muộn", "17 10:00")], now=NOW)
    first = check(house, *read(path)).changed[0]
    assert (first.number, first.then, first.now, first.gone) == (1, 10, 11, ())
    assert [(each.title, each.outlet) for each in first.came] == [("Bài đến muộn", "bao-song-con")]


def test_an_article_that_its_outlet_rewrote_is_told(house: Installation, path: Path) -> None:
    waste = next(each for each in THIS_WEEK if each.slug == "waste")
    changed = seed.revise(house, replace(waste), title="Đầu đề đã sửa", text="Thân bài đã sửa", now=LATER)
    seed.index(house)
    checked = check(house, *read(path))
    assert [(each.id, each.title) for each in checked.revised] == [(changed, "Đầu đề đã sửa")]
    assert [each.name for each in checked.changed] == ["Bài được báo sửa sau khi đăng"]


def test_what_was_rewritten_before_the_report_is_no_news(house: Installation, tmp_path: Path) -> None:
    waste = next(each for each in THIS_WEEK if each.slug == "waste")
    seed.revise(house, replace(waste), title="Đầu đề đã sửa", text="Thân bài đã sửa", now=NOW - timedelta(hours=1))
    seed.index(house)
    made = weekly(house, THE_WEEK, province="gia-lai", now=NOW)
    path = tmp_path / f"bao-cao{ENDING}"
    path.write_bytes(sidecar(made, installation="gia-lai", document="bao-cao.docx", content=b""))
    checked = check(house, *read(path))
    assert (checked.revised, checked.changed) == ((), ())


def test_an_index_that_is_not_complete_is_not_asked(house: Installation, path: Path) -> None:
    house.index.wipe()
    with pytest.raises(Misconfigured, match="index rebuild"):
        check(house, *read(path))


def test_a_report_that_was_edited_or_moved_away_is_noticed(house: Installation, path: Path) -> None:
    path.with_name("bao-cao.docx").write_bytes(b"the report, and a word more")
    assert check(house, *read(path)).document == "changed"
    path.with_name("bao-cao.docx").unlink()
    assert check(house, *read(path)).document == "missing"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda kept: kept["figures"][0]["now"].update(count=9), "S1, 2026-11-13: the count is 9, and 10 are listed"),
        (lambda kept: kept["figures"][0]["now"]["ids"].pop(), "and 9 are listed"),
        (lambda kept: kept["figures"][5]["now"]["ids"].append("0" * 16), "articles that are not in S1"),
        (lambda kept: kept["figures"][2]["now"]["values"].pop(), "S3, 2026-11-13: the count is 8, and 7 are listed"),
        (lambda kept: kept["figures"][0]["before"][0].update(count=4), "S1, 2026-11-06: the count is 4, and 1 are"),
        (lambda kept: kept["figures"][0].update(mean=9.0), "S1: the mean is 4.5, not 9.0"),
        (lambda kept: kept["figures"][0]["now"].update(query="((("), "the query cannot be read"),
        (lambda kept: kept["figures"][1].update(number=1), "the same number"),
        (lambda kept: kept["sums"][0]["parts"].pop(0), "are not the articles of S1, each once"),
        (lambda kept: kept["sums"][0]["parts"].append(6), "are not the articles of S1, each once"),
        (lambda kept: kept["sums"][0]["parts"].append(999), "names a figure that is not there"),
    ],
)
def test_a_file_that_does_not_add_up_is_found_out(edited: Edit, change: Callable[[Any], object], said: str) -> None:
    problems = edited(change).problems
    assert any(said in problem for problem in problems), problems


def test_one_listed_twice_is_found_out(edited: Edit) -> None:
    def twice(kept: dict[str, Any]) -> None:
        ids = kept["figures"][0]["now"]["ids"]
        ids[0] = ids[1]

    assert any("listed twice" in problem for problem in edited(twice).problems)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda kept: kept.update(format=3), "format 3 is not known"),
        (lambda kept: kept.update(installation="binh-dinh"), "of the installation of 'binh-dinh'"),
        (lambda kept: kept.update(extra=1), "extra"),
        (lambda kept: kept.pop("figures"), "figures"),
        (lambda kept: kept.update(document="../../secret"), "document"),
        (lambda kept: kept["figures"][0]["now"]["ids"].append("x"), "figures.0.now.ids.10"),
        (lambda kept: kept["figures"][0].update(counted="people"), "figures.0.counted"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_with_the_place(
    edited: Edit, change: Callable[[Any], object], said: str
) -> None:
    with pytest.raises(WrongUse, match=said):
        edited(change)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"{", b'{"format": 1}'])
def test_a_broken_file_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(WrongUse, match=r"bao-cao\.figures\.json"):
        read(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"nowhere\.figures\.json cannot be read: No such file"):
        read(tmp_path / "nowhere.docx")
