from __future__ import annotations

from pathlib import Path

import pytest

from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.settings import FILE, default_home, load

FEED = '[[facts.feeds]]\nurl = "https://bo.example/rss"\nkit = "human-rights"\nsource = "Bộ"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[crawl]\ndelya = 3", "unknown setting 'crawl.delya'; did you mean 'delay'?"),
        ('provinc = "x"', "unknown setting 'provinc'; did you mean 'province'?"),
        ('[[alerts]]\nname = "a"\nqery = "b"\nquery = "c"', "did you mean 'query'?"),
        ("[crawl]\ndelay = -1", "'crawl.delay'"),
        ("x = [", "cannot be read"),
        ('home = "/tmp"', "DIEMBAO_HOME"),
        (FEED + 'name = "a"\nevey = 60', "unknown setting 'facts.feeds.0.evey'; did you mean 'every'?"),
        (FEED + 'name = "Bộ Y tế"', "'facts.feeds.0.name'"),
        (FEED.replace("https://", "ftp://") + 'name = "a"', "begins with http:// or https://"),
        (FEED.replace("https://", "https://u:p@") + 'name = "a"', "no user and password"),
        (FEED.replace("https://bo.example", "https:///x") + 'name = "a"', "names a host"),
        (FEED.replace('"Bộ"', '" "') + 'name = "a"', "names nobody"),
        (FEED + 'name = "a"\nevery = 5', "'facts.feeds.0.every'"),
        (FEED + 'name = "a"\nprovince = "ha-noi"', "which is not watched"),
        (FEED + 'name = "a"\n' + FEED.replace("rss", "atom") + 'name = "a"', "two feeds are called 'a'"),
        (FEED + 'name = "a"\n' + FEED + 'name = "b"', "reads an address that another feed reads"),
        ('[index]\nengine = "solr"', "'index.engine'"),
        ('[index]\nalias = "Press Office"', "'index.alias'"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured) as error:
        load(tmp_path)
    assert sentence in str(error.value)
    assert str(tmp_path / FILE) in str(error.value)


def test_the_environment_outranks_the_file_one_key_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_text("[crawl]\ndelay = 3\ntimeout = 5\n", encoding="utf-8")
    monkeypatch.setenv("DIEMBAO_CRAWL__DELAY", "7")
    crawl = load(tmp_path).crawl
    assert (crawl.delay, crawl.timeout) == (7, 5)


def test_a_home_that_is_named_wins_over_the_environments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIEMBAO_HOME", str(tmp_path / "other"))
    assert load(tmp_path).home == tmp_path.resolve()
    assert default_home() == (tmp_path / "other").resolve()


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert found.province == "gia-lai"
    assert found.web.host == "127.0.0.1"
    assert found.store_url == f"sqlite:///{tmp_path.resolve()}/diembao.db"


def test_a_password_is_not_shown_with_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIEMBAO_INDEX__PASSWORD", "kept-quiet")
    read = load(tmp_path)
    assert read.index.password.get_secret_value() == "kept-quiet"
    assert "kept-quiet" not in repr(read)


def test_an_engine_can_be_chosen_for_one_call(tmp_path: Path) -> None:
    read = load(tmp_path)
    assert read.with_engine("elastic").index == read.index.model_copy(update={"engine": "elastic"})
    with pytest.raises(WrongUse, match="embedded or elastic"):
        read.with_engine("solr")
