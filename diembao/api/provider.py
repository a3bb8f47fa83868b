"""Sign-in at the office's own provider (OpenID Connect: code flow with PKCE), where second factors are asked for.

The provider's groups become roles at every sign-in. What it signs is believed only for this installation (audience),
this sign-in (nonce) and now (times), with a key of its own list and an algorithm that has one.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from itsdangerous import BadSignature, URLSafeTimedSerializer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from diembao.api import names
from diembao.api.accounts import Accounts, Caller, Opened, checked_grants
from diembao.core.accounts import Grant, Hand, NewAccount, Role
from diembao.core.errors import Misconfigured, Refused, Retry, WrongUse
from diembao.core.settings_web import OidcSettings

# Seconds for one answer of the provider; for a person to sign in there; between its clock and ours.
PATIENCE, LASTS, LEEWAY = 10, 600, 60
COOKIE: Final = "diembao-provider"
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
HAND: Final = Hand("provider", "provider")


@dataclass(frozen=True, slots=True)
class Started:
    """Where the browser goes, and what it keeps until it comes back."""

    address: str
    kept: str


class Provider:
    """One office's provider. ``back`` is our address that it sends browsers back to."""

    def __init__(
        self,
        settings: OidcSettings,
        accounts: Accounts,
        secret: str,
        *,
        token: Callable[[], str] = lambda: secrets.token_urlsafe(32),
    ) -> None:
        self._settings = settings
        self._accounts = accounts
        self._signer = URLSafeTimedSerializer(secret, salt="diembao-provider")
        self._token = token

    def start(self, back: str, to: str) -> Started:
        """Raises:
        Retry: the provider cannot be reached. Misconfigured: it is not the one of the settings.
        """
        state, nonce, verifier = self._token(), self._token(), self._token() + self._token()
        address, _ = self._session(back).create_authorization_url(
            self._about()["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
        )
        kept = self._signer.dumps({"state": state, "nonce": nonce, "verifier": verifier, "to": to, "back": back})
        return Started(address, str(kept))

    def finish(self, query: Mapping[str, str], kept: str, caller: Caller, *, now: datetime) -> tuple[Opened, str]:
        """A new session, and where to go on.

        Raises:
            Refused: what came back is not what was sent, is not signed for us, or gives no role (``sign-in``).
            Retry: the provider cannot be reached.
        """
        begun = self._begun(kept)
        if not hmac.compare_digest(query.get("state", "").encode(), str(begun["state"]).encode()):
            raise _refused("state")
        if "error" in query or not query.get("code"):
            raise _refused("provider")
        about = self._about()
        claims = self._claims(about, self._id_token(about, begun, query["code"]), str(begun["nonce"]), now)
        account = self._account(claims, now)
        return self._accounts.let_in(account, caller, how="oidc", now=now), str(begun["to"])

    def _begun(self, kept: str) -> dict[str, Any]:
        try:
            begun = self._signer.loads(kept[:4000], max_age=LASTS)
        except BadSignature as error:
            raise _refused("state") from error
        return dict(begun)

    def _session(self, back: str) -> OAuth2Session:
        ours = self._settings
        return OAuth2Session(
            ours.client_id,
            ours.client_secret.get_secret_value(),
            scope=ours.scope,
            redirect_uri=back,
            code_challenge_method="S256",
        )

    def _about(self) -> dict[str, Any]:
        """What the provider says of itself."""
        issuer = self._settings.issuer
        about = self._fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if about.get("issuer") != issuer or not all(_is_safe(str(about.get(name, ""))) for name in wanted):
            raise Misconfigured(
                f"oidc.issuer: “{issuer}” không tự nhận đúng tên đó, hoặc không dùng https"
                f" (the provider does not call itself '{issuer}', or does not use https)"
            )
        return about

    def _fetched(self, address: str) -> dict[str, Any]:
        try:
            answer = requests.get(address, timeout=PATIENCE, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise _away(error) from error
        return dict(found) if isinstance(found, dict) else {}

    def _id_token(self, about: Mapping[str, Any], begun: Mapping[str, Any], code: str) -> str:
        try:
            with self._session(str(begun["back"])) as session:
                token = session.fetch_token(
                    about["token_endpoint"], code=code, code_verifier=begun["verifier"], timeout=PATIENCE
                )
        except AuthlibBaseError as error:
            raise _refused("code") from error
        except (requests.RequestException, ValueError) as error:
            raise _away(error) from error
        return str(token.get("id_token", ""))

    def _claims(self, about: Mapping[str, Any], token: str, nonce: str, now: datetime) -> dict[str, Any]:
        ours = self._settings
        moment = int(now.timestamp())
        rules = jwt.JWTClaimsRegistry(
            now=moment,
            leeway=LEEWAY,
            iss={"essential": True, "value": ours.issuer},
            aud={"essential": True, "value": ours.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            keys = KeySet.import_key_set(self._fetched(str(about["jwks_uri"])))  # type: ignore[arg-type]  # a key list from outside
            claims = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
            rules.validate(claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise _refused("token") from error
        if claims.get("azp", ours.client_id) != ours.client_id or not isinstance(claims["sub"], str):
            raise _refused("token")
        return dict(claims)

    def _account(self, claims: Mapping[str, Any], now: datetime) -> int:
        grants = self._grants(claims)
        if not grants:
            raise _refused("groups")
        book, issuer, subject = self._accounts.book, self._settings.issuer, str(claims["sub"])[:255]
        known = book.account_of(issuer, subject)
        if known is None:
            return self._made(claims, subject, grants, now)
        if known.disabled:
            raise _refused("disabled")
        try:
            book.set_grants(known.number, grants, by=HAND, now=now)
        except WrongUse as error:  # the last administrator's group was taken away
            raise _refused("groups") from error
        return known.number

    def _grants(self, claims: Mapping[str, Any]) -> tuple[Grant, ...]:
        """Of the groups that the settings name."""
        said = claims.get(self._settings.groups_claim, ())
        several = said if isinstance(said, list) else [said]
        groups = {each for each in several if isinstance(each, str)}
        texts = [role for group, roles in self._settings.roles.items() if group in groups for role in roles]
        return tuple(sorted(set(map(as_grant, texts)), key=lambda each: (each.role.value, each.province, each.unit)))

    def _made(self, claims: Mapping[str, Any], subject: str, grants: tuple[Grant, ...], now: datetime) -> int:
        shown = _or(names.checked_shown, str(claims.get("name", "")), "Cán bộ")
        wanted = str(claims.get("preferred_username") or claims.get("email") or "").partition("@")[0]
        base = _or(names.checked, wanted, "can-bo")
        taken = {account.name for account in self._accounts.book.accounts()}
        likenesses = {names.likeness(name) for name in taken}
        tries = (base, *(f"{base[:30]}-{n}" for n in range(2, 10_000)))
        name = next(each for each in tries if names.likeness(each) not in likenesses)
        new = NewAccount(name, names.likeness(name), shown, grants, "", self._settings.issuer, subject)
        return self._accounts.book.add_account(new, by=HAND, now=now)


def as_grant(text: str) -> Grant:
    """``role``, ``role@unit``, ``role@unit/province`` or ``role@/province``.

    Raises:
        WrongUse: there is no such role, or it needs a unit.
    """
    role, _, rest = text.strip().partition("@")
    unit, _, province = rest.partition("/")
    if role not in {each.value for each in Role}:
        known = ", ".join(Role)
        raise WrongUse(f"vai trò '{role}' không có; dùng {known} (there is no role '{role}'; use {known})")
    return checked_grants([Grant(Role(role), province, unit)])[0]


def _or(checked: Callable[[str], str], text: str, otherwise: str) -> str:
    try:
        return checked(text)
    except WrongUse:
        return otherwise


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"})


def _refused(why: str) -> Refused:
    return Refused(
        "sign-in",
        f"Không đăng nhập được bằng tài khoản cơ quan “{why}”; thử lại, hoặc hỏi người quản trị"
        f" (The office's sign-in did not succeed [{why}]; try again, or ask the administrator)",
    )


def _away(error: Exception) -> Retry:
    return Retry(f"máy chủ đăng nhập của cơ quan không trả lời (the office's sign-in does not answer): {error}")
