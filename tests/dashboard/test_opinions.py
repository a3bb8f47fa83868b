"""What a language model says, on the screens: marked, accepted by people, and nowhere with its door shut."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from dashboard import newsroom, opinions
from diembao.api.rights import Standing, Visitor
from diembao.core.accounts import Grant, Role
from diembao.core.article import Kind, Label
from diembao.core.opinion import Asked, DayCost, Gist, GistVerdict, Limits, Line, Outline, QueueState, Task
from diembao.core.settings_opinion import OpinionSettings
from diembao.opinion.address import Place
from diembao.pipeline import asking, opiner, sending
from diembao.pipeline.wiring import Installation
from diembao.response.gists import accepted_gist
from tests.dashboard import published, seed
from tests.dashboard.conftest import OFFICER, screen, words_of
from tests.dashboard.seed import NOW, PROVINCE
from tests.dashboard.test_duty import ADMIN

VIEWER = Visitor("person:3", "session:3", (Standing.SIGNED_IN,), (Grant(Role.VIEWER),), account=3, name="xem")
SENTENCES = ("Nước sông đổi màu.", "Dân gửi đơn ba lần.", "Đoàn kiểm tra lấy mẫu.")
PASSAGE = "Nước đổi màu đen từ đầu tháng"


@pytest.fixture
def asks(house: Installation) -> Installation:
    """With the door open."""
    chosen = OpinionSettings(url="http://127.0.0.1:9/v1", model="qwen", price_in=2, price_out=3, daily_cost=5000)
    house.settings = house.settings.model_copy(update={"opinion": chosen})
    return house


def gist(house: Installation, article: str, **changes: object) -> None:
    made = Gist(article, PROVINCE, "vi", 1, "qwen", SENTENCES, PASSAGE, "", NOW)
    with house.store.writing() as write:
        write.put_gist(replace(made, **changes))  # type: ignore[arg-type]  # fields by their names


def second(house: Installation, article: str, *said: tuple[Kind, str]) -> None:
    labels = [Label(article, kind, key, PROVINCE, by="model:qwen", why=f"“{PASSAGE}”") for kind, key in said]
    with house.store.writing() as write:
        write.set_labels(article, [Kind.SECOND_RELEVANCE, Kind.SECOND_THEME, Kind.SECOND_STANCE], labels, now=NOW)


# -- Bài báo ------------------------------------------------------------------------------------------


def test_a_gist_stands_on_the_article_marked_as_a_machines_with_the_original_beside_it(
    asks: Installation, ids: dict[str, str]
) -> None:
    gist(asks, ids["waste"])
    told = words_of(screen("article", id=ids["waste"]))
    assert "Tóm tắt bằng tiếng Việt" in told
    assert "máy viết, chưa ai duyệt" in told.replace("\\", "")
    assert all(each in told for each in SENTENCES)
    assert f">{PASSAGE}</blockquote>" in told
    assert "qwen" in told


def test_a_person_accepts_a_gist_and_only_then_may_it_leave(asks: Installation, ids: dict[str, str]) -> None:
    gist(asks, ids["waste"])
    test = screen("article", id=ids["waste"])
    assert accepted_gist(asks.store, ids["waste"], "vi") is None
    test.button(key=f"gist-{ids['waste']}-vi-1-accept").click().run()
    found = accepted_gist(asks.store, ids["waste"], "vi")
    assert found is not None
    assert (found.verdict, found.by) == (GistVerdict.ACCEPTED, OFFICER.actor)
    assert "máy viết, người đã duyệt" in words_of(test).replace("\\", "")
    assert asks.store.audit(limit=1)[0].act == "gist.accepted"


def test_a_persons_own_words_take_the_place_of_the_machines(asks: Installation, ids: dict[str, str]) -> None:
    gist(asks, ids["waste"])
    test = screen("article", id=ids["waste"])
    test.text_area(key=f"gist-{ids['waste']}-vi-1-text").set_value("Lời của cán bộ.")
    next(each for each in test.button if each.label == "Sửa rồi duyệt").click().run()
    told = words_of(test)
    assert "Lời của cán bộ." in told
    assert SENTENCES[0] not in told
    assert "người đã sửa và duyệt" in told


def test_a_persons_word_on_an_older_revision_stands_after_the_newer_gist_and_says_so(
    asks: Installation, ids: dict[str, str]
) -> None:
    gist(asks, ids["waste"])
    screen("article", id=ids["waste"]).button(key=f"gist-{ids['waste']}-vi-1-accept").click().run()
    seed.revise(asks, published.LEADING[0], title="Nước thải: bản mới", text="Lời mới của báo.")
    gist(asks, ids["waste"], revision=2, sentences=("Lời của bản mới.", "Hai.", "Ba."))
    for name in ("article", "stream"):
        told = words_of(screen(name, id=ids["waste"])).replace("\\", "")
        assert told.index("Lời của bản mới.") < told.index(SENTENCES[0])
        assert told.index("chưa ai duyệt") < told.index("người đã duyệt") < told.index("cho bản trước (bản 1)")
        assert told.count("cho bản trước") == 1


def test_who_may_not_correct_reads_a_gist_and_judges_none(asks: Installation, ids: dict[str, str]) -> None:
    gist(asks, ids["waste"])
    newsroom.use(asks, lambda: NOW, who=lambda: VIEWER)
    test = screen("article", id=ids["waste"])
    assert SENTENCES[0] in words_of(test)
    assert not [each for each in test.button if str(each.key).startswith("gist-")]


def test_what_a_machine_wrote_is_shown_as_it_is_and_never_as_a_link(asks: Installation, ids: dict[str, str]) -> None:
    gist(asks, ids["waste"], sentences=("<b>Đậm</b> [x](https://a.example)", "Hai.", "Ba."))
    told = words_of(screen("article", id=ids["waste"]))
    assert "&lt;b&gt;Đậm&lt;/b&gt; [x](https://a.example)" in told


@pytest.mark.parametrize(
    ("state", "told"), [(QueueState.WAITING, "Đang chờ mô hình"), (QueueState.ASIDE, "không phải JSON")]
)
def test_a_gist_that_is_not_there_says_why(
    asks: Installation, ids: dict[str, str], state: QueueState, told: str
) -> None:
    why = "câu trả lời không phải JSON (the answer is no JSON)"
    with asks.store.writing() as write:
        write.want_opinions([Asked(ids["waste"], Task.GIST_VI, PROVINCE, 1, state, why=why)], now=NOW)
    assert told in words_of(screen("article", id=ids["waste"])).replace("\\", "")


def test_a_second_opinion_stands_apart_from_the_labels_and_says_where_it_differs(
    asks: Installation, ids: dict[str, str]
) -> None:
    second(asks, ids["waste"], (Kind.SECOND_STANCE, "neutral"), (Kind.SECOND_THEME, "environment-climate"))
    told = words_of(screen("article", id=ids["waste"])).replace("\\", "")
    assert "Ý kiến thứ hai" in told
    assert told.count("khác gợi ý của máy") == 1
    item = asks.store.article(ids["waste"])
    assert item is not None
    assert item.key(Kind.STANCE, PROVINCE) == "critical"


# -- Trực ---------------------------------------------------------------------------------------------


def test_a_disagreement_goes_before_the_rest_and_is_what_is_asked(asks: Installation) -> None:
    before = asking.questions(asks, NOW, 50)
    last = before[-1]
    ours = {last.torn[0], last.item.key(Kind.STANCE, PROVINCE)}
    other = next(x for x in ("positive", "neutral", "critical") if x not in ours)
    second(asks, last.item.article.id, (Kind.SECOND_STANCE, other))
    found = asking.questions(asks, NOW, 50)
    place = [one.item.article.id for one in found].index(last.item.article.id)
    assert place < len(before) - 1
    assert found[place].torn[1] == other
    assert found[place].worth == pytest.approx(last.worth + 1)
    one = found[0]
    second(asks, one.item.article.id, (Kind.SECOND_STANCE, other), (Kind.SECOND_RELEVANCE, "no"))
    told = words_of(screen("duty", view="ask")).replace("\\", "")
    assert "Ý kiến thứ hai (qwen) khác" in told


def test_what_the_machine_took_for_not_about_the_province_is_listed(asks: Installation, ids: dict[str, str]) -> None:
    with asks.store.writing() as write:
        no = Label(ids["flight"], Kind.RELEVANCE, "no", PROVINCE)
        write.set_labels(ids["flight"], [Kind.RELEVANCE], [no], now=NOW)
    second(asks, ids["flight"], (Kind.SECOND_RELEVANCE, "yes"))
    assert "Mô hình cho là nói về tỉnh" in words_of(screen("duty", view="ask"))
    asks.store.correct(ids["flight"], Kind.RELEVANCE, PROVINCE, ["no"], by="person:1", why="", now=NOW)
    assert "Mô hình cho là nói về tỉnh" not in words_of(screen("duty", view="ask"))


# -- Vụ việc, Quản trị ----------------------------------------------------------------------------------


def test_an_outline_is_asked_for_and_each_sentence_leads_to_its_article(
    asks: Installation, ids: dict[str, str]
) -> None:
    number = case_about(asks, ids["waste"])
    test = screen("case", id=number)
    test.button(key="outline-ask").click().run()
    wanted = asks.store.opinion_of(number, Task.OUTLINE)
    assert wanted is not None
    assert wanted.state is QueueState.WAITING
    assert "Đang chờ mô hình soạn đề cương" in words_of(test)
    with asks.store.writing() as write:
        line = Line("Nước sông đổi màu.", ids["waste"], PASSAGE)
        write.put_outline(Outline(number, "qwen", (line,), 3, 1, NOW), PROVINCE)
        write.end_opinion(replace(wanted, state=QueueState.DONE))
    test = screen("case", id=number)
    told = words_of(test).replace("\\", "")
    assert "Câu không có nguồn đúng đã bị bỏ: 3" in told
    assert PASSAGE in told
    assert re.search(r"lần hỏi mới: nhiều nhất [\d.]+ token. Nhiều nhất [\d.]+,\d\d VND.", told)
    test.button(key="outline-ask").click().run()
    again = asks.store.opinion_of(number, Task.OUTLINE)
    assert again is not None
    assert again.revision == wanted.revision + 1  # another question: no kept answer is given for it


def case_about(house: Installation, article: str) -> str:
    from diembao.response.acts import Actor
    from diembao.response.cases import Desk
    from tests.store.casework import WASTE

    return Desk(house.store, house.profile).open(WASTE, [article], Actor(OFFICER.actor, NOW, OFFICER.where)).number


def test_an_administrator_sees_where_articles_go_what_a_day_costs_and_what_was_set_aside(
    asks: Installation, ids: dict[str, str]
) -> None:
    newsroom.use(asks, lambda: NOW, who=lambda: ADMIN)
    assert asks.store.reserve_cost(DayCost(date(2026, 11, 20), "qwen", 12, 3, 4000, 1000, 1234.5), Limits(99, None))
    why = "câu trả lời không phải JSON (the answer is no JSON)"
    with asks.store.writing() as write:
        wanted = Asked(ids["waste"], Task.SECOND, PROVINCE, 1, QueueState.ASIDE, why=why)
        write.want_opinions([wanted], now=NOW)
    asks.store.set_fact(opiner.WHY, "opinion: xem lại key_file (look at key_file)")
    test = screen("administration")
    told = words_of(test).replace("\\", "")
    assert "Bài được gửi tới http" in told
    assert "xem lại key_file" in told
    assert "nhiều nhất 5.000 câu hỏi, 5.000,00 VND" in told
    (table,) = [each.value for each in test.dataframe if "Chi phí (VND)" in each.value.columns]
    assert table.iloc[0]["Chi phí (VND)"] == "1.234,50"
    test.button(key="opinion-again").click().run()
    assert asks.store.opinion_counts()[QueueState.WAITING] == 1
    sending.note(asks, Place("http", "127.0.0.1", 9, "/v1", "93.184.216.34", outside=True))
    assert "Bài được gửi ra ngoài" in words_of(screen("administration")).replace("\\", "")


# -- the door shut ------------------------------------------------------------------------------------


def test_with_the_door_shut_no_part_of_it_is_on_any_screen(house: Installation, ids: dict[str, str]) -> None:
    gist(house, ids["waste"])
    second(house, ids["waste"], (Kind.SECOND_STANCE, "positive"))
    number = case_about(house, ids["waste"])
    newsroom.use(house, lambda: NOW, who=lambda: replace(ADMIN, grants=(*ADMIN.grants, *OFFICER.grants)))
    for name, address in (
        ("article", {"id": ids["waste"]}),
        ("case", {"id": number}),
        ("duty", {}),
        ("administration", {}),
    ):
        told = words_of(screen(name, **address))
        for word in ("Tóm tắt bằng", "Ý kiến thứ hai", "Đề cương", "Mô hình ngôn ngữ", "qwen"):
            assert word not in told, (name, word)
    assert opinions.lines([ids["waste"]], "vi") == {}
    assert all(one.second == () for one in asking.questions(house, NOW, 50))


def test_a_list_has_gists_that_nobody_refused(asks: Installation, ids: dict[str, str]) -> None:
    gist(asks, ids["waste"])
    found = opinions.lines([ids["waste"], ids["flight"]], "vi")
    assert list(found) == [ids["waste"]]
    told = words_of(screen("stream")).replace("\\", "")
    assert told.count(SENTENCES[1]) == 1
    assert "máy viết, chưa ai duyệt" in told
