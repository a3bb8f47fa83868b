from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from classifier import head
from classifier.themes import MODEL, THRESHOLD, ThemeTagger
from diembao.core.article import Kind, Label
from diembao.core.errors import Misconfigured
from diembao.plan.reader import themes
from tests.classifier.judging import PROFILE, article, relevance

# Written for these tests; none of them stands in the examples.
CLEAR = [
    ("vi", "Lũ lên nhanh, hàng nghìn nhà ở Tuy Phước ngập sâu", "Mưa lớn suốt đêm gây lũ lụt.", "environment-climate"),
    ("vi", "Khởi tố nhóm lừa đảo chiếm đoạt 12 tỉ đồng", "Công an tạm giam năm bị can ở Quy Nhơn.", "security-order"),
    ("vi", "Lượng du khách đến Quy Nhơn tăng mạnh dịp lễ", "Khách sạn, resort ven biển kín phòng.", "tourism"),
    ("vi", "Gia Lai mời gọi nhà đầu tư vào khu công nghiệp mới", "Dự án rộng 300 ha.", "trade-investment"),
    ("vi", "Ngư dân Hoài Nhơn bám biển Trường Sa", "Tàu cá lắp thiết bị giám sát hành trình.", "sea-islands"),
    ("vi", "Quy Nhơn cùng ASEAN bàn chuyện thành phố sạch", "Hội nghị các nước ASEAN họp hai ngày.", "asean"),
    ("vi", "Mùa cà phê, nông dân Chư Sê thiếu người hái", "Giá cà phê tăng, hợp tác xã thuê thêm.", "agriculture-ocop"),
    ("en", "Typhoon floods thousands of homes near Quy Nhon", "Heavy rain and landslides.", "environment-climate"),
    ("en", "Court jails five over online fraud in Pleiku", "Police said the gang swindled savers.", "security-order"),
    ("fr", "Un typhon provoque des inondations à Quy Nhon", "Des glissements de terrain.", "environment-climate"),
    ("ru", "Полиция задержала мошенников в Плейку", "Суд арестовал пятерых подозреваемых.", "security-order"),
    ("zh-Hans", "台风引发洪水，归仁数千户受灾", "暴雨造成山体滑坡。", "environment-climate"),
    ("zh-Hant", "颱風引發洪水，歸仁數千戶受災", "暴雨造成山崩。", "environment-climate"),
    ("ja", "クイニョンで観光客が増加", "リゾートホテルは満室。", "tourism"),
    ("ko", "꾸이년 관광객 급증", "해변 리조트와 호텔이 만실이다.", "tourism"),
    ("th", "พายุไต้ฝุ่นทำให้น้ำท่วมในกวีเญิน", "ฝนตกหนักและดินถล่ม", "environment-climate"),
    ("lo", "ພາຍຸເຮັດໃຫ້ນ້ຳຖ້ວມ ຢູ່ກວີເຍີນ", "ຝົນຕົກໜັກ ແລະ ດິນເຈື່ອນ", "environment-climate"),
    ("km", "ព្យុះបង្កទឹកជំនន់នៅក្វីញ៉ើន", "ភ្លៀងធ្លាក់ខ្លាំង និងបាក់ដី", "environment-climate"),
]


@pytest.fixture(scope="module")
def tagger() -> ThemeTagger:
    return ThemeTagger(PROFILE)


def _keys(labels: object) -> set[str]:
    return {label.key for label in labels}  # type: ignore[attr-defined]  # labels


@pytest.mark.parametrize(("language", "title", "lead", "theme"), CLEAR)
def test_a_clear_article_of_each_language_gets_its_theme(
    tagger: ThemeTagger, language: str, title: str, lead: str, theme: str
) -> None:
    labels = tagger.judge(article(title, lead, language=language), [relevance()])
    assert theme in _keys(labels)


def test_a_label_says_all_that_a_person_needs_to_check_it(tagger: ThemeTagger) -> None:
    subject = article("Lũ lụt nhấn chìm nhiều xã ở Tuy Phước", "Mưa lớn, sạt lở chia cắt đường.", revision=3)
    label = next(x for x in tagger.judge(subject, [relevance("part")]) if x.key == "environment-climate")
    assert (label.article_id, label.kind, label.about, label.revision) == (subject.id, Kind.THEME, "gia-lai", 3)
    assert label.by == f"model:{tagger.version}"
    assert THRESHOLD <= label.score <= 1
    quoted = label.why.strip("“”").split("”, “")
    assert any(word in label.why for word in ("Lũ lụt", "sạt lở", "Mưa lớn"))
    assert all(phrase in f"{subject.title}\n{subject.lead}" for phrase in quoted)


@pytest.mark.parametrize("found", [[], [relevance("no")], [relevance("yes", about="quang-tri")]])
def test_only_coverage_of_the_province_is_judged(tagger: ThemeTagger, found: list[Label]) -> None:
    assert not tagger.judge(article("Lũ lụt nhấn chìm nhiều xã"), found)


@pytest.mark.parametrize("language", ["sv", "ar", ""])
def test_a_language_it_was_not_taught_gets_no_label(tagger: ThemeTagger, language: str) -> None:
    assert not tagger.judge(article("Typhoon floods thousands of homes", language=language), [relevance()])


def test_the_language_label_outranks_what_the_outlet_declares(tagger: ThemeTagger) -> None:
    subject = article("Typhoon floods thousands of homes near Quy Nhon", "Landslides.", language="sv")
    found = [relevance(), Label("x", Kind.LANGUAGE, "en")]
    assert "environment-climate" in _keys(tagger.judge(subject, found))


