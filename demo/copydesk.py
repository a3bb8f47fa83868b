"""Reads the articles of demo/articles/*.yaml, strictly: the first mistake stops it and says where.

The form is described in demo/articles/README.md. ``python -m demo.copydesk`` prints the counts by language.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import yaml

from demo.datelines import BadDateline, Dateline, check_placeholders, read_dateline
from demo.faults import FAULTS
from demo.masthead import BY_ID, outlets_of
from demo.piece import CLAIMS, RELEVANCE, ROLES, STANCES, THEMES, Piece, Truth, Words

ARTICLES = Path(__file__).parent / "articles"

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_WORDLESS = frozenset({"zh", "ja", "lo", "km", "th"})  # scripts without blanks between words
LEAST_WORDS = 25  # of a paragraph, on average over an article (blank-separated)
LEAST_SIGNS = 60  # the same for scripts without blanks, in characters
PARAGRAPHS = range(3, 9)


class BadCopy(ValueError):
    """A mistake in an article's record, with its place."""


# The one in C where it was built: five times as quick.
_SAFE: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Reader(_SAFE):  # type: ignore[misc, valid-type]  # one of two classes of the same kind
    """Plain strings for every scalar (`yes` stays "yes"), and no key twice."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # PyYAML's own class attribute

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if twice := [key for key, count in Counter(keys).items() if count > 1]:
            raise BadCopy(f"line {node.start_mark.line + 1}: key {twice[0]!r} twice")
        return dict(super().construct_mapping(node, deep=deep))


@cache
def pieces() -> tuple[Piece, ...]:
    """Every article, in the order of the files and within them."""
    return read_pieces(sorted(ARTICLES.glob("*.yaml")))


@cache
def neighbours() -> tuple[Piece, ...]:
    """Articles about other provinces, in print where several are watched."""
    return read_pieces(sorted((ARTICLES / "neighbours").glob("*.yaml")))


def read_pieces(files: Sequence[Path]) -> tuple[Piece, ...]:
    """The articles of these files; copies are resolved across files.

    Raises:
        BadCopy: the first mistake, with file and slug.
    """
    found: dict[str, Piece] = {}
    copies: list[tuple[Path, str, dict[str, Any]]] = []
    for file in files:
        language, records = _records(file)
        for number, record in enumerate(records, 1):
            place = f"{file.name}, article {number} ({record.get('slug', 'no slug')})"
            if "copy_of" in record:
                copies.append((file, place, record))
                continue
            _add(found, _piece(record, language, place), place)
    for _, place, record in copies:
        _add(found, _copied(record, found, place), place)
    return tuple(found.values())


def _records(file: Path) -> tuple[str, list[dict[str, Any]]]:
    raw = file.read_text(encoding="utf-8")
    if not unicodedata.is_normalized("NFC", raw):
        line = next(n for n, x in enumerate(raw.splitlines(), 1) if not unicodedata.is_normalized("NFC", x))
        raise BadCopy(f"{file.name}, line {line}: not NFC")
    try:
        data = yaml.load(raw, Loader=_Reader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, BadCopy) as error:
        raise BadCopy(f"{file.name}: {error}") from error
    if not isinstance(data, dict) or set(data) != {"language", "articles"} or not isinstance(data["articles"], list):
        raise BadCopy(f"{file.name}: wants exactly `language` and a list `articles`")
    if not outlets_of(data["language"]) or not re.fullmatch(rf"{data['language']}(_\w+)?", file.stem):
        raise BadCopy(f"{file.name}: language {data['language']!r} has no outlet, or is not the file's")
    if wrong := [record for record in data["articles"] if not isinstance(record, dict)]:
        raise BadCopy(f"{file.name}: not an article: {wrong[0]!r}")
    return data["language"], data["articles"]


def _add(found: dict[str, Piece], piece: Piece, place: str) -> None:
    if piece.slug in found:
        raise BadCopy(f"{place}: slug twice")
    found[piece.slug] = piece


_NEEDED = frozenset({"slug", "when", "title", "lead", "body", "section", "truth"})
_OPTIONAL = frozenset({"outlet", "story", "role", "claim", "edit", "fault"})


def _piece(record: dict[str, Any], language: str, place: str) -> Piece:
    _keys(record, _NEEDED, _OPTIONAL, place)
    words = Words(
        _text(record["title"], place, "title"),
        _text(record["lead"], place, "lead"),
        tuple(_text(x, place, f"body, paragraph {n}") for n, x in enumerate(_list(record["body"], place), 1)),
    )
    _check_length(words, language, place)
    return Piece(
        slug=_slug(record["slug"], language, place),
        language=language,
        outlet=_outlet(record.get("outlet"), language, place),
        when=_dateline(record["when"], place),
        words=words,
        section=_text(record["section"], place, "section"),
        truth=_truth(record["truth"], place),
        story=_choice(record.get("story", ""), None, place, "story"),
        role=_choice(record.get("role", "original"), ROLES, place, "role"),
        claim=_choice(record.get("claim", ""), CLAIMS, place, "claim"),
        fault=_choice(record.get("fault", ""), frozenset({"", *FAULTS}), place, "fault"),
        edit=_edit(record["edit"], words, place) if "edit" in record else None,
    )


def _copied(record: dict[str, Any], found: Mapping[str, Piece], place: str) -> Piece:
    changes = frozenset({"title", "lead", "drop", "add"})
    _keys(record, frozenset({"slug", "outlet", "when", "copy_of"}), changes, place)
    source = found.get(record["copy_of"])
    if source is None:
        raise BadCopy(f"{place}: copy_of: no article {record['copy_of']!r}")
    return Piece(
        slug=_slug(record["slug"], source.language, place),
        language=source.language,
        outlet=_outlet(record["outlet"], source.language, place),
        when=_dateline(record["when"], place),
        words=_changed(source.words, record, place),
        section=source.section,
        truth=source.truth,
        story=source.story,
        role="copy",
        claim=source.claim,
        copy_of=source.slug,
        edited_copy=bool(changes & set(record)),
    )


def _changed(words: Words, record: Mapping[str, Any], place: str) -> Words:
    dropped = {_number(x, place, "drop") for x in _list(record.get("drop", []), place)}
    if not dropped <= set(range(1, len(words.body) + 1)):
        raise BadCopy(f"{place}: drop: no such paragraph")
    body = [x for n, x in enumerate(words.body, 1) if n not in dropped]
    if "add" in record:
        body.append(_text(record["add"], place, "add"))
    title = _text(record.get("title", words.title), place, "title")
    return Words(title, _text(record.get("lead", words.lead), place, "lead"), tuple(body))


def _edit(record: Any, words: Words, place: str) -> tuple[int, Words]:  # noqa: ANN401 - YAML
    if not isinstance(record, dict):
        raise BadCopy(f"{place}: edit: wants keys")
    _keys(record, frozenset({"after"}), frozenset({"title", "lead", "body"}), f"{place}: edit")
    found = re.fullmatch(r"([1-9]\d{0,2})m", str(record["after"]))
    if not found or len(record) == 1:
        raise BadCopy(f"{place}: edit: wants after: <minutes>m, and at least one of title, lead, body")
    body = words.body
    if "body" in record:
        body = tuple(_text(x, place, "edit, body") for x in _list(record["body"], place))
    title, lead = record.get("title", words.title), record.get("lead", words.lead)
    return int(found[1]), Words(_text(title, place, "edit, title"), _text(lead, place, "edit, lead"), body)


def _truth(record: Any, place: str) -> Truth:  # noqa: ANN401 - YAML
    if not isinstance(record, dict):
        raise BadCopy(f"{place}: truth: wants keys")
    _keys(record, frozenset({"gialai", "binhdinh", "themes", "stance"}), frozenset(), f"{place}: truth")
    themes = tuple(_choice(x, THEMES, place, "themes") for x in _list(record["themes"], place))
    truth = Truth(
        _choice(record["gialai"], RELEVANCE, place, "gialai"),
        _choice(record["binhdinh"], RELEVANCE, place, "binhdinh"),
        themes,
        _choice(record["stance"], STANCES, place, "stance"),
    )
    if len(themes) > 3 or len(set(themes)) < len(themes):
        raise BadCopy(f"{place}: truth: 0 to 3 different themes")
    if (truth.stance == "na") != (truth.gialai == truth.binhdinh == "no"):
        raise BadCopy(f"{place}: truth: stance is na exactly where gialai and binhdinh are no")
    if truth.gialai == "no" and truth.binhdinh != "no":
        raise BadCopy(f"{place}: truth: former Bình Định lies in Gia Lai")
    return truth


def _keys(record: Mapping[str, Any], needed: frozenset[str], optional: frozenset[str], place: str) -> None:
    if missing := needed - set(record):
        raise BadCopy(f"{place}: missing {', '.join(sorted(missing))}")
    if unknown := set(record) - needed - optional:
        raise BadCopy(f"{place}: unknown {', '.join(sorted(map(str, unknown)))}")


def _list(value: Any, place: str) -> list[Any]:  # noqa: ANN401 - YAML
    if not isinstance(value, list):
        raise BadCopy(f"{place}: wants a list, not {value!r}")
    return value


def _text(value: Any, place: str, what: str) -> str:  # noqa: ANN401 - YAML
    if not isinstance(value, str) or not value.strip():
        raise BadCopy(f"{place}: {what}: wants text")
    if value != value.strip() or re.search(r"\s\s|[\n\t]", value):
        raise BadCopy(f"{place}: {what}: doubled blanks, line breaks or blanks at the ends")
    try:
        check_placeholders(value)
    except BadDateline as error:
        raise BadCopy(f"{place}: {what}: {error}") from error
    if "title" in what and "{" in value:
        raise BadCopy(f"{place}: {what}: no placeholders in titles")
    return value


def _choice(value: Any, allowed: frozenset[str] | None, place: str, what: str) -> str:  # noqa: ANN401 - YAML
    if not isinstance(value, str) or (allowed is not None and value not in allowed):
        raise BadCopy(f"{place}: {what}: {value!r} is not allowed")
    return value


def _number(value: Any, place: str, what: str) -> int:  # noqa: ANN401 - YAML
    if not isinstance(value, str) or not value.isdecimal():
        raise BadCopy(f"{place}: {what}: wants a number, not {value!r}")
    return int(value)


def _slug(value: Any, language: str, place: str) -> str:  # noqa: ANN401 - YAML
    if not isinstance(value, str) or not _SLUG.match(value):
        raise BadCopy(f"{place}: slug: wants [a-z0-9-]")
    if language != "vi" and not value.startswith(f"{language}-"):
        raise BadCopy(f"{place}: slug: begins with {language}-")
    return value


def _outlet(value: str | None, language: str, place: str) -> str:
    there = outlets_of(language)
    if value is None and len(there) == 1:
        return there[0].id
    if value not in BY_ID or BY_ID[value].language != language:
        raise BadCopy(f"{place}: outlet: {value!r} is not one of {', '.join(x.id for x in there)}")
    return value


def _dateline(value: Any, place: str) -> Dateline:  # noqa: ANN401 - YAML
    try:
        return read_dateline(str(value))
    except BadDateline as error:
        raise BadCopy(f"{place}: {error}") from error


def _check_length(words: Words, language: str, place: str) -> None:
    if len(words.body) not in PARAGRAPHS:
        raise BadCopy(f"{place}: body: {len(words.body)} paragraphs, wants 3 to 8")
    wordless = language in _WORDLESS
    length = sum(len(x if wordless else x.split()) for x in words.body) / len(words.body)
    if length < (LEAST_SIGNS if wordless else LEAST_WORDS):
        raise BadCopy(f"{place}: body: paragraphs are too short ({length:.0f} on average)")


if __name__ == "__main__":
    try:
        counts = Counter(piece.language for piece in pieces())
    except BadCopy as mistake:
        sys.exit(str(mistake))
    sys.stdout.write(f"{counts.total()} articles: {dict(counts)}\n")
