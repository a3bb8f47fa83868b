"""An office's provider on loopback: real keys, real signatures, and whatever wrong a test asks for."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "diembao", "office-secret"


class Office:
    """``claims`` is what it says of whoever signs in next; ``sign`` how it signs that."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.key = RSAKey.generate_key(2048, {"kid": "1"})
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "1"}
        self.signed_by: RSAKey = self.key
        self._codes: dict[str, dict[str, str]] = {}

    def sign_in(self, address: str, **claims: Any) -> dict[str, str]:
        """A person signs in at the address that we were sent to: the query with which they come back."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        self.claims = claims
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, body: str) -> tuple[int, dict[str, Any]]:
        if path == "/.well-known/openid-configuration":
            named = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
            return 200, {"issuer": self.base} | {name: self.base + where for name, where in named.items()}
        if path == "/keys":
            return 200, dict(KeySet([self.key]).as_dict(private=False))
        return self._token({name: values[0] for name, values in parse_qs(body).items()})

    def _token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self._codes.pop(form.get("code", ""), None)
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        sent = base64.urlsafe_b64encode(challenge).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != sent or asked["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        claims = {"iss": self.base, "aud": CLIENT, "nonce": asked["nonce"], **self.claims}
        token = jwt.encode(self.header, claims, self.signed_by)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}


@contextmanager
def office() -> Iterator[Office]:
    held: list[Office] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(*held[0].answer(self.path, ""))

        def do_POST(self) -> None:
            self._send(*held[0].answer(self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))

        def _send(self, status: int, said: dict[str, Any]) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.append(Office(f"http://127.0.0.1:{server.server_port}"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield held[0]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
