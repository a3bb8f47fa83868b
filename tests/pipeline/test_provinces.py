"""Two provinces in one installation, from a page to what each of them sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from diembao.core.article import Kind
from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.query import Terms
from diembao.core.settings import Settings, load
from diembao.core.settings_channels import AlertSettings
from diembao.core.subscription import Subscription
from diembao.pipeline import steps, worker
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.work import NOTHING, Work
from tests.store.making import NOW, article, keep

ABOUT = Terms("relevance", ("yes", "part"))
TOLD = {
    "a": "Cảng Quy Nhơn đón tàu du lịch",
    "b": "Thành phố Bắc Giang khánh thành cầu mới",
    "c": "Gia Lai và Bắc Ninh ký hợp tác du lịch",
    "d": "Giá vàng trong nước tăng",
}


def settings(home: Path, *provinces: str) -> Settings:
    (home / "diembao.toml").write_text(f"provinces = {list(provinces)}\n", encoding="utf-8")
    return load(home)


def filled(house: Installation) -> None:
    keep(house.store, *(article(slug, title=title, lead="", text=title) for slug, title in TOLD.items()))
    work(house)


def work(house: Installation) -> Work:
    worker.announce_changes(house, lambda: NOW)
    return sum(steps.advance_to_end(house, lambda: NOW, "test"), start=NOTHING)


def seen(house: Installation, province: str) -> set[str]:
    ids = {article(slug).id: slug for slug in TOLD}
    return {ids[hit.id] for hit in house.of(province).index.search(ABOUT).hits}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with open_installation(settings(tmp_path, "gia-lai", "bac-ninh")) as opened:
        filled(opened)
        yield opened


def test_each_province_finds_its_own_coverage_by_its_own_labels(house: Installation) -> None:
    assert (seen(house, "gia-lai"), seen(house, "bac-ninh")) == ({"a", "c"}, {"b", "c"})
    for province, other in (("gia-lai", "bac-ninh"), ("bac-ninh", "gia-lai")):
        its = house.of(province)
        item = its.store.article(article("c").id)
        assert item is not None
        assert item.key(Kind.RELEVANCE, province) == "yes"
        assert item.key(Kind.RELEVANCE, other) is None
        assert its.index.count(Terms("place", (other,))) == 0


def test_each_province_is_told_by_the_alerts_of_the_settings_and_by_its_own(tmp_path: Path) -> None:
    with open_installation(settings(tmp_path, "gia-lai", "bac-ninh")) as house:
        every = house.settings.model_copy(
            update={"alerts": (AlertSettings(name="Du lịch", query='"du lịch" liên_quan:yes'),)}
        )
        with Installation(every) as opened:
            opened.of("bac-ninh").store.add_subscription(Subscription(name="Cầu", query="cầu"), now=NOW)
            filled(opened)
            told = {
                each: sorted((x.subscription, x.title) for x in opened.of(each).store.alerts_since(NOW))
                for each in opened.watched
            }
    assert told == {
        "gia-lai": [("Du lịch", TOLD["a"]), ("Du lịch", TOLD["c"])],
        "bac-ninh": [("Cầu", TOLD["b"]), ("Du lịch", TOLD["c"])],
    }


def test_a_province_more_is_judged_in_the_background_and_what_was_there_goes_on(tmp_path: Path) -> None:
    with open_installation(settings(tmp_path, "gia-lai")) as house:
        filled(house)
        assert seen(house, "gia-lai") == {"a", "c"}
    with open_installation(settings(tmp_path, "gia-lai", "bac-ninh")) as house:
        assert (seen(house, "gia-lai"), seen(house, "bac-ninh")) == ({"a", "c"}, set())
        assert work(house).judged == len(TOLD)
        assert (seen(house, "gia-lai"), seen(house, "bac-ninh")) == ({"a", "c"}, {"b", "c"})


def test_another_province_first_changes_nothing_of_what_each_sees(tmp_path: Path) -> None:
    with open_installation(settings(tmp_path, "gia-lai", "bac-ninh")) as house:
        filled(house)
    with open_installation(settings(tmp_path, "bac-ninh", "gia-lai")) as house:
        assert (seen(house, "gia-lai"), seen(house, "bac-ninh")) == ({"a", "c"}, {"b", "c"})
        work(house)
        assert (seen(house, "gia-lai"), seen(house, "bac-ninh")) == ({"a", "c"}, {"b", "c"})


def test_a_province_that_is_taken_out_is_forgotten_by_machine_and_kept_by_name(tmp_path: Path) -> None:
    with open_installation(settings(tmp_path, "gia-lai", "bac-ninh")) as house:
        filled(house)
        house.of("bac-ninh").store.add_subscription(Subscription(name="Cầu", query="cầu"), now=NOW)
    with open_installation(settings(tmp_path, "gia-lai")) as house:
        work(house)
        assert seen(house, "gia-lai") == {"a", "c"}
        assert house.store.subscriptions() == []
        with pytest.raises(WrongUse, match="bac-ninh"):
            house.of("bac-ninh")
    with open_installation(settings(tmp_path, "gia-lai", "bac-ninh")) as house:
        assert [x.name for x in house.of("bac-ninh").store.subscriptions()] == ["Cầu"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('province = "gia-lai"\nprovinces = ["bac-ninh"]', "not among"),
        ('provinces = ["bac-ninh", "bac-ninh"]', "twice"),
        ('provinces = "bac-ninh"', "provinces"),
        ('provinces = ["gia-lai"]\n[[alerts]]\nname = "x"\nquery = "x"\nprovince = "ha-noi"', "not watched"),
    ],
)
def test_settings_that_contradict_themselves_are_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "diembao.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured, match=said):
        load(tmp_path)


def test_the_first_of_several_is_shown_first_and_one_alone_needs_no_list(tmp_path: Path) -> None:
    several = settings(tmp_path, "bac-ninh", "gia-lai")
    assert (several.province, several.watched) == ("bac-ninh", ("bac-ninh", "gia-lai"))
    assert Settings(home=tmp_path).watched == ("gia-lai",)


def test_a_profile_that_is_not_there_stops_before_anything_is_judged(tmp_path: Path) -> None:
    with (
        open_installation(settings(tmp_path, "gia-lai", "nowhere")) as house,
        pytest.raises(Misconfigured, match="nowhere"),
    ):
        work(house)
