"""Every figure of a report equals SQL over the record."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from benchmarks.bulk import Judged, load
from benchmarks.reports import coverage
from diembao.core.article import DateFrom, Kind, Label
from diembao.pipeline.wiring import Installation
from diembao.reports.weekly import weekly
from tests.reports.coverage import NOW, THE_WEEK
from tests.reports.truth import Truth


def generated(house: Installation) -> Iterator[Judged]:
    """Sixty articles of the week and twenty of each before: an outlet that the catalogue does not know, no time, no
    stance, two provinces, labels of people.
    """
    chance = random.Random(3)
    for n, (article, labels) in enumerate(coverage(house, 60, 20)):
        its = article
        if n % 7 == 0:
            its = replace(its, outlet="khong-ro-nuoc")
        if n % 11 == 0:
            its = replace(its, published_at=None, published_from=DateFrom.NONE)
        if n % 13 == 0:
            its = replace(its, text="Chiều qua, tỉnh HỌP BÁO về bão.")
        elif n % 5 == 0:
            its = replace(its, text="Trong trường hợp bão vào bờ, tỉnh sơ tán dân.")
        given = [x for x in labels if not (n % 9 == 0 and x.kind is Kind.STANCE)]
        if n % 5 == 0:
            given.append(Label(its.id, Kind.STANCE, chance.choice(("critical", "neutral")), "gia-lai", by="person:lan"))
        if n % 17 == 0:
            given.append(Label(its.id, Kind.RELEVANCE, "no", "gia-lai", by="person:lan"))
        if n % 4 == 1:
            given.append(Label(its.id, Kind.RELEVANCE, "part", "binh-dinh"))
        yield its, given


def test_every_figure_equals_sql_over_the_record(make: Callable[..., Installation]) -> None:
    house = make()
    load(house, generated(house))
    for province in ("gia-lai", "binh-dinh"):
        found = weekly(house, THE_WEEK, province=province, now=NOW)
        assert found.periods == 7
        assert len(found.figures) > 50
        assert Truth(house, province).wrong(found.figures, THE_WEEK.zone) == []


def test_sql_would_find_a_figure_that_is_wrong(make: Callable[..., Installation]) -> None:
    house = make()
    load(house, generated(house))
    found = weekly(house, THE_WEEK, province="gia-lai", now=NOW + timedelta(hours=1))
    o = found.overview
    less = replace(o.critical, now=replace(o.critical.now, ids=o.critical.now.ids[1:]))
    (said,) = Truth(house).wrong((less,), THE_WEEK.zone)
    assert said.startswith("Bài phê phán 2026-11-13")
