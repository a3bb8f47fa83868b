"""What every store promises of reports that are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from diembao.core.accounts import Hand
from diembao.core.errors import Outdated, WrongUse
from diembao.core.ports import Store
from diembao.core.provinces import Scope
from diembao.core.reports import TEXT, Report, ReportState, Signing, Written
from tests.store.making import NOW, OFFICER, later

HAND, OTHER = Hand(OFFICER, "session:1"), Hand("person:8", "session:2")
REPORT = Report(
    "weekly", "gia-lai", "2026-W47", date(2026, 11, 13), date(2026, 11, 19), "Điểm báo tuần 47", NOW, OFFICER
)
SAID = Written("overview", "Tuần qua yên ắng.")


def kept(store: Store, content: bytes = b"{}", report: Report = REPORT) -> int:
    return store.keep_report(report, content, HAND, NOW).number


def texts(store: Store, number: int) -> list[tuple[int, int, str]]:
    return [(each.paragraph, each.version, each.text) for each in store.written(number)]


class ReportsContract:
    def test_a_report_comes_back_as_it_was_kept(self, store: Store) -> None:
        number = kept(store, b"\x00 many figures" * 1000)
        assert store.report(number) == replace(REPORT, number=number)
        assert store.reports() == [replace(REPORT, number=number)]
        assert store.reports("annual") == []
        assert store.report_content(number) == b"\x00 many figures" * 1000
        assert (store.report(number + 1), store.report_content(number + 1), store.written(number + 1)) == (
            None,
            b"",
            [],
        )
        row = store.audit()[0]
        assert (row.actor, row.act, row.subject) == (OFFICER, "report.make", "report:gia-lai:2026-W47")

    def test_the_list_is_narrowed_by_kind_and_year_and_read_on_behind_the_last_one(self, store: Store) -> None:
        days = [(date(2026, 12, 25) + timedelta(weeks=n), date(2026, 12, 31) + timedelta(weeks=n)) for n in range(3)]
        weekly = [
            kept(store, report=replace(REPORT, name=f"week {n}", first=first, last=last))
            for n, (first, last) in enumerate(days)
        ]
        annual = kept(store, report=replace(REPORT, kind="annual", name="2026", last=date(2026, 12, 31)))
        assert store.report_counts() == {("weekly", 2026): 1, ("weekly", 2027): 2, ("annual", 2026): 1}
        assert [x.number for x in store.reports("weekly", year=2027)] == [weekly[2], weekly[1]]
        assert [x.number for x in store.reports(year=2026)] == [annual, weekly[0]]
        assert store.reports(year=2025) == []
        assert [x.number for x in store.reports(offset=1, limit=2)] == [weekly[1], annual]
        second = store.reports(limit=2)[-1]
        kept(store, report=replace(REPORT, name="week 9", last=date(2027, 3, 4)))  # while somebody reads
        assert [x.number for x in store.reports(after=second)] == [annual, weekly[0]]
        assert [x.number for x in store.reports("weekly", after=store.report(annual))] == [weekly[0]]

    def test_a_persons_paragraphs_survive_making_it_again(self, store: Store) -> None:
        number = kept(store, b"first")
        store.write_paragraph(number, SAID, HAND, NOW)
        again = store.keep_report(replace(REPORT, made_at=later(hours=1)), b"second", OTHER, later(hours=1))
        assert (again.number, again.version, again.made_at) == (number, 1, later(hours=1))
        assert store.report_content(number) == b"second"
        (told,) = store.written(number)
        assert told == replace(SAID, paragraph=1, version=1, by=OFFICER, at=NOW)

    def test_of_two_editors_the_second_is_told_and_nothing_is_lost(self, store: Store) -> None:
        number = kept(store)
        first = store.write_paragraph(number, SAID, HAND, NOW)
        store.write_paragraph(number, replace(first, text="Lan viết."), HAND, later(minutes=1))
        with pytest.raises(Outdated, match="Somebody else"):
            store.write_paragraph(number, replace(first, text="Minh viết."), OTHER, later(minutes=2))
        assert texts(store, number) == [(1, 2, "Lan viết.")]
        read = store.written(number)[0]
        store.write_paragraph(number, replace(read, text="Cả hai."), OTHER, later(minutes=3))
        assert [(x.version, x.text, x.by) for x in store.written(number, history=True)] == [
            (1, "Tuần qua yên ắng.", OFFICER),
            (2, "Lan viết.", OFFICER),
            (3, "Cả hai.", "person:8"),
        ]

    def test_two_new_paragraphs_at_once_are_two(self, store: Store) -> None:
        number = kept(store)
        store.write_paragraph(number, SAID, HAND, NOW)
        store.write_paragraph(number, replace(SAID, section="proposals", text="Đề nghị."), OTHER, NOW)
        assert texts(store, number) == [(1, 1, "Tuần qua yên ắng."), (2, 1, "Đề nghị.")]

    def test_a_paragraph_that_is_taken_out_stays_in_its_history(self, store: Store) -> None:
        number = kept(store)
        first = store.write_paragraph(number, SAID, HAND, NOW)
        store.write_paragraph(number, replace(first, text=" \n "), OTHER, later(minutes=1))
        assert store.written(number) == []
        assert [x.text for x in store.written(number, history=True)] == ["Tuần qua yên ắng.", ""]

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            (replace(SAID, text=" \n\t "), "no words"),
            (replace(SAID, text="x" * (TEXT + 1)), str(TEXT)),
            (replace(SAID, paragraph=3, version=1), "no such paragraph"),
            (replace(SAID, section="khong-co-muc"), "no section 'khong-co-muc'"),
        ],
    )
    def test_what_will_not_do_is_refused(self, store: Store, told: Written, said: str) -> None:
        number = kept(store)
        with pytest.raises(WrongUse, match=said):
            store.write_paragraph(number, told, HAND, NOW)
        assert store.written(number, history=True) == []

    def test_more_paragraphs_than_a_report_holds_are_refused(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("diembao.store.reports.MOST", 2)
        number = kept(store)
        for _ in range(2):
            store.write_paragraph(number, SAID, HAND, NOW)
        with pytest.raises(WrongUse, match="at most 2 paragraphs"):
            store.write_paragraph(number, SAID, HAND, NOW)

    def test_what_is_signed_is_never_changed_and_a_new_version_takes_the_paragraphs_along(self, store: Store) -> None:
        number = kept(store, b"first")
        store.write_paragraph(number, SAID, HAND, NOW)
        report = store.report(number)
        assert report is not None
        signed = store.sign_report(number, Signing(report.edition, b"PK document", 8), OTHER, later(hours=1))
        assert (signed.state, signed.signed_by, signed.signed_at) == (ReportState.SIGNED, "person:8", later(hours=1))
        assert signed.registered == 8
        assert store.response(signed.document) == b"PK document"
        told = store.written(number)[0]
        with pytest.raises(WrongUse, match="signed"):
            store.write_paragraph(number, replace(told, text="Sau khi ký."), HAND, later(hours=2))
        with pytest.raises(WrongUse, match="signed"):
            store.sign_report(number, Signing(signed.edition, b"again"), HAND, later(hours=2))
        new = store.keep_report(REPORT, b"second", HAND, later(hours=3))
        assert (new.number != number, new.version, new.state) == (True, 2, ReportState.DRAFT)
        assert store.report_content(number) == b"first"
        assert store.report(number) == signed
        assert store.written(new.number) == [told]
        assert [x.version for x in store.reports()] == [2, 1]

    def test_only_what_was_read_is_signed(self, store: Store) -> None:
        number = kept(store)
        read = store.report(number)
        assert read is not None
        store.write_paragraph(number, SAID, OTHER, NOW)
        with pytest.raises(Outdated, match="has changed since it was read"):
            store.sign_report(number, Signing(read.edition, b"x"), HAND, NOW)
        kept(store, b"again")
        now = store.report(number)
        assert now is not None
        assert (now.state, now.edition) == (ReportState.DRAFT, read.edition + 2)

    def test_each_province_has_its_own(self, store: Store) -> None:
        here, there = (store.seen_by(Scope(each, everything=False)) for each in ("gia-lai", "bac-ninh"))
        number = kept(there)
        assert (here.reports(), here.report(number), here.report_content(number)) == ([], None, b"")
        assert here.report_counts() == {}
        with pytest.raises(WrongUse, match="no report"):
            here.write_paragraph(number, SAID, HAND, NOW)
        with pytest.raises(WrongUse, match="no report"):
            here.sign_report(number, Signing(1, b"x"), HAND, NOW)
        assert kept(here) != number
