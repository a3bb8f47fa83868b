"""`eval language`: is the language of a text told right, from the text alone?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

from classifier.language import detect, tag
from classifier.quality import accuracy, confusion
from diembao.app.evaluation.records import Record, Step, Text, read
from diembao.app.evaluation.surest import wrong_labels

READ_BETWEEN = 100  # texts between two steps of the progress bar


class Written(Record):
    lang: Text
    text: Text


def load(path: Path) -> list[Written]:
    return read(path, Written)


def measure(texts: Sequence[Written], step: Step, worst: int = 0) -> dict[str, Any]:
    """``us_per_text`` is of processor time, without the loading of profiles, which happens once in a process."""
    detect("one two three four five")
    found: list[tuple[str, float]] = []
    seconds = 0.0
    for start in range(0, len(texts), READ_BETWEEN):
        part = texts[start : start + READ_BETWEEN]
        began = process_time()
        found += [detect(one.text)[:2] for one in part]
        seconds += process_time() - began
        step(len(part))
    said = [key for key, _ in found]
    true = [_same(one.lang, answer) for one, answer in zip(texts, said, strict=True)]
    languages = sorted({one.lang for one in texts})
    rows = {name: [row for row, one in enumerate(texts) if one.lang == name] for name in languages}
    return {
        "n": len(texts),
        "accuracy": accuracy(true, said),
        "by_language": {
            name: accuracy([true[row] for row in rows[name]], [said[row] for row in rows[name]]) for name in languages
        },
        "confusion": confusion(true, said),
        "us_per_text": round(seconds / len(texts) * 1e6, 1),
        **({"worst": wrong_labels([x.text for x in texts], true, said, [x for _, x in found], worst)} if worst else {}),
    }


def _same(lang: str, answer: str) -> str:
    """The true language in our form; "zh" alone is either way of writing it."""
    if lang.strip().lower() == "zh" and answer.startswith("zh-"):
        return answer
    return tag(lang)
