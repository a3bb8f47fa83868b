"""Stance is towards the province: with two provinces in a text, each gets its own side, whoever stands first.

Each line of the set names a first and a second province; it is read both ways round, and for both, by an installation
that watches both.
"""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path

import pytest

from classifier.provinces import EachTagger, ProvincesTagger
from classifier.stance import StanceTagger
from diembao.core.article import Label
from diembao.plan.reader import profile
from tests.classifier.judging import article

SET = Path(__file__).parent / "targets" / "pairs.jsonl"
KEPT = json.loads((SET.parent / "floors.json").read_text(encoding="utf-8"))
LINES = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
NAMES = {
    "vi": ("Gia Lai", "Quảng Trị"),
    "en": ("Gia Lai", "Quang Tri"),
    "fr": ("Gia Lai", "Quang Tri"),
    "ru": ("Зялай", "Куангчи"),
    "zh-Hans": ("嘉莱", "广治"),
    "ja": ("ザライ", "クアンチ"),
    "ko": ("잘라이", "꽝찌"),
    "lo": ("ຢາລາຍ", "ກວາງຈີ"),
    "th": ("ยาลาย", "กว๋างจิ"),
}
WATCHED = ("gia-lai", "quang-tri")
OPPOSITE = {"positive": "critical", "critical": "positive"}


@functools.cache
def taggers() -> tuple[ProvincesTagger, EachTagger]:
    profiles = [profile(each) for each in WATCHED]
    return ProvincesTagger(profiles), EachTagger([(its.id, StanceTagger(its)) for its in profiles])


def stances(language: str, title: str, lead: str) -> dict[str, Label]:
    places, stance = taggers()
    one = article(title, lead, language=language)
    return {label.about: label for label in stance.judge(one, places.judge(one, ()))}


@functools.cache
def judged() -> list[tuple[str, str, str, Label, str]]:
    """Language, the province asked about, what is true, what was said, and the names in the text that are not it."""
    found = []
    for line in LINES:
        for turned in (False, True):
            names = dict(zip("AB", reversed(NAMES[line["lang"]]) if turned else NAMES[line["lang"]], strict=True))
            said = stances(line["lang"], line["title"].format(**names), line["lead"].format(**names))
            for province, side in zip(WATCHED, ("second", "first") if turned else ("first", "second"), strict=True):
                if province in said:
                    other = names["B" if side == "first" else "A"]
                    found.append((line["lang"], line[side], province, said[province], other))
    return found


def test_the_set_is_the_one_the_floors_were_set_for() -> None:
    assert hashlib.sha256(SET.read_bytes()).hexdigest() == KEPT["digest"]
    assert len(LINES) >= 40
    assert len({line["lang"] for line in LINES}) >= 6


def figures() -> dict[str, float]:
    shown = [(true, label.key) for _, true, _, label, _ in judged() if label.key != "abstain"]
    right = sum(true == key for true, key in shown)
    return {
        "judged": len(judged()) / (4 * len(LINES)),
        "shown": len(shown) / len(judged()),
        "right_of_shown": right / len(shown),
        "not_opposite": sum(OPPOSITE.get(true) != key for true, key in shown) / len(shown),
    }


def test_each_of_two_provinces_gets_its_own_side() -> None:
    found = figures()
    assert not {name: found[name] for name, floor in KEPT["floors"].items() if found[name] < floor}


def test_no_reason_is_a_sentence_about_the_other_province_alone() -> None:
    for language, _, province, label, other in judged():
        ours = NAMES[language][WATCHED.index(province)]
        quoted = label.why.partition("” – ")[0]
        assert other not in quoted or ours in quoted, label.why


@pytest.mark.parametrize("turned", [False, True])
def test_turning_the_names_round_turns_the_answers(turned: bool) -> None:  # noqa: FBT001 (a test's own)
    one, two = ("Quảng Trị", "Gia Lai") if turned else ("Gia Lai", "Quảng Trị")
    said = stances("vi", f"{one} bị phê bình chậm giải ngân, {two} vượt kế hoạch", "")
    keys = {province: label.key for province, label in said.items()}
    first, second = WATCHED[::-1] if turned else WATCHED
    assert keys == {first: "critical", second: "positive"}


@pytest.mark.parametrize(
    ("title", "lead", "expected"),
    [
        # bad news, and what an answer quotes, is no blame; blame told by those above is
        ("Lũ quét ở An Lão, Gia Lai cuốn trôi cầu treo", "Người dân ba thôn vùng cao phải đi vòng 15 km.", "neutral"),
        (
            "Gia Lai nói gì về thông tin cứu trợ chậm vùng lũ?",
            "UBND tỉnh công bố danh sách hàng đã phát, khẳng định phản ánh trên mạng là không chính xác.",
            "neutral",
        ),
        (
            "Thủ tướng yêu cầu xử nghiêm vụ thu tiền cứu trợ sai quy định",
            "Công điện nêu trường hợp một cán bộ thôn ở Phù Cát, Gia Lai giữ lại tiền hỗ trợ của 18 hộ dân.",
            "critical",
        ),
        ("Bệnh nhân kêu bệnh viện ở Pleiku vô trách nhiệm", "", "critical"),
        ("Công an Gia Lai nêu cao tinh thần trách nhiệm, giúp dân qua lũ", "", "positive"),
        # where one clause means either, nothing is shown; the clause about ours decides
        (
            "Chủ tịch Gia Lai thăm vùng lũ Đắk Lắk, nghe dân than phiền cứu trợ chậm",
            "Người dân Tuy An, Đắk Lắk bức xúc vì hàng cứu trợ đến chậm ba ngày.",
            "abstain",
        ),
        (
            "Đà Nẵng dẫn đầu cải cách hành chính, Gia Lai để tồn hàng nghìn hồ sơ quá hạn",
            "Bộ Nội vụ khen Đà Nẵng, yêu cầu Gia Lai giải trình vì hồ sơ đất đai trễ hạn kéo dài.",
            "critical",
        ),
        # places of one list share what is said of them
        ("Gia Lai, Đắk Lắk và Khánh Hòa bị phê bình vì chậm giải ngân", "", "critical"),
    ],
)
def test_whose_failing_it_is_and_who_tells_it_count(title: str, lead: str, expected: str) -> None:
    assert stances("vi", title, lead)["gia-lai"].key == expected
