"""In which language is it written? Script first, then n-grams, and the outlet's word where both are weak.

1. The script of most letters settles Lao, Khmer, Thai, Korean, Japanese, and Chinese against the rest.
2. Han alone: characters that only one of the national standards (GB 2312, Big5) holds tell simplified from traditional.
   A Japanese headline may be Han alone too: there the outlet's language holds.
3. Latin: Vietnamese by its own letters; else langdetect over six profiles and one of Vietnamese without marks.
4. Within one script the outlet's language wins over the detector, unless that is very sure.
5. A page in several languages (a notice in English above the text, a translation below it) has that of most of its
   paragraphs, title and lead counting more.

Any other script or language: the outlet's language holds. It is never an error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from classifier.letters import many, table
from classifier.ngrams import LANGUAGES, most_like
from diembao.core.article import Article, Kind, Label
from diembao.core.text import nfc

UNKNOWN = "und"  # ISO 639: undetermined; neither the text nor the outlet says
ENOUGH = 1200  # characters read: a title, a lead and a paragraph; more changed no answer
_LONG = 60  # letters from which the detector may overrule the outlet: ten words
_MORE_THAN_NAMES = 30  # Latin letters from which a text is not just names in an outlet of another script
_VERY_SURE = 0.99  # langdetect's probability; on sentences of six languages no wrong answer reached it
_TELLING = 3  # characters; one or two may be a name or a variant
_PARTS = 24  # paragraphs looked at, and of each so many characters: as much as tells which script it is in
_PART = 300
_READ = 20_000  # characters of the text in which paragraphs are looked for
_HEAD = 3.0  # what a letter of the title and the lead counts against one of a paragraph
_HOLDS = 0.6  # score of the outlet's word where the text itself does not tell

# A script and the languages an outlet may declare for it; the first is taken where it declares none of them.
_SCRIPTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Lao": (r"\u0e80-\u0eff", ("lo",)),
    "Khmer": (r"\u1780-\u17ff\u19e0-\u19ff", ("km",)),
    "Thai": (r"\u0e01-\u0e7f", ("th",)),
    "Hangul": (r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", ("ko",)),
    "kana": (r"\u3041-\u30ff\uff66-\uff9f", ("ja",)),
    "Han": (r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", ("zh-Hans", "zh-Hant", "ja")),
    "Cyrillic": (r"\u0400-\u052f", ("ru", "uk", "bg", "be", "sr", "mk", "kk", "ky", "mn")),
    "Latin": (r"A-Za-z\u00c0-\u024f\u1e00-\u1eff", LANGUAGES),
}
_SCRIPT_NAMES = {"Lao": "Lào", "Thai": "Thái", "Cyrillic": "Kirin"}
_RUNS = {name: re.compile(f"[{letters}]+") for name, (letters, _) in _SCRIPTS.items()}
_NOT_ONLY_LATIN = re.compile("[\u0400-\u1dff\u1f00-\u1fff\u2070-\U0010ffff]")  # letters of the other scripts are there
_LATIN_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_LATIN_TABLE = table("".join(_RUNS["Latin"].findall("".join(map(chr, range(0x2000))))))
_LETTERS = re.compile(rf"[{_LATIN_LETTERS}]+|[^\W\d_]+")
# Letters of no script of ours that the sign above lets through; without one of them there are no others.
_OTHERS = re.compile("[ªµº\u0250-\u03ff]")
# Languages not written in Latin letters: a Latin text of such an outlet is names, or in another language.
_NOT_LATIN = frozenset(["ar", "fa", "ur", "he", "hi", "bn", "my", "ta", "te", "el", "hy", "ka"]).union(
    *(languages for name, (_, languages) in _SCRIPTS.items() if name != "Latin")
)
# A sign of these says as much as two or three Latin letters.
_DENSE = {"Han": 2.5, "kana": 2.5, "Hangul": 2.5}
# Letters no other Latin alphabet of ours has: ă, đ, ơ, ư and vowels with a tone below, above or on a hat.
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]")
_WORD = re.compile(rf"[{_LATIN_LETTERS}]++(?![^\W\d_])|[^\W\d_]+")  # the first half is the faster one
_SHARE = 0.25  # of words with such letters: Vietnamese texts have .5–.7, English ones full of its names below .2

Answer = tuple[str, float, str]


def detect_parts(head: Sequence[str], paragraphs: Sequence[str], declared: str = "") -> Answer:
    """The language of most of an article; ``head`` are title and lead."""
    parts = [*((part, _HEAD) for part in head), *((part, 1.0) for part in paragraphs[:_PARTS])]
    weights: dict[str, float] = {}
    ways = [_written(part[:_PART]) for part, _ in parts]
    for (_, weight), written in zip(parts, ways, strict=True):
        if written is not None:
            weights[written[0]] = weights.get(written[0], 0.0) + weight * written[1]
    if len(weights) < 2:
        return detect("\n".join((*head, *paragraphs)), declared)
    most = max(weights, key=lambda name: weights[name])
    kept = [part for (part, _), written in zip(parts, ways, strict=True) if written and written[0] == most]
    language, score, why = detect("\n".join(kept), declared)
    return language, score, f"{why} ({len(kept)} trong {len(parts)} đoạn)"


def _written(part: str) -> tuple[str, float] | None:
    """How a paragraph is written, as far as letters tell at a glance, and how much of it there is."""
    counts = _letters(nfc(part))
    script = _script(counts)
    if script is None:
        return None
    if script == "Latin" and _enough(sum(map(_is_marked, words := _WORD.findall(part.lower()))), words):
        script = "Vietnamese"
    return script, counts["Latin" if script == "Vietnamese" else script] * _DENSE.get(script, 1.0)


def detect(text: str, declared: str = "") -> Answer:
    """The language (BCP 47), a score from 0 to 1, and what settled it. ``declared`` is the outlet's language."""
    declared = tag(declared)
    text = nfc(text[:ENOUGH])
    counts = _letters(text)
    script = _script(counts)
    if script in {"Han", "kana"}:
        return _han(text, declared, counts)
    if script == "Latin":
        return _latin(text, declared, counts["Latin"])
    if script is None or script == "other":
        return declared or UNKNOWN, _HOLDS if declared else 0.0, "ngôn ngữ của cơ quan báo; chữ viết không cho biết"
    languages = _SCRIPTS[script][1]
    if declared in languages[1:]:
        return declared, _HOLDS, f"chữ {_SCRIPT_NAMES.get(script, script)} và ngôn ngữ của cơ quan báo"
    return languages[0], 1.0, f"chữ {_SCRIPT_NAMES.get(script, script)}"


