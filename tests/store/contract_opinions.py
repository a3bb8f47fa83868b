"""What every store promises of the questions to a language model, its answers and their price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from diembao.core.accounts import Hand
from diembao.core.errors import Outdated, WrongUse
from diembao.core.opinion import (
    GIST_LENGTH,
    Asked,
    DayCost,
    Gist,
    GistVerdict,
    Judgement,
    KeptAnswer,
    Limits,
    Line,
    Outline,
    QueueState,
    Task,
)
from diembao.core.ports import Store
from diembao.response.gists import accepted_gist
from tests.store.casework import WASTE, by, desk
from tests.store.contract_provinces import HERE, THERE
from tests.store.making import NOW, article, id_of, keep, later

LAN = Hand("person:1", "session:1")
SOON = NOW + timedelta(minutes=5)


def asked(slug: str, task: Task = Task.SECOND, province: str = "gia-lai", **changes: object) -> Asked:
    return replace(Asked(id_of(slug), task, province, 1, at=NOW), **changes)  # type: ignore[arg-type]  # by their names


def want(store: Store, *wanted: Asked) -> int:
    with store.writing() as write:
        return write.want_opinions(wanted, now=NOW)


def end(store: Store, one: Asked) -> None:
    with store.writing() as write:
        write.end_opinion(one)


def gist(slug: str, language: str = "vi", revision: int = 1, province: str = "gia-lai") -> Gist:
    sentences = ("Một câu.", "Hai câu.", f"Bản {revision}.")
    return Gist(id_of(slug), province, language, revision, "m", sentences, "ກວີເຍີນ", "Quy Nhơn", NOW)


def put(store: Store, one: Gist) -> None:
    with store.writing() as write:
        write.put_gist(one)


def said(verdict: GistVerdict, *, revision: int = 1, text: str = "") -> Judgement:
    return Judgement(id_of("a"), "vi", revision, verdict, text, "đã đọc")


class OpinionsContract:
    @pytest.fixture
    def kept(self, store: Store) -> Store:
        keep(store, article("a"), article("b"))
        return store

    def test_what_is_wanted_is_taken_once_the_newest_first_and_given_again_if_its_taker_dies(self, kept: Store) -> None:
        assert want(kept, asked("a", at=NOW - timedelta(days=1)), asked("b")) == 2
        first = kept.take_opinions(now=NOW, until=SOON, limit=1)
        assert [one.subject for one in first] == [id_of("b")]
        assert [one.subject for one in kept.take_opinions(now=NOW, until=SOON, limit=9)] == [id_of("a")]
        assert kept.take_opinions(now=NOW, until=SOON, limit=9) == []
        assert len(kept.take_opinions(now=SOON, until=later(hours=1), limit=9)) == 2

    def test_an_outline_goes_before_articles(self, kept: Store) -> None:
        want(kept, asked("a"), Asked("VV-1", Task.OUTLINE, "gia-lai", 0, at=NOW - timedelta(days=9)))
        assert [one.task for one in kept.take_opinions(now=NOW, until=SOON, limit=1)] == [Task.OUTLINE]

    def test_what_was_asked_of_a_revision_is_not_asked_again_of_a_new_one_it_is(self, kept: Store) -> None:
        want(kept, asked("a"))
        end(kept, asked("a", state=QueueState.DONE))
        assert want(kept, asked("a")) == 0
        assert kept.opinion_counts()[QueueState.DONE] == 1
        assert want(kept, asked("a", revision=2)) == 1
        assert kept.opinion_counts() == {QueueState.WAITING: 1, QueueState.DONE: 0, QueueState.ASIDE: 0}

    def test_an_answer_about_an_old_revision_does_not_end_the_new_question(self, kept: Store) -> None:
        want(kept, asked("a", revision=2))
        end(kept, asked("a", state=QueueState.DONE))
        assert kept.opinion_counts()[QueueState.WAITING] == 1

    def test_what_was_set_aside_says_why_and_may_be_asked_again_by_a_person(self, kept: Store) -> None:
        want(kept, asked("a"))
        end(kept, asked("a", state=QueueState.ASIDE, why="không phải JSON", tries=3))
        (aside,) = kept.opinion_asides()
        assert (aside.why, aside.tries) == ("không phải JSON", 3)
        kept.ask_opinion(aside, now=later(hours=1), by=LAN)
        again = kept.opinion_of(id_of("a"), Task.SECOND)
        assert again is not None
        assert (again.state, again.tries, again.why) == (QueueState.WAITING, 0, "")
        assert kept.audit(limit=1)[0].act == "opinion.ask"

    def test_an_answer_is_kept_under_its_key(self, kept: Store) -> None:
        answer = KeptAnswer("{}", "m", 4, 2)
        kept.keep_answer("k", answer, now=NOW)
        kept.keep_answer("k", replace(answer, text="another"), now=NOW)
        assert kept.kept_answer("k") == answer
        assert kept.kept_answer("j") is None

    def test_a_days_limit_holds_over_all_models_and_only_that_day(self, kept: Store) -> None:
        day = DayCost(date(2026, 11, 20), "m", questions=1, cost=6)
        limits = Limits(questions=3, cost=10)
        assert kept.reserve_cost(day, limits)
        assert not kept.reserve_cost(replace(day, model="n"), limits)
        kept.note_cost(replace(day, questions=0, cost=-4))
        assert kept.reserve_cost(replace(day, model="n"), limits)
        assert kept.reserve_cost(replace(day, day=date(2026, 11, 21)), limits)
        assert [(one.day.day, one.model, one.cost) for one in kept.opinion_costs()] == [
            (21, "m", 6),
            (20, "m", 2),
            (20, "n", 6),
        ]
        assert not kept.reserve_cost(day, Limits(questions=2, cost=None))

    def test_a_gist_goes_nowhere_until_a_person_accepts_it(self, kept: Store) -> None:
        put(kept, gist("a"))
        assert accepted_gist(kept, id_of("a"), "vi") is None
        kept.judge_gist(said(GistVerdict.ACCEPTED), now=NOW, by=LAN)
        found = accepted_gist(kept, id_of("a"), "vi")
        assert found is not None
        assert (found.words, found.by) == ("Một câu. Hai câu. Bản 1.", "person:1")
        assert accepted_gist(kept, id_of("a"), "en") is None
        kept.judge_gist(replace(said(GistVerdict.REFUSED), seen=found.judged_at), now=NOW, by=LAN)
        assert accepted_gist(kept, id_of("a"), "vi") is None
        assert [row.act for row in kept.audit(limit=2)] == ["gist.refused", "gist.accepted"]

    def test_a_persons_words_are_never_written_over_by_the_machine(self, kept: Store) -> None:
        put(kept, gist("a"))
        kept.judge_gist(said(GistVerdict.EDITED, text="Lời của người."), now=NOW, by=LAN)
        put(kept, replace(gist("a"), sentences=("Máy.", "Máy.", "Máy.")))
        (found,) = kept.gists([id_of("a")])
        assert (found.words, found.revision, found.verdict) == ("Lời của người.", 1, GistVerdict.EDITED)

    def test_a_persons_word_on_an_older_revision_hides_no_newer_gist_and_is_told_before_it(self, kept: Store) -> None:
        for revision in (1, 2, 3):
            put(kept, gist("a", revision=revision))
        for revision in (1, 2):
            kept.judge_gist(said(GistVerdict.ACCEPTED, revision=revision), now=later(hours=revision), by=LAN)
        put(kept, gist("b"))
        found = kept.gists([id_of("a")])
        assert [(one.revision, one.verdict) for one in found] == [(2, GistVerdict.ACCEPTED), (3, None)]
        kept.judge_gist(said(GistVerdict.REFUSED, revision=3), now=NOW, by=LAN)
        assert [one.verdict for one in kept.gists([id_of("a")])] == [GistVerdict.REFUSED]

    def test_old_answers_and_gists_that_were_replaced_go_and_what_a_person_judged_stays(self, kept: Store) -> None:
        old = NOW - timedelta(days=91)
        kept.keep_answer("old", KeptAnswer("{}", "m", 4, 2), now=old)
        kept.keep_answer("new", KeptAnswer("{}", "m", 4, 2), now=NOW)
        for revision in (1, 2, 3):
            put(kept, replace(gist("a", revision=revision), at=old))
        kept.judge_gist(said(GistVerdict.REFUSED, revision=1), now=old, by=LAN)
        assert kept.prune_opinions(NOW - timedelta(days=90)) == 2  # an answer, and the gist of revision 2
        assert kept.kept_answer("old") is None
        assert kept.kept_answer("new") is not None
        assert [one.revision for one in kept.gists([id_of("a")])] == [1, 3]
        assert kept.prune_opinions(NOW - timedelta(days=90)) == 0
        with pytest.raises(WrongUse):
            kept.judge_gist(said(GistVerdict.ACCEPTED, revision=2), now=NOW, by=LAN)

    def test_what_a_person_asks_for_themselves_is_given_to_nobody_else_meanwhile(self, kept: Store) -> None:
        kept.ask_opinion(asked("a"), now=NOW, by=LAN, until=SOON)
        assert kept.take_opinions(now=NOW, until=SOON, limit=9) == []
        assert len(kept.take_opinions(now=SOON, until=later(hours=1), limit=9)) == 1

    def test_who_had_not_seen_another_persons_word_does_not_take_its_place(self, kept: Store) -> None:
        put(kept, gist("a"))
        kept.judge_gist(said(GistVerdict.EDITED, text="Lời của người."), now=NOW, by=LAN)
        for verdict in (GistVerdict.ACCEPTED, GistVerdict.REFUSED):
            with pytest.raises(Outdated):
                kept.judge_gist(said(verdict), now=SOON, by=LAN)
        (found,) = kept.gists([id_of("a")])
        assert (found.words, found.verdict) == ("Lời của người.", GistVerdict.EDITED)

    def test_an_accepted_gist_of_words_that_have_changed_goes_nowhere(self, kept: Store) -> None:
        put(kept, gist("a"))
        kept.judge_gist(said(GistVerdict.ACCEPTED), now=NOW, by=LAN)
        keep(kept, article("a", text="Lời mới của báo.", revision=2))
        assert accepted_gist(kept, id_of("a"), "vi") is None

    def test_of_the_machines_the_newest_revision_stands(self, kept: Store) -> None:
        for revision in (2, 1):
            put(kept, gist("a", revision=revision))
        put(kept, gist("a", "en"))
        assert [(one.language, one.revision) for one in kept.gists([id_of("a"), id_of("b")])] == [("en", 1), ("vi", 2)]

    @pytest.mark.parametrize("text", ["", " \n", "x" * (GIST_LENGTH + 1)])
    def test_an_edited_gist_has_words_and_not_too_many(self, kept: Store, text: str) -> None:
        put(kept, gist("a"))
        with pytest.raises(WrongUse):
            kept.judge_gist(said(GistVerdict.EDITED, text=text), now=NOW, by=LAN)

    def test_a_gist_that_is_not_there_cannot_be_accepted(self, kept: Store) -> None:
        with pytest.raises(WrongUse, match="no gist"):
            kept.judge_gist(said(GistVerdict.ACCEPTED, revision=7), now=NOW, by=LAN)

    def test_an_outline_is_kept_with_its_sources(self, kept: Store) -> None:
        case = desk(kept).open(WASTE, [id_of("a")], by())
        outline = Outline(case.number, "m", (Line("Tàu đến.", id_of("a"), "tàu a cập cảng"),), 2, 1, NOW)
        for one in (replace(outline, dropped=9), outline):
            with kept.writing() as write:
                write.put_outline(one, "gia-lai")
        assert kept.outline(case.number) == outline
        assert kept.outline("VV-2026-9999") is None

    def test_a_province_sees_its_own(self, kept: Store) -> None:
        here, there = kept.seen_by(HERE), kept.seen_by(THERE)
        put(kept, gist("a", province=HERE.province))
        want(kept, asked("a", province=HERE.province))
        assert [len(each.gists([id_of("a")])) for each in (here, there)] == [1, 0]
        assert there.take_opinions(now=NOW, until=SOON, limit=9) == []
        with pytest.raises(WrongUse):
            there.judge_gist(said(GistVerdict.ACCEPTED), now=NOW, by=LAN)
        assert len(here.take_opinions(now=NOW, until=SOON, limit=9)) == 1
