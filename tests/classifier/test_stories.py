from __future__ import annotations

import datetime as dt
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import stories
from classifier.features import BUCKETS
from classifier.growing import SPAN, WINDOW
from classifier.stories import ALONE, EARLIEST, MERGED, StoryGrouper
from diembao.core.article import Article, Role
from diembao.core.ports import Placed
from diembao.core.ties import Tie
from tests.classifier.judging import NOW, article

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)

WIRE = (
    "Rạng sáng nay, tàu cá GL 93415 của ngư dân Hoài Nhơn chìm cách mũi Đề Gi 40 hải lý sau khi va vào vật trôi. "
    "Bảy thuyền viên bám phao suốt năm giờ trước khi được tàu hàng Bình Minh 06 phát hiện và vớt lên. "
    "Đồn biên phòng Đề Gi đã đón các thuyền viên vào bờ lúc 11 giờ, sức khỏe tất cả ổn định."
)
OTHER = (
    "Phóng viên của báo có mặt tại cảng khi bảy thuyền viên tàu cá GL 93415 về tới. Thuyền trưởng kể tàu cá va vào "
    "vật trôi rồi chìm nhanh ở vùng biển Đề Gi; cả bảy thuyền viên chỉ kịp ôm phao nhảy xuống, rồi thấy tàu hàng."
)
TOWER = "Các nhà khảo cổ tìm thấy phù điêu nữ thần và móng gạch thế kỷ 12 dưới chân tháp Dương Long, xã Bình An."


def _at(hours: float, title: str, text: str = "", outlet: str = "bao", name: str = "") -> Article:
    when = NOW + hours * HOUR
    return article(title, text[:120], text, id=name or f"{outlet}-{hours}", outlet=outlet, published_at=when)


NEWS = [
    _at(0, "Tàu cá Hoài Nhơn chìm, bảy thuyền viên được cứu", WIRE, "bao-a"),
    _at(1, "Bảy thuyền viên tàu cá chìm ở Đề Gi được vớt", WIRE, "bao-b"),
    _at(5, "Bảy thuyền viên tàu cá GL 93415 kể phút chìm tàu ở Đề Gi", OTHER, "bao-c"),
    _at(6, "Đính chính: tàu cá GL 93415 chìm ở Đề Gi có sáu thuyền viên, không phải bảy", OTHER, "bao-c", "fix"),
    _at(2, "Khai quật tháp Dương Long, lộ phù điêu nữ thần", TOWER, "bao-a"),
    _at(3, "Phù điêu nữ thần dưới chân tháp Dương Long", TOWER, "bao-d"),
    _at(4, "Giá vàng hôm nay tăng mạnh", "Vàng miếng lên 160 triệu đồng một lượng.", "bao-d"),
]


@pytest.fixture(scope="module")
def grouper() -> StoryGrouper:
    return StoryGrouper()


def _by_id(placed: object) -> dict[str, Placed]:
    return {one.article_id: one for one in placed}  # type: ignore[attr-defined]  # a sequence of Placed


def test_articles_of_one_event_are_one_story_named_for_the_earliest(grouper: StoryGrouper) -> None:
    placed = _by_id(grouper.group(NEWS))
    assert {name: one.story for name, one in placed.items()} == {
        "bao-a-0": "bao-a-0",
        "bao-b-1": "bao-a-0",
        "bao-c-5": "bao-a-0",
        "fix": "bao-a-0",
        "bao-a-2": "bao-a-2",
        "bao-d-3": "bao-a-2",
        "bao-d-4": "bao-d-4",
    }


def test_each_article_has_its_role(grouper: StoryGrouper) -> None:
    roles = {name: one.role for name, one in _by_id(grouper.group(NEWS)).items()}
    assert roles["bao-a-0"] == roles["bao-a-2"] == roles["bao-d-4"] == Role.ORIGINAL
    assert roles["bao-b-1"] == Role.COPY
    assert roles["bao-c-5"] == Role.FOLLOW_UP
    assert roles["fix"] == Role.CORRECTION


def test_every_place_says_how_like_and_like_what(grouper: StoryGrouper) -> None:
    placed = _by_id(grouper.group(NEWS))
    assert placed["bao-d-4"].why == ALONE
    assert placed["bao-a-0"].why == EARLIEST
    assert placed["bao-b-1"].why == ("trùng 100% lời văn với “Tàu cá Hoài Nhơn chìm, bảy thuyền viên được cứu” (bao-a)")
    assert placed["fix"].why == "“Đính chính”"
    follow_up = placed["bao-c-5"]
    assert follow_up.why.startswith(f"giống {follow_up.score * 100:.0f}% “")
    assert 0 < follow_up.score < placed["bao-b-1"].score <= 1


