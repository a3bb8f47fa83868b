"""`eval language`: is the language of a text told right, from the text alone?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

from classifier.language import detect, tag
from classifier.quality import accuracy
from diembao.app.evaluation.records import Record, Step, Text, read

READ_BETWEEN = 100  # texts between two steps of the progress bar


class Written(Record):
    lang: Text
    text: Text


def load(path: Path) -> list[Written]:
    return read(path, Written)


def measure(texts: Sequence[Written], step: Step) -> dict[str, Any]:
    """``us_per_text`` is of processor time, without the loading of profiles, which happens once in a process."""
    detect("one two three four five")
    said: list[str] = []
    seconds = 0.0
    for start in range(0, len(texts), READ_BETWEEN):
        part = texts[start : start + READ_BETWEEN]
        began = process_time()
        said += [detect(one.text)[0] for one in part]
        seconds += process_time() - began
        step(len(part))
    true = [_same(one.lang, answer) for one, answer in zip(texts, said, strict=True)]
    languages = sorted({one.lang for one in texts})
    rows = {name: [row for row, one in enumerate(texts) if one.lang == name] for name in languages}
    return {
        "n": len(texts),
        "accuracy": accuracy(true, said),
        "by_language": {
            name: accuracy([true[row] for row in rows[name]], [said[row] for row in rows[name]]) for name in languages
        },
        "taken_for": {name: wrong for name in languages if (wrong := _wrong(rows[name], true, said))},
        "us_per_text": round(seconds / len(texts) * 1e6, 1),
    }


def _same(lang: str, answer: str) -> str:
    """The true language in our form; "zh" alone is either way of writing it."""
    if lang.strip().lower() == "zh" and answer.startswith("zh-"):
        return answer
    return tag(lang)


def _wrong(rows: Sequence[int], true: Sequence[str], said: Sequence[str]) -> dict[str, int]:
    """What texts of a language were taken for instead, most often first."""
    counted: dict[str, int] = {}
    for row in rows:
        if said[row] != true[row]:
            counted[said[row]] = counted.get(said[row], 0) + 1
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
