"""Which texts typed words find, and in which order."""

from __future__ import annotations

import pytest

from diembao.core.errors import WrongUse
from diembao.core.marks import with_marks
from diembao.core.ports import Index
from diembao.core.query import Phrase, Prefix, Query, Range, Terms, Text, parse
from tests.indexer.articles import NOW, document, ids


class WordsContract:
    @staticmethod
    def fill(index: Index) -> None:
        index.put(
            [
                document(
                    "bao", "Bão số 5 vào Quy Nhơn", "Mưa lớn; thiệt hại 1.234,5 tỷ đồng, tăng 3,5%. Ngày 05/12/2026."
                ),
                document("press", "Báo chí họp mặt", "Hội nghị báo chí ở Qui Nhơn. Ban tổ chức hoà nhã."),
                document("wrap", "Bao bì mới", "Nhà máy tại TP.HCM làm bao bì sau Covid-19, kĩ thuật cao."),
            ]
        )

    def test_words_without_marks_find_all_marks(self, filled: Index) -> None:
        assert set(ids(filled, "bao")) == {"bao", "press", "wrap"}

    @pytest.mark.parametrize(("typed", "best"), [("bão", "bao"), ("báo", "press"), ('"bão"', "bao"), ("BÁO", "press")])
    def test_typed_marks_rank_higher(self, filled: Index, typed: str, best: str) -> None:
        found = ids(filled, typed)
        assert set(found) == {"bao", "press", "wrap"}
        assert found[0] == best

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("bão", {"storm", "abroad"}),
            ('"họp báo"', {"press"}),
            ("title:bão", {"storm"}),
            ("bao", {"storm", "press", "abroad"}),
            ("hợp GẦN/2 bão", {"storm"}),
            ("mưa OR bão", {"storm", "abroad"}),
            ("lớn -bão", {"press"}),
        ],
    )
    def test_whoever_is_told_is_told_of_the_marks_that_were_typed(
        self, index: Index, typed: str, found: set[str]
    ) -> None:
        index.put(
            [
                document("storm", "Bão vào", "Trường hợp bão lớn", language="vi"),
                document("press", "Họp báo", "Mua cá lớn ở cuộc họp báo", language="vi"),
                document("abroad", "Storm", "Bao comes", language="fr"),
            ]
        )
        assert set(ids(index, with_marks(parse(typed, now=NOW)))) == found

    def test_a_word_of_the_title_ranks_higher(self, index: Index) -> None:
        index.put([document("body", "Tin", "Mứt dừa"), document("title", "Mứt", "Tin dừa")])
        assert ids(index, "mứt") == ["title", "body"]

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("nhơn lớn", {"bao"}),
            ('"quy nhon"', {"bao", "press"}),
            ('"Qui Nhơn"', {"bao", "press"}),
            ('"nhơn quy"', set()),
            ("hòa nhã", {"press"}),
            ("kỹ thuật", {"wrap"}),
            ("TP.HCM", {"wrap"}),
            ("covid-19", {"wrap"}),
            ('"19 covid"', set()),
            ("1.234,5", {"bao"}),
            ("3,5%", {"bao"}),
            ("3,5", set()),
            ("5/12/2026", {"bao"}),
            ("title:hội", set()),
            ("hội", {"press"}),
            ('title:"so 5"', {"bao"}),
            ("thi*", {"bao"}),
            ("covid-1*", {"wrap"}),
            ("ky*", {"wrap"}),
            ("title:qu*", {"bao"}),
            ("title:ky*", set()),
            ("tổ chức GẦN/6 hội nghị", {"press"}),
            ("tổ chức GẦN/5 hội nghị", set()),
            ("bão GẦN/3 quy nhơn", {"bao", "press"}),
            ("quy nhơn GẦN/2 bão", {"press"}),
            ("mưa GẦN/6 bão", set()),
            ("bi GẦN/20 nhà máy", {"wrap"}),
            ("title:(5 GẦN/1 nhơn)", set()),
            ("title:(5 GẦN/2 nhơn)", {"bao"}),
            ("hoà GẦN/20 hòa", set()),
        ],
    )
    def test_words_phrases_beginnings_and_numbers(self, filled: Index, typed: str, found: set[str]) -> None:
        assert set(ids(filled, typed)) == found

    def test_a_beginning_is_that_of_the_typed_spelling(self, index: Index) -> None:
        index.put([document("kyoto", "Kyoto"), document("wrap", "Kĩ thuật"), document("other", "Kinh tế")])
        assert set(ids(index, "ky*")) == {"kyoto", "wrap"}

    def test_no_phrase_reaches_from_the_title_into_the_body(self, filled: Index) -> None:
        assert ids(filled, '"nhơn mưa"') == []
        assert ids(filled, '"mưa lớn"') == ["bao"]

    @pytest.mark.parametrize("text", ["", "!!!", "¶"])
    def test_a_query_without_words_finds_nothing(self, filled: Index, text: str) -> None:
        assert ids(filled, Text("text", text)) == []
        assert ids(filled, Phrase("title", text)) == []
        assert ids(filled, Prefix("text", text)) == []

    @pytest.mark.parametrize(
        "query",
        [Text("byline", "a"), Text("outlet", "a"), Terms("text", ("a",)), Range("outlet", NOW, None), Terms("x", ())],
    )
    def test_a_field_that_cannot_be_asked_so_is_refused(self, filled: Index, query: Query) -> None:
        for ask in (filled.count, filled.search, lambda tree: filled.aggregate(tree, {})):
            with pytest.raises(WrongUse):
                ask(query)


LANGUAGES = {
    "zh": ("平定省归仁市遭遇台风", "归仁市", "仁归"),
    "ja": ("ビンディン省クイニョン市に台風が上陸", "クイニョン市", "ンクイ省"),
    "ko": ("빈딘성 퀴논시에 태풍 상륙", "퀴논시", "논퀴시"),
    "th": ("พายุไต้ฝุ่นขึ้นฝั่งที่เมืองกวีเญินและน้ำท่วม", "เมืองกวีเญิน", "เญินกวี"),
    "lo": ("ພະຍຸເຂົ້າເມືອງກວີເຍີນແລະນ້ຳຖ້ວມ", "ເມືອງກວີ", "ກວີເມືອງ"),
    "km": ("ព្យុះបានវាយប្រហារក្រុងគ្វីញ៉ើន", "ក្រុងគ្វី", "គ្វីក្រុង"),
}


class LanguagesContract:
    @staticmethod
    def fill(index: Index) -> None:
        index.put([document(language, text, language=language) for language, (text, _, _) in LANGUAGES.items()])

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_part_of_a_run_is_found_as_it_stands_and_only_so(self, filled: Index, language: str) -> None:
        _, inside, turned = LANGUAGES[language]
        for asked, found in ((inside, [language]), (turned, [])):
            assert ids(filled, asked) == found
            assert ids(filled, f'"{asked}"') == found
            assert ids(filled, f"title:{asked}") == found

    def test_words_of_two_runs_may_stand_in_any_order(self, filled: Index) -> None:
        assert ids(filled, "台风 平定") == ["zh"]

    def test_variants_of_lao_and_thai_are_one(self, filled: Index) -> None:
        assert ids(filled, "นํ้า") == ["th"]
        assert ids(filled, "ນໍ້າ") == ["lo"]
