"""Relevance of a headline about one province, by the product's own tagger; taggers are made once."""

import datetime as dt
from functools import cache

from classifier.places import PlaceTagger
from diembao.core.article import Article, DateFrom, Kind, TextFrom
from diembao.plan.reader import profile

NOW = dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC)
_PROFILES = {"binh-dinh": "gia-lai", "bac-giang": "bac-ninh", "quang-binh": "quang-tri", "binh-phuoc": "dong-nai"}


@cache
def tagger(province: str) -> PlaceTagger:
    return PlaceTagger(profile(province))


def relevance(province: str, title: str, lead: str = "") -> str:
    """``yes``, ``part`` or ``no`` about a province of today or a former one."""
    article = Article(
        "0123456789abcdef",
        "https://bao.example/1",
        "bao",
        title,
        lead,
        "",
        TextFrom.FEED,
        "vi",
        NOW,
        DateFrom.FEED,
        NOW,
    )
    today = _PROFILES.get(province, "phu-tho" if province == "vinh-phuc" else province)
    labels = tagger(today).judge(article, ())
    return next(x.key for x in labels if x.kind is Kind.RELEVANCE and x.about == province)
