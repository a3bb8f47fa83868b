"""Tags an article that is about the province with the themes of its plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from classifier import head
from classifier.example import LANGUAGES
from classifier.features import read
from classifier.telling import telling
from diembao.core.article import Article, Kind, Label, Relevance
from diembao.plan.reader import Profile

MODEL = head.FOLDER / "themes.npz"

# The chance from which a theme is named in Vietnamese. Scores are fitted so that a score is about the share of right
# answers (docs/quality.md); a little under one half names more of what is there than it costs. The other languages
# have theirs in the head (`calibration`).
THRESHOLD = 0.45


class ThemeTagger:
    """Themes of articles whose relevance about the profile's province is yes or part; for languages it
    was not taught it says nothing.
    """

    kinds: tuple[Kind, ...] = (Kind.THEME,)

    def __init__(self, profile: Profile, model_path: Path | None = None) -> None:
        self._province, self._areas = profile.id, areas_of(profile)
        self._head = head.load(model_path or MODEL)
        self.version = self._head.version

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:
        language = language_of(article, found)
        if not is_about(self._province, found) or not taught(language):
            return ()
        reading = read(article, language, own(found, self._areas))
        weighed, least = self._head.weighed(reading), self._head.threshold(reading)
        return tuple(
            Label(
                article_id=article.id,
                kind=Kind.THEME,
                key=theme,
                about=self._province,
                revision=article.revision,
                score=round(float(chance), 4),
                by=f"model:{self.version}",
                why=telling(reading, weighed.carried(theme)),
            )
            for theme, chance in zip(self._head.labels, weighed.chances(), strict=True)
            if chance >= least
        )


def areas_of(profile: Profile) -> frozenset[str]:
    """Where the places of a profile lie."""
    return frozenset(place.area for place in profile.places)


def own(found: Sequence[Label], areas: frozenset[str]) -> Sequence[Label]:
    """Without the places of other provinces that are judged beside this one."""
    return [label for label in found if label.kind is not Kind.PLACE or label.about in areas]


def is_about(province: str, found: Sequence[Label]) -> bool:
    """Does the relevance label about this province say yes or part?"""
    said = [label.key for label in found if label.kind is Kind.RELEVANCE and label.about == province]
    return any(key in (Relevance.YES, Relevance.PART) for key in said)


def language_of(article: Article, found: Sequence[Label]) -> str:
    """What an earlier label says, else what the outlet declares."""
    return next((label.key for label in found if label.kind is Kind.LANGUAGE), article.language)


def taught(language: str) -> bool:
    """``zh``, ``zh-TW`` and ``vi-VN`` count by their first part."""
    return language.partition("-")[0].lower() in {known.partition("-")[0] for known in LANGUAGES}
