"""How well themes, stance and stories are judged, on sets that lie outside the project; prints one JSON object.

    python -m benchmarks.quality --gold gold.jsonl --stories docs.jsonl --unseen

``--gold``: {title, summary, themes[], stance, gialai} a line (gialai: yes, part or no; Vietnamese).
``--stories``: {cluster_id, doc_id, title, body, outlet, time (dd/mm/yyyy hh:mm)} a line.
``--unseen``: the project's own examples by language, each judged by a head that was not trained on it,
as the last `python -m classifier.training` measured it and wrote it into the cards of the models.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from classifier import head, quality, stance, themes
from classifier.stance import StanceTagger
from classifier.stories import StoryGrouper
from classifier.themes import ThemeTagger
from diembao.core.article import Article, DateFrom, Kind, Label, TextFrom
from diembao.core.ports import Tagger
from diembao.pipeline import nearby
from diembao.plan.reader import profile

ABOUT = ("yes", "part")
VIETNAM = dt.timezone(dt.timedelta(hours=7))
START = dt.datetime(2026, 1, 1, tzinfo=VIETNAM)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--province", default="gia-lai")
    parser.add_argument("--stories", type=Path)
    parser.add_argument("--unseen", action="store_true")
    asked = parser.parse_args()
    found: dict[str, Any] = {}
    if asked.gold:
        found |= judged(_lines(asked.gold), asked.province)
    if asked.stories:
        found["stories"] = grouped(_lines(asked.stories))
    if asked.unseen:
        found["unseen"] = unseen()
    print(json.dumps(found, ensure_ascii=False, indent=2))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _article(number: int, title: str, lead: str, text: str = "", **changes: Any) -> Article:  # noqa: ANN401 (named by the caller)
    given = {
        "id": f"{number:06}",
        "url": "",
        "outlet": "",
        "title": title,
        "lead": lead,
        "text": text,
        "text_from": TextFrom.FEED,
        "language": "vi",
        "published_at": START,
        "published_from": DateFrom.FEED,
        "seen_at": START,
    }
    return Article(**{**given, **changes})


# -- themes and stance ------------------------------------------------------------------------------


def judged(gold: Sequence[dict[str, Any]], province: str) -> dict[str, Any]:
    """Relevance is taken as given: every item is handed over as being about the province."""
    watched = profile(province)
    told = [Label("", Kind.RELEVANCE, "yes", province)]
    articles = [_article(n, item["title"], item["summary"]) for n, item in enumerate(gold)]

    def keys(tagger: Tagger) -> list[list[str]]:
        return [[label.key for label in tagger.judge(article, told)] for article in articles]

    begun = time.process_time()
    named = [set(said) for said in keys(ThemeTagger(watched))]
    seconds = time.process_time() - begun
    about = [n for n, item in enumerate(gold) if item["gialai"] in ABOUT]
    always = keys(StanceTagger(watched, threshold=0))
    silent = keys(StanceTagger(watched))
    return {
        "n": len(gold),
        "themes": _themes([set(item["themes"]) for item in gold], named) | {"per_s": round(len(gold) / seconds)},
        "stance": _stance(
            [gold[n]["stance"] for n in about], [always[n][0] for n in about], [silent[n][0] for n in about]
        ),
    }


def _themes(true: quality.Labels, said: quality.Labels) -> dict[str, Any]:
    return {
        "micro_f1": round(quality.micro_f1(true, said), 3),
        "interval": _interval(lambda rows: quality.micro_f1([true[r] for r in rows], [said[r] for r in rows]), true),
        "macro_f1": round(quality.macro_f1(true, said), 3),
        "per_theme": {name: _rounded(score) for name, score in quality.per_label(true, said).items()},
    }


def _stance(true: Sequence[str], always: Sequence[str], silent: Sequence[str]) -> dict[str, Any]:
    sets, said = [{one} for one in true], [{one} for one in always]
    critical = quality.per_label(sets, said)["critical"]
    coverage, right = quality.covered(true, silent, "abstain")
    return {
        "n": len(true),
        "macro_f1": round(quality.macro_f1(sets, said), 3),
        "interval": _interval(lambda rows: quality.macro_f1([sets[r] for r in rows], [said[r] for r in rows]), true),
        "accuracy": round(quality.accuracy(true, always), 3),
        "per_stance": {name: _rounded(score) for name, score in quality.per_label(sets, said).items()},
        "critical_recall": round(critical.recall, 3),
        "critical_precision": round(critical.precision, 3),
        "coverage": round(coverage, 3),
        "accuracy_covered": round(right, 3),
    }


def _interval(measure: Callable[[Sequence[int]], float], items: Sequence[object]) -> list[float]:
    return [round(end, 3) for end in quality.interval(measure, len(items))]


def _rounded(score: quality.Score) -> dict[str, float]:
    return {
        "precision": round(score.precision, 3),
        "recall": round(score.recall, 3),
        "f1": round(score.f1, 3),
        "n": score.n,
    }


# -- stories ----------------------------------------------------------------------------------------


def grouped(documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    true = [one["cluster_id"] for one in documents]
    whole, roles = _stories(documents, with_body=True)
    heads, _ = _stories(documents, with_body=False)
    return {
        "n": len(documents),
        "b3": _rounded(quality.b_cubed(true, whole)),
        "pairs": _rounded(quality.pairs(true, whole)),
        "copies": roles.count("copy"),
        "b3_title_and_lead_only": _rounded(quality.b_cubed(true, heads)),
        "similar": _similar(true, _articles(documents, with_body=True)),
    }


def _similar(true: Sequence[object], articles: Sequence[Article]) -> dict[str, dict[str, float]]:
    """Of the five articles likest in words (`pipeline.nearby`), by limit: how many are named, and how many of those
    tell of the same event.
    """
    named: dict[str, list[bool]] = {nearby.Likeness.VERY: [], nearby.Likeness.CLOSE: []}
    grouper = StoryGrouper()
    for at, article in enumerate(articles):
        ranked = sorted(zip(grouper.alike(article, articles), true, range(len(articles)), strict=True), reverse=True)
        for words, event, _ in [one for one in ranked if one[2] != at][: nearby.SHOWN]:
            if words >= nearby.WORDS_CLOSE:
                likeness = nearby.Likeness.VERY if words >= nearby.WORDS_VERY else nearby.Likeness.CLOSE
                named[likeness].append(event == true[at])
    return {name: {"n": len(hits), "right": round(sum(hits) / max(1, len(hits)), 3)} for name, hits in named.items()}


def _articles(documents: Sequence[dict[str, Any]], *, with_body: bool) -> list[Article]:
    return [
        _article(
            number,
            one["title"],
            one.get("summary", ""),
            one["body"] if with_body else "",
            outlet=one.get("outlet", ""),
            published_at=_when(one.get("time")),
        )
        for number, one in enumerate(documents)
    ]


def _stories(documents: Sequence[dict[str, Any]], *, with_body: bool) -> tuple[list[str], list[str]]:
    articles = _articles(documents, with_body=with_body)
    placed = {one.article_id: one for one in StoryGrouper().group(articles)}
    return [placed[one.id].story for one in articles], [placed[one.id].role for one in articles]


def _when(written: str | None) -> dt.datetime:
    return dt.datetime.strptime(written, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM) if written else START


# -- the examples, each by a head that has not seen it ---------------------------------------------


def unseen() -> dict[str, dict[str, dict[str, float]]]:
    """As the training wrote it into the cards: micro-F1 of themes and accuracy of the likeliest, by language."""
    return {path.stem: head.load(path).card["unseen"] for path in (themes.MODEL, stance.MODEL)}


if __name__ == "__main__":
    main()
