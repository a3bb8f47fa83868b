"""What the steps do when a part fails, and when what decides labels has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from diembao.core.article import Article, Kind, Label
from diembao.core.background import Background
from diembao.core.case import MACHINE, Act
from diembao.core.errors import Misconfigured, Refused, WrongUse
from diembao.core.settings import load
from diembao.pipeline import steps, worker
from diembao.pipeline.home import make_home
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.work import NOTHING, Work
from diembao.response.cases import Actor, Desk
from tests.store.making import NOW, article, entry, read_source


class Failing:
    """A tagger with a fault in it: it cannot read one article."""

    version = "failing-1"
    kinds = (Kind.LANGUAGE,)

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:
        if "khó đọc" in article.title:
            raise ValueError(article.title)
        return [Label(article.id, Kind.LANGUAGE, "vi", why="máy thử")]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with open_installation(load(tmp_path)) as opened:
        yield opened


def keep(house: Installation, *articles: tuple[str, str]) -> None:
    """Articles of (slug, title), through the store's own doors."""
    run = house.store.begin_run(NOW)
    read_source(house.store, run, pending=[entry(slug) for slug, _ in articles])
    for slug, title in articles:
        house.store.page_stored(run, entry(slug), article(slug, title=title, text=title), now=NOW, response=None)
    house.store.end_run(run, NOW)


def work(house: Installation) -> Work:
    return sum(steps.advance_to_end(house, lambda: NOW, "test"), start=NOTHING)


def test_an_article_that_a_tagger_cannot_read_does_not_stop_the_others(house: Installation) -> None:
    house.__dict__["taggers"] = (Failing(),)
    keep(house, ("a", "Một bài khó đọc"), ("b", "Một bài dễ đọc"))
    assert work(house).judged == 2
    hard, easy = house.store.articles([article("a").id, article("b").id])
    assert hard.labels == ()
    assert easy.key(Kind.LANGUAGE) == "vi"


def test_a_model_that_cannot_be_read_stops_the_step_and_takes_no_label_away(house: Installation) -> None:
    class Unread(Failing):
        def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:
            raise Misconfigured(article.id)

    keep(house, ("a", "Quy Nhơn đón tàu"))
    house.__dict__["taggers"] = (Unread(),)
    with pytest.raises(Misconfigured):
        work(house)
    assert house.store.bookmark("judge") == 0


def test_when_the_judges_change_every_article_is_judged_once_more(house: Installation) -> None:
    keep(house, ("a", "Quy Nhơn đón tàu"), ("b", "Pleiku mở chợ"))
    worker.announce_changes(house, lambda: NOW)
    assert work(house).judged == 2
    worker.announce_changes(house, lambda: NOW)
    assert work(house).judged == 0
    house.__dict__["taggers"] = (Failing(),)
    worker.announce_changes(house, lambda: NOW)
    assert work(house).judged == 2


def test_a_persons_word_stays_when_everything_is_judged_again(house: Installation) -> None:
    keep(house, ("a", "Quy Nhơn đón tàu"))
    work(house)
    found = article("a").id
    house.store.correct(found, Kind.RELEVANCE, "gia-lai", ["no"], by="person:truc-ban", why="đội bóng", now=NOW)
    work(house)
    house.store.set_fact("judges", "of another day")
    worker.announce_changes(house, lambda: NOW)
    assert work(house).judged == 1
    assert house.store.articles([found])[0].key(Kind.RELEVANCE, "gia-lai") == "no"


def test_many_small_batches_come_to_the_stories_of_one_large_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Days of one flood, a day apart, told in an order of their own."""
    told = [(f"d{day}", f"Lũ sông Kôn ở Tuy Phước ngày thứ {day}, nhiều nhà ngập sâu ở Gia Lai") for day in range(8)]

    def stories(name: str, order: Sequence[int], batch: int) -> set[frozenset[str]]:
        monkeypatch.setattr(steps, "BATCH", batch)
        with open_installation(load(tmp_path / name)) as house:
            for n in order:
                slug, title = told[n]
                run = house.store.begin_run(NOW)
                read_source(house.store, run, pending=[entry(slug)])
                made = article(slug, title=title, text=title, published_at=NOW - timedelta(days=n))
                house.store.page_stored(run, entry(slug), made, now=NOW, response=None)
                house.store.end_run(run, NOW)
                if batch == 1:
                    work(house)
            work(house)
            found: dict[str, set[str]] = {}
            for item in house.store.articles(list(house.store.article_ids())):
                found.setdefault(item.key(Kind.STORY) or "", set()).add(item.article.id)
            return {frozenset(members) for members in found.values()}

    assert stories("large", range(8), 100) == stories("small", (5, 0, 7, 2, 6, 1, 4, 3), 1)


def test_one_worker_a_home(tmp_path: Path) -> None:
    with worker.only_worker(tmp_path), pytest.raises(WrongUse, match="already at work"), worker.only_worker(tmp_path):
        pass


def test_a_home_that_cannot_be_made_is_told_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Misconfigured, match="file/home"):
        make_home(tmp_path / "file" / "home")


def test_new_coverage_of_a_story_joins_the_case_about_it_and_its_log_says_so(house: Installation) -> None:
    """From the page to the case, through every step; nothing that a person wrote has changed."""
    first = "Lũ sông Kôn dâng cao ở Tuy Phước, Gia Lai, nhiều nhà ngập sâu"
    keep(house, ("a", first))
    work(house)
    desk = Desk(house.store, house.profile)
    item = house.store.article(article("a").id)
    assert item is not None
    case = desk.open(desk.proposal(item, NOW), [item.article.id], Actor("person:truc-ban", NOW))
    keep(house, ("b", f"{first}, dân phải dời đi"), ("c", "Giá cà phê Đắk Lắk tăng"))
    work(house)
    found = house.store.case_file(case.number)
    assert found is not None
    assert [each.article_id for each in found.coverage if each.by == MACHINE] == [article("b").id]
    assert (found.log[-1].act, found.log[-1].by) == (Act.JOINED, MACHINE)
    assert (found.case.details, found.case.version) == (case.details, 1)
    assert house.store.bookmark("join") == house.store.head()


def test_nothing_is_judged_sent_or_collected_where_the_table_says_no(tmp_path: Path) -> None:
    for refused in Background:

        def asks(act: Background, refused: Background = refused) -> None:
            if act is refused:
                raise Refused("rights")

        with open_installation(load(tmp_path), asks) as house:
            collect = partial(worker.run_once, house, lambda _: None, by="test")
            work = collect if refused is Background.COLLECT else partial(steps.advance, house, lambda: NOW, "w")
            with pytest.raises(Refused):
                work()
