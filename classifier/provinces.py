"""Several provinces judged in one reading of a text: the names of all are looked for at once, and what is said of a
province is what its own `PlaceTagger` says of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from classifier.mentions import Scanner
from classifier.pages import ABROAD, ELSEWHERE, Page, Standing
from classifier.places import PlaceTagger, blank, names_of
from classifier.roles import standings
from diembao.core.article import Article, Kind, Label
from diembao.plan.reader import Profile


class ProvincesTagger:
    """`PlaceTagger` for each of these profiles; the labels about a province are the same. Implements ``ports.Tagger``.

    Most articles name no place of most provinces: these share one answer.
    """

    kinds: tuple[Kind, ...] = PlaceTagger.kinds

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._taggers = [PlaceTagger(profile) for profile in profiles]
        self._every = Scanner(chain.from_iterable(names_of(profile) for profile in profiles))
        self.version = "+".join(tagger.version for tagger in self._taggers)

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:  # noqa: ARG002 (the door's)
        page = blank(article.title, article.lead, article.text)
        other = self._every.in_other_scripts(page.prepared)
        given: dict[tuple[object, ...], Label] = {}  # two profiles may judge one province
        away: tuple[Page, list[Standing]] | None = None
        for tagger in self._taggers:
            named = tagger.named(page, other=other)
            roles = None
            if not _ours(named):
                away = away if away and away[0].mentions == named.mentions else (named, standings(named))
                named, roles = away
            for label in tagger.judged(article, named, roles):
                given.setdefault((label.kind, label.about, label.key), label)
        return list(given.values())


def _ours(page: Page) -> bool:
    """Is anything named that is of the province, or called like something of it?"""
    return any(mention.name.kind not in {ELSEWHERE, ABROAD} for mention in page.mentions)
