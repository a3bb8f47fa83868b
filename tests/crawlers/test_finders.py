"""What finders are asked, and the traps in their answers."""

from __future__ import annotations

from datetime import UTC
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.belonging import outlet_of
from crawlers.dates import Reading
from crawlers.finders import Find, Question, finds, questions
from diembao.core.errors import Retry, SetAside
from diembao.core.settings_crawl import DiscoverySettings
from tests.crawlers.collecting import NOW, outlet

HOW = Reading(UTC, "vi", (), NOW)
NAMES = {"vi": ["Quy Nhơn", "Gia Lai"], "lo": ["ກວີເຍີນ"], "zh-Hant": ["歸仁"], "xx": ["Quy Nhon"]}


def asked(settings: DiscoverySettings | None = None) -> dict[tuple[str, str], dict[str, list[str]]]:
    found = questions(NAMES, settings or DiscoverySettings())
    return {(each.via, each.language): parse_qs(urlsplit(each.url).query) for each in found}


def test_each_finder_is_asked_in_the_languages_it_knows_and_in_its_own_words() -> None:
    every = asked()
    assert set(every) == {
        *(("google", "vi"), ("bing", "vi"), ("gdelt", "vi")),
        *(("gdelt", "lo"), ("google", "zh-Hant"), ("bing", "zh-Hant")),
    }
    assert every["google", "vi"] == {
        "q": ['"Quy Nhơn" OR "Gia Lai" when:1d'], "hl": ["vi"], "gl": ["VN"], "ceid": ["VN:vi"]
    }  # fmt: skip
    assert every["google", "zh-Hant"]["ceid"] == ["TW:zh-Hant"]
    assert every["gdelt", "vi"]["query"] == ['("Quy Nhơn" OR "Gia Lai") sourcelang:vietnamese']
    assert every["gdelt", "lo"]["query"] == ['"ກວີເຍີນ" sourcelang:lao']
    assert every["bing", "zh-Hant"]["mkt"] == ["zh-TW"]


def test_one_without_an_address_is_not_asked() -> None:
    assert {via for via, _ in asked(DiscoverySettings(gdelt="", bing=""))} == {"google"}


def test_being_turned_away_in_plain_text_is_tried_later() -> None:
    with pytest.raises(Retry, match="limit requests"):
        finds(Question("gdelt", "vi", ""), "Please limit requests to one every 5 seconds.", HOW)


def test_an_answer_of_another_kind_is_set_aside() -> None:
    for answer in ("<html><body>Consent</body></html>", "", "<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>"):
        with pytest.raises(SetAside):
            finds(Question("google", "vi", ""), answer, HOW)
    with pytest.raises(SetAside):
        finds(Question("gdelt", "vi", ""), '{"articles": [', HOW)


def test_gdelt_finds_nothing_in_an_empty_answer_and_reads_raw_control_characters() -> None:
    question = Question("gdelt", "vi", "")
    assert finds(question, "", HOW) == finds(question, "{}", HOW) == []
    answer = '{"articles": [{"url": "https://www.bao.vn/a?fbclid=x", "title": "Quy\tNhơn"}, {"url": "", "title": "b"}]}'
    assert finds(question, answer, HOW) == [Find("gdelt", "vi", "bao.vn", "", "Quy Nhơn", "https://www.bao.vn/a")]


def test_editions_of_one_host_are_told_apart_and_subdomains_are_others() -> None:
    english = outlet("en", "https://x.vn/en/rss", home="https://www.x.vn/en/")
    vietnamese = outlet("vi", "https://x.vn/rss", home="https://x.vn/")
    both = (vietnamese, english)
    assert outlet_of("https://m.x.vn/en/tin-1", both) is english
    assert outlet_of("https://x.vn/english-1", both) is vietnamese
    assert outlet_of("https://lao.x.vn/1", both) is None
