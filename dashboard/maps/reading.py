"""What the maps show: pure functions of an installation, like those of `views`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dashboard.views import about
from diembao.core.article import Kind
from diembao.core.counts import by_value
from diembao.core.ports import SortBy
from diembao.core.query import Range
from diembao.pipeline.wiring import Installation

# Articles whose places are counted, the newest: a week of a busy province.
MOST = 1_000


Place = tuple[str, str]  # the area it lies in, its name
_WHOLE: Final = "province"


@dataclass(frozen=True, slots=True)
class Named:
    """Articles by place of the province; of ``critical`` ones too. ``looked_at`` of ``articles`` in all."""

    articles: int
    looked_at: int
    by_place: Mapping[Place, int]
    critical: Mapping[Place, int]


def places(house: Installation, start: datetime) -> Named:
    """By the places that articles name since ``start``, the province itself left out; each article counts once."""
    here = house.profile
    hits = house.index.search(about(Range("published", start, None)), sort=SortBy.NEWEST, limit=MOST)
    areas, named, critical = {here.id, *here.areas}, Counter[Place](), Counter[Place]()
    whole = {place.name for place in here.places if place.kind == _WHOLE}
    for item in house.store.rows([hit.id for hit in hits.hits]):
        said = ((label.about, label.key) for label in item.labels if label.kind is Kind.PLACE)
        found = {(area, name) for area, name in said if area in areas and name not in whole}
        named.update(found)
        if item.key(Kind.STANCE, here.id) == "critical":
            critical.update(found)
    return Named(hits.total, len(hits.hits), dict(named), dict(critical))


def countries(house: Installation, start: datetime) -> Mapping[str, int]:
    """Articles about the province by the country of their outlets (ISO 3166, two letters), the most first."""
    query = about(Range("published", start, None))
    return by_value(house.index.aggregate(query, {"country": {"terms": {"field": "country", "size": 300}}})["country"])
