"""What makes coverage a repeat of an answered claim, and what does not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classifier import repeats, sharing
from classifier.denials import denies
from classifier.places import Gazetteer
from classifier.said import Reader
from classifier.trees import Trees
from diembao.core.errors import Misconfigured
from diembao.core.memory import Answered, Differs, Repeat
from diembao.plan.reader import profile
from tests.store.making import article

AT = datetime(2026, 11, 1, tzinfo=UTC)
CLAIM = Answered(
    "VV-2026-0001",
    1,
    "Cầu tràn ở Kbang bị cuốn trôi ngày 12/10, 65 hộ dân bị cô lập.",
    "vi",
    AT,
    1,
    AT,
    "Cầu tràn ở Kbang chỉ ngập 0,4 m trong 5 giờ; không hộ nào bị cô lập.",
)
AGAIN = "Ngày 12/10, cầu tràn ở Kbang bị cuốn trôi, 65 hộ dân bị cô lập."


@pytest.fixture(scope="module")
def matcher() -> repeats.Repeats:
    return repeats.Repeats([Gazetteer(profile("gia-lai"))])


def said(matcher: repeats.Repeats, text: str, **changes: object) -> list[Repeat]:
    given = article("x", **{"title": "Tin miền núi", "lead": "", "text": text, **changes})
    return [found for _, found in matcher.repeats(given, [CLAIM])]


def test_it_is_found_in_the_midst_of_a_long_article(matcher: repeats.Repeats) -> None:
    around = "Trời mưa lớn nhiều ngày. Nông dân lo thu hoạch cà phê, hồ tiêu. Giá phân bón tăng nhẹ. " * 6
    (found,) = said(matcher, f"{around}{AGAIN} {around}")
    assert AGAIN in found.passage
    assert {"65", "Kbang"} <= set(found.shared)
    assert found.differs == ()


@pytest.mark.parametrize(
    ("old", "new", "what", "sides"),
    [
        ("65 hộ", "140 hộ", Differs.NUMBER, ("65", "140")),
        ("Kbang", "Ia Grai", Differs.PLACE, ("Kbang", "Ia Grai")),
        ("12/10", "15/10", Differs.DAY, ("12/10", "15/10")),
    ],
)
def test_what_is_told_otherwise_is_named(
    matcher: repeats.Repeats, old: str, new: str, what: Differs, sides: tuple[str, str]
) -> None:
    passage = AGAIN.replace(old, new)
    reader = Reader([Gazetteer(profile("gia-lai"))])
    claim = reader.said(CLAIM.quote, "vi", AT, CLAIM.answer)
    windows = repeats.Windows(reader.coverage(article("x", title="", lead="", text=passage)))
    pair = repeats.compared(claim, windows, windows.coverage.vectors @ claim.claim.vector)
    found = [each for each in sharing.differences(claim, pair.passage, "vi") if each.what is what]
    assert [(each.claim, each.coverage) for each in found] == [sides]


@pytest.mark.parametrize(
    "text",
    [
        f"Chính quyền bác bỏ tin: {AGAIN}",
        "Cầu tràn ở Kbang chỉ ngập 0,4 m trong 5 giờ, không hộ nào bị cô lập.",
        "Kbang khởi công cầu tràn mới cho 65 hộ dân.",
        "",
        "?!",
    ],
)
def test_a_denial_the_answer_itself_and_other_news_are_none(matcher: repeats.Repeats, text: str) -> None:
    assert said(matcher, text) == []


def test_more_that_is_shared_never_makes_a_match_weaker() -> None:
    trees = Trees.read(repeats.MODEL, repeats.SIGNS)
    plain = [0.4, 0.4, 0.3, 0.3, 0.3, 0.2, 0, 0, 0, 0, 0, 0, 0, -0.1, 0, 0, 0]
    before = trees.chances([plain])[0]
    for sign in repeats.MORE:
        more = list(plain)
        more[repeats.SIGNS.index(sign)] += 0.5
        assert trees.chances([more])[0] >= before, sign
    for sign in repeats.LESS:
        more = list(plain)
        more[repeats.SIGNS.index(sign)] += 1
        assert trees.chances([more])[0] <= before, sign


def test_any_text_and_any_claim_is_read(matcher: repeats.Repeats) -> None:
    odd = [replace(CLAIM, case=str(n), quote=text) for n, text in enumerate(["x", "12", "។", "ก" * 2000, "\U0001f4a7"])]
    for text in ("x", "ກ" * 9000, "1.2.3 " * 3000, "\u200b\u200b"):
        assert matcher.repeats(article("x", title=text, text=text), odd) is not None


@pytest.mark.parametrize("plain", ["không báo trước", "without warning", "sans compensation", "없이"])
def test_a_plain_negation_denies_nothing(plain: str) -> None:
    assert denies(plain) == ""


@pytest.mark.parametrize("text", ["", "{}", '{"signs": ["a"], "base": 0, "trees": [], "least": 0.5, "digest": "x"}'])
def test_a_model_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "repeats.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured, match="train it again"):
        Trees.read(path, repeats.SIGNS)
    assert json.loads(repeats.MODEL.read_text(encoding="utf-8"))["least"] == repeats.Repeats([]).least
