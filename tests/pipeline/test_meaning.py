"""A question by words and by meaning: what is in another language comes up too, only what passes the filters does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diembao.app.cli import app
from diembao.core.errors import IndexAway, WrongUse
from diembao.core.query import Terms
from diembao.core.settings import FILE, load
from diembao.pipeline import meaning
from diembao.pipeline.meaning import LEAST, answers, together
from diembao.pipeline.wiring import Installation, open_installation
from tests.parts import needs
from tests.pipeline.test_steps import keep, work
from tests.servers import PASSWORD, USER, alias, running
from tests.store.making import article

QUESTION = "bão làm ngập nhà ở Quy Nhơn"
STORM = "Bão mạnh gây mưa lớn, ngập lụt ở Quy Nhơn, hàng nghìn người dân phải sơ tán"
RESCUE = "Người dân vùng lũ được sơ tán trước khi bão vào bờ"
FOREIGN = "Powerful typhoon floods thousands of houses on the coast, residents evacuated"
CHESS = "Pupils from nine schools open a chess tournament"


def filled(home: Path) -> Iterator[Installation]:
    with open_installation(load(home)) as opened:
        keep(opened, ("storm", STORM), ("rescue", RESCUE), ("foreign", FOREIGN), ("chess", CHESS))
        work(opened)
        yield opened


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    yield from filled(tmp_path_factory.mktemp("meaning"))


@pytest.fixture(scope="module", params=["embedded", pytest.param("elastic", marks=[needs("elasticsearch")])])
def each(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A house on each engine."""
    if request.param == "embedded":
        yield request.getfixturevalue("house")
        return
    home = tmp_path_factory.mktemp("meaning-elastic")
    server = f'url = "{running().url}"\nalias = "{alias(home)}"\nuser = "{USER}"\npassword = "{PASSWORD}"\n'
    (home / FILE).write_text(f'[index]\nengine = "elastic"\n{server}')
    yield from filled(home)


def test_the_own_language_and_the_others_are_read_in_turn(each: Installation) -> None:
    found = {one.id: (one.words, one.meaning) for one in answers(each, QUESTION, 10)}
    assert list(found) == [article(name).id for name in ("storm", "foreign", "rescue")]  # chess is like nothing of it
    assert found[article("storm").id] == (1, None)  # it is in the question's language: words are enough
    assert found[article("foreign").id] == (None, 1)


def test_what_does_not_pass_the_filters_is_left_out_before_the_best_are_taken(each: Installation) -> None:
    only = Terms("id", (article("chess").id, article("rescue").id))
    assert {one.id for one in answers(each, QUESTION, 1, within=only)} <= set(only.values)
    by_meaning = Terms("id", (article("foreign").id, article("rescue").id))
    assert [one.meaning for one in answers(each, QUESTION, 10, within=by_meaning) if one.meaning] == [1]


def test_a_question_without_words_finds_nothing(house: Installation) -> None:
    assert answers(house, "…?!", 10) == []


@pytest.mark.parametrize("typed", ["zzzz qqqq", "hjkl", "12345 67890", "йцукен"])
def test_letters_that_are_no_words_find_nothing_by_meaning(house: Installation, typed: str) -> None:
    assert answers(house, typed, 10) == []


def test_what_is_less_like_the_question_than_the_floor_is_left_out(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    likeness = {one.id: one.likeness for one in answers(house, QUESTION, 10) if one.meaning}
    assert list(likeness) == [article("foreign").id]
    assert min(value for value in likeness.values() if value is not None) >= LEAST
    monkeypatch.setattr(meaning, "LEAST", -1.0)
    assert {article("foreign").id, article("chess").id} <= {one.id for one in answers(house, QUESTION, 10)}


def test_ranks_are_put_together_by_their_reciprocals() -> None:
    found = together(["a", "b"], ["c", "b"], weight=0.5)  # 1/61, 1/62 + .5/62, .5/61
    assert [(one.id, one.words, one.meaning) for one in found] == [("b", 2, 2), ("a", 1, None), ("c", None, 1)]
    assert [one.id for one in together(["z"], ["a"], weight=1)] == ["a", "z"]


def test_the_command_says_what_was_found_by_meaning(house: Installation) -> None:
    home = str(house.settings.home)
    run = CliRunner()
    answer = json.loads(run.invoke(app, ["search", QUESTION, "--meaning", "--home", home, "--json"]).stdout)
    assert answer["hits"][1] | {"words": None, "meaning": 1, "language": "en"} == answer["hits"][1]
    assert LEAST <= answer["hits"][1]["likeness"] <= 1
    said = run.invoke(app, ["search", QUESTION, "--meaning", "--home", home]).stdout
    assert said.startswith("3 bài gần nhất, không phải tổng số\n")
    assert f"theo nghĩa, giống {answer['hits'][1]['likeness']:.2f}" in said
    assert run.invoke(app, ["search", "zzzz qqqq", "--meaning", "--home", home]).stdout == "0 bài\n"
    within = run.invoke(app, ["search", QUESTION, "--meaning", "--within", "tiếng:en", "--home", home, "--json"])
    assert [hit["language"] for hit in json.loads(within.stdout)["hits"]] == ["en"]


@pytest.mark.parametrize(
    ("options", "said"), [(["--within", "bão"], "--meaning"), (["--meaning", "--save", "Bão"], "--save")]
)
def test_options_that_do_not_go_together_are_refused(house: Installation, options: list[str], said: str) -> None:
    found = CliRunner().invoke(app, ["search", "bão", *options, "--home", str(house.settings.home)])
    assert isinstance(found.exception, WrongUse)
    assert said in str(found.exception)


def test_without_an_encoder_it_says_so(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[classifier]\nencoder = "none"\n')
    with open_installation(load(tmp_path)) as bare, pytest.raises(WrongUse, match="encoder"):
        answers(bare, QUESTION, 10)


def test_while_a_new_model_reads_the_articles_it_says_so(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house.vectors, "version", "another")
    with pytest.raises(IndexAway, match="mô hình mới"):
        answers(house, QUESTION, 10)
