"""An endpoint behind https: the connection goes to the checked address, and the name of the setting is verified."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from diembao.core.settings_opinion import OpinionSettings
from diembao.opinion import endpoint
from diembao.opinion.endpoint import Busy, Endpoint, Question
from tests.opinion.model_server import ModelServer, completion, serve

NAME = "llm.office.example"
ASK = Question("one", "Luật", "{}", {"type": "object"})


def certificate(folder: Path) -> Path:
    """Of ``NAME``, signed by itself; with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    kept = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "server.pem"
    path.write_bytes(kept + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    path = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    endpoint._authorities.cache_clear()
    with serve(lambda _: completion("{}"), tls=context) as server:
        yield server
    endpoint._authorities.cache_clear()


def ask(model: ModelServer, name: str) -> str:
    port = model.url.split(":")[2]
    chosen = OpinionSettings(url=f"https://{name}:{port}", model="m", timeout=20)
    one = Endpoint(chosen, Path(), lookup=lambda *_: ["127.0.0.1"])
    return asyncio.run(one.ask(ASK)).text


def test_the_name_of_the_setting_is_asked_for_at_the_checked_address(model: ModelServer) -> None:
    assert ask(model, NAME) == "{}"
    assert model.heads[0]["Host"].startswith(f"{NAME}:")


def test_whoever_cannot_show_that_name_is_told_nothing(model: ModelServer) -> None:
    with pytest.raises(Busy, match="cannot be reached"):
        ask(model, "other.office.example")
    assert model.asked == []
