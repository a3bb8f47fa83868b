"""Articles that give orders, and models that obey: what comes out is in its form, and without what they were made for.

The answers go the way of every answer (`protocol.read`, then `telling`), without a server between.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import TypeVar

import pytest

from diembao.core.article import Article
from diembao.core.errors import SetAside
from diembao.opinion import prompts, protocol, quoted, telling
from diembao.opinion.endpoint import Question
from diembao.plan.reader import profile
from tests.opinion.articles import LAO, NOW, PASSAGE, lao, outline, second
from tests.opinion.attack import TEXT, Attack
from tests.opinion.attacks import ATTACKS, BY_LANGUAGE
from tests.opinion.model_server import Reply, completion, serve
from tests.opinion.test_endpoint import ask

GIA_LAI = profile("gia-lai")
LETTERS = 12_000
GOOD = "Cảng Quy Nhơn đón tàu."
T = TypeVar("T")
every_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda each: each.name)


def of(attack: Attack) -> Article:
    return lao(text=f"{TEXT}\n{attack.order}")


def made(reply: Reply, read: Callable[[str], T]) -> T | None:
    """None: all of it was dropped."""
    try:
        return read(protocol.read(reply.kind, reply.body).text)
    except SetAside:
        return None


def assert_clean(words: Sequence[str], article: Article, attack: Attack) -> None:
    together = "\n".join(words)
    assert attack.harm not in together
    assert quoted.addresses(together) <= quoted.addresses(article.text)
    assert not {unicodedata.category(letter) for letter in together} & {"Cf", "Co", "Cs", "Cn"}


def test_there_are_more_than_fifty_attacks_and_each_is_another() -> None:
    assert {
        language: len(attacks) >= 10 for language, attacks in BY_LANGUAGE.items() if language != "lo"
    } == dict.fromkeys(("vi", "en", "zh", "ru", "ko"), True)
    assert len(ATTACKS) >= 50
    for name in ("name", "order", "reply.body", "harm"):
        assert len(set(map(attrgetter(name), ATTACKS))) == len(ATTACKS), name


@every_attack
def test_a_gist_comes_out_clean_or_not_at_all(attack: Attack) -> None:
    article = of(attack)
    found = made(attack.reply, telling.gist_of(article, GIA_LAI, "vi", "m", LETTERS, NOW))
    assert (found is None) == attack.dropped
    if found is not None:
        assert_clean([*found.sentences, found.passage, found.told], article, attack)
        assert (found.article_id, found.province, found.language) == (article.id, "gia-lai", "vi")
        assert found.passage in {"", PASSAGE}
        assert found.verdict is None  # a person's word is a person's alone


@every_attack
def test_a_second_opinion_never_quotes_what_is_not_there(attack: Attack) -> None:
    article, said = of(attack), attack.sentence
    themes = [{"theme": attack.name, "quote": PASSAGE}, {"theme": "tourism", "quote": said[:400]}]
    obeyed = completion(second(relevance_quote=PASSAGE, stance_quote=said[:400], themes=themes))
    labels = made(obeyed if said else attack.reply, telling.second_of(article, GIA_LAI, "m", LETTERS)) or []
    assert {(each.kind.value, each.about, each.by) for each in labels} <= {("second-relevance", "gia-lai", "model:m")}
    assert_clean([each.why for each in labels], article, attack)


@every_attack
def test_an_outline_keeps_the_sentence_beside_it_and_nothing_of_the_attack(attack: Attack) -> None:
    article, said = of(attack), attack.sentence
    lines = outline((f"Tàu đến. {said}", 1, attack.quote), (said or GOOD, 7, PASSAGE), (GOOD, 1, PASSAGE))
    obeyed = completion(lines) if said else attack.reply
    found = made(obeyed, telling.outline_of("VV-2026-0001", [article], "m", LETTERS, NOW))
    assert (found is None) == (not said or len(said) > 700)
    if found is not None:
        assert found.lines[-1].text == GOOD
        assert {each.quote for each in found.lines} == {PASSAGE}
        assert_clean([each.text for each in found.lines], article, attack)


@every_attack
def test_the_order_is_shown_as_quoted_data_and_changes_no_rule(attack: Attack) -> None:
    quiet, loud = questions(lao()), questions(of(attack))
    assert [(each.rules, each.schema) for each in quiet] == [(each.rules, each.schema) for each in loud]
    for each in loud:
        data = json.loads(each.data)
        shown = data.get("article") or data["articles"][0]
        assert shown["text"] == of(attack).text


def questions(article: Article) -> list[Question]:
    return [
        prompts.gist(article, "vi", GIA_LAI, LETTERS),
        prompts.second(article, GIA_LAI, LETTERS),
        prompts.outline("Tàu", [article], GIA_LAI, LETTERS),
    ]


def test_the_articles_own_address_and_words_may_be_repeated() -> None:
    read = partial(made, read=telling.gist_of(lao(text=TEXT), GIA_LAI, "vi", "m", LETTERS, NOW))
    said = ["Đọc thêm: https://bit.ly/abc123 và t.me/baolao.", "Hai câu.", "Ba câu."]
    found = read(completion(json.dumps({"sentences": said, "passage": PASSAGE, "passage_told": "Cảng đón tàu."})))
    assert found is not None
    assert (list(found.sentences), found.passage) == (said, PASSAGE)
    assert PASSAGE in LAO


def test_no_question_offers_a_tool_whatever_the_article_says() -> None:
    with serve(lambda _: completion("{}")) as server:
        for each in questions(of(ATTACKS[2])):
            ask(server.url, question=each)
    assert len(server.asked) == 3
    assert all(body.keys() <= ALLOWED for body in server.asked)


ALLOWED = {"model", "messages", "temperature", "max_tokens", "stream", "response_format", "path"}
