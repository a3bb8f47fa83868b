"""Every role at the desk: what it may not do to a case has no widget, and doing it with one that was drawn before is
refused, told, and changes nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import evidence, newsroom
from dashboard.desk import asking
from diembao.api.rights import Act, Standing, Visitor
from diembao.core.accounts import Grant, Role
from diembao.core.case import Case, CaseState, Details
from diembao.core.errors import Refused, WrongUse
from diembao.core.settings import load
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.cases import Actor, Desk
from tests.dashboard.conftest import screen, words_of
from tests.dashboard.seed import NOW, Seeded

UNIT: Final = "so-y-te"
DESK: Final = frozenset({"read", "work", "draft"})
READS: Final = frozenset({"read"})
# By hand, beside the table of rights: what each role finds on the screen of a case in the hands of its unit, of
# another unit's about coverage at home, and of another unit's about coverage from abroad.
FOUND: Final = {
    Role.VIEWER: (READS, READS, READS),
    Role.OFFICER: (DESK | {"assign"}, DESK | {"assign"}, DESK | {"assign"}),
    Role.APPROVER: (DESK | {"assign"}, DESK | {"assign"}, DESK | {"assign"}),
    Role.UNIT_OFFICER: (DESK, frozenset(), frozenset()),
    Role.FOREIGN_AFFAIRS: (DESK, frozenset(), DESK),
    Role.ADMINISTRATOR: (READS, READS, READS),
    Role.SERVICE: (READS, READS, READS),
}
NAMES: Final = ("mine", "theirs", "abroad")
ACTS: Final = {"read": Act.READ_CASE, "work": Act.WORK_CASE, "draft": Act.DRAFT_ANSWER, "assign": Act.ASSIGN_CASE}


@dataclass
class Office:
    house: Installation
    ids: dict[str, str]
    cases: dict[str, str]

    def enter(self, role: Role) -> None:
        grants = (Grant(role, "", UNIT),)
        who = Visitor("person:1", "session:1", (Standing.SIGNED_IN,), grants, account=1, name="lan", shown="Lan")
        newsroom.use(self.house, lambda: NOW, who=lambda: who)

    def case(self, name: str) -> Case:
        found = self.house.store.case_file(self.cases[name])
        assert found is not None
        return found.case


@pytest.fixture(scope="module")
def office(filled: tuple[Path, Seeded], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A case in the hands of each, all of them being drafted. No test changes them."""
    home = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(filled[0], home)
    with open_installation(load(home)) as house:
        about = {"mine": (UNIT, "waste"), "theirs": ("so-tai-chinh", "road"), "abroad": ("so-tai-chinh", "flight")}
        ids = filled[1].ids
        yield Office(house, ids, {name: drafting(house, unit, ids[article]) for name, (unit, article) in about.items()})


def drafting(house: Installation, unit: str, article: str) -> str:
    desk, by = Desk(house.store, house.profile), Actor("person:9", NOW)
    case = desk.open(Details(f"Vụ của {unit}", unit), [article], by)
    desk.note(case.number, "Đã gọi xã.", by)
    for state in (CaseState.TAKEN, CaseState.VERIFYING, CaseState.DRAFTING):
        case = desk.move(case, state, by)
    return case.number


def widgets(test: AppTest) -> set[str]:
    """The acts for which there is something to press or to write in."""
    keys = {str(element.key) for kind in (test.button, test.text_area, test.text_input) for element in kind}
    begins = {
        "work": ("move-", "remove-", "note-"),
        "draft": ("draft-",),
        "assign": ("case-VV",),
        "open": ("open-",),
        "add": ("add-",),
    }
    found = {act for act, starts in begins.items() if any(key.startswith(starts) for key in keys)}
    found |= {"add"} if any(str(each.key).startswith("add-") for each in test.selectbox) else set()
    return found | ({"export"} if test.get("download_button") else set())


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_to_each_case_what_is_written_here(office: Office, role: Role) -> None:
    office.enter(role)
    for name, expected in zip(NAMES, FOUND[role], strict=True):
        case = office.case(name)
        assert {act for act in ACTS if asking.allowed(ACTS[act], case)} == expected, name
        for act in ACTS.keys() - expected:
            with pytest.raises(Refused):
                asking.actor(ACTS[act], case.number)


