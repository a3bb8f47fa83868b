"""What people do about a case, at the desk and on its screen."""

from __future__ import annotations

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from diembao.core.case import Case, CaseState, Details
from diembao.pipeline.wiring import Installation
from diembao.response.cases import Actor, Desk
from tests.dashboard.conftest import words_of
from tests.dashboard.seed import NOW

ME, OTHER = "person:1", "person:lan"
PLAIN = Details("Nước thải ra sông Côn", "so-nnmt", themes=("environment-climate",))


def by(person: str = ME, hours: float = 0) -> Actor:
    return Actor(person, NOW + timedelta(hours=hours))


def desk(house: Installation) -> Desk:
    return Desk(house.store, house.profile)


def opened(house: Installation, details: Details = PLAIN, *articles: str, hours: float = 0) -> Case:
    return desk(house).open(details, articles, by(hours=hours))


def drafting(house: Installation, case: Case) -> Case:
    for state in (CaseState.TAKEN, CaseState.VERIFYING):
        case = desk(house).move(case, state, by())
    desk(house).note(case.number, "Đã gọi xã.", by())
    return desk(house).move(case, CaseState.DRAFTING, by())


def now_of(house: Installation, case: Case) -> Case:
    found = house.store.case_file(case.number)
    assert found is not None
    return found.case


def told(test: AppTest) -> str:
    return words_of(test).replace("\\", "")


def warned(test: AppTest) -> str:
    return "\n".join(warning.value.replace("\\", "") for warning in test.warning)


def pressed(test: AppTest, key: str) -> AppTest:
    test.button(key).click().run()
    assert not test.exception, test.exception
    return test


def submitted(test: AppTest, form: str) -> AppTest:
    """The form's own button."""
    button = next(button for button in test.button if button.proto.form_id == form)
    button.click().run()
    assert not test.exception, test.exception
    return test
