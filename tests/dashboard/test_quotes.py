from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.quotes import LENGTH, quote
from diembao.core.article import Article, DateFrom, Kind, Label, Labelled, TextFrom

ARTICLE = Article(
    id="0" * 16,
    url="https://bao.example/1",
    outlet="bao",
    title="Cầu mới",
    lead="Cầu thông xe hôm qua.",
    text="Người dân chờ đã lâu. Họ nói cầu cũ “không ai sửa” suốt năm năm! Xe đã chạy.",
    text_from=TextFrom.PAGE,
    language="vi",
    published_at=None,
    published_from=DateFrom.NONE,
    seen_at=datetime(2026, 11, 21, tzinfo=UTC),
)


def told(*labels: tuple[Kind, str]) -> Labelled:
    return Labelled(ARTICLE, tuple(Label(ARTICLE.id, kind, "x", "gia-lai", why=why) for kind, why in labels))


def test_the_sentence_that_holds_the_phrase_of_the_stance_is_quoted() -> None:
    item = told((Kind.RELEVANCE, "“Cầu”: địa danh"), (Kind.STANCE, "“Không ai sửa”: luật phê-phán-2"))
    assert quote(item, "gia-lai") == "Họ nói cầu cũ “không ai sửa” suốt năm năm!"


def test_without_a_stance_the_sentence_of_the_place_is_quoted() -> None:
    assert quote(told((Kind.RELEVANCE, "“Người dân”")), "gia-lai") == "Người dân chờ đã lâu."


@pytest.mark.parametrize("why", ["", "không có cụm nào", "“không có trong bài”", "“"])
def test_without_a_phrase_the_lead_is_quoted(why: str) -> None:
    assert quote(told((Kind.STANCE, why)), "gia-lai") == "Cầu thông xe hôm qua."


def test_labels_about_another_province_are_not_asked() -> None:
    assert quote(told((Kind.STANCE, "“Xe đã chạy”")), "bac-ninh") == "Cầu thông xe hôm qua."


def test_an_article_without_words_has_no_quotation() -> None:
    assert quote(Labelled(replace(ARTICLE, lead="", text="")), "gia-lai") == ""


def test_a_quotation_is_short() -> None:
    long = Labelled(replace(ARTICLE, lead="", text="rất dài " * 1000))
    assert len(quote(long, "gia-lai")) <= LENGTH + 1
