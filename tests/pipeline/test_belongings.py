"""Settings as they may leave the house: without secrets, in whatever form they were written."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from diembao.core.settings import load
from diembao.pipeline.belongings import cleaned, files_of, is_secret

SECRET = "rất bí mật"  # noqa: S105 (made up)


SEVERAL = f"""
provinces = ["gia-lai"]
[[alerts]]
name = "password = 1"
query = "\\"a\\""
[oidc]
client_secret = "{SECRET}"
[oidc.roles]
"nhóm" = ["officer"]
"""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f'[mail]\nhost = "a" # đây\npassword = "{SECRET}"\n', {"mail": {"host": "a"}}),
        (f'mail.password = "{SECRET}"\nmail.host = "a"\n', {"mail": {"host": "a"}}),
        (f'mail = {{host = "a", password = "{SECRET}"}}\n', {"mail": {"host": "a"}}),
        (f'[mail]\nhost = "a"\npassword = """\n{SECRET}\n{SECRET}"""\n', {"mail": {"host": "a"}}),
        (f'[channels."a-b"]\nkind = "chat"\nurl = "{SECRET}"\n', {"channels": {"a-b": {"kind": "chat"}}}),
        (f'[store]\nurl = "postgresql://a:{SECRET}@b/c"\n[crawl]\nproxy = "{SECRET}"\n', {"store": {}, "crawl": {}}),
        ('[store]\nurl_file = "/run/secrets/url"\n[web]\nport = 8501\n', {"store": {}, "web": {"port": 8501}}),
        (
            SEVERAL,
            {
                "provinces": ["gia-lai"],
                "alerts": [{"name": "password = 1", "query": '"a"'}],
                "oidc": {"roles": {"nhóm": ["officer"]}},
            },
        ),
        (
            f'index = {{password = "{SECRET}"}}\nalerts = [{{name = "a", query = "b", to = ["x@y.vn"]}}]\n',
            {"index": {}, "alerts": [{"name": "a", "query": "b", "to": ["x@y.vn"]}]},
        ),
    ],
)
def test_secrets_are_left_out_and_all_else_stays(text: str, left: dict[str, object]) -> None:
    kept = cleaned(text)
    assert SECRET not in kept.text
    assert tomllib.loads(kept.text) == left
    assert kept.left_out


def test_settings_without_secrets_keep_every_word() -> None:
    text = "# Tỉnh\nprovince = 'gia-lai'\n\n[web]\nport = 1 # cổng\n"
    assert (cleaned(text).text, list(cleaned(text).left_out)) == (text, [])


@pytest.mark.parametrize(
    ("path", "secret"),
    [
        (("mail", "password"), True),
        (("index", "api_key"), True),
        (("channels", "phong", "secret"), True),
        (("channels", "phong", "secret_file"), False),
        (("oidc", "client_secret"), True),
        (("store", "url"), True),
        (("store", "url_file"), True),
        (("crawl", "proxy"), True),
        (("web", "public_url"), False),
        (("no", "such"), False),
    ],
)
def test_what_is_secret_the_settings_themselves_say(path: tuple[str, ...], *, secret: bool) -> None:
    assert is_secret(path) is secret


def test_files_are_those_of_the_program_and_those_that_the_settings_name(tmp_path: Path) -> None:
    there = ("outlets.yaml", "danh-muc.yaml", "plan/a/b.yaml", "alerts/tmp/1", "keys/evidence.pem", "khac.txt", ".env")
    for name in there:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "diembao.toml").write_text("[crawl]\ncatalogue = 'danh-muc.yaml'\n", encoding="utf-8")
    assert files_of(load(tmp_path)) == ["danh-muc.yaml", "outlets.yaml", "plan/a/b.yaml"]
    assert files_of(load(tmp_path), with_keys=True)[1] == "keys/evidence.pem"
