"""The faster way must say what langdetect says, to the last digit."""

from __future__ import annotations

import pytest
from langdetect.detector import Detector
from langdetect.lang_detect_exception import LangDetectException

from classifier.ngrams import TONELESS, _detector, most_like

TEXTS = (
    "Sở Y tế tỉnh Gia Lai cho biết bệnh viện đã mở lại hôm qua.",
    "So Y te tinh Gia Lai cho biet benh vien da mo lai hom qua.",
    "The provincial hospital in Pleiku reopened on Monday, officials said.",
    "L'hôpital provincial a rouvert ses portes lundi, selon les autorités.",
    "Das Krankenhaus der Provinz ÖFFNETE am Montag wieder; die Straße bleibt gesperrt.",
    "El hospital provincial reabrió el lunes, según dijeron las autoridades.",
    "Rumah sakit provinsi dibuka kembali pada hari Senin, kata para pejabat.",
    "NATO and EU   leaders met, see https://example.org/a?b=c or write to desk@example.org today",
    "Gia Lai, Kon Tum – 12.5 % (AFP)\nPleiku \xa0 İstanbul șțŞ",
    "Viện 科学院长官会议今天在北京举行 abc",
    "Ça va? OK! AB Cd eF ỆỂ",
    "xin chào " * 130,
    "ab",
    "12 345",
    "",
)


def _by_langdetect(text: str) -> tuple[str, float]:
    class Factory:
        word_lang_prob_map = _detector().chances
        langlist = _detector().languages
        seed = 0

    detector = Detector(Factory)
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return "", 0.0
    if not found:
        return "", 0.0
    return ("vi" if found[0].lang == TONELESS else found[0].lang), round(min(1.0, found[0].prob), 4)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_the_answer_that_langdetect_itself_gives(text: str) -> None:
    assert most_like(text) == _by_langdetect(text)