@settings(derandomize=True, max_examples=60, deadline=None)
@given(order=st.permutations(NEWS))
def test_the_order_of_the_articles_is_nothing(order: list[Article]) -> None:
    grouper = StoryGrouper()
    assert _by_id(grouper.group(order)) == _by_id(grouper.group(NEWS))


@settings(derandomize=True, max_examples=40, deadline=None)
@given(last=st.integers(min_value=1, max_value=len(NEWS)))
def test_a_later_article_never_moves_an_earlier_one(last: int) -> None:
    grouper = StoryGrouper()
    in_time = sorted(NEWS, key=lambda one: one.when)
    before, after = _by_id(grouper.group(in_time[:last])), _by_id(grouper.group(in_time))
    for name, one in before.items():
        assert (one.story, one.role, one.score) == (after[name].story, after[name].role, after[name].score)


def test_other_news_beside_it_changes_no_score(grouper: StoryGrouper) -> None:
    noise = [_at(h, f"Kết quả xổ số kỳ {h}", f"Số trúng giải là {h * 7919}.", f"ket-{h}") for h in range(30)]
    alone, among = _by_id(grouper.group(NEWS)), _by_id(grouper.group([*NEWS, *noise]))
    assert all(among[name].score == one.score and among[name].story == one.story for name, one in alone.items())


def test_names_decide_and_common_words_do_not(grouper: StoryGrouper) -> None:
    land, race = "bán đất nền ở Cát Tiến", "tông gãy chân một cảnh sát ở ngã ba Hoa Lư rồi chạy về hướng An Khê"
    first = _at(0, "Khởi tố giám đốc Hoàng Lâm Phát", f"Công an Gia Lai khởi tố ông chủ Hoàng Lâm Phát vì {land}.", "a")
    same = _at(1, "Vì sao chủ Hoàng Lâm Phát bị bắt?", "Người mua đất nền Cát Tiến kể lại.", "b")
    other = _at(1, "Khởi tố nhóm đua xe", f"Công an Gia Lai khởi tố năm thanh niên {race}.", "c")
    placed = _by_id(grouper.group([first, same, other]))
    assert placed[same.id].story == first.id
    assert placed[other.id].story == other.id


def test_the_same_words_long_after_are_a_new_story(grouper: StoryGrouper) -> None:
    window = WINDOW / HOUR
    near, far = _at(window, "Tàu cá chìm", WIRE, "near"), _at(2 * window + 1, "Tàu cá chìm", WIRE, "far")
    placed = _by_id(grouper.group([NEWS[0], near, far]))
    assert placed[near.id].story == NEWS[0].id
    assert placed[far.id].story == far.id


def test_a_series_does_not_chain_on_for_ever(grouper: StoryGrouper) -> None:
    daily = [_at(24 * day, "Tàu cá chìm ở Đề Gi", WIRE, f"ngay-{day}") for day in range(40)]
    times_of: dict[str, list[dt.datetime]] = {}
    placed = _by_id(grouper.group(daily))
    for one in daily:
        times_of.setdefault(placed[one.id].story, []).append(one.when)
    assert len(times_of) > 1
    assert all(max(times) - min(times) <= SPAN for times in times_of.values())


def test_a_bridge_between_two_events_does_not_tie_them(grouper: StoryGrouper) -> None:
    bridge = _at(8, "Tin trong ngày: tàu cá chìm, khai quật tháp Dương Long", f"{WIRE[:110]} {TOWER[:60]}", "tin")
    placed = _by_id(grouper.group([*NEWS, bridge]))
    assert placed["bao-a-0"].story != placed["bao-a-2"].story


def test_the_same_outlet_repeating_itself_makes_no_copy(grouper: StoryGrouper) -> None:
    again = _at(2, "Cứu bảy thuyền viên tàu cá chìm", WIRE, "bao-a", "again")
    placed = _by_id(grouper.group([NEWS[0], again]))
    assert placed["again"].story == NEWS[0].id
    assert placed["again"].role == Role.FOLLOW_UP


def test_a_copy_with_another_headline_and_an_added_line_is_still_a_copy(grouper: StoryGrouper) -> None:
    edited = _at(3, "Kể chuyện cứu người giữa biển", f"{WIRE} Theo TTXVN.", "bao-e")
    assert _by_id(grouper.group([NEWS[0], edited]))[edited.id].role == Role.COPY


