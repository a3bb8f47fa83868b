"""Trafilatura's expressions for what to keep and what to throw away, asked at a fourth of their price.

Nearly all of them ask a class or an id for words: ``.//*[self::div or self::p][re:test(@id, '…') or …]``. In XPath each
`re:test` is a call from libxml2 into Python and a search, for every element, and they were half of what the body of a
page cost. Here the same text is read into a walk of Python's over the same elements, with remembered answers
(`crawlers.signs`): the same elements in the same order, which a test holds side by side.

What is written in a way that is not known here stays an expression of libxml2's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, cast

from crawlers.signs import Sign, remembered

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Find = Callable[["HtmlElement"], Sequence["HtmlElement"]]
# Those that reading an article asks; trafilatura's others are for comments and for what it tells of a page.
ASKED = (
    "BODY_XPATH",
    "RAW_TREE_PRUNE_XPATH",
    "REMOVE_COMMENTS_XPATH",
    "REMOVE_COMMENTS_AND_LISTS_XPATH",
    "OVERALL_DISCARD_XPATH",
    "TEASER_DISCARD_XPATH",
    "PRECISION_DISCARD_XPATH",
    "DISCARD_IMAGE_ELEMENTS",
)
_LITERAL = re.compile(r"""'([^']*)'|"([^"]*)\"""")  # kept apart: brackets stand in them
_WHOLE = re.compile(r"(?P<all>\()?\.//\*(?P<asked>(?:\[(?!1\])[^\[\]]+\])+)(?(all)\))(?P<first>\[1\])?")
_OR = re.compile(r"\s+or\s+(?![^(]*\))")  # not within brackets
_TAG = re.compile(r"self::(\w+)")
_NOT_TAGS = re.compile(r"not\(((?:self::\w+(?: or )?)+)\)")
_NOT_WITHIN = re.compile(r"not\(\.//(\w+)\)")
_HAS = re.compile(r"@([\w-]+)")
_SAYS = re.compile(
    r"(?P<how>re:test|contains|starts-with)\((?:@(?P<a>[\w-]+)(?:\|@(?P<b>[\w-]+))?"
    r"|translate\(@(?P<of>[\w-]+),\s*#(?P<given>\d+),\s*#(?P<taken>\d+)\)),\s*#(?P<n>\d+)(?:,\s*#(?P<flag>\d+))?\)"
)
_IS = re.compile(r"@(?P<a>[\w-]+)\s*=\s*#(?P<n>\d+)")


class _UnknownError(ValueError):
    """Written in a way that is not known here."""


@dataclass(slots=True)
class _Any:
    """One predicate: an element is asked until something is so. ``of_either`` are told by whichever attribute of two
    stands first in the tag, as `@id|@class` is read.
    """

    of_one: list[tuple[str, Sign]] = field(default_factory=list)
    has: list[str] = field(default_factory=list)
    of_either: list[tuple[str, str, Sign]] = field(default_factory=list)
    of_element: list[Callable[[HtmlElement], bool]] = field(default_factory=list)

    def among(self, elements: Iterable[HtmlElement]) -> list[HtmlElement]:
        found = []
        more = bool(self.has or self.of_either or self.of_element)
        for element in elements:
            get = element.get
            for name, says in self.of_one:
                if (words := get(name)) and says(words):
                    found.append(element)
                    break
            else:
                if more and self._more(element):
                    found.append(element)
        return found

    def _more(self, element: HtmlElement) -> bool:
        for name in self.has:
            if element.get(name) is not None:
                return True
        for one, other, says in self.of_either:
            if (says(element.get(one, "")) or says(element.get(other, ""))) and _first_says(element, one, other, says):
                return True
        return any(asks(element) for asks in self.of_element)

    def names(self) -> list[str]:
        """The attributes without which nothing is so; none: it does not hang on attributes alone."""
        of_either = (name for one, other, _ in self.of_either for name in (one, other))
        return (
            [] if self.of_element else list(dict.fromkeys([*self.has, *(name for name, _ in self.of_one), *of_either]))
        )


def _first_says(element: HtmlElement, one: str, other: str, says: Sign) -> bool:
    return says(next(words for name, words in element.items() if name in (one, other)))


@cache
def hasten() -> None:
    """Put the walks in the place of trafilatura's expressions: its lists are shared by all its modules. Where a clock
    rang in the midst of it, or two threads begin, what is a walk already stays one.
    """
    from lxml.etree import XPath
    from trafilatura import xpaths

    for name in ASKED:
        expressions = getattr(xpaths, name)
        expressions[:] = [(walk(each.path) or each) if isinstance(each, XPath) else each for each in expressions]


