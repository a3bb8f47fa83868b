"""Coming in without the door's page: an account, a session, and the cookie that goes with it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from diembao.api.accounts import Caller
from diembao.api.door import Door, open_door
from diembao.api.passwords import Hasher
from diembao.api.sessions import PLAIN_COOKIE
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.settings import load
from diembao.pipeline.wiring import Installation, open_installation

PASSWORD: Final = "một câu khó đoán"  # noqa: S105 (of tests)
DESK: Final = (Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)
FROM: Final = Caller("127.0.0.1", "Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36")


def cheap() -> Hasher:
    return Hasher(passes=1, memory=64)


def door_of(house: Installation) -> Door:
    return open_door(house.store, house.settings, house.profile.id, hasher=cheap())


def session(home: Path, name: str = "lan", *roles: Role) -> dict[str, str]:
    """The cookie of a new session; the account is made where there is none."""
    with open_installation(load(home)) as house:
        door, now = door_of(house), datetime.now(UTC)
        known = next((each.number for each in house.store.accounts() if each.name == name), None)
        unit = next(iter(house.profile.units))
        grants = [Grant(role, unit=unit if role is Role.UNIT_OFFICER else "") for role in roles or DESK]
        number = known or door.accounts.add(name, "Nguyễn Thị Lan", grants, password=PASSWORD, by=CONSOLE, now=now)
        opened = door.accounts.let_in(number, FROM, how="password", now=now)
        return {PLAIN_COOKIE: door.sessions.cookie(opened.token)}
