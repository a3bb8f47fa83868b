"""Vietnamese in old fonts becomes Unicode; nothing else is touched."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawlers.extract import extract
from crawlers.typewriter import retyped, typed
from diembao.core.article import Outlet
from tests.crawlers.pages import PARAGRAPHS, SAPO, page

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LATER = "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "".join(map(chr, range(0xA1, 0xAF))) + LATER,
        strict=True,
    )
)
TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï", "": ""}
ROOFED = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}
BOWLED = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}
SINGLE = {"đ": "ñ", "Đ": "Ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}


def in_tcvn3(text: str) -> str:
    return "".join(TCVN3.get(letter, letter) for letter in text)


def in_vni(text: str) -> str:
    return "".join(map(_vni, unicodedata.normalize("NFC", text)))


def _vni(letter: str) -> str:
    if letter in SINGLE or letter.isascii():
        return SINGLE.get(letter, letter)
    base, *marks = tuple(unicodedata.normalize("NFD", letter))
    tone = next((mark for mark in marks if mark in TONES), "")
    if "\u0302" in marks:
        return base + ROOFED[tone]
    if "\u0306" in marks:
        return base + BOWLED[tone]
    return ({"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base) + TONES[tone]


@pytest.mark.parametrize("typing", [in_tcvn3, in_vni])
@pytest.mark.parametrize("declared", ["windows-1252", "x-user-defined", "utf-8"])
@pytest.mark.parametrize("entities", [False, True])
def test_a_page_in_an_old_font_is_read(typing: Callable[[str], str], declared: str, *, entities: bool) -> None:
    old = typing(page(extra="").decode().replace("Đ", "đ"))
    if entities:
        old = "".join(letter if ord(letter) < 0x80 else f"&#{ord(letter)};" for letter in old)
    data = old.replace("utf-8", declared).encode("latin-1")
    outlet = Outlet("mau", "Báo mẫu", "VN", "vi", "https://bao.example.vn/", ())
    found = extract(data, "https://bao.example.vn/1.html", outlet, NOW, content_type="text/html")
    assert found.lead == SAPO
    assert found.text.split("\n")[: len(PARAGRAPHS)] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        page().decode(),
        "<p>" + "Der Bürgermeister grüßte die Gäste, schöne Gärten, größere Höfe. " * 40,
        "<p>" + "L’été dernier, la mairie a créé où il fallait un marché à côté de l’école. " * 40,
        "<p>" + "A cidade não terá eleições até março; são três regiões à espera. " * 40,
        "<p>" + "“It’s here” — said the mayor’s office. " * 40,
        "<p>" + "Plain words &amp; nothing else. " * 40,
        "",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert retyped(text) == text
    assert typed(text.encode()) is None


def test_other_languages_in_utf8_are_not_taken_for_old_letters() -> None:
    assert typed(("<p>" + "“Порт” — Куиньон; 平定省归仁港口；“It’s here”. " * 60).encode()) is None