@pytest.mark.parametrize(
    ("title", "lead", "wrong"),
    [
        ("Hoàng Anh Gia Lai thắng đậm trên sân Pleiku", "HLV khen các cầu thủ trẻ.", "trade-investment"),
        ("Bão số 12 đi vào Biển Đông, miền Trung mưa to", "Gió giật cấp 13.", "sea-islands"),
        ("UBND tỉnh họp bàn ứng phó bão", "Báo Thanh Niên tường thuật từ tâm bão.", "resources-training"),
        ("Gia Lai: giá lương thực ổn định sau bão", "Siêu thị đủ gạo, rau.", "human-rights"),
    ],
)
def test_names_and_common_words_do_not_lead_astray(tagger: ThemeTagger, title: str, lead: str, wrong: str) -> None:
    assert wrong not in _keys(tagger.judge(article(title, lead), [relevance()]))


def test_sport_without_a_theme_gets_none(tagger: ThemeTagger) -> None:
    labels = tagger.judge(article("V-League: HAGL hòa 1-1", "Bàn thắng muộn trên sân nhà Pleiku."), [relevance()])
    assert not labels


def test_background_far_down_in_the_text_does_not_outweigh_the_head(tagger: ThemeTagger) -> None:
    background = "Trước đó công an bắt một nhóm trộm xe máy. " * 12
    subject = article("Lũ lụt nhấn chìm nhiều xã ở Tuy Phước", "Mưa lớn, sạt lở.", background)
    labels = sorted(tagger.judge(subject, [relevance()]), key=lambda label: -label.score)
    assert labels[0].key == "environment-climate"
    in_the_head = tagger.judge(article("Lũ lụt nhấn chìm nhiều xã ở Tuy Phước", background), [relevance()])
    crime = next(label.score for label in in_the_head if label.key == "security-order")
    assert all(label.score < crime for label in labels if label.key == "security-order")


def test_break_marks_between_khmer_words_change_nothing(tagger: ThemeTagger) -> None:
    plain = article("ព្យុះបង្កទឹកជំនន់នៅក្វីញ៉ើន", language="km")
    marked = article("ព្យុះ\u200bបង្ក\u200bទឹកជំនន់\u200bនៅ\u200bក្វីញ៉ើន", language="km")
    judged = [tagger.judge(subject, [relevance()]) for subject in (plain, marked)]
    assert [(x.key, x.score, x.why) for x in judged[0]] == [(x.key, x.score, x.why) for x in judged[1]]


def test_what_stands_only_in_the_text_still_counts(tagger: ThemeTagger) -> None:
    body = "Nước lũ ngập sâu, mưa lớn gây sạt lở, hàng trăm hộ sơ tán tránh bão. " * 3
    subject = article("Một đêm không ngủ ở Tuy Phước", "Bà con kể lại.", body)
    assert "environment-climate" in _keys(tagger.judge(subject, [relevance()]))


@pytest.mark.parametrize("text", ["", "!!! … ???", "\ud800", "İ" * 50, "0" * 100_000, "a" * 300_000, "ກ" * 100_000])
def test_odd_texts_are_judged_in_bounded_time_and_never_fail(tagger: ThemeTagger, text: str) -> None:
    for label in tagger.judge(article(text, text, text), [relevance()]):
        assert 0 <= label.score <= 1


def test_the_same_article_gets_the_same_labels_from_another_tagger(tagger: ThemeTagger) -> None:
    subject = article("Gia Lai mời gọi nhà đầu tư vào khu công nghiệp mới", "Dự án rộng 300 ha.")
    assert ThemeTagger(PROFILE).judge(subject, [relevance()]) == tagger.judge(subject, [relevance()])


def test_the_shipped_head_knows_exactly_the_themes_of_the_plan() -> None:
    assert head.load(MODEL).labels == tuple(themes())


def test_judging_reads_neither_scikit_learn_nor_torch() -> None:
    code = (
        "import sys; from classifier.themes import ThemeTagger; from tests.classifier.judging import *;"
        "ThemeTagger(PROFILE).judge(article('Lũ lụt'), [relevance()]);"
        "sys.exit(sum(name in sys.modules for name in ('sklearn', 'scipy', 'torch', 'sentence_transformers')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


class TestBrokenModels:
    @pytest.fixture
    def model(self, tmp_path: Path) -> Path:
        for suffix in (".npz", ".json"):
            shutil.copy(MODEL.with_suffix(suffix), tmp_path)
        return tmp_path / MODEL.name

    def test_a_whole_copy_is_read(self, model: Path) -> None:
        assert ThemeTagger(PROFILE, model).version == ThemeTagger(PROFILE).version

    def test_arrays_that_were_changed_are_refused(self, model: Path) -> None:
        packed = bytearray(model.read_bytes())
        packed[len(packed) // 2] ^= 1
        model.write_bytes(packed)
        with pytest.raises(Misconfigured, match=r"digest.*classifier\.training"):
            ThemeTagger(PROFILE, model)

    def test_other_seeds_than_it_was_trained_with_are_refused(self, model: Path) -> None:
        card = json.loads(model.with_suffix(".json").read_text(encoding="utf-8"))
        model.with_suffix(".json").write_text(json.dumps(card | {"seeds": "0"}), encoding="utf-8")
        with pytest.raises(Misconfigured, match="other seeds"):
            ThemeTagger(PROFILE, model)

    @pytest.mark.parametrize("card", ["", "[]", "{}", "null", "\ud7ff\x00"])
    def test_a_card_that_is_none_is_refused(self, model: Path, card: str) -> None:
        model.with_suffix(".json").write_text(card, encoding="utf-8")
        with pytest.raises(Misconfigured):
            ThemeTagger(PROFILE, model)

    def test_a_missing_model_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(Misconfigured, match="cannot be read"):
            ThemeTagger(PROFILE, tmp_path / "none.npz")
