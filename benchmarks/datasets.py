"""Public sets, as their owners publish them, in the input forms of `diembao eval`.

    python -m benchmarks.datasets DATA OUT [--only NAME …]

DATA is a folder with the sets in folders of their own (the names are in `SETS` below); OUT gets one file for each
input. Sets that already have the form (headline gold, extraction pages, feeds) are measured where they lie:
docs/quality.md has the commands. Prints one JSON object: lines written, by file.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from diembao.core.text import fold

HANOI = timezone(timedelta(hours=7))
# The languages of the product; SIB-200 writes plain "zh" for the simplified one.
OURS = {"vi", "lo", "km", "th", "zh", "zh-Hant", "ja", "ko", "en", "fr", "ru"}
# Sentences of SIB-200 with neighbouring numbers come from one text, so a split by sentences would leak: whole blocks
# of so many numbers go to one side, every fifth block to the test.
BLOCK, PARTS = 50, 5
TITLES = 2_000  # headlines for the trial of short texts

SIX = 6  # words of a short title
SIGNS = 15  # of a title where words do not stand apart
SIGNS_MOST = 60  # of six "words" where only phrases stand apart (Lao, Khmer, Thai)
Line = dict[str, Any]
Files = Iterator[tuple[str, Iterable[Line]]]


def lines(path: Path) -> Iterator[Line]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as text:
        yield from map(json.loads, text)


def newsmtsc(data: Path) -> Files:
    """English news, sentiment toward a mention (Hamborg and Donnay 2021); both development sets are the test."""

    def aimed(path: Path) -> Iterator[Line]:
        for one in lines(path):
            yield {"text": one["sentence"], "target": one["mention"], "label": one["polarity"]}

    folder = data / "stance" / "newsmtsc_en"
    yield "stance_newsmtsc_en_train", aimed(folder / "train.jsonl.gz")
    yield "stance_newsmtsc_en_test", [*aimed(folder / "mt_dev.jsonl"), *aimed(folder / "rw_dev.jsonl")]


def rusentne(data: Path) -> Files:
    """Russian news, sentiment toward an entity: by whole sentences, every fifth for the test."""
    found = list(lines(data / "stance" / "rusentne_ru" / "train.jsonl"))
    sentences = {one["sentence"]: None for one in found}
    asked = set(list(sentences)[::PARTS])

    def part(*, test: bool) -> Iterator[Line]:
        for one in found:
            if (one["sentence"] in asked) is test:
                yield {"text": one["sentence"], "target": one["entity"], "label": one["label"]}

    yield "stance_rusentne_ru_train", part(test=False)
    yield "stance_rusentne_ru_test", part(test=True)


def uit_vsfc(data: Path) -> Files:
    """Vietnamese students' feedback: it has no target."""
    for part, name in (("train", "train"), ("dev", "test")):
        found = lines(data / "stance" / "uit_vsfc_vi" / f"{part}.jsonl.gz")
        yield (
            f"stance_uit_vsfc_vi_{name}",
            ({"text": one["text"], "target": "", "label": one["sentiment"]} for one in found),
        )


def stories(data: Path) -> Files:
    """VietnameseMDS: articles of one event, with their outlet and time; and their times as a trial of dates."""
    found = list(lines(data / "stories" / "docs.jsonl"))
    yield (
        "stories_vietnamese_mds",
        (
            {
                "cluster_id": one["cluster_id"],
                "doc_id": one["doc_id"],
                "title": one["title"],
                "body": "\n".join(filter(None, (one.get("summary"), one["body"]))),
                "published": _hanoi(one["time"]),
                "outlet": one["outlet"],
            }
            for one in found
        ),
    )
    yield (
        "dates_vietnamese_mds",
        ({"raw": one["time"], "language": "vi", "expected": _hanoi(one["time"])} for one in found if one["time"]),
    )


def _hanoi(time: str) -> str | None:
    return datetime.strptime(time, "%d/%m/%Y %H:%M").replace(tzinfo=HANOI).isoformat() if time else None


def sib(data: Path) -> Files:
    """SIB-200 in our languages, split by blocks; and its sentences as a trial of language."""
    found = [one for one in lines(data / "topics" / "sib200_train_dev.jsonl.gz") if one["lang"] in OURS]

    def part(*, test: bool) -> Iterator[Line]:
        for one in found:
            if (one["index_id"] // BLOCK % PARTS == 0) is test:
                yield {"label": one["label"], "lang": one["lang"], "text": one["text"]}

    yield "topics_sib200_train", part(test=False)
    yield "topics_sib200_test", part(test=True)
    yield "language_sib200", ({"lang": x["lang"], "text": x["text"]} for x in found)
    yield "language_sib200_six_words", ({"lang": x["lang"], "text": _six_words(x["text"])} for x in found)
    plain = [{"lang": "vi", "text": fold(x["text"])} for x in found if x["lang"] == "vi"]
    yield "language_sib200_vi_without_marks", plain
    short = ({"lang": "vi", "text": _six_words(x["text"])} for x in plain)
    yield "language_sib200_vi_without_marks_six_words", short


def _six_words(text: str) -> str:
    """As long as a short title; where words do not stand apart, by signs."""
    words = text.split()
    if len(words) > SIX:
        return " ".join(words[:SIX])[:SIGNS_MOST]
    return text[:SIGNS]


def lao_khmer(data: Path) -> Files:
    found = lines(data / "language" / "lao_khmer_sentences" / "texts.jsonl")
    yield "language_lao_khmer", ({"lang": one["lang"], "text": one["text"]} for one in found)


def headlines(data: Path) -> Files:
    """Titles alone: the shortest texts that a feed gives."""
    found = list(lines(data / "headlines" / "headlines.jsonl.gz"))
    chosen = found[:: max(1, len(found) // TITLES)]
    yield "language_titles_vi", ({"lang": "vi", "text": one["title"]} for one in chosen)


def xquad(data: Path) -> Files:
    """XQuAD's passages and questions; the Vietnamese ones also as people type them without marks."""
    folder = data / "search"
    for path in sorted(folder.glob("*.jsonl")):
        yield f"search_{path.stem}", lines(path)
    plain = ({**one, "query": fold(one["query"])} for one in lines(folder / "queries_vi.jsonl"))
    yield "search_queries_vi_without_marks", plain


SETS: Mapping[str, Callable[[Path], Files]] = {
    "newsmtsc": newsmtsc,
    "rusentne": rusentne,
    "uit-vsfc": uit_vsfc,
    "stories": stories,
    "sib": sib,
    "lao-khmer": lao_khmer,
    "headlines": headlines,
    "xquad": xquad,
}


def write(path: Path, found: Iterable[Line]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for one in found:
            file.write(json.dumps(one, ensure_ascii=False) + "\n")
            count += 1
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", choices=sorted(SETS), nargs="+", default=sorted(SETS))
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    written = {}
    for name in asked.only:
        for file, found in SETS[name](asked.data):
            written[file] = write(asked.out / f"{file}.jsonl", found)
    print(json.dumps(written, indent=1))


if __name__ == "__main__":
    main()
