"""From a correction to a model that judges, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from classifier import floors, head
from diembao.app.status import alarms
from diembao.core.article import Kind
from diembao.core.errors import WrongUse
from diembao.core.settings import load
from diembao.pipeline import steps, teaching, worker
from diembao.pipeline.asking import questions
from diembao.pipeline.heads import Current
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.work import NOTHING, Work
from tests.store.making import NOW, OFFICER, article, entry, read_source

COLUMN = [f"Chuyện bên hiên ở Quy Nhơn, Gia Lai: bác Tám kể {what}" for what in ("mưa", "về sông", "về chợ")]
PROVINCE = "gia-lai"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with open_installation(load(tmp_path)) as opened:
        run = opened.store.begin_run(NOW)
        read_source(opened.store, run, pending=[entry(f"a{n}") for n in range(len(COLUMN))])
        for n, title in enumerate(COLUMN):
            made = article(f"a{n}", title=title, lead="", text=title)
            opened.store.page_stored(run, entry(f"a{n}"), made, now=NOW, response=None)
        opened.store.end_run(run, NOW)
        work(opened)
        yield opened


def work(house: Installation) -> Work:
    return sum(steps.advance_to_end(house, lambda: NOW, "test"), start=NOTHING)


def correct(house: Installation, n: int, *themes: str) -> None:
    house.store.correct(article(f"a{n}").id, Kind.THEME, PROVINCE, themes, by=OFFICER, why="", now=NOW)


def themes_of(house: Installation, n: int) -> list[str]:
    item = house.store.article(article(f"a{n}").id)
    assert item is not None
    return [x.key for x in item.labels if x.kind is Kind.THEME]


def test_corrections_make_a_model_that_judges_the_others_and_no_persons_word_moves(house: Installation) -> None:
    worker.announce_changes(house, lambda: NOW)
    work(house)
    shipped = house.taggers[2].version
    correct(house, 0, "asean")
    correct(house, 1, "asean")
    version = teaching.teach(house, NOW)
    assert version is not None
    assert (version.number, version.themes, version.stances, version.faults) == (1, 2, 0, ())
    assert house.renewed()
    worker.announce_changes(house, lambda: NOW)
    assert work(house).judged == len(COLUMN)
    assert house.taggers[2].version != shipped
    assert themes_of(house, 0) == themes_of(house, 1) == ["asean"]
    assert not house.renewed()


def test_only_changed_labels_teach_and_labels_taken_back_bring_back_the_shipped_model(house: Installation) -> None:
    assert teaching.teach(house, NOW) is None
    correct(house, 0, "asean")
    assert teaching.teach(house, NOW) is not None
    assert teaching.teach(house, NOW) is None
    house.store.retract(article("a0").id, Kind.THEME, PROVINCE, by=OFFICER, now=NOW)
    assert teaching.teach(house, NOW) is None
    assert house.heads.current() == Current(0)


def test_a_head_whose_labels_stayed_is_taken_over_unless_it_is_damaged_or_all_is_asked_for(
    house: Installation,
) -> None:
    def since(number: int) -> list[str]:
        folder = house.heads.folder(number)
        return [head.load(folder / f"{name}.npz").card["taught"]["at"][:10] for name in ("themes", "stance")]

    correct(house, 0, "asean")
    teaching.teach(house, NOW)
    assert house.heads.rows.exists()
    first, later = str(NOW.date()), str((NOW + timedelta(days=1)).date())
    correct(house, 1, "asean")
    teaching.teach(house, NOW + timedelta(days=1))
    assert since(2) == [later, first]
    teaching.teach(house, NOW + timedelta(days=1), again=True)
    assert since(3) == [later, later]
    (house.heads.folder(3) / "stance.npz").write_bytes(b"")
    correct(house, 1, "tourism")
    teaching.teach(house, NOW)
    assert since(4) == [first, first]


def far_above(asked: dict[str, float], *names: str) -> dict[str, float]:
    return asked | dict.fromkeys(names, 1.3)


def test_a_head_that_falls_below_a_floor_is_kept_aside_and_said_and_the_other_is_taken_over(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold, asked = floors.read(floors.FOLDER, tuple(teaching_themes()))
    monkeypatch.setattr(floors, "read", lambda *_: (gold, far_above(asked, "vi.stance_macro_f1")))
    correct(house, 0, "asean")
    house.store.correct(article("a0").id, Kind.STANCE, PROVINCE, ["positive"], by=OFFICER, why="", now=NOW)
    version = teaching.teach(house, NOW)
    assert version is not None
    assert (version.aside, version.taken) == (("stance",), ("themes",))
    folder = house.heads.judging()
    assert folder == house.heads.folder(1)
    assert "taught" in head.load(folder / "themes.npz").card
    assert "taught" not in head.load(folder / "stance.npz").card
    (alarm,) = (x["text"] for x in alarms(house, NOW) if x["kind"] == "model")
    assert "Để riêng phần thái độ: Tiếng Việt: thái độ, F1 còn" in alarm
    assert "Phần được dùng: chủ đề." in alarm


def test_a_retraining_of_which_nothing_is_taken_over_never_judges(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold, asked = floors.read(floors.FOLDER, tuple(teaching_themes()))
    monkeypatch.setattr(floors, "read", lambda *_: (gold, far_above(asked, "vi.themes_micro_f1")))
    correct(house, 0, "asean")
    version = teaching.teach(house, NOW)
    assert version is not None
    assert (version.aside, version.taken) == (("themes",), ())
    assert house.heads.judging() is None
    with pytest.raises(WrongUse, match=r"để riêng .*kept aside"):
        house.heads.use(version.number, held=True)


def test_what_an_older_program_kept_aside_is_history(house: Installation) -> None:
    correct(house, 0, "asean")
    teaching.teach(house, NOW)
    note = house.heads.folder(1) / "version.json"
    said = json.loads(note.read_text(encoding="utf-8"))
    del said["faults"]
    note.write_text(json.dumps(said | {"below": ["vi.x is 0.1, the floor is 0.2"]}), encoding="utf-8")
    assert house.heads.history()[0].base == ""
    assert house.heads.judging() is None


def test_a_word_on_one_theme_teaches_that_theme_alone(house: Installation) -> None:
    for n in range(len(COLUMN)):
        house.store.correct(article(f"a{n}").id, Kind.THEME_NO, PROVINCE, ["tourism"], by=OFFICER, why="", now=NOW)
    version = teaching.teach(house, NOW)
    assert version is not None
    assert (version.themes, version.stances, version.faults) == (len(COLUMN), 0, ())
    taught, shipped = (head.load(folder / "themes.npz") for folder in (house.heads.folder(1), head.FOLDER))
    moved = [
        label
        for n, label in enumerate(taught.labels)
        if not np.array_equal(taught.words[:, n], shipped.words[:, n])
        or not np.isclose(taught.scale[0, n], shipped.scale[0, n], rtol=1e-6)  # the last bit of a step is rounding
    ]
    assert moved == ["tourism"]
    assert not any(label.by_person for label in house.store.people_labels((Kind.THEME,), PROVINCE))


def teaching_themes() -> tuple[str, ...]:
    from diembao.plan.reader import themes

    return tuple(themes())


def test_who_goes_back_to_an_older_model_keeps_it_until_they_ask_for_a_new_one(house: Installation) -> None:
    correct(house, 0, "asean")
    teaching.teach(house, NOW)
    house.heads.use(0, held=True)
    correct(house, 1, "tourism")
    assert teaching.teach(house, NOW) is not None
    assert house.heads.current() == Current(0, held=True)
    again = teaching.teach(house, NOW, again=True)
    assert again is not None
    assert house.heads.current() == Current(again.number)
    assert house.heads.before(again.number) == again.number - 1


def test_the_worker_teaches_in_a_process_of_its_own_a_while_after_the_last_correction(house: Installation) -> None:
    with teaching.Teacher(house) as teacher:
        correct(house, 0, "asean")
        teacher.look(NOW)
        teacher.look(NOW + teaching.QUIET / 2)
        assert teacher.child is None
        teacher.look(NOW + teaching.QUIET)
        assert teacher.child is not None
        correct(house, 1, "asean")
        assert teacher.child.wait(60) == 0
        teacher.look(NOW + teaching.QUIET + timedelta(seconds=1))
        assert house.heads.current().number == 1
        assert house.store.fact(teaching.DUE) == (NOW + teaching.QUIET).isoformat()


def test_the_articles_to_ask_about_are_those_that_nobody_judged_the_least_certain_first(house: Installation) -> None:
    later = NOW + timedelta(hours=1)
    first = questions(house, later, 10)
    assert first
    assert len({one.item.key(Kind.STORY) for one in first}) == len(first)
    assert [one.worth for one in first] == sorted((one.worth for one in first), reverse=True)
    assert all(0 <= one.worth <= 3 for one in first)
    for n in range(len(COLUMN)):
        correct(house, n, "asean")
    assert not questions(house, later, 10)
    assert not questions(house, NOW - timedelta(days=30), 10)
