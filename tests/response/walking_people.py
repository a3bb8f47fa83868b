"""Who walks: accounts of every role, for both provinces, for one of them, with more than one grant; and the articles
that the cases are about.
"""

from __future__ import annotations

from typing import Final

from diembao.api.rights import Standing, Visitor
from diembao.core.accounts import CONSOLE, Grant, NewAccount, Role
from diembao.core.article import Kind
from diembao.pipeline.wiring import Installation
from tests.store.making import NOW, article, judge, keep, label

PROVINCES: Final = ("gia-lai", "bac-ninh")
UNITS: Final = ("so-nnmt", "so-tai-chinh")  # both provinces have them
OF_A_UNIT: Final = frozenset({Role.UNIT_OFFICER, Role.FOREIGN_AFFAIRS})
# Two of one story, one by itself, two from abroad.
ARTICLES: Final = ("a", "b", "c", "d", "e")
ABROAD: Final = {"d": "guardian", "e": "bbc-world"}


def settle(house: Installation) -> list[Visitor]:
    """The articles are kept; everybody has an account."""
    keep(house.store, *(article(slug, **_outlet(slug)) for slug in ARTICLES))
    for slug in ("a", "b"):
        judge(house.store, slug, label(slug, Kind.STORY, "tau-cap-cang"))
    return [_account(house, number, grants) for number, grants in enumerate(_grants(), start=1)]


def _outlet(slug: str) -> dict[str, str]:
    return {"outlet": ABROAD[slug]} if slug in ABROAD else {}


def _grants() -> list[tuple[Grant, ...]]:
    roles = [*Role, *Role]
    everywhere = [(Grant(role, "", _unit(role, n)),) for n, role in enumerate(roles)]
    here = [(Grant(role, PROVINCES[n % 2], _unit(role, n)),) for n, role in enumerate(roles)]
    more = [(Grant(Role.OFFICER),), (Grant(Role.APPROVER),)]
    both = [(Grant(Role.OFFICER, PROVINCES[n]), Grant(Role.APPROVER, PROVINCES[1 - n])) for n in (0, 1)]
    return [*everywhere, *here, *more, *both]


def _unit(role: Role, number: int) -> str:
    return UNITS[number // len(Role) % 2] if role in OF_A_UNIT else ""


def _account(house: Installation, number: int, grants: tuple[Grant, ...]) -> Visitor:
    name = f"nguoi-{number}"
    given = house.store.add_account(NewAccount(name, name, name, grants), by=CONSOLE, now=NOW)
    assert given == number
    return Visitor(f"person:{number}", f"session:{number}", (Standing.SIGNED_IN,), grants, account=number)
