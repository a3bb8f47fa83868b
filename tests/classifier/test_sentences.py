from __future__ import annotations

from classifier.features import BODY_CHARS, read
from classifier.sentences import about, names, naming
from classifier.stance import StanceTagger
from diembao.core.article import Kind, Label
from diembao.core.text import sentences
from tests.classifier.judging import PROFILE, article, relevance

QUY_NHON = Label("x", Kind.PLACE, "Quy Nhơn", "binh-dinh", why="“bến cá กวีเญิน”: nơi xảy ra")
FAR = "Ở Hà Nội trời nắng đẹp. "
OURS = "Bến cá Quy Nhơn bỏ hoang nhiều năm, dân bức xúc vì sai phạm."


def test_sentences_end_at_stops_of_any_script_but_not_inside_numbers() -> None:
    text = "Giá 1.234,5 đồng. Bão vào?\nDòng khác។ 归仁堤防。居民点赞"
    assert [text[a:b].strip() for a, b in sentences(text)] == [
        "Giá 1.234,5 đồng.", "Bão vào?", "Dòng khác។", "归仁堤防。", "居民点赞",
    ]  # fmt: skip
    assert not list(sentences(" \n "))


def test_a_place_is_known_by_its_name_and_by_the_words_quoted_for_it() -> None:
    of = names([QUY_NHON, relevance()])
    assert naming("QUY NHON hôm nay", of)
    assert naming("tin từ bến cá กวีเญิน", of)
    assert not naming("Hà Nội hôm nay", of)


def test_of_a_long_text_the_parts_about_our_places_are_read() -> None:
    text = FAR * 200 + OURS + " Chợ vắng tanh. " + FAR * 200
    assert about(text, names([QUY_NHON]), BODY_CHARS) == f"{OURS} Chợ vắng tanh."
    assert about(text, (), BODY_CHARS) == text[:BODY_CHARS]
    assert about("Ngắn.", names([QUY_NHON]), BODY_CHARS) == "Ngắn."
    reading = read(article("Điểm tin", "", text), "vi", [QUY_NHON])
    assert OURS in reading.text


def test_the_reason_of_a_stance_is_the_sentence_about_the_province_and_its_words() -> None:
    told = [relevance(), QUY_NHON]
    (label,) = StanceTagger(PROFILE).judge(article("Bến cá xuống cấp, dân kêu cứu", "", FAR * 3 + OURS), told)
    assert label.key == "critical"
    assert label.why.startswith("“")
    assert label.why.endswith("”")
    assert any(word in label.why for word in ("“bỏ hoang”", "“kêu cứu”", "“xuống cấp”"))