def walk(path: str) -> Find | None:
    """What finds the elements that this expression finds below an element; None: only libxml2 can read it.

    Where the expression asks for the first of all, or of each parent, so does the walk.
    """
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        literals.append(found[1] or found[2] or "")
        return f"#{len(literals) - 1}"

    read = _WHOLE.fullmatch(" ".join(_LITERAL.sub(keep, path).split()))
    if read is None:
        return None
    try:
        tags, asked = _predicates(re.findall(r"\[\s*([^\[\]]+?)\s*\]", read["asked"]), literals)
    except _UnknownError:
        return None
    whole = _walk(tags, asked)
    if not read["first"]:
        return whole
    if read["all"]:
        return lambda tree: whole(tree)[:1]
    return lambda tree: _first_of_each(whole(tree))


def _walk(tags: Sequence[str], asked: Sequence[_Any]) -> Find:
    within = _with_any(asked[0].names()) if tags == ("*",) else None

    def find(tree: HtmlElement) -> Sequence[HtmlElement]:
        found: Iterable[HtmlElement] = within(tree) if within else tree.iterdescendants(*tags)
        for each in asked:
            found = each.among(found)
        return list(found)

    return find


def _with_any(names: Sequence[str]) -> Find | None:
    """Elements of every kind that have one of these attributes: libxml2 knows them without Python."""
    from lxml.etree import XPath

    return cast("Find", XPath(f"descendant::*[{' or '.join(f'@{name}' for name in names)}]")) if names else None


def _first_of_each(found: Iterable[HtmlElement]) -> list[HtmlElement]:
    """The first of those that share a parent."""
    firsts: dict[HtmlElement | None, HtmlElement] = {}
    for each in found:
        firsts.setdefault(each.getparent(), each)
    return list(firsts.values())


def _predicates(predicates: Iterable[str], literals: Sequence[str]) -> tuple[Sequence[str], list[_Any]]:
    """Tags ("*": any) and what is asked of each."""
    tags: Sequence[str] = ("*",)
    asked: list[_Any] = []
    for predicate in predicates:
        atoms = [atom.strip() for atom in _OR.split(predicate)]
        named = [found[1] for atom in atoms if (found := _TAG.fullmatch(atom))]
        if len(named) == len(atoms) and not asked:
            tags = named
        else:
            asked.append(_any_of(atoms, literals))
    if not asked:
        raise _UnknownError
    return tags, asked


def _any_of(atoms: Iterable[str], literals: Sequence[str]) -> _Any:
    made = _Any()
    patterns: dict[tuple[str, str], list[str]] = {}
    for atom in atoms:
        if found := _SAYS.fullmatch(atom) or _IS.fullmatch(atom):
            parts = found.groupdict()
            names = parts["a"] or parts.get("of") or "", parts.get("b") or ""
            patterns.setdefault(names, []).append(_pattern(parts, literals))
        elif found := _HAS.fullmatch(atom):
            made.has.append(found[1])
        else:
            made.of_element.append(_of_element(atom))
    for (one, other), each in patterns.items():
        says = remembered("|".join(each))
        if says(""):  # asked of elements without the attribute too, it would find them all
            raise _UnknownError
        if other:
            made.of_either.append((one, other, says))
        else:
            made.of_one.append((one, says))
    return made


def _pattern(parts: dict[str, str | None], literals: Sequence[str]) -> str:
    """What is asked of an attribute's words, as one pattern of Python's."""
    looked_for = literals[int(parts["n"] or 0)]
    match parts.get("how"):
        case "re:test":
            flag = "i" if parts["flag"] and "i" in literals[int(parts["flag"])] else ""
            return f"(?{flag}:{looked_for})"
        case "contains" if parts["of"]:
            return _translated(looked_for, *(literals[int(parts[name] or 0)] for name in ("given", "taken")))
        case "contains":
            return re.escape(looked_for)
        case "starts-with" if parts["a"]:
            return rf"\A{re.escape(looked_for)}"
        case None:
            return rf"\A{re.escape(looked_for)}\Z"
    raise _UnknownError


def _translated(looked_for: str, given: str, taken: str) -> str:
    """Found in words of which each sign in ``given`` stands for the one in its place in ``taken``."""
    if len(given) != len(taken):
        raise _UnknownError
    standing = {sign: [sign] if sign not in given else [] for sign in looked_for}
    for one, other in zip(given, taken, strict=True):
        standing.get(other, []).append(one)
    if not all(standing.values()):
        raise _UnknownError
    return "".join(f"[{re.escape(''.join(standing[sign]))}]" for sign in looked_for)


def _of_element(atom: str) -> Callable[[HtmlElement], bool]:
    if found := _NOT_TAGS.fullmatch(atom):
        tags = frozenset(_TAG.findall(found[1]))
        return lambda element: element.tag not in tags
    if found := _NOT_WITHIN.fullmatch(atom):
        inside = f".//{found[1]}"
        return lambda element: element.find(inside) is None
    raise _UnknownError
