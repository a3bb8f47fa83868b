from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.catalogue import load
from diembao.core.errors import Misconfigured

ONE = """
- id: bao-mau
  name: Báo mẫu
  country: VN
  language: vi
  home: https://bao.example.vn/
  feeds: [https://bao.example.vn/rss]
"""


PRIVATE = (
    "www.facebook.com/baomau",
    "m.facebook.com/x",
    "x.com/baomau",
    "zalo.me/1",
    "t.me/s/baomau",
    "vm.tiktok.com/a",
    "fb.me/baomau",
    "lnkd.in/a",
    "www.youtube.com/@baomau",
    "www.youtube.com/feeds/videos.xml?user=baomau",
    "m.youtube.com/feeds/videos.xml?channel_id=UC1234567890123456789012",
    "medium.com/feed/@nguoi-rieng",
    "mastodon.online/@nguoi-rieng.rss",
    "mot-may-chu.example/%40nguoi-rieng",
    "mot-may-chu.example/users/nguoi-rieng.rss",
    "nguoirieng.substack.com/feed",
    "rsshub.app/facebook/page/x",
    "bao.example.vn/twitter/user/x",
    "nitter.example.net/x/rss",
    "bao.example.vn/?action=display&bridge=FacebookBridge&u=x",
    "bao.example.vn/rss?url=https%3A%2F%2Fwww.facebook.com%2Fx",
)


def catalogue(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "outlets.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_our_own_catalogue_reads_the_province_first_and_many_languages() -> None:
    outlets = load()
    assert next(iter(outlets.values())).fetch == "all"
    assert len(outlets) >= 250
    assert len({outlet.language for outlet in outlets.values()}) >= 25
    assert len({outlet.country for outlet in outlets.values()}) >= 40
    assert {"vi", "lo", "km", "th", "zh-Hans", "zh-Hant", "ja", "ko", "en", "fr", "ru"} <= {
        outlet.language for outlet in outlets.values()
    }


def test_an_entry_has_defaults_and_keeps_its_order(tmp_path: Path) -> None:
    found = load(catalogue(tmp_path, ONE + ONE.replace("bao-mau", "a-truoc").replace("bao.example", "a.example")))
    assert list(found) == ["bao-mau", "a-truoc"]
    outlet = found["bao-mau"]
    assert (outlet.timezone, outlet.fetch, outlet.delay) == ("Asia/Ho_Chi_Minh", "prefilter", None)


def test_every_field_is_read(tmp_path: Path) -> None:
    more = "  channels: [UC1234567890123456789012]\n  sitemaps: [https://bao.example.vn/s.xml]\n"
    more += "  listings: [https://bao.example.vn/]\n  articles: [https://bao.example.vn/mot-bai-1.html]\n"
    more += "  archive: ['https://bao.example.vn/{year}-{month}.xml']\n"
    more += "  timezone: Asia/Tokyo\n  fetch: all\n  kind: wire\n  date_formats: ['%d.%m.%Y']\n"
    more += "  delay: 3\n  note: Ghi chú\n"
    outlet = load(catalogue(tmp_path, ONE + more))["bao-mau"]
    assert (outlet.timezone, outlet.fetch, outlet.kind) == ("Asia/Tokyo", "all", "wire")
    assert outlet.sources == (
        "https://bao.example.vn/rss",
        "https://bao.example.vn/s.xml",
        "https://bao.example.vn/",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UC1234567890123456789012",
    )
    assert (outlet.date_formats, outlet.delay, outlet.note) == (("%d.%m.%Y",), 3.0, "Ghi chú")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text + "  fecth: all\n", "did you mean 'fetch'"),
        (lambda text: text + "  colour: red\n", "unknown field 'colour'"),
        (lambda text: text.replace("  country: VN\n", ""), "'country' is missing"),
        (lambda text: text.replace("country: VN", "country: NO\n  kind: no"), "quote it"),
        (lambda text: text.replace("country: VN", "country: Vietnam"), "two capitals"),
        (lambda text: text.replace("language: vi", "language: Vietnamese"), "language code"),
        (lambda text: text.replace("id: bao-mau", "id: Báo Mẫu"), "small letters"),
        (lambda text: text.replace("[https://bao.example.vn/rss]", "[]"), "never read"),
        (lambda text: text.replace("[https://bao.example.vn/rss]", "https://bao.example.vn/rss"), "is a list"),
        (lambda text: text + "  listings: [https://bao.example.vn/thoi-su]\n", "'listings' need 'articles'"),
        (lambda text: text + "  articles: [https://bao.example.vn/thoi-su]\n", "sections would fit"),
        (lambda text: text + "  archive: ['https://bao.example.vn/{day}.xml']\n", "{year} and {month}"),
        (lambda text: text + "  channels: ['@baomau']\n", "not @name"),
        (lambda text: text + "  sitemaps: [https://bao.example.vn/rss]\n", "already read for 'bao-mau'"),
        (lambda text: text + text.replace("bao-mau", "bao-hai").replace("/rss", "/2"), "the same home"),
        *((lambda text, host=host: text.replace("bao.example.vn/rss", host), "private accounts") for host in PRIVATE),
        (lambda text: text.replace("https://bao.example.vn/rss", "bao.example.vn/rss"), "not an http(s) address"),
        (lambda text: text.replace("home: https:", "home: ftp:"), "'home'"),
        (lambda text: text + "  timezone: Asia/Quy_Nhon\n", "no time zone 'Asia/Quy_Nhon'"),
        (lambda text: text + "  timezone: ../../etc/passwd\n", "no time zone"),
        (lambda text: text + "  fetch: some\n", "one of all, prefilter"),
        (lambda text: text + "  delay: -1\n", "seconds"),
        (lambda text: text + "  delay: yes\n", "seconds"),
        (lambda text: text + "  date_formats: ['%H:%M']\n", "lacks year"),
        (lambda text: text + "  name: Hai\n", "there twice"),
        (lambda text: text + text, "in the file twice"),
        (lambda text: text + text.replace("id: bao-mau", "id: bao-hai"), "already read for 'bao-mau'"),
        (lambda _: "outlets: 3", "a list of outlets"),
        (lambda _: "- chỉ là chữ", "field: value"),
        (lambda _: "- id: [", "cannot be read"),
        (lambda _: "", "a list of outlets"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, change: object, message: str) -> None:
    assert callable(change)
    path = catalogue(tmp_path, change(ONE))
    with pytest.raises(Misconfigured) as wrong:
        load(path)
    assert message in str(wrong.value)
    assert "outlets.yaml" in str(wrong.value)


def test_a_mistake_is_named_with_the_outlet_it_is_in(tmp_path: Path) -> None:
    path = catalogue(tmp_path, ONE + ONE.replace("bao-mau", "bao-hai").replace("/rss", "/2") + "  x: y\n")
    with pytest.raises(Misconfigured, match="line 9, outlet 'bao-hai'"):
        load(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be read"):
        load(tmp_path / "none.yaml")
