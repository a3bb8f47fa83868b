from __future__ import annotations

import pytest

from classifier.stance import MODEL, THRESHOLD, StanceTagger
from diembao.core.article import Kind, Label
from tests.classifier.judging import PROFILE, article, relevance

# Written for these tests; none of them stands in the examples.
CLEAR = [
    ("Bắt nghi phạm trộm xe máy ở Pleiku", "Công an tạm giữ một thanh niên 22 tuổi để điều tra.", "neutral"),
    ("Bão số 14 đổ bộ Gia Lai, nhiều nhà tốc mái", "Gió giật cấp 12, mưa rất to suốt đêm.", "neutral"),
    (
        "Dự án khu đô thị bỏ hoang nhiều năm, dân bức xúc",
        "Chủ đầu tư chậm tiến độ, chính quyền Quy Nhơn buông lỏng quản lý.",
        "critical",
    ),
    (
        "Quy Nhơn vào danh sách điểm đến hấp dẫn nhất",
        "Du khách khen thành phố xanh, sạch, đẹp và thân thiện.",
        "positive",
    ),
]


@pytest.fixture(scope="module")
def tagger() -> StanceTagger:
    return StanceTagger(PROFILE)


@pytest.mark.parametrize(("title", "lead", "stance"), CLEAR)
def test_a_clear_article_gets_its_stance(tagger: StanceTagger, title: str, lead: str, stance: str) -> None:
    (label,) = tagger.judge(article(title, lead), [relevance()])
    assert (label.kind, label.key, label.about) == (Kind.STANCE, stance, "gia-lai")
    assert label.score >= THRESHOLD
    assert label.why.startswith("“")
    assert label.by == f"model:{tagger.version}"


def test_it_says_between_what_it_is_torn(tagger: StanceTagger) -> None:
    mixed = article(
        "Cây cầu mới ở Quy Nhơn: người vui, kẻ buồn",
        "Đi lại nhanh hơn, nhưng chợ cũ vắng khách.",
    )
    (label,) = tagger.judge(mixed, [relevance("part")])
    assert label.key == "abstain"
    assert label.score < THRESHOLD
    assert label.why.count(",") == 1
    assert any(stance in label.why for stance in ("trung tính", "tích cực", "phê phán"))


@pytest.mark.parametrize("found", [[], [relevance("no")], [relevance("yes", about="quang-tri")]])
def test_only_coverage_of_the_province_is_judged(tagger: StanceTagger, found: list[Label]) -> None:
    assert not tagger.judge(article(*CLEAR[0][:2]), found)


def test_it_abstains_for_a_language_it_was_not_taught(tagger: StanceTagger) -> None:
    (label,) = tagger.judge(article("Bostäder översvämmade", language="sv"), [relevance()])
    assert (label.key, label.score) == ("abstain", 0)
    assert "sv" in label.why


def test_a_threshold_of_zero_never_abstains() -> None:
    eager = StanceTagger(PROFILE, threshold=0)
    (label,) = eager.judge(article("Cây cầu mới ở Quy Nhơn: người khen, kẻ chê"), [relevance()])
    assert label.key in {"neutral", "positive", "critical"}
    assert eager.version != StanceTagger(PROFILE, MODEL).version


@pytest.mark.parametrize("text", ["", "!!!", "\ud800", "a" * 300_000])
def test_odd_texts_are_judged_too(tagger: StanceTagger, text: str) -> None:
    (label,) = tagger.judge(article(text, text, text), [relevance()])
    assert 0 <= label.score <= 1
