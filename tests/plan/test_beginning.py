"""`plan begin`: the first files of a province that nobody has described."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from diembao.app.cli import app
from diembao.core.errors import WrongUse
from diembao.plan.beginning import begin
from diembao.plan.reader import profile, themes


def begun(home: Path, *arguments: str) -> object:
    result = CliRunner().invoke(app, ["plan", "begin", *arguments, "--home", str(home)])
    return result.exception or result.output


def test_a_province_is_begun_whole_and_its_guesses_say_so(tmp_path: Path) -> None:
    told = begun(tmp_path, "Nghệ  An", "--city", "Vinh", "--city", "Cửa Lò")
    assert 'province = "nghe-an"' in str(told)
    its = profile("nghe-an", tmp_path / "plan")
    assert (its.called, its.name_en, its.judged) == ("tỉnh Nghệ An", "Nghe An", ("nghe-an",))
    assert {place.name for place in its.places} == {"Nghệ An", "Vinh", "Cửa Lò"}
    assert set(its.fields) == set(themes())
    assert set(its.fields.values()) <= set(its.units)
    assert its.deadlines is not None
    assert its.deadlines.proposed
    assert all("cần đối chiếu" in unit.note for unit in its.units.values())
    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.yaml"))
    assert "Gia Lai" not in written
    assert "GIA LAI" not in written


def test_a_city_under_the_government_is_called_one(tmp_path: Path) -> None:
    begun(tmp_path, "Huế", "--level", "thành phố")
    its = profile("hue", tmp_path / "plan")
    assert its.called == "thành phố Huế"
    assert its.letterhead.parent == "UBND THÀNH PHỐ HUẾ"
    written = [*its.letterhead.copies, *its.letterhead.to, *(unit.name for unit in its.units.values())]
    assert not [each for each in written if "tỉnh" in each.casefold()]


@pytest.mark.parametrize("name", ["thành phố Hà Nội", "Thành Phố  Hà Nội", "TP. Hà Nội"])
def test_the_level_that_stands_before_a_name_is_no_part_of_it(tmp_path: Path, name: str) -> None:
    begun(tmp_path, name)
    its = profile("ha-noi", tmp_path / "plan")
    assert (its.called, its.letterhead.parent) == ("thành phố Hà Nội", "UBND THÀNH PHỐ HÀ NỘI")
    assert isinstance(begun(tmp_path / "khac", name, "--level", "tỉnh"), WrongUse), "the name says another"


def test_a_profile_that_comes_with_the_program_is_not_shadowed(tmp_path: Path) -> None:
    told = begun(tmp_path, "Bắc Ninh")
    assert isinstance(told, WrongUse)
    assert "có sẵn trong chương trình" in str(told)
    assert not list(tmp_path.iterdir())


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    begun(tmp_path, "Nghệ An")
    for name in ("provinces", "places"):
        path = tmp_path / "plan" / name / "nghe-an.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "# của người\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    assert isinstance(begun(tmp_path, "nghệ an"), WrongUse)
    (tmp_path / "plan/provinces/nghe-an.yaml").unlink()
    assert isinstance(begun(tmp_path, "Nghệ An"), WrongUse), "the places alone are reason enough"
    del before[tmp_path / "plan/provinces/nghe-an.yaml"]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == before


@pytest.mark.parametrize("name", ["", "   ", "!?", "../..", "../../x", "x/y", "tỉnh ", "ກຂຄ", "A" * 61])
def test_a_name_that_makes_no_id_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUse, match="Tên tỉnh"):
        begin(tmp_path, name, level="tỉnh", cities=(), checked="2026-11-21")
    assert not list(tmp_path.iterdir())


def test_a_level_that_there_is_not_is_refused(tmp_path: Path) -> None:
    assert isinstance(begun(tmp_path, "Nghệ An", "--level", "huyện"), WrongUse)
    assert not list(tmp_path.iterdir())
