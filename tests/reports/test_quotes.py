"""The sentence that made an article matter."""

from datetime import UTC, datetime

import pytest

from diembao.core.article import Article, DateFrom, Kind, Label, Labelled, TextFrom
from diembao.reports.quotes import LENGTH, quote

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def item(text: str, *why: str, lead: str = "", kind: Kind = Kind.STANCE, about: str = "gia-lai") -> Labelled:
    article = Article(
        "a", "https://a.example/", "bao", "Tít", lead, text, TextFrom.PAGE, "vi", None, DateFrom.NONE, NOW
    )
    return Labelled(article, tuple(Label("a", kind, "critical", about, why=each) for each in why))


def test_it_holds_the_phrase_that_settled_the_stance() -> None:
    text = "Câu một. Họ gửi đơn ba lần mà chưa ai trả lời. Câu ba."
    assert quote(item(text, "“gửi đơn ba lần”: luật 3"), "gia-lai") == "Họ gửi đơn ba lần mà chưa ai trả lời."


def test_capitals_do_not_matter_and_the_first_phrase_that_is_there_wins() -> None:
    text = "Câu một. NƯỚC ĐEN chảy ra sông. Câu ba."
    assert quote(item(text, "“không có ở đây”, “nước đen”"), "gia-lai") == "NƯỚC ĐEN chảy ra sông."


@pytest.mark.parametrize("why", ["", "trung tính 0.48", "“không có ở đây”"])
def test_without_a_phrase_it_is_the_first_sentence(why: str) -> None:
    assert quote(item("Thân bài.", why, lead="Sa-pô đây. Câu hai."), "gia-lai") == "Sa-pô đây."


def test_reasons_about_another_province_do_not_count() -> None:
    text = "Câu một. Câu hai có lý do."
    assert quote(item(text, "“lý do”", about="binh-dinh"), "gia-lai") == "Câu một."


def test_it_is_short_also_where_a_text_has_no_stop() -> None:
    assert len(quote(item("từ " * 5000 + "lý do " + "từ " * 5000, "“lý do”"), "gia-lai")) <= LENGTH + 2


def test_letters_that_change_their_length_in_small_letters_do_not_move_it() -> None:
    text = "İİİİİİİİİİ. Câu có lý do. Hết."
    assert quote(item(text, "“lý do”"), "gia-lai") == "Câu có lý do."


def test_an_article_without_words_has_no_sentence() -> None:
    assert quote(item(""), "gia-lai") == ""
