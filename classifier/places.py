"""Which places an article names, and whether it is about the province.

``mentions`` finds names, ``namesakes`` and ``roles`` settle what each of them is, ``relevance`` weighs them; the words
they go by are in ``cues``, names and facts of the province in its profile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from classifier import cues
from classifier.mentions import Mention, Name, Scanner, prepare
from classifier.pages import ABROAD, CLUB, ELSEWHERE, NOTHING, Page, Role, Standing, Told
from classifier.relevance import Sides, Verdict, about, inferred, quoted, told_later
from classifier.roles import standings
from diembao.core.article import Article, Kind, Label, Relevance
from diembao.core.text import normal
from diembao.plan.reader import Place, Profile, elsewhere

READ = 20_000  # characters of a text that are read; what a longer page is about is said before
_HEAD = (1_000, 5_000)  # characters of a title and a lead; longer ones are a fault of their feed
_MENTIONS = 400  # weighed in one article; a directory of communes is about none of them
_HINTED = 800  # characters of the text, after the lead, in which words of one side count
_RULES = 3  # raised when a rule changes, so that articles are judged again


class Gazetteer:
    """The names of a profile's places, of what is called like them, and of the country around."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._scanner = Scanner(names_of(profile))
        self._hints = {
            area: Scanner(Name(word, word, "hint", area) for word in words) for area, words in profile.hints.items()
        }

    def page(self, title: str, lead: str = "", text: str = "") -> Page:
        """A text with every name in it, title and lead first."""
        page = blank(title, lead, text)
        return with_names(page, self._scanner.find(page.prepared))

    def standings(self, title: str, lead: str = "", text: str = "") -> list[Standing]:
        """Every name in its role."""
        return standings(self.page(title, lead, text))

    def mentions(self, text: str) -> list[Mention]:
        """Every name of the profile in a text, namesakes and elsewhere left out, nothing settled."""
        found = self._scanner.find(prepare(text))
        return [x for x in found if x.name.area and x.name.kind != ELSEWHERE]

    def hints(self, page: Page) -> dict[str, list[str]]:
        """Words near the top that speak of one side of the province, as they stand in the text."""
        top = page.prepared.beginning(page.ends[1] + _HINTED)
        return {area: [top.text[x.start : x.end] for x in words.find(top)] for area, words in self._hints.items()}


def blank(title: str, lead: str = "", text: str = "") -> Page:
    """A text, title and lead first, in which nobody has looked for names yet."""
    title, lead = (" ".join(part[:most].split()) for part, most in zip((title, lead), _HEAD, strict=True))
    whole = prepare(f"{title}\n{lead}\n{text[:READ]}")
    first = whole.text.index("\n")
    ends = (first, whole.text.index("\n", first + 1))
    low = whole.text.lower()
    low = low if len(low) == len(whole.text) else whole.marked
    return Page(whole, low, ends, (), Told(low, ends))


def with_names(page: Page, mentions: Sequence[Mention]) -> Page:
    return replace(page, mentions=mentions[:_MENTIONS])


def names_of(profile: Profile) -> Iterator[Name]:
    """In the order in which equal names are taken: what is no place, sure places, the country, shared names."""
    for namesake in profile.namesakes:
        for form in (namesake.name, *namesake.also):
            area = namesake.area if namesake.kind == CLUB else ""
            yield Name(form, namesake.name, namesake.kind, area)
    ours = {_key(place) for place in profile.places if place.kind == "province"}
    sure = (place for place in profile.places if place.sure)
    country = (place for place in elsewhere() if _key(place) not in ours)
    shared = (place for place in profile.places if not place.sure)
    for place in chain(sure, country, shared):
        abroad = place.kind == ABROAD
        kind = ELSEWHERE if place.area == ELSEWHERE and not abroad else place.kind
        for form in _forms(place):
            yield Name(form, place.name, kind, "" if abroad else place.area, place.sure)


def _key(place: Place) -> str:
    return normal(place.name)


def _forms(place: Place) -> Iterable[str]:
    return dict.fromkeys(chain((place.name,), *place.exonyms.values()))


class PlacePrefilter:
    """Could this be about any of these provinces? Any name, exonym or folded form. Implements ``ports.Prefilter``."""

    def __init__(self, *profiles: Profile) -> None:
        places = [place for profile in profiles for place in profile.places]
        namesakes = [namesake for profile in profiles for namesake in profile.namesakes]
        wanted = [Name(form, p.name, p.kind, p.area) for p in places if _wide(p) for form in _forms(p)]
        clubs = [Name(form, x.name, x.kind, "") for x in namesakes for form in (x.name, *x.also)]
        self._scanner = Scanner([*wanted, *clubs])

    def may_be_about(self, title: str, summary: str) -> bool:
        return self._scanner.any(prepare(f"{title[: _HEAD[0]]}\n{summary[: _HEAD[1]]}"))


