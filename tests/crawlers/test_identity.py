from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.identity import canonical, host_port, identify, is_front_page, resolve
from diembao.core.article import article_id
from diembao.core.errors import Refused


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://bao.vn/a.html?utm_source=x&utm_medium=y#top", "https://bao.vn/a.html"),
        ("https://bao.vn/a.html?fbclid=1&id=7&zarsrc=30", "https://bao.vn/a.html?id=7"),
        ("https://bao.vn/?cid=12&eid=5&gallery=3", "https://bao.vn/?cid=12&eid=5&gallery=3"),
        ("https://bao.vn/bai-viet?b=2&a=1", "https://bao.vn/bai-viet?a=1&b=2"),
        ("https://bao.vn/bai-viet?a=1&amp;b=2", "https://bao.vn/bai-viet?a=1&b=2"),
        ("HTTPS://BAO.vn:443", "https://bao.vn/"),
        ("http://bao.vn:80/a", "http://bao.vn/a"),
        ("http://127.0.0.1:8123/a", "http://127.0.0.1:8123/a"),
        ("https://m.bao.vn/a", "https://bao.vn/a"),
        ("https://amp.bao.vn/a", "https://bao.vn/a"),
        ("https://bao.vn/a.html?amp=1", "https://bao.vn/a.html"),
        ("https://bao.vn/a.html?id=7&amp=1", "https://bao.vn/a.html?id=7"),
        ("https://bao.vn/a.html?outputType=amp&id=2", "https://bao.vn/a.html?id=2"),
        ("https://bao.vn/amp/a.html", "https://bao.vn/a.html"),
        ("https://bao.vn/a/amp/", "https://bao.vn/a/"),
        ("https://bao.vn/a/amp", "https://bao.vn/a"),
        ("https://bao.vn/a.amp.html", "https://bao.vn/a.html"),
        ("https://bao.vn/amp/", "https://bao.vn/amp/"),
        ("https://bao.vn/amplifier", "https://bao.vn/amplifier"),
        ("https://www.google.com/amp/s/bao.vn/a.html", "https://bao.vn/a.html"),
        ("https://bao-vn.cdn.ampproject.org/c/s/bao.vn/a/amp/", "https://bao.vn/a/"),
        ("https://m.vn/a", "https://m.vn/a"),
        ("https://bao.vn/tin-tức/Quy Nhơn.html", "https://bao.vn/tin-t%E1%BB%A9c/Quy%20Nh%C6%A1n.html"),
        ("https://bao.vn/a\n/b.html ", "https://bao.vn/a/b.html"),
        ("https://báo.vn/a", "https://xn--bo-mia.vn/a"),
        ("https://bao.vn./a", "https://bao.vn/a"),
    ],
)
def test_an_article_has_one_address(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert identify(url) == (expected, article_id(expected))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.html",
        "mailto:toasoan@bao.vn",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://bao.vn/a",
        "https://",
        "https://ten:matkhau@bao.vn/a",
        "https://bao.vn:99999/",
        "https://bao.vn:0/",
        "https://hai cham/x",
        "http://[::1/a",
        "https://bao.vn/" + "a" * 3000,
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        canonical(url)
    assert refused.value.reason == "address"


@given(st.text(max_size=60), st.text(max_size=40))
def test_the_canonical_address_of_a_canonical_address_is_itself(path: str, query: str) -> None:
    try:
        once = canonical(f"https://bao.vn/{path}?{query}")
    except Refused:
        return
    assert canonical(once) == once
    assert once.isascii()


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/b?x=1#y", "https://m.bao.vn/b?x=1"),
        ("b", "https://m.bao.vn/tin/b"),
        ("//khac.vn/b", "https://khac.vn/b"),
        ("https://khac.vn/ả", "https://khac.vn/%E1%BA%A3"),
    ],
)
def test_a_redirect_is_followed_to_where_it_says(link: str, expected: str) -> None:
    assert resolve("https://m.bao.vn/tin/a", link) == expected


@pytest.mark.parametrize("link", ["file:///etc/passwd", "gopher://bao.vn/", "https://a:b@bao.vn/", "http://[::1/"])
def test_a_redirect_out_of_the_web_is_refused(link: str) -> None:
    with pytest.raises(Refused):
        resolve("https://bao.vn/a", link)


def test_the_key_of_politeness_is_host_and_port() -> None:
    assert host_port("https://bao.vn/a") == "bao.vn:443"
    assert host_port("http://bao.vn/a") == "bao.vn:80"
    assert host_port("http://[::1]:8000/a") == "[::1]:8000"


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://bao.vn/", True),
        ("https://bao.vn/vi/", True),
        ("https://bao.vn/index.html", True),
        ("https://bao.vn/?id=5", False),
        ("https://bao.vn/a.html", False),
    ],
)
def test_a_front_page_is_told_from_an_article(url: str, front: bool) -> None:  # noqa: FBT001 (a column of the table)
    assert is_front_page(url) is front