def tag(declared: str) -> str:
    """A declared language in our form: "vi_VN" → "vi", "zh-TW" → "zh-Hant"."""
    parts = declared.strip().replace("_", "-").lower().split("-")
    if parts[0] == "zh":
        return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(parts) else "zh-Hans"
    return parts[0]


def _letters(text: str) -> dict[str, int]:
    """How many letters of each script, and of all others together."""
    if _NOT_ONLY_LATIN.search(text):
        counts = {name: _many(run, text) for name, run in _RUNS.items()}
    else:
        counts = dict.fromkeys(_RUNS, 0) | {"Latin": many(text, _LATIN_TABLE)}
        if not _OTHERS.search(text):
            return counts | {"other": 0}
    return counts | {"other": max(0, _many(_LETTERS, text) - sum(counts.values()))}


def _many(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))


def _script(counts: dict[str, int]) -> str | None:
    """The script that says most. Names and brands in Latin letters are common in every other script."""
    weights = {name: count * _DENSE.get(name, 1.0) for name, count in counts.items()}
    east = sum(weights[name] for name in ("Hangul", "kana", "Han"))
    if east and weights["Hangul"] * 3 >= east:
        weights["Hangul"] = east
    weights["Latin"] *= 0.5
    best = max(weights, key=lambda name: weights[name])
    return best if weights[best] else None


