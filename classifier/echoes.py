"""Do examples repeat another text? `python -m classifier.echoes TEXTS [EXAMPLES]` says which, and fails if any do.

TEXTS is a file of JSON lines with ``title`` and ``summary``: a gold set. An example that shares `RUN` words in a row
with it (marks and capitals left out), in scripts without spaces `SIGNS` signs, would make its figures too good.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from classifier import example
from classifier.example import Example
from diembao.core import analysis
from diembao.core.errors import DiembaoError, WrongUse
from diembao.plan.reader import themes

RUN = 10
SIGNS = 20  # a word of Chinese, Thai, Khmer … is two signs and more

_SIGN = re.compile("[\u0e01-\u0eff\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """All runs of words in a text, or of signs where most of it has no spaces."""
    words = [token.folded for token in analysis.tokens(text)]
    long = SIGNS if len(_SIGN.findall(text)) > len(words) / 2 else RUN
    return (tuple(words[at : at + long]) for at in range(len(words) - long + 1))


def echoes(examples: Iterable[Example], texts: Iterable[str]) -> Iterator[tuple[Example, str]]:
    """Each example that shares a run with one of the texts, with the first such run."""
    known = {run for text in texts for run in runs(text)}
    for one in examples:
        shared = next((run for run in runs(f"{one.title}\n{one.summary}\n{one.text}") if run in known), None)
        if shared:
            yield one, " ".join(shared)


def read_texts(path: Path) -> list[str]:
    """Title and summary of each line.

    Raises:
        WrongUse: the file cannot be read, or a line is not such an object.
    """
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [f"{line['title']}\n{line['summary']}" for line in lines]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WrongUse(f"{path}: not JSON lines with title and summary: {error}") from error


def main(arguments: Sequence[str]) -> int:
    """0: none; 1: some, each told with file and line; 2: it could not be asked."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        examples = example.load(Path(arguments[1]) if len(arguments) > 1 else example.FOLDER, tuple(themes()))
        found = list(echoes(examples, read_texts(Path(arguments[0]))))
    except DiembaoError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for one, words in found:
        sys.stdout.write(f"{one.source}.jsonl:{one.line}: {words}\n")
    sys.stdout.write(f"{len(found)} of {len(examples)} examples share {RUN} words in a row with {arguments[0]}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
