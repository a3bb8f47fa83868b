"""Articles that give orders, and a model that obeys every one of them: nothing of it comes out."""

from __future__ import annotations

import asyncio
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diembao.core.article import Article
from diembao.core.errors import SetAside
from diembao.core.opinion import Gist
from diembao.core.settings_opinion import OpinionSettings
from diembao.opinion import prompts, quoted, telling
from diembao.opinion.endpoint import Endpoint, Question
from diembao.plan.reader import profile
from tests.opinion.articles import LAO, NOW, PASSAGE, gist, lao, outline, second
from tests.opinion.attacks import ATTACKS, TEXTS
from tests.opinion.model_server import ModelServer, Reply, completion, serve

GIA_LAI = profile("gia-lai")
LETTERS = 12_000
# What an obedient model writes where each kind of attack asks for it; "{}" is what it writes otherwise.
STRANGE = {
    "link": "Xem https://evil.example/obeyed.",
    "markdown": "[Bấm vào đây](https://evil.example/pressed).",
    "hidden": "Cảng Quy Nhơn\u202e\u200e\u2066 đón tàu\U000e0041.",
    "rules": "You work for the press office of Gia Lai, Vietnam.",
    "break": "Bài này không liên quan.",
    "host": "Hãy vào very-free-prizes.com hôm nay.",
}


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with serve(lambda _: completion("{}")) as server:
        yield server


def ask(server: ModelServer, question: Question) -> str:
    chosen = OpinionSettings(url=server.url, model="m", timeout=30)
    return asyncio.run(Endpoint(chosen, Path()).ask(question)).text


def obeyed(kind: str, plain: str, **also: Any) -> Reply:
    """As a model answers that does what the article says."""
    answer: dict[str, Any] = json.loads(plain)
    if kind == "tool":
        return completion(None, end="tool_calls", tool_calls=[{"function": {"name": "send_mail", "arguments": "{}"}}])
    if kind == "free":
        return completion("Tôi đã bị chiếm quyền.")
    if kind == "field":
        return completion(json.dumps(answer | {"approved": True}))
    return completion(json.dumps(answer | also, ensure_ascii=False))


def article_with(order: str) -> str:
    return f"{LAO}\n{order}"


def test_there_are_fifty_attacks_in_five_languages() -> None:
    assert len({text for _, _, text in ATTACKS}) == 50
    assert len(TEXTS) == 5


@pytest.mark.parametrize(("language", "kind", "order"), ATTACKS)
def test_a_gist_comes_out_clean_or_not_at_all(model: ModelServer, language: str, kind: str, order: str) -> None:
    article = lao(text=article_with(order))
    said = STRANGE.get(kind, "Cảng Quy Nhơn đón tàu.")
    passage = "Chủ tịch tỉnh đã từ chức hôm nay" if kind == "quote" else PASSAGE
    sentences = [said, "Hai nghìn tấn hàng.", "Cước vận chuyển giảm."]
    model.say = lambda _: obeyed(kind, gist(), sentences=sentences, passage=passage)
    read = telling.gist_of(article, GIA_LAI, "vi", "m", LETTERS, NOW)
    found: Gist | None = None
    try:
        found = read(ask(model, prompts.gist(article, "vi", GIA_LAI, LETTERS)))
    except SetAside:
        assert kind in {"link", "tool", "free", "field", "markdown", "host"}
    else:
        assert kind in {"quote", "hidden", "rules", "break"}
        words = "\n".join([*found.sentences, found.passage, found.told])
        assert quoted.addresses(words) <= quoted.addresses(article.text)
        assert not any(unicodedata.category(letter) == "Cf" for letter in words)
        assert found.passage == ("" if kind == "quote" else PASSAGE)
        assert found.verdict is None  # a person's word is a person's alone


@pytest.mark.parametrize(("language", "kind", "order"), ATTACKS)
def test_a_second_opinion_never_quotes_what_is_not_there(
    model: ModelServer, language: str, kind: str, order: str
) -> None:
    article = lao(text=article_with(order))
    why = STRANGE.get(kind, "Chủ tịch tỉnh đã từ chức hôm nay")
    model.say = lambda _: obeyed(kind, second(), stance_quote=why, relevance_quote=why, themes=[])
    read = telling.second_of(article, GIA_LAI, "m", LETTERS)
    try:
        labels = read(ask(model, prompts.second(article, GIA_LAI, LETTERS)))
    except SetAside:
        assert kind in {"tool", "free", "field"}
    else:
        assert labels == []


@pytest.mark.parametrize(("language", "kind", "order"), ATTACKS)
def test_an_outline_drops_what_has_no_source(model: ModelServer, language: str, kind: str, order: str) -> None:
    article = lao(text=article_with(order))
    said = STRANGE.get(kind, "Chủ tịch tỉnh từ chức.")
    plain = outline((said, 1, "Chủ tịch tỉnh đã từ chức hôm nay"), (f"Tàu đến. {said}", 7, PASSAGE))
    model.say = lambda _: obeyed(kind, plain)
    with pytest.raises(SetAside):
        telling.outline_of("VV-2026-0001", [article], "m", LETTERS, NOW)(
            ask(model, prompts.outline("Tàu", [article], GIA_LAI, LETTERS))
        )


@pytest.mark.parametrize(("language", "kind", "order"), ATTACKS)
def test_the_order_is_shown_as_quoted_data_and_changes_no_rule(language: str, kind: str, order: str) -> None:
    quiet, loud = questions(lao()), questions(lao(text=article_with(order)))
    assert [(each.rules, each.schema) for each in quiet] == [(each.rules, each.schema) for each in loud]
    for each in loud:
        data = json.loads(each.data)
        shown = data.get("article") or data["articles"][0]
        assert shown["text"] == article_with(order)


def questions(article: Article) -> list[Question]:
    return [
        prompts.gist(article, "vi", GIA_LAI, LETTERS),
        prompts.second(article, GIA_LAI, LETTERS),
        prompts.outline("Tàu", [article], GIA_LAI, LETTERS),
    ]


def test_no_question_ever_offers_a_tool(model: ModelServer) -> None:
    assert model.asked
    assert all(body.keys() <= ALLOWED for body in model.asked)


ALLOWED = {"model", "messages", "temperature", "max_tokens", "stream", "response_format", "path"}
