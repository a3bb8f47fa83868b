"""Secrets in files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from diembao.core.errors import Misconfigured
from diembao.core.settings import FILE, load
from diembao.core.settings_secrets import SECRETS, with_secrets


def test_a_secret_is_read_from_its_file_by_settings_and_by_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "smtp").write_text("bí mật @:/ \n", encoding="utf-8")
    (tmp_path / "url").write_text("postgresql+psycopg://a:b@c/d\n", encoding="utf-8")
    (tmp_path / FILE).write_text('[mail]\nhost = "m"\npassword_file = "smtp"\n', encoding="utf-8")
    monkeypatch.setenv("DIEMBAO_STORE__URL_FILE", str(tmp_path / "url"))
    read = load(tmp_path)
    assert (read.mail.host, read.mail.password.get_secret_value()) == ("m", "bí mật @:/ ")
    assert read.store_url == "postgresql+psycopg://a:b@c/d"
    monkeypatch.setenv("DIEMBAO_MAIL__PASSWORD", "mới")  # the environment outranks the file of settings
    assert load(tmp_path).mail.password.get_secret_value() == "mới"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "cannot be read"),
        (b"", "one line"),
        (b"a\nb", "one line"),
        (b"x" * 20_000, "one line"),
        (b"\xff", "no text"),
    ],
)
def test_a_file_that_will_not_do_is_named_and_its_content_is_not(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    if content is not None:
        (tmp_path / "kept").write_bytes(content)
    with pytest.raises(Misconfigured, match=why) as caught:
        with_secrets({"mail": {"password_file": "kept"}}, tmp_path)
    assert "mail.password_file" in str(caught.value)
    assert "xxx" not in str(caught.value)


def test_a_secret_that_is_there_twice_is_refused_without_being_told(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="both set") as caught:
        with_secrets({"index": {"password": "hush", "password_file": "kept"}}, tmp_path)
    assert "hush" not in str(caught.value)


def test_a_file_for_what_is_no_secret_is_an_unknown_setting(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[web]\nhost_file = "kept"\n', encoding="utf-8")
    with pytest.raises(Misconfigured, match="unknown setting"):
        load(tmp_path)


def test_every_secret_of_the_settings_may_lie_in_a_file() -> None:
    from pydantic import BaseModel, SecretStr

    from diembao.core.settings import Settings

    kinds = {name: field.annotation for name, field in Settings.model_fields.items()}
    plain = {name: kind for name, kind in kinds.items() if isinstance(kind, type) and issubclass(kind, BaseModel)}
    secret = {
        (section, name)
        for section, kind in plain.items()
        for name, field in kind.model_fields.items()
        if field.annotation is SecretStr
    }
    assert secret <= set(SECRETS)
