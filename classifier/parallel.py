"""Texts that say the same in all our languages: what teaches the encoder that they do.

``parallel/sentences.jsonl`` was written for the project, and so was ``parallel/held.jsonl``, which teaches nothing: the
encoder is asked about it. ``parallel/concepts.jsonl`` holds words and names of the Unicode CLDR, made by
`classifier.concepts`. One group a line: a text for each language of `example.LANGUAGES`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from classifier.example import LANGUAGES
from diembao.core.errors import Misconfigured
from diembao.core.text import nfc

FOLDER = Path(__file__).with_name("parallel")
SENTENCES, HELD, CONCEPTS = "sentences.jsonl", "held.jsonl", "concepts.jsonl"
PIVOT = "en"  # the language that the teacher reads

Group = Mapping[str, str]

_LONGEST = 1000  # characters of one text


def load(path: Path) -> list[Group]:
    """The groups of one file.

    Raises:
        Misconfigured: the first line that is not as it should be, with its number.
    """
    groups: list[Group] = []
    seen: dict[str, int] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            group = _group(json.loads(line))
            first = seen.setdefault(group[PIVOT], number)
            if first != number:
                raise ValueError(f"the same text as line {first}")  # noqa: TRY301 (told with its line like the others)
        except ValueError as error:  # also what json raises
            raise Misconfigured(f"{path}, line {number}: {error}") from error
        groups.append(group)
    return groups


def _group(raw: object) -> Group:
    if not isinstance(raw, dict) or set(raw) != set(LANGUAGES):
        raise ValueError(f"a text for each of {', '.join(LANGUAGES)} is needed")
    for language, text in raw.items():
        if not isinstance(text, str) or text != nfc(text).strip() or not 0 < len(text) <= _LONGEST:
            raise ValueError(f"{language} is no text, empty, not trimmed, not NFC or longer than {_LONGEST}")
    return raw


def digest(groups: Sequence[Group]) -> str:
    """SHA-256 (hex) of groups, in their order."""
    sha = hashlib.sha256()
    for group in groups:
        sha.update(json.dumps(group, ensure_ascii=False, sort_keys=True).encode())
    return sha.hexdigest()
