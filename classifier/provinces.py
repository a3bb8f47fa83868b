"""Several provinces judged in one reading of a text: the names of all are looked for at once, and what is said of a
province is what its own taggers say of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from classifier.mentions import Scanners
from classifier.pages import ABROAD, ELSEWHERE, Page
from classifier.places import PlaceTagger, blank, names_of, with_names
from classifier.roles import standings
from classifier.themes import areas_of
from diembao.core.article import Article, Kind, Label, Relevance
from diembao.core.ports import Tagger
from diembao.plan.reader import Profile

_COUNTRY = frozenset({ELSEWHERE, ABROAD})  # kinds of names that are no province's own


class ProvincesTagger:
    """`PlaceTagger` for each of these profiles; the labels about a province are the same. Implements ``ports.Tagger``.

    Most articles name no place of most provinces: these find the same names, and share their roles and the answer.
    """

    kinds: tuple[Kind, ...] = PlaceTagger.kinds

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._taggers = [PlaceTagger(its) for its in profiles]
        self._names = Scanners([names_of(its) for its in profiles])
        self._judged = [its.judged for its in profiles]
        every = list(chain.from_iterable({*its.judged, *areas_of(its)} - _COUNTRY for its in profiles))
        self._once = len(every) == len(set(every))
        self.version = "+".join(tagger.version for tagger in self._taggers)

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:  # noqa: ARG002 (the door's)
        page = blank(article.title, article.lead, article.text)
        said: list[Sequence[Label]] = [()] * len(self._taggers)
        for which, mentions in self._names.find(page.prepared):
            for number, labels in self._of_these(article, with_names(page, mentions), which):
                said[number] = labels
        labels = list(chain.from_iterable(said))
        if self._once:
            return labels
        given: dict[tuple[object, ...], Label] = {}  # two profiles judge one province: the first one's word holds
        for label in labels:
            given.setdefault((label.kind, label.about, label.key), label)
        return list(given.values())

    def _of_these(self, article: Article, page: Page, which: Sequence[int]) -> Iterator[tuple[int, Sequence[Label]]]:
        """What is said of provinces that find the same names."""
        roles = standings(page)
        if any(mention.name.kind not in _COUNTRY for mention in page.mentions):
            return ((n, self._taggers[n].judged(article, page, roles)) for n in which)
        away = self._taggers[which[0]].away(article, page, roles)
        return ((n, [_about(away, province) for province in self._judged[n]]) for n in which)


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
