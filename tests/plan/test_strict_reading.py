"""Mistakes in a profile's files are refused, with the file and the place."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from diembao.core.errors import Misconfigured
from diembao.plan import files, reader

Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """A copy of the plan's files in which one piece of text can be replaced."""
    for name in ("provinces", "places"):
        shutil.copytree(files.HERE / name, tmp_path / name)
    for name in ("themes.yaml", "kits.yaml", "calendar.yaml"):
        shutil.copy(files.HERE / name, tmp_path)
    monkeypatch.setattr(files, "HERE", tmp_path)

    def change(file: str, old: str, new: str) -> None:
        path = tmp_path / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def read(province: str = "gia-lai") -> None:
    reader._profile.__wrapped__(province, None, ())


def refused(*words: str) -> "pytest.RaisesExc[Misconfigured]":
    return pytest.raises(Misconfigured, match=".*".join(re.escape(word) for word in words))


def test_the_copy_itself_is_read(edit: Edit) -> None:
    read()


def test_an_unknown_key_is_refused(edit: Edit) -> None:
    edit("provinces/gia-lai.yaml", "name_en:", "colour: red\nname_en:")
    with refused("gia-lai.yaml: colour"):
        read()


def test_an_unknown_key_in_a_task_is_refused_with_its_place(edit: Edit) -> None:
    edit("provinces/binh-dinh.yaml", "    time: Năm 2024", "    times: Năm 2024")
    with refused("binh-dinh.yaml: tasks.0.time"):
        read()


def test_a_repeated_key_is_refused(edit: Edit) -> None:
    edit("provinces/gia-lai.yaml", "  tourism: so-vhttdl", "  tourism: so-vhttdl\n  tourism: so-noi-vu")
    with refused("gia-lai.yaml", "key 'tourism' twice"):
        read()


def test_a_theme_without_a_unit_is_refused(edit: Edit) -> None:
    edit("provinces/gia-lai.yaml", "  asean: so-ngoai-vu\n", "")
    with refused("gia-lai.yaml: fields", "'asean'"):
        read()


def test_a_theme_that_does_not_exist_is_refused(edit: Edit) -> None:
    edit("provinces/gia-lai.yaml", "  asean: so-ngoai-vu\n", "  asean: so-ngoai-vu\n  football: so-vhttdl\n")
    with refused("gia-lai.yaml: fields", "unknown theme 'football'"):
        read()


def test_a_field_of_an_unknown_unit_is_refused(edit: Edit) -> None:
    edit("provinces/gia-lai.yaml", "asean: so-ngoai-vu", "asean: so-ngoai-giao")
    with refused("gia-lai.yaml: fields.asean", "unknown unit 'so-ngoai-giao'"):
        read()


def test_a_task_of_an_unknown_unit_is_refused(edit: Edit) -> None:
    edit("provinces/binh-dinh.yaml", "lead: [cong-an-tinh]", "lead: [canh-sat]")
    with refused("binh-dinh.yaml: task 4.2", "unknown unit 'canh-sat'"):
        read()


def test_a_task_of_an_unknown_theme_is_refused(edit: Edit) -> None:
    edit("provinces/binh-dinh.yaml", "themes: [security-order]", "themes: [police]")
    with refused("binh-dinh.yaml: task 4.2", "unknown theme 'police'"):
        read()


def test_a_task_of_an_unknown_group_is_refused(edit: Edit) -> None:
    edit("provinces/binh-dinh.yaml", 'number: "4.4"', 'number: "6.4"')
    with refused("binh-dinh.yaml: task 6.4", "unknown group '6'"):
        read()


def test_a_task_number_given_twice_is_refused(edit: Edit) -> None:
    edit("provinces/binh-dinh.yaml", 'number: "4.4"', 'number: "4.3"')
    with refused("binh-dinh.yaml: tasks", "'4.3' twice"):
        read()


def test_a_task_that_ends_before_it_starts_is_refused(edit: Edit) -> None:
    edit("provinces/binh-dinh.yaml", "start: 2025", "start: 2026")
    with refused("binh-dinh.yaml: task 3.1", "before it starts"):
        read()


def test_a_date_that_is_none_is_refused(edit: Edit) -> None:
    edit("provinces/binh-dinh.yaml", 'since: "2025-06-28"', "since: last summer")
    with refused("binh-dinh.yaml: units.bo-doi-bien-phong.since"):
        read()


def test_a_missing_list_of_places_is_refused(edit: Edit) -> None:
    edit("provinces/gia-lai.yaml", "places: [binh-dinh,", "places: [binh-dinh-2,")
    with refused("no file 'binh-dinh-2'", "known: bac-giang, "):
        read()


def test_bytes_that_are_not_text_are_refused(edit: Edit) -> None:
    (files.HERE / "places" / "gia-lai.yaml").write_bytes(b"area: \xff\xfe")
    with refused("gia-lai.yaml cannot be read"):
        read()


def test_broken_yaml_is_refused(edit: Edit) -> None:
    edit("provinces/gia-lai.yaml", "areas: [", "areas: [[")
    with refused("gia-lai.yaml cannot be read"):
        read()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('from: "09-01"', 'from: "02-30"', "calendar.0.from"),
        ('to: "12-31"', 'to: "31-12"', "calendar.0.to"),
        ("kind: storms", "kind: wars", "calendar.0.kind"),
    ],
)
def test_a_season_is_of_days_and_of_a_kind_that_there_are(edit: Edit, old: str, new: str, told: str) -> None:
    edit("provinces/gia-lai.yaml", old, new)
    with refused("gia-lai.yaml", told):
        read()


def test_briefings_come_at_months_or_at_none_that_the_plan_names(edit: Edit) -> None:
    edit("provinces/binh-phuoc.yaml", "briefings:\n", "briefings:\n  months: 13\n")
    with refused("binh-phuoc.yaml", "briefings.months"):
        read("dong-nai")
