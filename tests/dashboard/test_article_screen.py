"""Bài báo: where its words and labels come from, and what a person may say of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from diembao.core.article import Kind, Label
from diembao.pipeline.wiring import Installation
from tests.dashboard import published, seed
from tests.dashboard.conftest import Away, screen, words_of
from tests.dashboard.seed import NOW, PROVINCE

# -- today ----------------------------------------------------------------------------------------


def test_an_article_is_read_without_the_search_server(house: Installation, ids: dict[str, str]) -> None:
    house.index.close()
    house.__dict__["index"] = Away()
    test = screen("article", id=next(iter(ids.values())))
    assert not test.error
    assert test.title


# -- article --------------------------------------------------------------------------------------


def test_an_article_says_where_its_time_was_read_and_links_to_the_original(
    house: Installation, ids: dict[str, str]
) -> None:
    test = screen("article", id=ids["waste"])
    told = words_of(test).replace("\\", "")
    assert "21/11/2026 06:10 (giờ đăng lấy từ RSS)" in told
    assert test.link_button[0].url.startswith("https://bao-song-con.example/")
    undated = words_of(screen("article", id=ids["undated"])).replace("\\", "")
    assert "không rõ giờ đăng; đây là lúc thu được" in undated
    assert "Chữ lấy từ RSS của nguồn" in undated


def test_every_label_says_by_whom_how_sure_and_why(house: Installation, ids: dict[str, str]) -> None:
    told = words_of(screen("article", id=ids["waste"])).replace("\\", "")
    assert "máy, mô hình · độ chắc 0,82" in told
    assert "máy, mô hình seed-1 · " in told  # in the history
    assert "“gửi đơn ba lần”: than phiền chưa được giải quyết, luật phê-phán-3" in told
    assert "máy, theo luật · độ chắc 0,97" in told
    assert "Với vùng khác: Bình Định (cũ) · về tỉnh" in told


def test_the_other_articles_of_the_story_are_listed_with_their_roles(house: Installation, ids: dict[str, str]) -> None:
    told = words_of(screen("article", id=ids["waste"])).replace("\\", "")
    assert "Cùng chuyện: 3 bài, 2 văn bản khác nhau" in told
    assert "đăng lại" in told
    assert "bài tiếp" in told


def test_abstaining_is_shown_as_not_clear(house: Installation, ids: dict[str, str]) -> None:
    assert "Gợi ý: chưa rõ" in words_of(screen("article", id=ids["port"])).replace("\\", "")


@pytest.mark.parametrize("asked", ["zz", "0" * 16, "'; drop table", "<script>", "x" * 10_000])
def test_an_unknown_article_is_said(house: Installation, asked: str) -> None:
    assert "Không có bài nào mang số" in screen("article", id=asked).warning[0].value


def test_what_an_outlet_wrote_is_shown_and_never_interpreted(house: Installation, ids: dict[str, str]) -> None:
    test = screen("article", id=ids["hostile"])
    drawn = "".join(element.proto.body for element in test.get("html") if "diembao-text" in element.proto.body)
    assert "&lt;script&gt;window.broken = true&lt;/script&gt;" in drawn
    assert "<script" not in drawn
    assert "# không phải đầu đề" in drawn
    assert test.title[0].value.startswith("Chợ \\*Đầm\\* \\[xem\\]\\(javascript\\:alert\\(1\\)\\) \\<img")


# -- corrections ----------------------------------------------------------------------------------


def correct(article: str, kind: Kind, value: str | list[str], why: str) -> str:
    """What a person does: choose, give a reason, save. What the screen says then."""
    test = screen("article", id=article)
    key = next(w.key for w in test.text_input if w.key and w.key.startswith(f"correct-{kind.value}-"))
    widget = key.removesuffix("-why") + "-keys"
    if isinstance(value, list):
        test.multiselect(widget).set_value(value)
    else:
        test.radio(widget).set_value(value)
    test.text_input(key).set_value(why)
    number = [Kind.RELEVANCE, Kind.STANCE, Kind.THEME].index(kind)
    [button for button in test.button if button.label == "Ghi"][number].click().run()
    assert not test.exception
    return words_of(test).replace("\\", "")


def test_a_correction_counts_at_once_and_keeps_its_reason(house: Installation, ids: dict[str, str]) -> None:
    told = correct(ids["waste"], Kind.STANCE, "neutral", "Bài chỉ thuật lại")
    assert "Đã ghi: Thái độ với tỉnh: trung tính." in told
    assert "trung tính (người sửa)" in told
    assert "Bài chỉ thuật lại" in told
    item = house.store.article(ids["waste"])
    assert item is not None
    assert item.key(Kind.STANCE, PROVINCE) == "neutral"
    assert [label.by for label in item.labels if label.kind is Kind.STANCE] == ["person:1"]


def test_a_list_that_was_kept_shows_a_correction_at_once(house: Installation, ids: dict[str, str]) -> None:
    assert "(người sửa)" not in words_of(screen("stream")).replace("\\", "")
    house.store.correct(ids["waste"], Kind.STANCE, PROVINCE, ["neutral"], by="person:local", why="", now=NOW)
    assert "trung tính (người sửa)" in words_of(screen("stream")).replace("\\", "")


def test_none_of_the_themes_is_an_answer(house: Installation, ids: dict[str, str]) -> None:
    assert "không chủ đề nào" in correct(ids["waste"], Kind.THEME, [], "")
    item = house.store.article(ids["waste"])
    assert item is not None
    assert item.keys(Kind.THEME, PROVINCE) == ()


def test_a_correction_can_be_taken_back(house: Installation, ids: dict[str, str]) -> None:
    correct(ids["waste"], Kind.RELEVANCE, "no", "nhầm địa danh")
    test = screen("article", id=ids["waste"])
    next(button for button in test.button if button.label.startswith("Bỏ sửa")).click().run()
    assert "Đã bỏ sửa" in words_of(test)
    item = house.store.article(ids["waste"])
    assert item is not None
    assert item.key(Kind.RELEVANCE, PROVINCE) == "yes"
    history = words_of(test).replace("\\", "")
    assert "không về tỉnh · người: 1 · đến 21/11/2026 06:40 · nhầm địa danh" in history


def test_after_a_new_revision_a_persons_label_asks_for_another_look_and_the_change_is_shown(
    house: Installation, ids: dict[str, str]
) -> None:
    road = published.LEADING[3]
    correct(ids["road"], Kind.STANCE, "critical", "dân chờ quá lâu")
    seed.revise(house, road, title=road.title + " quá lâu", text=f"{road.text.replace('42', '57')} An Nhơn.")
    town = Label(ids["road"], Kind.PLACE, "An Nhơn", "binh-dinh")
    with house.store.writing() as write:
        write.set_labels(ids["road"], [Kind.PLACE], [town], now=seed.NOW)
    test = screen("article", id=ids["road"], q="nhà mới")
    told = words_of(test).replace("\\", "")
    assert "xem lại" in told
    assert "phê phán (người sửa)" in told
    assert "<del>42 </del>hộ dân" in told
    assert "<ins>57 </ins>hộ dân" in told
    assert "<ins>quá lâu</ins>" in told
    assert "(từ đã tìm) </span>nhà mới</mark>" in told
    assert "(địa danh của tỉnh) </span>An Nhơn</mark>" in told
    test.toggle("article-marks").set_value(False).run()
    assert "<mark" not in words_of(test)
    assert "không đánh dấu từ nào" in words_of(screen("article", id=ids["road"], q="báo:("))


# -- stories --------------------------------------------------------------------------------------


def press(test: AppTest, label: str) -> str:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception
    return words_of(test).replace("\\", "")


def test_a_person_merges_two_stories_splits_them_and_takes_it_back(house: Installation, ids: dict[str, str]) -> None:
    test = screen("article", id=ids["waste"])
    test.text_input(f"tie-other-{ids['waste']}").set_value(f"http://127.0.0.1:8501/article?id={ids['road']}")
    assert "Đã ghi." in press(test, "Gộp")
    (tie,) = house.store.ties([ids["waste"]])
    assert (tie.article, tie.other, tie.together, tie.by) == (ids["waste"], ids["road"], True, "person:1")
    told = press(screen("article", id=ids["waste"]), "Bỏ tách, gộp của bài này")
    assert "Đã ghi." in told
    assert not house.store.ties([ids["waste"]])


def test_merging_with_what_is_not_there_is_told(ids: dict[str, str]) -> None:
    test = screen("article", id=ids["waste"])
    test.text_input(f"tie-other-{ids['waste']}").set_value("https://bao.example/khong-co")
    assert "Không có bài này trong kho." in press(test, "Gộp")


# -- evidence -------------------------------------------------------------------------------------


def test_a_packet_can_be_taken_along_and_the_key_is_shown_once_there_is_one(
    house: Installation, ids: dict[str, str]
) -> None:
    test = screen("article", id=ids["waste"])
    assert [each.proto.label for each in test.get("download_button")] == ["Tải hồ sơ chứng cứ"]
    assert "Khóa ký" not in words_of(test)
    from diembao.response.signing import signer

    key = signer(house.settings.home).fingerprint
    assert key in words_of(screen("article", id=ids["waste"])).replace("\\", "").replace("\u2060", "")


def test_an_article_that_was_taken_down_says_so_above_its_text(house: Installation, ids: dict[str, str]) -> None:
    taken_down(house, ids["waste"])
    (told,) = [each.value.replace("\\", "") for each in screen("article", id=ids["waste"]).warning]
    assert told.startswith("Nguồn đã gỡ bài này: trang trả lỗi 404 lúc")


def taken_down(house: Installation, article_id: str) -> None:
    from diembao.core.ledger import Outcome

    for days in (1, 3):
        at = NOW + timedelta(days=days)
        run = house.store.begin_run(at)
        for each in house.store.revisits_due(run, at, about=[PROVINCE], limit=1000):
            if each.entry.id == article_id:
                refused = Outcome.REFUSED
                house.store.revisit_failed(run, each.entry, refused, now=at, reason="status-404", response=b"gone")
        house.store.end_run(run, at)
