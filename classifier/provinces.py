"""Several provinces judged in one reading of a text: the names of all are looked for at once, and what is said of a
province is what its own taggers say of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from classifier.mentions import Scanner
from classifier.pages import ABROAD, ELSEWHERE
from classifier.places import PlaceTagger, blank, names_of
from diembao.core.article import Article, Kind, Label, Relevance
from diembao.core.ports import Tagger
from diembao.plan.reader import Profile

_COUNTRY = frozenset({ELSEWHERE, ABROAD})  # kinds of names that are no province's own


class ProvincesTagger:
    """`PlaceTagger` for each of these profiles; the labels about a province are the same. Implements ``ports.Tagger``.

    Most articles name no place of most provinces: these share one answer.
    """

    kinds: tuple[Kind, ...] = PlaceTagger.kinds

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._each = [(PlaceTagger(its), its.judged) for its in profiles]
        self._every = Scanner(chain.from_iterable(names_of(profile) for profile in profiles))
        self.version = "+".join(tagger.version for tagger, _ in self._each)

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:  # noqa: ARG002 (the door's)
        page = blank(article.title, article.lead, article.text)
        other = self._every.in_other_scripts(page.prepared)
        given: dict[tuple[object, ...], Label] = {}  # two profiles may judge one province
        away: Label | None = None
        for tagger, judged in self._each:
            named = tagger.named(page, other=other)
            if any(mention.name.kind not in _COUNTRY for mention in named.mentions):
                labels = tagger.judged(article, named)
            else:
                away = away or tagger.judged(article, named)[0]
                labels = [_about(away, province) for province in judged]
            for label in labels:
                given.setdefault((label.kind, label.about, label.key), label)
        return list(given.values())


class EachTagger:
    """Taggers of one kind, one for each of these provinces: only those are asked whose province the article is about.
    Implements ``ports.Tagger``.
    """

    def __init__(self, taggers: Sequence[tuple[str, Tagger]]) -> None:
        self._taggers = taggers
        self.kinds = taggers[0][1].kinds
        self.version = "+".join(tagger.version for _, tagger in taggers)

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:
        about = {x.about for x in found if x.kind is Kind.RELEVANCE and x.key != Relevance.NO}
        if not about:
            return ()
        return [x for province, tagger in self._taggers if province in about for x in tagger.judge(article, found)]


def _about(label: Label, province: str) -> Label:
    """Where nothing of a province is named, all that is said of it is one no, for the same reason everywhere."""
    return Label(label.article_id, label.kind, label.key, province, label.revision, label.score, label.by, label.why)
