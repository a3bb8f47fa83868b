"""Training examples: headlines and ledes written for the project, with the labels of the annotation guide."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from diembao.core.errors import Misconfigured
from diembao.core.text import nfc

FOLDER = Path(__file__).with_name("examples")
LANGUAGES = ("vi", "lo", "km", "th", "zh-Hans", "zh-Hant", "ja", "ko", "en", "fr", "ru")
STANCES = ("positive", "neutral", "critical")
NOT_ABOUT = "na"  # the stance of an example that is not about the province

_TEXTS = ("lang", "title", "summary", "stance", "binhdinh", "gialai")
_RELEVANCE = ("yes", "part", "no")
_LONGEST = 2000  # characters of a title or a lede; more is an article pasted by mistake
_ARTICLE = 8000  # of the text of a whole article
_MORE = {"text", "teaches"}  # of the newer ones


@dataclass(frozen=True, slots=True)
class Example:
    """``source`` is the file's name without its ending, ``line`` counts from 1."""

    source: str
    line: int
    language: str
    title: str
    summary: str
    themes: tuple[str, ...]
    stance: str
    binhdinh: str
    gialai: str
    text: str = ""  # of a whole article, behind its lede
    teaches: str = ""  # what it was written to teach, in words of its writer; of older ones see ``lessons``


def load(folder: Path, themes: Sequence[str]) -> list[Example]:
    """All examples, by file name and line.

    Raises:
        Misconfigured: no file, or the first line that is not as it should be, with its number.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise Misconfigured(f"{folder}: no examples (*.jsonl) to learn from")
    return [example for file in files for example in load_file(file, themes)]


def digest(folder: Path) -> str:
    """SHA-256 (hex) of all files of examples."""
    sha = hashlib.sha256()
    for file in sorted(folder.glob("*.jsonl")):
        sha.update(file.read_bytes())
    return sha.hexdigest()


def load_file(path: Path, themes: Sequence[str]) -> list[Example]:
    """The examples of one file; no text twice."""
    examples: list[Example] = []
    seen: dict[tuple[str, str], int] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            example = _example(path.stem, number, json.loads(line), themes)
            first = seen.setdefault((example.title, example.summary), number)
            _demand(first == number, f"the same text as line {first}")
        except ValueError as error:  # also what json raises
            raise Misconfigured(f"{path}, line {number}: {error}") from error
        examples.append(example)
    return examples


def _example(source: str, line: int, raw: object, themes: Sequence[str]) -> Example:
    if not isinstance(raw, dict):
        raise ValueError("not an object")  # noqa: TRY004 (told with its line like every other fault)
    fields = {*_TEXTS, "themes"}
    _demand(set(raw) - _MORE == fields, f"the fields are {sorted(fields)}, not {sorted(raw)}")
    for name in (*_TEXTS, *sorted(_MORE & set(raw))):
        _demand(isinstance(raw[name], str), f"{name} is not a text")
        _demand(raw[name] == nfc(raw[name]).strip() != "", f"{name} is empty, not trimmed or not NFC")
        most = _ARTICLE if name == "text" else _LONGEST
        _demand(len(raw[name]) <= most, f"{name} is longer than {most} characters")
    _demand(raw["lang"] in LANGUAGES, f"unknown language {raw['lang']!r}")
    _demand(f"{source}-".startswith(f"{raw['lang']}-"), f"language {raw['lang']} in the file of {source}")
    _check_themes(raw["themes"], themes)
    _check_stance(raw["stance"], raw["binhdinh"], raw["gialai"])
    return Example(source, line, raw["lang"], raw["title"], raw["summary"], tuple(raw["themes"]), raw["stance"],
                   raw["binhdinh"], raw["gialai"], raw.get("text", ""), raw.get("teaches", ""))  # fmt: skip


def _check_themes(given: object, themes: Sequence[str]) -> None:
    if not isinstance(given, list):
        raise ValueError("themes is not a list")  # noqa: TRY004 (as above)
    for theme in given:
        _demand(theme in themes, f"unknown theme {theme!r}")
    _demand(len(set(given)) == len(given), "a theme stands twice")


def _check_stance(stance: str, binhdinh: str, gialai: str) -> None:
    """Former Bình Định lies within Gia Lai: what is about it is about the province."""
    _demand(stance in (*STANCES, NOT_ABOUT), f"unknown stance {stance!r}")
    _demand(binhdinh in _RELEVANCE, f"binhdinh is {binhdinh!r}, not yes, part or no")
    _demand(gialai in _RELEVANCE, f"gialai is {gialai!r}, not yes, part or no")
    _demand((stance == NOT_ABOUT) == (gialai == "no"), f"stance {stance} with gialai {gialai}")
    _demand(_RELEVANCE.index(gialai) <= _RELEVANCE.index(binhdinh), f"binhdinh {binhdinh} within gialai {gialai}")


def _demand(holds: bool, otherwise: str) -> None:  # noqa: FBT001 (reads as a sentence where it is called)
    if not holds:
        raise ValueError(otherwise)
