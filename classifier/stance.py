"""How an article presents the province: positive, neutral or critical. A suggestion, and silent when unsure.

*Critical* is not *false*, and most bad news is not critical: a storm, an accident or a crime without
blame is neutral (the annotation guide of the examples).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier import head
from classifier.features import Floats, Reading, read
from classifier.sentences import names
from classifier.targets import Targets
from classifier.telling import deciding
from classifier.themes import areas_of, is_about, language_of, own, taught
from diembao.core.article import Article, Kind, Label, Stance
from diembao.plan.reader import Profile

MODEL = head.FOLDER / "stance.npz"

# The chance of the likeliest stance below which none is named in Vietnamese: about four in five of what is named is
# right on real headlines (docs/quality.md). The other languages have theirs in the head (`calibration`).
THRESHOLD = 0.55

# What a reader sees of the stances the machine could not choose between.
_SAID = {"positive": "tích cực", "neutral": "trung tính", "critical": "phê phán"}
_EITHER = "câu nêu cả nơi khác, không rõ nói về nơi nào"


@dataclass(frozen=True, slots=True)
class _Told:
    """What the head says of a reading; ``shown``: it is likely enough to be shown."""

    reading: Reading
    weighed: head.Weighed
    chances: Floats
    key: str
    shown: bool

    @property
    def chance(self) -> float:
        return float(self.chances.max())


class StanceTagger:
    """One label for an article whose relevance about the profile's province is yes or part. ``threshold`` takes the
    place of the one learned for each language; 0 never abstains.
    """

    kinds: tuple[Kind, ...] = (Kind.STANCE,)

    def __init__(self, profile: Profile, model_path: Path | None = None, *, threshold: float | None = None) -> None:
        self._province, self._areas = profile.id, areas_of(profile)
        self._head = head.load(model_path or MODEL)
        self._threshold = threshold
        self._targets = Targets(profile)
        self.version = self._head.version + ("" if threshold is None else f"-{threshold}")

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:
        if not is_about(self._province, found):
            return ()
        language = language_of(article, found)
        if not taught(language):
            return (
                self._label(article, Stance.ABSTAIN, 0.0, f"máy chưa được dạy đọc thái độ ở ngôn ngữ này ({language})"),
            )
        read_whole = read(article, language, own(found, self._areas))
        aimed = self._targets.aim(read_whole, found)
        if aimed.whole is None and self._threshold is None:
            return (self._label(article, Stance.ABSTAIN, 0.0, "chỉ thấy lời nói về nơi khác"),)
        told = self._told(aimed.whole or read_whole)
        if aimed.torn and told.key != Stance.NEUTRAL:
            sure = self._told(aimed.sure) if aimed.sure else None
            if sure and sure.shown and sure.key != Stance.NEUTRAL:
                told = sure
            elif self._threshold is None:
                return (self._label(article, Stance.ABSTAIN, told.chance, _EITHER),)
        if not told.shown:
            return (self._label(article, Stance.ABSTAIN, told.chance, self._torn(told.chances)),)
        why = deciding(told.reading, told.weighed.carried(told.key), names(own(found, self._areas)))
        return (self._label(article, told.key, told.chance, why),)

    def _told(self, reading: Reading) -> _Told:
        weighed = self._head.weighed(reading)
        chances = weighed.chances()
        chances = np.asarray(chances / chances.sum(), dtype=np.float64)  # learned apart; they share one article
        best = int(chances.argmax())
        least = self._head.threshold(reading) if self._threshold is None else self._threshold
        return _Told(reading, weighed, chances, self._head.labels[best], bool(chances[best] >= least))

    def _torn(self, chances: Floats) -> str:
        """The two likeliest, for example "trung tính 48%, phê phán 41%"."""
        order = sorted(range(len(chances)), key=lambda column: -chances[column])
        return "phân vân: " + ", ".join(f"{_SAID[self._head.labels[c]]} {chances[c] * 100:.0f}%" for c in order[:2])

    def _label(self, article: Article, key: str, score: float, why: str) -> Label:
        return Label(
            article_id=article.id,
            kind=Kind.STANCE,
            key=str(key),
            about=self._province,
            revision=article.revision,
            score=round(score, 4),
            by=f"model:{self.version}",
            why=why,
        )
