"""Articles in different languages about one event: what ties them, what does not, and how often it is right."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from classifier import events, links, quality
from classifier.echoes import echoes
from classifier.example import Example
from classifier.stories import StoryGrouper
from diembao.core.article import Article
from diembao.core.errors import Misconfigured
from diembao.core.ports import Placed
from diembao.plan.reader import profile
from tests.classifier.judging import NOW, article

HELD = Path(__file__).parent.parent / "quality" / "events" / "held.jsonl"
# Floors of the half that taught nothing; measured 1.00, .74 and .99 (docs/quality.md).
PRECISION, RECALL, PURITY = 0.95, 0.65, 0.95
HOUR = dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def grouper() -> StoryGrouper:
    return StoryGrouper([profile("gia-lai")])


def _at(hours: float, language: str, title: str, lead: str = "", name: str = "") -> Article:
    return article(title, lead, "", language, id=name or language, outlet=language, published_at=NOW + hours * HOUR)


BOAT = _at(0, "vi", "Tàu cá BĐ 97533 chìm ngoài khơi Quy Nhơn", "Sáng 20/11, chín ngư dân được vớt cách bờ 85 hải lý.")
TOLD = _at(3, "en", "Nine rescued off Quy Nhon", "Fishing boat BD 97533 sank 85 nautical miles out on November 20.")
TOLD_ZH = _at(5, "zh-Hans", "归仁外海渔船沉没 九人获救", "BD 97533号渔船20日沉没。")
OTHER = _at(
    4,
    "en",
    "Rescue ship tows disabled boat to port",
    "The vessel SAR 412 brought in a boat from Quy Nhon with 11 aboard, adrift since November 18 with engine failure.",
    "other",
)


def _placed(grouper: StoryGrouper, *articles: Article) -> dict[str, Placed]:
    return {one.article_id: one for one in grouper.group(articles)}


def test_three_languages_tell_of_one_event_and_the_reason_can_be_checked(grouper: StoryGrouper) -> None:
    placed = _placed(grouper, BOAT, TOLD, TOLD_ZH, OTHER)
    assert placed["vi"].story == placed["en"].story == placed["zh-Hans"].story == "vi"
    assert placed["other"].story == "other"
    assert "cùng số 97.533" in placed["en"].why
    assert "cùng nơi Quy Nhơn" in placed["en"].why
    assert "cùng ngày 20/11" in placed["en"].why
    assert placed["en"].why.startswith("cùng việc với “Tàu cá BĐ 97533 chìm ngoài khơi Quy Nhơn” (vi)")


def test_likeness_in_meaning_alone_ties_nothing(grouper: StoryGrouper) -> None:
    here = _at(0, "vi", "Tàu cá chìm, ngư dân được cứu", "Các ngư dân được tàu hàng vớt.")
    there = _at(2, "en", "Fishermen rescued after boat sinks", "A cargo ship picked up the fishermen.")
    placed = _placed(grouper, here, there)
    assert placed["en"].story == "en"


def test_the_same_figures_long_after_are_another_event(grouper: StoryGrouper) -> None:
    late = replace(TOLD, published_at=NOW + dt.timedelta(days=4))
    assert _placed(grouper, BOAT, late)["en"].story == "en"


def test_without_a_profile_each_language_has_its_stories() -> None:
    assert _placed(StoryGrouper(), BOAT, TOLD)["en"].story == "en"


def test_where_a_story_has_articles_in_ones_language_their_words_decide(grouper: StoryGrouper) -> None:
    again = _at(6, "en", "Gold price climbs", "Jewellers of Quy Nhon sold 97,533 rings on November 20.", "gold")
    placed = _placed(grouper, BOAT, TOLD, again)
    assert placed["gold"].story == "gold"


def test_the_order_of_the_articles_is_nothing_across_languages_too(grouper: StoryGrouper) -> None:
    forth, back = (BOAT, TOLD, TOLD_ZH, OTHER), (OTHER, TOLD_ZH, TOLD, BOAT)
    assert _placed(grouper, *forth) == _placed(grouper, *back)


def test_the_half_that_was_held_back_is_put_together_right(grouper: StoryGrouper) -> None:
    told = events.load(HELD)
    placed = _placed(grouper, *(one.article for one in told))
    true, said = [one.event for one in told], [placed[one.article.id].story for one in told]
    across = quality.pairs_across(true, said, [one.article.language for one in told])
    assert across.precision >= PRECISION
    assert across.recall >= RECALL
    assert quality.b_cubed(true, said).precision >= PURITY


def test_both_halves_are_told_in_many_languages_with_hard_negatives_and_share_no_family() -> None:
    taught, held = events.load(events.FOLDER / "events.jsonl"), events.load(HELD)
    assert not {one.family for one in taught} & {one.family for one in held}
    for half in (taught, held):
        found = list(events.pairs(half, dt.timedelta(days=3)))
        assert len({one.event for one in half}) >= 40
        assert len({one.article.language for one in half}) >= 8
        assert sum(pair.same for pair in found) >= 80
        assert sum(pair.hard for pair in found) >= 80


def test_no_event_that_was_held_back_repeats_one_that_taught() -> None:
    taught, held = events.load(events.FOLDER / "events.jsonl"), events.load(HELD)
    lines = [
        Example("events", n, one.article.language, one.article.title, one.article.lead, (), "na", "no", "no")
        for n, one in enumerate(taught)
    ]
    assert not list(echoes(lines, [f"{one.article.title}\n{one.article.lead}" for one in held]))


def test_weights_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    for broken in ("", "{}", json.dumps({"weights": {"meaning": 1}})):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(Misconfigured, match=r"links\.json.*train_links"):
            links.Links((), path)


def test_a_line_of_events_that_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    for broken in ("{", "[]", '{"title": "x"}'):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(Misconfigured, match=r"events\.jsonl:1"):
            events.load(path)


def test_the_weights_are_those_of_the_events_beside_them() -> None:
    from classifier.train_links import learned

    card = json.loads(links.MODEL.read_text(encoding="utf-8"))
    assert learned(events.FOLDER / "events.jsonl")["events"] == card["events"]
