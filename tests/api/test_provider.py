from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from diembao.api.accounts import Opened, secret_of
from diembao.api.provider import LASTS, Provider
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.errors import Misconfigured, Refused, Retry
from diembao.core.settings_web import OidcSettings
from tests.api.doors import HERE, Doors
from tests.api.office import CLIENT, SECRET, Office, office

BACK = "http://127.0.0.1:8501/dang-nhap/don-vi/ve"
ROLES = {"to-truc": ("officer",), "lanh-dao": ("approver", "administrator"), "y-te": ("unit-officer@so-y-te",)}


@pytest.fixture(scope="module")
def running() -> Iterator[Office]:
    with office() as found:
        yield found


@pytest.fixture
def there(running: Office) -> Iterator[Office]:
    key, header = running.key, dict(running.header)
    yield running
    running.signed_by, running.header, running.key = key, header, key


def provider(doors: Doors, there: Office, **settings: Any) -> Provider:
    given = {"issuer": there.base, "client_id": CLIENT, "client_secret": SecretStr(SECRET), "roles": ROLES, **settings}
    return Provider(OidcSettings(**given), doors.door.accounts, secret_of(doors.store, lambda: ""))


def come_in(doors: Doors, there: Office, **claims: Any) -> Opened:
    asked = provider(doors, there)
    started = asked.start(BACK, "/dong-tin")
    now = int(doors.clock.now().timestamp())
    said = {"sub": "u-1", "iat": now, "exp": now + 300, "groups": ["to-truc"], "name": "Nguyễn Thị Lan"}
    query = there.sign_in(started.address, **{**said, "preferred_username": "Lan.Nguyen@office.vn", **claims})
    opened, to = asked.finish(query, started.kept, HERE, now=doors.clock.now())
    assert to == "/dong-tin"
    return opened


def test_groups_become_roles_at_every_sign_in(doors: Doors, there: Office) -> None:
    first = come_in(doors, there)
    account = doors.account("lan.nguyen")
    assert account is not None
    assert (account.number, account.shown, account.grants) == (first.account, "Nguyễn Thị Lan", (Grant(Role.OFFICER),))
    who = doors.visitor(doors.door.sessions.cookie(first.token))
    assert who.actor == f"person:{first.account}"
    assert come_in(doors, there, groups=["y-te", "khác"]).account == first.account
    account = doors.account("lan.nguyen")
    assert account is not None
    assert account.grants == (Grant(Role.UNIT_OFFICER, "", "so-y-te"),)
    assert [row.act for row in doors.store.audit(act="account.")] == ["account.roles", "account.add"]
    assert not account.has_password


def test_somebody_without_a_group_of_ours_is_not_let_in_and_gets_no_account(doors: Doors, there: Office) -> None:
    for groups in ([], ["khác"], None, 7, [["to-truc"]], {"to-truc": 1}):
        with pytest.raises(Refused, match="groups"):
            come_in(doors, there, groups=groups)
    assert doors.store.accounts() == []


def test_a_disabled_account_stays_out_and_another_subject_is_another_account(doors: Doors, there: Office) -> None:
    number = come_in(doors, there).account
    doors.store.disable(number, True, by=CONSOLE, now=doors.clock.now())
    with pytest.raises(Refused, match="disabled"):
        come_in(doors, there)
    other = come_in(doors, there, sub="u-2")
    assert other.account != number
    assert {each.name for each in doors.store.accounts()} == {"lan.nguyen", "lan.nguyen-2"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another"},
        {"aud": ["another"]},
        {"iss": "https://evil.example"},
        {"nonce": "another"},
        {"exp": 1_000},
        {"iat": 9_999_999_999},
        {"sub": 7},
        {"azp": "another"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_for_somebody_else_another_time_or_from_another_is_refused(
    doors: Doors, there: Office, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Refused, match="token"):
        come_in(doors, there, **wrong)
    assert doors.store.accounts() == []


def test_a_token_signed_by_another_key_is_refused(doors: Doors, there: Office) -> None:
    there.signed_by = RSAKey.generate_key(2048, {"kid": "1"})
    with pytest.raises(Refused, match="token"):
        come_in(doors, there)


def test_a_key_that_was_changed_at_the_provider_is_read_anew(doors: Doors, there: Office) -> None:
    come_in(doors, there)
    there.key = there.signed_by = RSAKey.generate_key(2048, {"kid": "2"})
    there.header = {"alg": "RS256", "kid": "2"}
    assert come_in(doors, there).account


def test_what_comes_back_must_be_what_was_sent_from_this_browser_and_only_once(doors: Doors, there: Office) -> None:
    asked, now = provider(doors, there), doors.clock.now()
    started, other = asked.start(BACK, ""), asked.start(BACK, "")
    query = there.sign_in(started.address, sub="u-1", groups=["to-truc"], iat=int(now.timestamp()), exp=2_000_000_000)
    for kept, back in (
        (other.kept, query),
        (started.kept[:-1], query),
        ("", query),
        (started.kept, {**query, "state": "x"}),
        (started.kept, {"state": query["state"]}),
        (started.kept, {**query, "error": "access_denied"}),
        (started.kept, {**query, "code": "guessed"}),
    ):
        with pytest.raises(Refused):
            asked.finish(back, kept, HERE, now=now)
    assert asked.finish(query, started.kept, HERE, now=now)
    with pytest.raises(Refused, match="code"):
        asked.finish(query, started.kept, HERE, now=now)
    assert LASTS <= 600


def test_a_provider_that_is_away_or_another_is_said(doors: Doors, there: Office) -> None:
    with pytest.raises(Retry):
        provider(doors, there, issuer="http://127.0.0.1:1").start(BACK, "")
    with pytest.raises(Misconfigured, match="issuer"):
        provider(doors, there, issuer=there.base + "/").start(BACK, "")
