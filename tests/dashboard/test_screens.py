"""What holds on every screen: it opens on nothing, keeps its language, and says why it shows no number."""

from __future__ import annotations

import pytest

from diembao.pipeline.wiring import Installation
from tests.dashboard.conftest import Away, figures_of, screen, titles_of, words_of

SCREENS = ("today", "stream", "article")


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_screen_opens_on_an_empty_installation_and_says_what_to_do(
    empty: Installation, name: str, language: str
) -> None:
    told = words_of(screen(name, lang=language))
    expected = {
        ("today", "vi"): "Chưa thu thập lần nào",
        ("today", "en"): "Nothing has been collected yet",
        ("stream", "vi"): "Không có bài nào khớp",
        ("stream", "en"): "Nothing matches",
        ("article", "vi"): "Chưa chọn bài",
        ("article", "en"): "No article is chosen",
    }
    assert expected[name, language] in told


@pytest.mark.parametrize("name", SCREENS)
def test_the_language_of_the_address_is_the_language_of_the_screen(
    house: Installation, ids: dict[str, str], name: str
) -> None:
    vietnamese = words_of(screen(name, id=ids["waste"]))
    english = words_of(screen(name, id=ids["waste"], lang="en"))
    assert "Gợi ý: phê phán" in vietnamese.replace("\\", "")
    assert "Suggested: critical" in english.replace("\\", "")
    assert "Suggested" not in vietnamese


def test_an_unknown_language_in_the_address_is_ignored(house: Installation) -> None:
    assert "Hôm nay" in words_of(screen(lang="xx"))


@pytest.mark.parametrize("page", ["stream", "cases"])
def test_a_query_that_is_too_long_is_answered_with_a_word(house: Installation, page: str) -> None:
    test = screen(page)
    test.text_input(key=f"{page}-q").input("bão " * 600).run()
    assert "dài quá 2000 ký tự, ở ký tự 2001" in words_of(test).replace("\\", "")
    assert len("".join(test.query_params["q"])) == 2001
    test.text_input(key=f"{page}-q").input("bão").run()
    assert "dài quá" not in words_of(test)


@pytest.mark.parametrize("page", ["today", "stream"])
def test_a_search_server_that_is_away_is_said_and_no_number_is_shown(house: Installation, page: str) -> None:
    house.index.close()
    house.__dict__["index"] = Away()
    test = screen() if page == "today" else screen(page)
    (warning,) = test.warning
    assert "Chưa tìm kiếm được" in warning.value
    assert "search.example" in warning.value.replace("\\", "")
    assert not figures_of(test)
    assert not test.error
    assert ("Cảnh báo" in words_of(test)) == (page == "today")  # what the record alone can tell


def test_the_chosen_language_goes_along_to_the_next_screen(house: Installation, ids: dict[str, str]) -> None:
    test = screen()
    test.segmented_control("language-switch").set_value("en").run()
    assert test.query_params["lang"] == "en"
    assert "Look at these first" in words_of(test)
    links = titles_of(test)
    assert links[f"/bai-bao?id={ids['waste']}&lang=en"]
    assert "Correct a label" in words_of(screen("article", id=ids["waste"], lang="en"))
