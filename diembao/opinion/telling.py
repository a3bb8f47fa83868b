"""Gists, second opinions and outlines out of a model's answers: what can be checked is checked here, what does not
hold is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final

from diembao.core.article import Article, Kind, Label
from diembao.core.errors import SetAside
from diembao.core.opinion import SECOND, Gist, Line, Outline
from diembao.opinion import prompts, quoted
from diembao.opinion.answers import GistAnswer, OutlineAnswer, SecondAnswer, parsed
from diembao.plan.reader import Profile

WHY: Final = 200  # characters of a quote that is kept as a reason


def gist_of(
    article: Article, profile: Profile, language: str, model: str, letters: int, now: datetime
) -> Callable[[str], Gist]:
    """The reader of an answer.

    Raises:
        SetAside: (as it reads) it is no gist, in letters of another language, or it holds an address that the article
            does not have.
    """
    shown = prompts.words_of(article, letters)

    def read(text: str) -> Gist:
        answer = parsed(text, GistAnswer)
        sentences = tuple(quoted.sentence(each, shown) for each in answer.sentences)
        there = quoted.holds(shown, answer.passage)
        passage, told = quoted.line(answer.passage), quoted.sentence(answer.passage_told, shown)
        passage, told = (passage, told) if there else ("", "")
        if not quoted.in_latin_letters(" ".join(sentences)):
            raise SetAside("tóm tắt không viết bằng tiếng được hỏi (the gist is not in the language asked for)")
        quoted.refuse_addresses([*sentences, passage, told, " ".join(sentences)], shown)
        told = told if quoted.in_latin_letters(told) else ""
        return Gist(article.id, profile.id, language, article.revision, model, sentences, passage, told, now)

    return read


def second_of(article: Article, profile: Profile, model: str, letters: int) -> Callable[[str], list[Label]]:
    """The reader of an answer: labels of the kinds `core.opinion.SECOND`, each with its quote as the reason.

    Raises:
        SetAside: (as it reads) it is no second opinion.
    """
    shown = prompts.words_of(article, letters)

    def read(text: str) -> list[Label]:
        answer = parsed(text, SecondAnswer)
        named = {each.theme: each.quote for each in answer.themes if each.theme in profile.themes}
        said = [
            (Kind.RELEVANCE, answer.relevance, answer.relevance_quote),
            *((Kind.THEME, theme, quote) for theme, quote in named.items()),
            (Kind.STANCE, answer.stance, answer.stance_quote),
        ]
        return [
            Label(
                article.id,
                SECOND[kind],
                key,
                about=profile.id,
                revision=article.revision,
                by=f"model:{model}",
                why=f"“{quoted.line(quote)[:WHY]}”",
            )
            for kind, key, quote in said
            if quoted.holds(shown, quote) and not quoted.strange_addresses([quoted.line(quote)[:WHY]], shown)
        ]

    return read


def outline_of(
    case: str, articles: Sequence[Article], model: str, letters: int, now: datetime
) -> Callable[[str], Outline]:
    """The reader of an answer.

    Raises:
        SetAside: (as it reads) it is no outline, or nothing of it holds.
    """
    share = max(500, letters // max(1, len(articles)))

    def read(text: str) -> Outline:
        answer = parsed(text, OutlineAnswer)
        lines = tuple(_lines(answer, articles, share))
        if not lines:
            raise SetAside("không câu nào có nguồn đúng (no sentence has a source that holds)")
        return Outline(case, model, lines, len(answer.sentences) - len(lines), len(articles), now)

    return read


def _lines(answer: OutlineAnswer, articles: Sequence[Article], share: int) -> Iterator[Line]:
    for each in answer.sentences:
        if not 1 <= each.source <= len(articles):
            continue
        article = articles[each.source - 1]
        shown = prompts.words_of(article, share)
        text, quote = quoted.sentence(each.text, shown), quoted.line(each.quote)
        strange = quoted.strange_addresses([text, quote], shown) or not quoted.in_latin_letters(text)
        if not strange and quoted.holds(shown, quote) and quoted.quotes_hold(text, shown):
            yield Line(text, article.id, quote)
