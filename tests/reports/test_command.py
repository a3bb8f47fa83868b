"""`diembao report …` as a person calls it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from typer.testing import CliRunner, Result

from diembao.app.cli import app
from diembao.app.report import Order, make_weekly, period_of
from diembao.core.article import Kind
from diembao.core.errors import DiembaoError, Misconfigured, WrongUse
from diembao.pipeline.wiring import Installation
from diembao.reports.period import Period
from tests.dashboard import seed
from tests.parts import needs
from tests.reports.coverage import NOW

NAME = "diem-bao_gia-lai_2026-W47"


@pytest.fixture
def made(house: Installation, period: Period, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """The report of the week, into one folder."""

    def make(**how: Any) -> dict[str, Any]:
        return make_weekly(house, period, Order(tmp_path / "out", **how), NOW)

    return make


def call(*words: str) -> Result:
    return CliRunner().invoke(app, ["report", *words])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_week_is_a_document_with_its_figures_beside_it(made: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    told = made()
    assert names(tmp_path / "out") == [f"{NAME}.docx", f"{NAME}.figures.json"]
    kept = json.loads(Path(told["figures_file"]).read_text(encoding="utf-8"))
    assert kept["document"] == f"{NAME}.docx"
    assert len(kept["figures"]) == told["figures"]
    assert (told["articles"], told["texts"], told["stories"], told["critical"], told["foreign"]) == (10, 9, 8, 2, 2)
    assert (told["week"], told["from"], told["to"]) == ("2026-W47", "2026-11-13", "2026-11-19")
    assert (told["complete"], told["renamed"], told["pdf"], told["periods_before"]) == (True, False, None, 8)


def test_a_second_report_of_the_week_has_another_name_and_says_so(made: Callable[..., dict[str, Any]]) -> None:
    first = made()
    before = Path(first["docx"]).read_bytes()
    second = made()
    assert second["renamed"]
    assert Path(second["docx"]).name == f"{NAME}_2.docx"
    assert Path(first["docx"]).read_bytes() == before
    assert json.loads(Path(second["figures_file"]).read_text(encoding="utf-8"))["document"] == f"{NAME}_2.docx"


def test_number_and_province_are_what_was_asked_for(made: Callable[..., dict[str, Any]]) -> None:
    told = made(number=8, province="binh-dinh")
    document = Document(told["docx"])
    assert Path(told["docx"]).name == "diem-bao_binh-dinh_2026-W47.docx"
    assert document.tables[0].rows[1].cells[0].text == "Số: 08/BC-SVHTTDL"


def test_a_template_with_a_hole_leaves_no_file(made: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{ noi_dung }}")
    document.add_paragraph("{{ so_van_ban }}")
    document.save(str(tmp_path / "mau.docx"))
    with pytest.raises(Misconfigured, match="so_van_ban"):
        made(template=tmp_path / "mau.docx")
    assert not (tmp_path / "out").exists()


@needs("soffice")
def test_a_pdf_is_made_on_demand(made: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    told = made(pdf=True)
    assert names(tmp_path / "out") == [f"{NAME}.docx", f"{NAME}.figures.json", f"{NAME}.pdf"]
    assert Path(told["pdf"]).read_bytes().startswith(b"%PDF-")


def test_without_libreoffice_nothing_is_begun(
    made: Callable[..., dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Misconfigured, match="apt-get install"):
        made(pdf=True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({}, "2026-W47"),
        ({"week": "2026-W40"}, "2026-W40"),
        ({"first": "2026-11-13", "last": "2026-11-19"}, "2026-W47"),
        ({"first": "2026-11-01", "last": "2026-11-10"}, "2026-11-01_2026-11-10"),
    ],
)
def test_days_can_be_asked_for_in_each_way(house: Installation, asked: dict[str, str], name: str) -> None:
    assert period_of(house, NOW, **{"week": "", "first": "", "last": "", **asked}).name == name


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"week": "2026-W40", "first": "2026-11-13"}, "Chỉ dùng --week, hoặc"),
        ({"first": "2026-11-13"}, "--to: ngày viết như"),
        ({"first": "13/11/2026", "last": "2026-11-19"}, "--from: ngày viết như 2026-11-13, không phải '13/11/2026'"),
    ],
)
def test_days_that_cannot_be_read_are_refused(house: Installation, asked: dict[str, str], said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        period_of(house, NOW, **{"week": "", "first": "", "last": "", **asked})


# -- the command line itself ------------------------------------------------------------------------


def test_the_commands_print_what_they_made_and_what_has_changed(
    house: Installation, made: Callable[..., dict[str, Any]], ids: dict[str, str]
) -> None:
    told = made()
    home = str(house.settings.home)
    same = call("figures", told["docx"], "--home", home)
    assert same.exit_code == 0, same.output
    assert f"{told['figures']} số liệu khớp; văn bản như lúc lập" in same.output
    house.store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["neutral"], by="person:lan", why="", now=NOW)
    seed.index(house)
    changed = call("figures", told["figures_file"], "--home", home)
    assert "S6 Bài phê phán: 2 → 1" in changed.output
    assert "- Nước thải trại heo chảy ra sông Côn (bao-song-con): " in changed.output
    printed = json.loads(call("figures", told["figures_file"], "--home", home, "--json").output)
    assert (printed["adds_up"], printed["document"], printed["changed"][0]["now"]) == (True, "same", 1)


def test_a_file_that_does_not_add_up_fails(house: Installation, made: Callable[..., dict[str, Any]]) -> None:
    path = Path(made()["figures_file"])
    path.write_text(path.read_text(encoding="utf-8").replace('"count": 10,', '"count": 11,', 1), encoding="utf-8")
    result = call("figures", str(path), "--home", str(house.settings.home))
    assert result.exit_code == 1
    assert isinstance(result.exception, DiembaoError)
    assert "! S1, 2026-11-13: the count is 11, and 10 are listed" in result.output


def test_the_template_is_written_out_and_can_be_used(
    house: Installation, made: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    result = call("template", "--out", str(tmp_path / "mau"), "--home", str(house.settings.home))
    assert result.exit_code == 0, result.output
    assert "{{ noi_dung }}" in result.output
    assert names(tmp_path / "mau") == ["mau-bao-cao.docx"]
    assert made(template=tmp_path / "mau" / "mau-bao-cao.docx")["articles"] == 10


def test_a_whole_week_from_the_command_line_of_a_new_home(tmp_path: Path) -> None:
    """The clock is the machine's: an empty installation gives a short report whatever the day."""
    run = [sys.executable, "-m", "diembao.app.cli", "report", "weekly", "--home", str(tmp_path / "home")]
    done = subprocess.run(
        [*run, "--out", str(tmp_path / "out"), "--json"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["articles"], told["periods_before"]) == (0, 0)
    assert Path(told["docx"]).exists()
    wrong = subprocess.run(
        [*run, "--out", str(tmp_path / "out"), "--week", "47"], capture_output=True, text=True, check=False, timeout=60
    )
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == (
        "diembao: Tuần viết như 2026-W47, không phải '47' (A week is written like 2026-W47, not '47')\n"
    )


def test_a_home_of_another_province_does_not_check_this_ones_figures(
    made: Callable[..., dict[str, Any]], house: Installation, tmp_path: Path
) -> None:
    told = made()
    other = tmp_path / "other"
    shutil.copytree(house.settings.home, other)
    (other / "diembao.toml").write_text(
        'province = "binh-dinh"\n[crawl]\ncatalogue = "outlets.yaml"\n', encoding="utf-8"
    )
    result = call("figures", told["figures_file"], "--home", str(other))
    assert isinstance(result.exception, WrongUse)