# -- Chinese and Japanese ---------------------------------------------------------------------------


_TRADITIONAL = frozenset("後於")  # GB 2312 holds them for old names; a simplified text writes 后 and 于


@lru_cache(maxsize=2)
def _only_in(codec: str, other: str) -> frozenset[str]:
    """Han characters that one national standard holds and the other does not."""
    signs = [chr(code) for code in range(0x4E00, 0xA000)]
    return frozenset(sign for sign in signs if _holds(codec, sign) and not _holds(other, sign))


def _holds(codec: str, sign: str) -> bool:
    try:
        sign.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _han(text: str, declared: str, counts: dict[str, int]) -> Answer:
    kana, han = counts["kana"], counts["Han"]
    # One の or ー in a Chinese text is fashion; a Japanese one of this length has more.
    if kana and (kana * 12 >= han or declared == "ja"):
        return "ja", 1.0, "chữ kana"
    simplified = sum(sign in _only_in("gb2312", "big5") for sign in text)
    traditional = sum(sign in _only_in("big5", "gb2312") or sign in _TRADITIONAL for sign in text)
    told = f"{simplified} chữ giản thể, {traditional} chữ phồn thể"
    if declared == "ja" and han < _LONG // 2:
        return "ja", _HOLDS, "chữ Hán không kana, văn bản ngắn của báo Nhật"
    language = "zh-Hans" if simplified >= traditional else "zh-Hant"
    if abs(simplified - traditional) < _TELLING and declared in _SCRIPTS["Han"][1]:
        return declared, _HOLDS, f"{told}: theo ngôn ngữ của cơ quan báo"
    if simplified == traditional:
        return language, _HOLDS, told
    return language, round(max(simplified, traditional) / (simplified + traditional), 3), told


# -- Latin ------------------------------------------------------------------------------------------


def _latin(text: str, declared: str, letters: int) -> Answer:
    words = _WORD.findall(text.lower())
    marked = sum(map(_is_marked, words))
    if _enough(marked, words):
        return "vi", 1.0, f"{marked} trong {len(words)} từ có chữ riêng của tiếng Việt"
    if declared and declared not in LANGUAGES and declared not in _NOT_LATIN:
        return declared, _HOLDS, "ngôn ngữ của cơ quan báo, máy không có mẫu"
    language, score = most_like(text.lower() if text.isupper() else text)
    if not language:
        return declared or UNKNOWN, _HOLDS if declared else 0.0, "quá ít chữ: theo ngôn ngữ của cơ quan báo"
    if language == declared or not declared:
        return language, score, "tần suất chuỗi chữ"
    enough = _MORE_THAN_NAMES if declared in _NOT_LATIN else _LONG
    if letters >= enough and score >= _VERY_SURE:
        return language, score, f"tần suất chuỗi chữ rất rõ, khác ngôn ngữ của cơ quan báo ({declared})"
    return declared, _HOLDS, f"theo ngôn ngữ của cơ quan báo; tần suất chuỗi chữ nghiêng về {language} ({score:.2f})"


def _enough(marked: int, words: Sequence[str]) -> bool:
    """Whether so many of the words having such letters make it Vietnamese."""
    return marked >= max(1, len(words) * _SHARE)


@lru_cache(maxsize=20_000)
def _is_marked(word: str) -> bool:
    return _VIETNAMESE.search(word) is not None


# -- the tagger -------------------------------------------------------------------------------------


class LanguageTagger:
    """Labels an article with the language of its words. Implements ``ports.Tagger``."""

    version = "language-2"
    kinds: tuple[Kind, ...] = (Kind.LANGUAGE,)

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:  # noqa: ARG002 (the door's)
        head = [part for part in (article.title, article.lead) if part]
        paragraphs = [line for line in article.text[:_READ].splitlines() if line.strip()]
        language, score, why = detect_parts(head, paragraphs, article.language)
        return [Label(article.id, Kind.LANGUAGE, language, revision=article.revision, score=score, why=why)]
