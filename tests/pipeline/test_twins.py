"""Editions of one article in two languages: one story, one text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from classifier.stories import StoryGrouper
from diembao.core.article import Role
from diembao.core.reading import Twin
from diembao.core.ties import Tie
from diembao.pipeline.twins import as_ties, with_twins
from tests.store.making import NOW, article

FIRST = article("mot")
LATER = replace(
    article("hai", language="en", title="Quy Nhon port welcomes its first ship", text="It came in this morning."),
    published_at=NOW + timedelta(hours=2),
)
TWINS = [Twin(FIRST.id, LATER.id, "en"), Twin(LATER.id, FIRST.id, "vi")]


def test_the_later_edition_is_of_the_same_story_and_a_copy_of_the_earlier() -> None:
    grouper = StoryGrouper()
    assert len({place.story for place in grouper.group([FIRST, LATER])}) == 2
    placed = with_twins(grouper.group([FIRST, LATER], as_ties(TWINS, NOW)), [FIRST, LATER], TWINS)
    assert {place.story for place in placed.values()} == {FIRST.id}
    assert (placed[FIRST.id].role, placed[LATER.id].role) == (Role.ORIGINAL, Role.COPY)
    assert "hreflang" in placed[LATER.id].why


def test_what_a_person_set_apart_stays_apart() -> None:
    said = Tie(FIRST.id, LATER.id, together=False, by="person:7", why="khác việc", at=NOW)
    grouped = StoryGrouper().group([FIRST, LATER], [*as_ties(TWINS, NOW), said])
    placed = with_twins(grouped, [FIRST, LATER], TWINS)
    assert [place.role for place in placed.values()] == [Role.ORIGINAL, Role.ORIGINAL]