def _wide(place: Place) -> bool:
    """Shared names of communes stand in half of all news, and count only beside a name that is found anyway."""
    return place.sure or place.kind != "commune"


@dataclass(frozen=True, slots=True)
class Judged:
    """A page and every name in it in its role."""

    page: Page
    found: list[Standing]


class PlaceTagger:
    """Places an article names, and its relevance about each province it is judged for. Implements ``ports.Tagger``.

    Relevance is about ``profile.judged``: the province, and the former one whose plan it carries on.
    """

    kinds: tuple[Kind, ...] = (Kind.PLACE, Kind.RELEVANCE)

    def __init__(self, profile: Profile, gazetteer: Gazetteer | None = None) -> None:
        self._profile = profile
        self._gazetteer = gazetteer or Gazetteer(profile)
        self.version = f"places-{_RULES}-{_digest(profile)}"

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:  # noqa: ARG002 (the door's)
        return self.judged(article, self._gazetteer.page(article.title, article.lead, article.text))

    def judged(self, article: Article, page: Page, found: list[Standing] | None = None) -> list[Label]:
        """The labels of an article whose names were found; ``found`` are their roles, where they are known."""
        places = standings(page) if found is None else found
        if self._before_the_merger(article):
            places = [self._of_its_time(x) for x in places]
        judged = Judged(page, places)
        labels = [self._relevance(article, judged, province) for province in self._profile.judged]
        return [*self._places(article, judged), *labels]

    def away(self, article: Article, page: Page, found: list[Standing]) -> Label:
        """What is said of each province that is judged, where nothing of any of them is named."""
        return self._relevance(article, Judged(page, found), self._profile.whole)

    # -- relevance

    def _relevance(self, article: Article, judged: Judged, province: str) -> Label:
        verdict = self._verdict(judged, province)
        return Label(
            article.id,
            Kind.RELEVANCE,
            verdict.key.value,
            about=province,
            revision=article.revision,
            score=verdict.score,
            why=verdict.why(judged.page),
        )

    def _verdict(self, judged: Judged, province: str) -> Verdict:
        page, found, whole = judged.page, judged.found, self._profile.whole
        everywhere = about(page, found)
        if province == whole:
            return everywhere
        verdict = about(page, found, province, whole)
        named = [x for x in found if x.name.area == whole and x.role not in NOTHING]
        if verdict.key is Relevance.YES or not named:
            return verdict
        own = [x for x in found if x.name.area == province and x.role not in NOTHING]
        sides = self._sides(judged, province)
        guess = inferred(page, everywhere, named, sides)
        if own and guess.key is not Relevance.YES:
            return told_later(verdict, everywhere, own, sides)
        return guess

    def _sides(self, judged: Judged, province: str) -> Sides:
        hints = self._gazetteer.hints(judged.page)
        theirs = chain.from_iterable(found for area, found in hints.items() if area != province)
        others = [
            x
            for x in judged.found
            if x.ours and x.name.area not in {province, self._profile.whole} and x.role not in NOTHING
            if not (x.name.kind == "city" and cues.SEAT_BEFORE.search(judged.page.before(x.start)))
        ]
        return Sides(next(iter(hints.get(province, ())), ""), next(theirs, ""), tuple(others))

    # -- before the merger

    def _before_the_merger(self, article: Article) -> bool:
        return bool(self._profile.merged) and article.when.date().isoformat() < self._profile.merged

    def _of_its_time(self, standing: Standing) -> Standing:
        """Before the merger the name of today's province meant the other former one."""
        name = standing.name
        if name.area != self._profile.whole or name.kind != "province":
            return standing
        former = next((area for area in self._profile.hints if area != self._profile.plan), name.area)
        then = Name(name.form, name.place, name.kind, former, name.sure)
        return Standing(then, standing.start, standing.end, standing.field, standing.role)

    # -- places

    def _places(self, article: Article, judged: Judged) -> Iterator[Label]:
        seen: set[tuple[str, str]] = set()
        for x in judged.found:
            key = (x.name.place, x.name.area)
            if not x.ours or x.role in NOTHING or x.name.kind == CLUB or key in seen:
                continue
            seen.add(key)
            yield Label(
                article.id,
                Kind.PLACE,
                x.name.place,
                about=x.name.area,
                revision=article.revision,
                score=0.95 if x.role is Role.ABOUT else 0.7,
                why=f"“{quoted(judged.page, x)}”: {x.role.value}",
            )


def _digest(profile: Profile) -> str:
    """Changes when a name or a hint does."""
    names = [f"{n.form}|{n.place}|{n.kind}|{n.area}|{n.sure}" for n in names_of(profile)]
    hints = [f"{area}:{','.join(words)}" for area, words in profile.hints.items()]
    said = "\n".join([*names, *hints, profile.merged, *profile.judged])
    return hashlib.sha256(said.encode()).hexdigest()[:8]
