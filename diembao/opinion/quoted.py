"""What a model says is held against what it was shown: quotes stand there word for word, no address comes from
elsewhere, nothing invisible comes along.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from diembao.core.errors import SetAside
from diembao.core.text import clean

if TYPE_CHECKING:
    from tldextract import TLDExtract

# A quote shorter than this stands in any text, a place's name for one: characters, those of scripts without spaces
# count twice.
LEAST: Final = 15
_WIDE: Final = 0x0E00  # Thai, Lao, Khmer, Chinese, Japanese, Korean
_UNSEEN: Final = {"Cf", "Co", "Cs", "Cn"}  # categories of characters that show nothing, or that nobody knows
_KEPT: Final = {"\u200b", "\u200c", "\u200d"}  # where Khmer, Lao and Thai may break a line
_DOTS: Final = re.compile(r"[\u3002\uff61]|\s{0,3}[\[({<]\s{0,3}(?:\.|dot|chấm)\s{0,3}[\])}>]\s{0,3}", re.IGNORECASE)
_SCHEMES: Final = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}:[/\\]{2}\S+|\bwww\.\S+|\b(?:javascript|data|vbscript|file|mailto|tel|sms|tg|intent):\S+",
    re.IGNORECASE,
)
_HOSTS: Final = re.compile(r"(?<![\w-])(?:[\w.%+-]{1,64}@)?((?:[^\W_][\w-]{0,62}\.){1,126}[^\W_][\w-]{1,62})")
_NUMERIC: Final = re.compile(r"(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.]*\d)")
_NAMED: Final = re.compile(r"\blocalhost\b|\b[a-z][a-z0-9-]{0,62}(?=:\d{2,5}/)", re.IGNORECASE)
_TAIL: Final = re.compile(r"(?::\d{1,5})?(?:[/\\?#]\S*)?")
# Names that lead nowhere outside of a house, but somewhere in it.
_HOUSE: Final = re.compile(r"\.(?:example|test|local|internal|lan|home|corp|intranet|onion|invalid)\Z", re.IGNORECASE)
_HANDLES: Final = re.compile(r"(?<![\w.])@[a-z0-9_.]{3,32}", re.IGNORECASE)
_WEB: Final = re.compile(r"\Ahttps?:[/\\]{2}", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\s*\[([^\[\]]{1,200})\]")
_MARKS: Final = re.compile(
    r"„([^„“”]*)[“”]|“([^“”]*)”|«([^«»]*)»|»([^«»]*)«|‹([^‹›]*)›|「([^「」]*)」|『([^『』]*)』|\"([^\"]*)\""
    r"|‚([^‚‘’]*)[‘’]|‘([^‘’]*)’(?!\w)|(?<!\w)'([^']*)'(?!\w)|`([^`]*)[`']"
)
_OPEN: Final = re.compile(r"[„“”«»‹›「」『』\"‚‘`]|(?<!\w)'")


def line(text: str) -> str:
    """One line, without what cannot be seen."""
    seen = "".join(x for x in clean(text) if x in _KEPT or unicodedata.category(x) not in _UNSEEN)
    return " ".join(seen.split())


def sentence(text: str, shown: Sequence[str]) -> str:
    """As it will stand: one line, without names that the original does not have."""
    return line(without_strange_names(line(text), shown))


def holds(shown: Sequence[str], quote: str) -> bool:
    """Does one of the parts (title, lead, text) have these words, spaces and line breaks aside?"""
    return _width(line(quote)) >= LEAST and _stands(shown, quote)


def _stands(shown: Sequence[str], words: str) -> bool:
    return any(line(words) in line(part) for part in shown)


def _width(text: str) -> int:
    return sum(2 if ord(each) >= _WIDE else 1 for each in text if not each.isspace())


def in_latin_letters(said: str) -> bool:
    """Vietnamese and English are; names in brackets and what is quoted aside, and a name here and there."""
    letters = [each for each in _MARKS.sub(" ", _BRACKETS.sub("", said)) if each.isalpha()]
    return bool(letters) and 3 * sum(not unicodedata.name(each, "").startswith("LATIN ") for each in letters) <= len(
        letters
    )


# -- addresses ---------------------------------------------------------------------------------------


def refuse_addresses(said: Sequence[str], shown: Sequence[str]) -> None:
    """Of words as they will stand, nothing is taken out of them afterwards.

    Raises:
        SetAside: an address stands in what the model said, and not, whole, in what it was shown.
    """
    if strange_addresses(said, shown):
        raise SetAside(
            "câu trả lời có địa chỉ không có trong bài, nên bị bỏ"
            " (the answer holds an address that the article does not have, and was dropped)"
        )


def strange_addresses(said: Sequence[str], shown: Sequence[str]) -> set[str]:
    found = {address for one in said for address in addresses(one)}
    return found and found - {address for part in shown for address in addresses(part)}


def addresses(text: str) -> set[str]:
    """Links, hosts, handles and mail addresses in a text, as a browser would read them: without http(s)://, the host in
    small letters.
    """
    plain = _as_browsers_read(text)
    # As it stands, and as a reader takes it who passes over a name in brackets: evil[tên].com.
    return {_normal(each) for way in {plain, _BRACKETS.sub("", plain)} for each in _found(way)}


def _found(plain: str) -> list[str]:
    found = [*_SCHEMES.findall(plain), *_HANDLES.findall(plain)]
    return found + [plain[at:end] + _TAIL.match(plain, end)[0] for at, end in _hosts(plain)]  # type: ignore[index]  # it matches nothing too


def _as_browsers_read(text: str) -> str:
    """ｅｖｉｌ。ｃｏｍ is evil.com, with or without what cannot be seen in it."""
    seen = "".join(x for x in unicodedata.normalize("NFKC", clean(text)) if unicodedata.category(x) not in _UNSEEN)
    return _DOTS.sub(".", seen)


def _hosts(text: str) -> Iterator[tuple[int, int]]:
    """Where each begins and ends."""
    for pattern in (_NUMERIC, _NAMED):
        yield from (found.span() for found in pattern.finditer(text))
    for found in _HOSTS.finditer(text):
        labels = found[1].split(".")
        # “evil.com.Hãy”: the next sentence is no part of a name.
        length = next((n for n in range(len(labels), 1, -1) if _is_host(".".join(labels[:n]))), 0)
        if length:
            yield found.start(), found.start(1) + len(".".join(labels[:length]))


def _is_host(name: str) -> bool:
    """TP.HCM is none: HCM is not a domain of anybody's."""
    return bool(_HOUSE.search(name) or _suffixes()(name).suffix)


def _normal(address: str) -> str:
    bare = _WEB.sub("", address.rstrip(".,;:!?)]}>»”’\"'")).replace("\\", "/")
    host, slash, path = bare.partition("/")
    return f"{host.casefold()}{slash}{path}".rstrip("/")


@cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


# -- names and quotation marks -----------------------------------------------------------------------


def without_strange_names(text: str, shown: Sequence[str]) -> str:
    """A name in square brackets is the original's: one that it does not have is taken out."""
    known = "\n".join(map(line, shown)).casefold()
    return _BRACKETS.sub(lambda found: found[0] if line(found[1]).casefold() in known else "", text)


def quotes_hold(text: str, shown: Sequence[str]) -> bool:
    """Whatever stands in quotation marks of any kind stands in one of the parts; no mark is left open."""
    inside = ["".join(filter(None, found.groups())) for found in _MARKS.finditer(text)]
    return not _OPEN.search(_MARKS.sub(" ", text)) and all(_stands(shown, each) for each in inside)
