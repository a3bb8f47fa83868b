"""Who `person:7` is, for those who work on cases: whoever may be put in charge of one, or called in a note."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from diembao.api import cursors, shapes
from diembao.api.cursors import Cursor, Limit
from diembao.api.frame import Frame
from diembao.api.rights import TABLE, Act
from diembao.core.accounts import Account, Grant


def add(app: FastAPI, its: Frame) -> None:
    province = its.house.profile.id

    @app.get("/v1/people", summary="Accounts that may work on cases here, by name", response_model=shapes.People)
    def people(limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        known = [(each, _here(each, province)) for each in its.house.store.accounts() if not each.erased]
        here = [each for each in known if each[1]]
        place = cursors.read("people", cursor, "s")
        page, following = cursors.behind(here, lambda each: (each[0].name,), place, limit)
        return {
            "people": [_told(account, grants) for account, grants in page],
            "next": cursors.write("people", following) if following else None,
        }


def _here(account: Account, province: str) -> list[Grant]:
    """With which it may work on cases of the province."""
    return [each for each in account.grants if each.role in TABLE[Act.WORK_CASE] and each.province in {"", province}]


def _told(account: Account, grants: list[Grant]) -> dict[str, Any]:
    return {
        "id": account.actor,
        "name": account.name,
        "shown": account.shown,
        "roles": sorted({grant.role for grant in grants}),
        "units": sorted({grant.unit for grant in grants if grant.unit}),
        "active": not account.disabled,
    }
