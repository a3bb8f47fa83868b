"""What coverage did after an answer, against numbers worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from diembao.core.article import Kind, Label, Labelled, Revision
from diembao.response.effect import LEAST, Effect, Seen, compared, effect, gone_at, ratio, share
from tests.store.making import NOW, article

ZONE = "Asia/Ho_Chi_Minh"


def told(n: int, at: datetime, stance: str = "critical", role: str = "follow-up") -> Labelled:
    item = article(f"e{n}", published_at=at)
    labels = (
        Label(item.id, Kind.STANCE, stance, about="gia-lai"),
        Label(item.id, Kind.ROLE, role),
    )
    return Labelled(item, labels)


def around(before: int, after: int, *, days: int = 7, **kind: str) -> list[Labelled]:
    """So many articles within the days before and after `NOW`."""
    step = timedelta(days=days) / (max(before, after) + 1)
    earlier = [told(n, NOW - step * (n + 1), **kind) for n in range(before)]
    return earlier + [told(100 + n, NOW + step * (n + 1), **kind) for n in range(after)]


def of(items: list[Labelled], *, passed: timedelta = timedelta(days=8), **seen: object) -> Effect:
    given = replace(Seen(items), **seen)  # type: ignore[arg-type]  # fields by their names
    return effect(1, NOW, given, "gia-lai", ZONE, NOW + passed)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [  # Clopper and Pearson's own table, and the closed forms at the ends
        (0, 10, 0.0, 1 - 0.025 ** (1 / 10)),
        (10, 10, 0.025 ** (1 / 10), 1.0),
        (5, 10, 0.1871, 0.8129),
        (2, 20, 0.0123, 0.3170),
        (8, 12, 0.3489, 0.9008),
    ],
)
def test_the_interval_is_the_exact_one(k: int, n: int, low: float, high: float) -> None:
    assert share(k, n) == pytest.approx((low, high), abs=1e-4)


def test_the_ratio_comes_from_the_share() -> None:
    found = ratio(12, 4)
    assert found is not None
    assert (found.before, found.after) == (12, 4)
    assert found.ratio == pytest.approx(1 / 3)
    assert found.low == pytest.approx(0.0727 / (1 - 0.0727), abs=1e-3)
    assert found.high == pytest.approx(0.5238 / (1 - 0.5238), abs=1e-3)


def test_few_texts_say_nothing_and_thousands_are_counted_too() -> None:
    assert ratio(LEAST - 1, 0) is None
    none_before, none_after = ratio(0, LEAST), ratio(LEAST, 0)
    assert none_before is not None
    assert none_after is not None
    assert (none_before.ratio, none_before.high) == (None, None)
    assert (none_after.ratio, none_after.low) == (0.0, 0.0)
    many = ratio(1_000, 1_000)
    assert many is not None
    assert many.low < 1 < (many.high or 0) < 1.1


@pytest.mark.parametrize(
    ("passed", "days", "weeks"),
    [
        (timedelta(hours=5), 0, False),
        (timedelta(days=3, hours=5), 3, False),
        (timedelta(days=7), 7, True),
        (timedelta(days=20), 14, True),
        (timedelta(days=300), 28, True),
        (timedelta(days=-2), 0, False),
    ],
)
def test_weeks_stand_against_weeks(passed: timedelta, days: int, weeks: bool) -> None:  # noqa: FBT001 (a row)
    assert compared(passed) == (timedelta(days=days), weeks)


def test_both_sides_are_counted_copies_apart() -> None:
    items = [*around(12, 4), told(200, NOW + timedelta(days=1), role="copy"), told(201, NOW + timedelta(days=9))]
    found = of(items)
    assert (found.before.articles, found.after.articles) == (12, 5)
    assert (found.before.texts, found.after.texts) == (12, 4)
    assert found.coverage == ratio(12, 4)
    assert found.critical == found.coverage
    assert found.after.stances == {"positive": 0, "neutral": 0, "critical": 5, "abstain": 0}
    assert sum(day.articles for day in found.by_day) == 17


def test_an_article_of_the_very_moment_is_after_it_and_none_is_counted_twice() -> None:
    found = of([told(0, NOW), told(1, NOW - timedelta(days=7)), told(2, NOW + timedelta(days=7))])
    assert (found.before.articles, found.after.articles) == (1, 1)


def test_corrections_are_articles_that_correct_and_claims_that_were_taken_out() -> None:
    mended = {"x": NOW + timedelta(days=2), "y": NOW + timedelta(days=40)}
    found = of([told(0, NOW + timedelta(days=1), role="correction")], mended=mended)
    assert (found.before.corrections, found.after.corrections) == (0, 2)


def test_repeats_are_counted_where_they_were_published() -> None:
    items = around(11, 3)
    found = of(items, repeats={item.article.id for item in items})
    assert found.repeats == ratio(11, 3)
    assert of(items).repeats is None


def test_a_claim_is_gone_with_the_first_revision_that_has_it_no_more() -> None:
    def revision(n: int, text: str) -> Revision:
        return Revision("a", n, "Tựa", "", text, NOW + timedelta(hours=n))

    said, mended = "200 hộ mất nhà.", "20 hộ mất nhà."
    assert gone_at([revision(1, said), revision(2, mended), revision(3, mended)], [said]) == NOW + timedelta(hours=2)
    assert gone_at([revision(1, said), revision(2, said)], [said]) is None
    assert gone_at([revision(1, mended)], [said]) is None
    assert gone_at([revision(1, said), revision(2, mended), revision(3, said)], [said]) is None


def test_days_are_the_provinces_own() -> None:
    late = datetime.fromisoformat("2026-11-21T23:30:00+07:00")
    found = effect(1, late, Seen([told(0, late + timedelta(hours=1))]), "gia-lai", ZONE, late + timedelta(days=2))
    assert [str(day.date) for day in found.by_day if day.articles] == ["2026-11-22"]
