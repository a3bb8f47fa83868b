"""What a profile says of the office: languages with their source, forms of answering, days in words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from diembao.app.cli import app
from diembao.core.errors import Misconfigured
from diembao.plan.answers import answers
from diembao.plan.reader import profile

FIVE = ("gia-lai", "bac-ninh", "quang-tri", "dong-nai", "phu-tho")
LETTER = {"name": "Thư ngỏ", "name_en": "Open letter", "kind": "THƯ NGỎ", "texts": {"vi": "Kính gửi {title}"}}


def own(home: Path, province: str, more: dict[str, object]) -> Path:
    """The office's own copy of a profile, with something added; the folder of its plan."""
    shipped = Path(__file__).parents[2] / "diembao/plan/provinces" / f"{province}.yaml"
    held = yaml.safe_load(shipped.read_text(encoding="utf-8")) | more
    path = home / "plan" / "provinces" / shipped.name
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(held, allow_unicode=True), encoding="utf-8")
    return home / "plan"


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("province", FIVE)
def test_each_province_says_which_languages_and_where_that_stands(province: str) -> None:
    its = profile(province)
    assert "en" in its.languages
    assert its.languages_source.startswith(("Đề xuất", "Kế hoạch"))


def test_a_profile_may_have_forms_of_answering_of_its_own(tmp_path: Path) -> None:
    given = {"source": "Quy chế phát ngôn", "checked": "2026-11-01", "forms": {"portal": LETTER, "letter": LETTER}}
    folder = own(tmp_path, "bac-ninh", {"answers": given})
    known = answers(folder, profile("bac-ninh", folder))
    assert known.source == "Quy chế phát ngôn"
    assert (known.forms["portal"].name, known.forms["letter"].kind) == ("Thư ngỏ", "THƯ NGỎ")
    assert set(known.forms) == {*answers().forms, "letter"}
    assert answers(folder, profile("gia-lai", folder)) == answers()
    settings = 'province = "gia-lai"\nprovinces = ["gia-lai", "bac-ninh"]\n'
    (tmp_path / "diembao.toml").write_text(settings, encoding="utf-8")
    assert "letter: Thư ngỏ" in said("cases", "forms", "--province", "bac-ninh", "--home", str(tmp_path))
    assert "letter" not in said("cases", "forms", "--home", str(tmp_path))
    assert "theo dõi 2 tỉnh, thành: gia-lai, bac-ninh" in said("status", "--home", str(tmp_path))


def test_a_form_that_lacks_something_is_refused_with_its_place(tmp_path: Path) -> None:
    given = {"source": "x", "checked": "2026-11-01", "forms": {"letter": {"name": "Thư ngỏ"}}}
    folder = own(tmp_path, "bac-ninh", {"answers": given})
    with pytest.raises(Misconfigured, match=r"answers\.forms\.letter\.name_en"):
        profile("bac-ninh", folder)


def test_days_of_facts_are_told_as_an_office_writes_them(tmp_path: Path) -> None:
    home = ("--home", str(tmp_path))
    days = ("--from", "2024-01-01", "--to", "2025-06-30")
    said("kits", "add", "human-rights", "Bảo hiểm y tế 95 %.", "--source", "UBND tỉnh", *days, *home)
    shown = said("kits", "show", "human-rights", *home)
    assert "(01/01/2024 – 30/06/2025)" in shown
    assert '"from": "2024-01-01"' in said("kits", "show", "human-rights", "--json", *home)
