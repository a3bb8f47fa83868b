"""Themes that a province has added: recognised by the seeds that a person gave, no head was trained on them.

A phrase in the title or the lead names the theme; in the text alone it takes two different ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

from classifier.seeds import Lexicon, of_phrases
from classifier.themes import is_about, language_of
from classifier.words import settled, tokens
from diembao.core.article import Article, Kind, Label
from diembao.plan.reader import Profile

READ = 5_000  # characters of a text, after the lead, in which phrases count
_HEAD, _TEXT, _ENOUGH = 0.8, 0.6, 2  # scores by where phrases stand; different ones that the text takes


class AddedThemeTagger:
    """For articles about the profile's province. Implements ``ports.Tagger``."""

    kinds: tuple[Kind, ...] = (Kind.THEME,)

    def __init__(self, profile: Profile) -> None:
        self._province, self._seeds = profile.id, profile.seeds
        said = repr(sorted((theme, sorted(each.items())) for theme, each in profile.seeds.items()))
        self.version = f"added-{profile.id}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"
        self._lexicon = cache(self._made)

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:
        language = language_of(article, found).partition("-")[0].lower()
        known = self._lexicon(language) if is_about(self._province, found) else None
        if known is None:
            return ()
        head = settled(f"{article.title}\n{article.lead}")[0]
        text, compared = settled(f"{article.title}\n{article.lead}\n{article.text[:READ]}")
        said: dict[str, dict[str, int]] = {}  # theme → phrase as it stands → where it stands first
        for hit in known.find(compared, tokens(compared)):
            for theme in hit.weights:
                said.setdefault(theme, {}).setdefault(text[hit.start : hit.end].lower(), hit.start)
        return [label for theme, each in said.items() if (label := self._label(article, theme, each, len(head)))]

    def _label(self, article: Article, theme: str, said: dict[str, int], head: int) -> Label | None:
        at_top = any(start < head for start in said.values())
        if not at_top and len(said) < _ENOUGH:
            return None
        why = ", ".join(f"“{phrase}”" for phrase in list(said)[:3])
        score = _HEAD if at_top else _TEXT
        return Label(article.id, Kind.THEME, theme, self._province, article.revision, score, why=why)

    def _made(self, language: str) -> Lexicon | None:
        phrases = {theme: dict.fromkeys(each[language], 1.0) for theme, each in self._seeds.items() if language in each}
        return of_phrases(phrases, language) if phrases else None
