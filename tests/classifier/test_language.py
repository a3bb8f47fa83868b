"""The language of an article: by script, by letters, by n-grams, by the outlet's word."""

import datetime as dt
import subprocess
import sys

import pytest

from classifier.language import LanguageTagger, detect, detect_parts, tag
from diembao.core.article import Article, DateFrom, Kind, TextFrom

TITLES = {
    "vi": "Cảng cá Đề Gi đón chuyến tàu đầu tiên sau bão",
    "en": "Fishing port reopens after the storm, and the first boats return",
    "fr": "Le port de pêche rouvre après la tempête et accueille les premiers bateaux",
    "ru": "Рыбацкий порт снова открыт после шторма",
    "lo": "ທ່າເຮືອປະມົງເປີດຄືນໃໝ່ຫຼັງພາຍຸ",
    "km": "កំពង់ផែនេសាទបើកដំណើរការឡើងវិញក្រោយព្យុះ",
    "th": "ท่าเรือประมงเปิดอีกครั้งหลังพายุ",
    "zh-Hans": "渔港在台风过后重新开放，首批渔船归来",
    "zh-Hant": "漁港在颱風過後重新開放，首批漁船歸來",
    "ja": "台風の後、漁港が再開し、最初の漁船が戻った",
    "ko": "태풍 이후 어항이 다시 문을 열었다",
}


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("declared", ["", "right"])
def test_each_of_our_languages_is_told_from_one_sentence(language: str, declared: str) -> None:
    found, score, why = detect(TITLES[language], language if declared else "")
    assert found == language
    assert score > 0.5
    assert why


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Cang ca De Gi don chuyen tau dau tien sau bao, ngu dan phan khoi ra khoi", "vi"),
        ("Gia Lai hop bao thuong ky quy III, tra loi cau hoi cua phong vien", "vi"),
        ("The provincial committee of Bình Định met in Quy Nhơn to discuss the new port and the airport", "en"),
        ("Lãnh đạo UBND tỉnh tiếp đoàn 平定 và các đối tác Samsung, LG", "vi"),
        ("Gia Lai ແລະ Attapeu ຮ່ວມມື", "lo"),
        ("Becamex VSIP Bình Định, 신규 공장 착공", "ko"),
        ("归仁の夜市重新开放，游客排队品尝当地渔民带来的海鲜", "zh-Hans"),
    ],
)
def test_names_of_another_script_or_missing_marks_do_not_mislead(text: str, language: str) -> None:
    assert detect(text)[0] == language


@pytest.mark.parametrize("title", ["Rue Binh Dinh", "Arsenal Inter Milan", "Nicole Kidman ly hôn", "Hotel Sol"])
def test_the_same_text_always_has_the_same_answer(title: str) -> None:
    assert len({detect(title) for _ in range(20)}) == 1


@pytest.mark.parametrize(
    ("title", "declared", "language"),
    [
        ("大相撲九州場所、新横綱優勝", "ja", "ja"),  # Han alone, in a Japanese outlet
        ("平定省", "zh-Hant", "zh-Hant"),
        ("平定省", "zh", "zh-Hans"),
        ("Quy Nhon prolonge", "fr", "fr"),
        ("Is Quy Nhon the town Da Nang used to be?", "en", "en"),
        ("Il porto di pesca riapre dopo la tempesta tropicale nella provincia vietnamita", "it", "it"),
        ("Порт відкрито після шторму", "uk", "uk"),
        ("एक नया बंदरगाह खुला", "hi", "hi"),
        ("ဆိပ်ကမ်း ပြန်ဖွင့်", "my", "my"),
        ("2026 – 15.000", "vi", "vi"),
        ("", "en", "en"),
        ("CafeNet El Sol", "zh-Hans", "zh-Hans"),
        ("Becamex VSIP", "lo", "lo"),
    ],
)
def test_the_outlets_language_holds_where_the_text_does_not_tell(title: str, declared: str, language: str) -> None:
    assert detect(title, declared)[0] == language


@pytest.mark.parametrize(
    ("declared", "language"),
    [("en", "vi"), ("fr", "en"), ("vi", "fr"), ("vi", "km"), ("ru", "en"), ("ar", "fr"), ("zh-Hans", "zh-Hant")],
)
def test_a_clear_text_overrules_the_outlet(declared: str, language: str) -> None:
    text = TITLES[language] + ". " + TITLES[language]
    assert detect(text, declared)[0] == language


def test_a_long_page_is_read_only_in_part() -> None:
    assert detect(TITLES["vi"] * 30 + "the quick brown fox " * 100_000)[0] == "vi"


def test_nothing_at_all_is_undetermined() -> None:
    assert detect("")[:2] == ("und", 0.0)
    assert detect("!!! ??? 🙂")[0] == "und"


@pytest.mark.parametrize(
    ("declared", "ours"),
    [("vi_VN", "vi"), ("EN-us", "en"), ("zh-TW", "zh-Hant"), ("zh-CN", "zh-Hans"), ("zh", "zh-Hans"), ("", "")],
)
def test_declared_languages_are_brought_to_one_form(declared: str, ours: str) -> None:
    assert tag(declared) == ours


def test_the_tagger_labels_the_revision_it_read() -> None:
    seen = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    article = Article(
        "0123456789abcdef",
        "https://bao.example/1",
        "bao",
        TITLES["lo"],
        "",
        "",
        TextFrom.FEED,
        "vi",
        None,
        DateFrom.NONE,
        seen,
        revision=3,
    )
    (label,) = LanguageTagger().judge(article, ())
    assert (label.kind, label.key, label.about, label.revision, label.by) == (Kind.LANGUAGE, "lo", "", 3, "rules")
    assert label.why == "chữ Lào"


def test_langdetect_is_loaded_when_it_is_needed_only() -> None:
    code = "import sys, classifier.language; sys.exit('langdetect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


NOTICE = "We use cookies to improve your experience on this site. By continuing you accept our terms of use."
LAO = "ພາຍຸໄດ້ພັດເຂົ້າຝັ່ງໃນຄືນວານນີ້ ເຮັດໃຫ້ນ້ຳຖ້ວມຫຼາຍບ້ານ ແລະ ຊາວປະມົງຕ້ອງຍົກຍ້າຍໄປບ່ອນປອດໄພ"
VIETNAMESE = "Bão đổ bộ đêm qua, nhiều làng chài ngập sâu, bộ đội đưa người dân tới nơi an toàn."


@pytest.mark.parametrize(
    ("head", "paragraphs", "language"),
    [
        ([TITLES["lo"]], [NOTICE, NOTICE, LAO, LAO], "lo"),  # a notice above the text
        ([TITLES["vi"]], [VIETNAMESE, NOTICE, VIETNAMESE], "vi"),
        ([TITLES["vi"]], [NOTICE, VIETNAMESE, VIETNAMESE, VIETNAMESE], "vi"),
        ([TITLES["en"]], [NOTICE, NOTICE, NOTICE, VIETNAMESE], "en"),  # a quotation below it
        ([TITLES["km"]], [], "km"),
        ([], [], "und"),
    ],
)
def test_a_page_in_several_languages_has_that_of_most_of_it(
    head: list[str], paragraphs: list[str], language: str
) -> None:
    found, _, why = detect_parts(head, paragraphs)
    assert found == language
    assert ("đoạn" in why) == (len({NOTICE, *paragraphs}) > 1 and NOTICE in paragraphs and language != "und")