@pytest.mark.parametrize(
    ("role", "name"),
    [
        *((role, "theirs") for role in Role),
        (Role.UNIT_OFFICER, "mine"),
        (Role.FOREIGN_AFFAIRS, "abroad"),
    ],
)
def test_the_screen_of_a_case_offers_what_its_reader_may_do(office: Office, role: Role, name: str) -> None:
    office.enter(role)
    expected = FOUND[role][NAMES.index(name)]
    test = screen("case", id=office.cases[name])
    assert widgets(test) - {"export"} == expected - {"read"}  # whoever reads a case may take its page for a leader
    packet = any("/packet" in each.proto.url for each in test.get("link_button"))
    assert packet == ("read" in expected and asking.allowed(Act.EXPORT_EVIDENCE, office.case(name)))
    assert (office.case(name).details.title in words_of(test).replace("\\", "")) == ("read" in expected)


@pytest.mark.parametrize(
    ("role", "article", "expected"),
    [
        (Role.VIEWER, "waste", set()),
        (Role.ADMINISTRATOR, "waste", set()),
        (Role.SERVICE, "waste", set()),
        (Role.OFFICER, "waste", {"open", "add", "export"}),
        # It is in a case of its unit: the evidence is its business too.
        (Role.UNIT_OFFICER, "waste", {"export"}),
        (Role.UNIT_OFFICER, "road", {"add"}),
        (Role.FOREIGN_AFFAIRS, "flight", {"open", "add", "export"}),
    ],
)
def test_the_screen_of_an_article_offers_cases_and_evidence_to_whom_they_belong(
    office: Office, role: Role, article: str, expected: set[str]
) -> None:
    office.enter(role)
    assert widgets(screen("article", id=office.ids[article])) == expected


def test_evidence_is_refused_to_whom_lost_the_right_after_the_button_was_drawn(office: Office) -> None:
    item = office.house.store.article(office.ids["waste"])
    assert item is not None
    for role in (Role.VIEWER, Role.ADMINISTRATOR, Role.SERVICE):
        office.enter(role)
        with pytest.raises(Refused):
            evidence._packet(item)
    assert not any(row.act == Act.EXPORT_EVIDENCE for row in office.house.store.audit())
    office.enter(Role.UNIT_OFFICER)
    assert evidence._packet(item)[:2] == b"PK"
    assert any(row.act == Act.EXPORT_EVIDENCE for row in office.house.store.audit())


def test_nothing_is_done_with_widgets_that_were_drawn_before_the_right_was_lost(office: Office) -> None:
    number = office.cases["theirs"]
    before = office.house.store.case_file(number)
    for widget in (f"draft-{number}-save", "move-verifying", f"remove-{office.ids['road']}", f"note-{number}-form"):
        office.enter(Role.OFFICER)
        test = screen("case", id=number)
        test.text_area(f"draft-{number}-text").set_value("Chữ của tôi")
        test.text_area(f"note-{number}").set_value("Ghi chú của tôi")
        office.enter(Role.VIEWER)
        button = next(each for each in test.button if widget in {each.key, each.proto.form_id})
        button.click().run()
        assert not test.exception, widget
        assert "Tài khoản này không có quyền làm việc đó" in "\n".join(each.value for each in test.warning), widget
    assert office.house.store.case_file(number) == before


def test_who_may_not_see_the_case_that_holds_an_article_does_not_learn_its_number(office: Office) -> None:
    desk, number = Desk(office.house.store, office.house.profile), office.cases["theirs"]
    for role, told in ((Role.UNIT_OFFICER, False), (Role.OFFICER, True)):
        office.enter(role)
        by = Actor("person:1", NOW, "session:1")
        with pytest.raises(WrongUse) as refused:
            desk.open(Details("Vụ nữa", UNIT), [office.ids["road"]], by, shown=asking.seen)
        assert (number in str(refused.value)) == told
        assert "VV-" not in str(refused.value) or told
