"""Who is behind a cookie. The cookie is signed and holds a random token; the store holds the token's digest.

A session ends when nobody has used it for a while, at its latest hour, when it is ended by its owner or an
administrator, and when the account may no longer come in. What has changed is known here within `FRESH` seconds in
every process, and at once in the one that changed it.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer

from diembao.api.accounts import digest
from diembao.api.rights import STRANGER, Standing, Visitor
from diembao.core.accounts import Account, Hand, Session
from diembao.core.record import Store

# Seconds for which an answer of the store is believed: a role that was taken away counts for no longer than this.
FRESH: Final = 2.0
# Answers kept; when there are more, all are forgotten.
KEPT: Final = 2000
# A use is written down once a minute.
WRITTEN_EVERY: Final = timedelta(minutes=1)

# `__Host-` binds a cookie to one host, to https and to the whole path; a browser refuses others of that name.
PLAIN_COOKIE, SECURE_COOKIE = "diembao", "__Host-diembao"


class Sessions:
    """Sessions of one installation, as one process sees them."""

    def __init__(
        self, store: Store, secret: str, *, idle: timedelta, now: Callable[[], datetime], clock: Callable[[], float]
    ) -> None:
        self._store = store
        self._secret = secret.encode()
        self._signer = URLSafeSerializer(secret, salt="diembao-session")
        self._idle = idle
        self._now = now
        self._clock = clock
        self._known: dict[str, tuple[float, tuple[Session, Account] | None]] = {}
        self._tokens: dict[str, str] = {}  # of cookies that were signed here: a screen asks dozens of times
        self._lock = threading.Lock()

    # -- the cookie
    def cookie(self, token: str) -> str:
        return str(self._signer.dumps(token))

    def visitor(self, cookie: str) -> Visitor:
        """Whoever this cookie belongs to; the stranger where it is forged, foreign or over."""
        found = self._found(cookie)
        if found is None:
            return STRANGER
        session, account = found
        return Visitor(
            actor=account.actor,
            where=f"session:{session.number}",
            standings=(Standing.SIGNED_IN,),
            grants=account.grants,
            account=account.number,
            name=account.name,
            shown=account.shown,
            session=session.number,
        )

    def used(self, cookie: str) -> None:
        """A person did something: the idle time begins anew."""
        found = self._found(cookie)
        now = self._now()
        if found is not None and now - found[0].seen_at > WRITTEN_EVERY:
            self._store.session_used(found[0].number, now=now)
            self.forget()

    def end(self, cookie: str, *, by: Hand | None = None) -> None:
        found = self._found(cookie)
        if found is not None:
            session, account = found
            hand = by or Hand(account.actor, f"session:{session.number}")
            self._store.end_session(session.number, by=hand, now=self._now())
            self.forget()

    def forget(self) -> None:
        """Something about accounts has changed in this process."""
        with self._lock:
            self._known.clear()

    # -- forms
    def form_key(self, cookie: str) -> str:
        """What a form of this session must send along; another site cannot know it."""
        return hmac.new(self._secret, b"form:" + cookie.encode(), hashlib.sha256).hexdigest()

    def is_form_key(self, cookie: str, key: str) -> bool:
        return hmac.compare_digest(self.form_key(cookie).encode(), key.encode("utf-8", "replace"))

    def _found(self, cookie: str) -> tuple[Session, Account] | None:
        token = self._token(cookie)
        if not token:
            return None
        found = self._asked(digest(token))
        return found if found is not None and self._is_on(found[0]) else None

    def _token(self, cookie: str) -> str:
        if not 0 < len(cookie) <= 500:
            return ""
        known = self._tokens.get(cookie)
        if known is not None:
            return known
        try:
            token = self._signer.loads(cookie)
        except BadSignature:
            return ""
        if not isinstance(token, str):
            return ""
        with self._lock:
            if len(self._tokens) >= KEPT:
                self._tokens.clear()
            self._tokens[cookie] = token
        return token

    def _asked(self, key: str) -> tuple[Session, Account] | None:
        now = self._clock()
        with self._lock:
            known = self._known.get(key)
        if known is not None and now - known[0] < FRESH:
            return known[1]
        found = self._store.session(key)
        with self._lock:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[key] = now, found
        return found

    def _is_on(self, session: Session) -> bool:
        now = self._now()
        return now < session.until and now - session.seen_at < self._idle