@pytest.mark.parametrize(
    "title",
    [
        "Cải chính bài viết về tàu cá chìm ở Đề Gi",
        "Correction: fishing boat sank off De Gi",
        "更正：渔船沉没报道",
        "訂正 漁船沈没の記事",
        "[정정] 어선 침몰 보도",
        "Rectificatif : naufrage d'un bateau de pêche",
        "Исправление: о затонувшем судне",
        "Tàu cá chìm ở Đề Gi (đính chính)",
    ],
)
def test_corrections_are_known_by_how_outlets_head_them(grouper: StoryGrouper, title: str) -> None:
    corrected = _at(4, title, WIRE, "bao-a", "corrected")
    assert _by_id(grouper.group([NEWS[0], corrected]))["corrected"].role == Role.CORRECTION


def test_news_of_somebody_correcting_something_is_no_correction(grouper: StoryGrouper) -> None:
    news = _at(4, "Bộ Tư pháp đề nghị đính chính nghị định về tàu cá chìm", WIRE, "bao-f")
    assert _by_id(grouper.group([NEWS[0], news]))[news.id].role != Role.CORRECTION


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("台风在归仁登陆 多艘渔船沉没", "归仁遭台风袭击 渔船沉没", "嘉莱咖啡价格创新高 农民丰收"),
        ("ພາຍຸພັດເຂົ້າ ກວີເຍີນ ເຮືອປະມົງຫຼົ້ມ", "ເຮືອປະມົງຫຼົ້ມ ຍ້ອນພາຍຸຢູ່ ກວີເຍີນ", "ລາຄາກາເຟ ຢາລາຍ ເພີ່ມສູງຂຶ້ນ"),
    ],
)
def test_scripts_without_spaces_are_grouped_too(grouper: StoryGrouper, first: str, second: str, third: str) -> None:
    one, two, other = _at(0, first, outlet="a"), _at(1, second, outlet="b"), _at(2, third, outlet="c")
    placed = _by_id(grouper.group([one, two, other]))
    assert placed[two.id].story == one.id
    assert placed[other.id].story == other.id


def test_every_article_is_in_exactly_one_story(grouper: StoryGrouper) -> None:
    odd = [_at(h, text, text, f"odd-{h}") for h, text in enumerate(["", "", "!!!", "\ud800", "a" * 100_000])]
    mixed = [*NEWS, *odd, NEWS[0]]
    random.Random(1).shuffle(mixed)
    placed = grouper.group(mixed)
    assert sorted(one.article_id for one in placed) == sorted({one.id for one in mixed})
    firsts = {one.article_id for one in placed if one.role == Role.ORIGINAL}
    assert {one.story for one in placed} == firsts


def _tie(article: str, other: str, *, together: bool) -> Tie:
    return Tie(article, other, together, "person:7", "", NOW)


def test_what_a_person_sets_apart_is_never_in_one_story(grouper: StoryGrouper) -> None:
    apart = [_tie("bao-b-1", other, together=False) for other in ("bao-a-0", "bao-c-5", "fix")]
    placed = _by_id(grouper.group(NEWS, apart))
    assert placed["bao-b-1"].story == "bao-b-1"
    assert {placed[name].story for name in ("bao-a-0", "bao-c-5", "fix")} == {"bao-a-0"}


def test_what_a_person_puts_together_is_one_story_with_all_that_belongs_to_either(grouper: StoryGrouper) -> None:
    placed = _by_id(grouper.group(NEWS, [_tie("bao-d-3", "bao-c-5", together=True)]))
    assert len({one.story for name, one in placed.items() if name != "bao-d-4"}) == 1
    assert placed["bao-a-2"].why == MERGED
    assert placed["bao-d-4"].story == "bao-d-4"


def test_two_stories_of_which_articles_are_apart_are_not_put_together(grouper: StoryGrouper) -> None:
    said = [_tie("bao-a-0", "bao-a-2", together=False), _tie("bao-d-3", "bao-c-5", together=True)]
    placed = _by_id(grouper.group(NEWS, said))
    assert placed["bao-a-0"].story != placed["bao-a-2"].story


def test_no_articles_make_no_stories(grouper: StoryGrouper) -> None:
    assert not grouper.group([])


def test_more_articles_than_are_compared_at_once_are_one_answer(
    grouper: StoryGrouper, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = grouper.group(NEWS)
    monkeypatch.setattr("classifier.stories.BLOCK", 2)
    assert grouper.group(NEWS) == whole


def test_the_rarer_a_word_the_more_it_counts_and_what_is_in_all_news_counts_nothing() -> None:
    rarity = np.full(BUCKETS, 9.0, dtype=np.float32)
    rarity[[stories.place("tỉnh"), stories.place("tàu")]] = (4.9, 6.0)
    places, values = stories._vector(["tỉnh", "tàu", "thị nại"], rarity)
    found = dict(zip(places.tolist(), values.tolist(), strict=True))
    assert stories.place("tỉnh") not in found
    assert found[stories.place("thị nại")] > 2 * found[stories.place("tàu")] > 0
    assert values @ values == pytest.approx(1)
