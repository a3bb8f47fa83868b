"""*Bài gần với bài này* on the screen of an article."""

from __future__ import annotations

from dashboard import forms, views
from diembao.pipeline import steps
from diembao.pipeline.wiring import Installation
from tests.dashboard.conftest import screen, words_of
from tests.dashboard.seed import NOW


def _encoded(house: Installation) -> None:
    while steps.encode(house, lambda: NOW, "test"):
        pass


FLOODED = "Đường ngập sau mưa"


def test_an_article_shows_what_is_like_it_in_words(house: Installation) -> None:
    _encoded(house)
    ids = list(house.store.article_ids())
    here = next(item.article for item in house.store.articles(ids) if item.article.title.startswith(FLOODED))
    found = views.similar(house, here.id) or ()
    assert 1 <= len(found) <= 5
    assert here.id not in {each.row.item.article.id for each in found}
    assert found[0].row.item.article.title.startswith(FLOODED)
    said = words_of(screen("article", id=here.id))
    assert "Bài gần với bài này" in said
    assert forms.plain(found[0].row.item.article.title) in said
    assert found[0].row.outlet in said
    assert {"very": "rất gần", "close": "gần", "related": "có liên quan"}[found[0].likeness] in said


def test_an_article_that_was_not_compared_yet_says_so(house: Installation, ids: dict[str, str]) -> None:
    assert views.similar(house, ids["waste"]) is None
    assert "Bài này chưa được so" in words_of(screen("article", id=ids["waste"]))
