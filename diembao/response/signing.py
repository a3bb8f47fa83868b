"""The key of an installation: what leaves as evidence is signed with it (ed25519), and anyone can check that.

The private half never leaves `keys/evidence.pem` in the home (mode 0600). Losing it makes nothing invalid that was
signed before: packets hold the public half, which the office publishes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from diembao.core.errors import Misconfigured, WrongUse

PLACE = Path("keys") / "evidence.pem"
MAX_KEY = 10_000  # bytes; such a file has some 120


class Signer:
    """Signs for one installation."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @property
    def public_pem(self) -> bytes:
        return self._private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public_pem)

    def sign(self, data: bytes) -> bytes:
        """64 bytes."""
        return self._private.sign(data)


def signer(home: Path) -> Signer:
    """The key of this home, made where there is none yet. Two processes that come first make one key.

    Raises:
        Misconfigured: the file cannot be read or made, is open to others, or holds something else.
    """
    path = home / PLACE
    try:
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            raise Misconfigured(
                f"người khác đọc được {path}; chạy: chmod 600 {path}"
                f" ({path} can be read by others; run: chmod 600 {path})"
            )
        private = load_pem_private_key(path.read_bytes()[:MAX_KEY], password=None)
    except OSError as error:
        raise Misconfigured(
            f"không đọc hay tạo được khóa {path}: {error} (the key {path} cannot be read or made: {error})"
        ) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Misconfigured(
            f"{path} không phải khóa riêng của chương trình: {error} ({path} holds no private key of ours: {error})"
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise Misconfigured(
            f"{path} là khóa loại khác, không phải ed25519 ({path} holds a key of another kind than ed25519)"
        )
    return Signer(private)


def fingerprint(public_pem: bytes) -> str:
    """``SHA256:`` and 64 hex digits of the 32 bytes of the key, as an office would print it.

    Raises:
        WrongUse: this is no public key of the kind.
    """
    raw = _public(public_pem).public_bytes(Encoding.Raw, PublicFormat.Raw)
    return "SHA256:" + hashlib.sha256(raw).hexdigest()


def fits(public_pem: bytes, signature: bytes, data: bytes) -> bool:
    """Was this signed with the private half of this key?

    Raises:
        WrongUse: this is no public key of the kind.
    """
    try:
        _public(public_pem).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _public(pem: bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem[:MAX_KEY])
    except (ValueError, UnsupportedAlgorithm) as error:
        raise WrongUse(f"this is no public key: {error}") from error
    if not isinstance(key, Ed25519PublicKey):
        raise WrongUse("this is a key of another kind than ed25519")
    return key


def _make(path: Path) -> None:
    make_secret(path, Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def make_secret(path: Path, secret: bytes) -> None:
    """A file for us alone: whole or not at all, and never over one that is there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=".", dir=path.parent)  # of mode 0600
    fresh = Path(name)
    with os.fdopen(number, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    try:
        with contextlib.suppress(FileExistsError):  # another process was first: its key is ours
            path.hardlink_to(fresh)
    finally:
        fresh.unlink()
