"""The encoder's tokenizer: the pieces that texts of our languages are made of.

Pieces are learned as those of a Unigram model, for each family of scripts by itself, so that the many Latin texts
do not crowd out Khmer; the longest that fits is taken, from left to right. (A Unigram model of all of them would take
70 MB and 120 ms to open; so it is 12 MB and 45 ms.) Words of spaced scripts begin with "▁"; a Vietnamese piece may hold
several syllables (``▁du▁lịch``), with marks and without; scripts without spaces have no mark of a beginning. Digits
count as one figure, punctuation and characters that no text had as gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.normalizers import Normalizer

UNKNOWN: Final = "[UNK]"
BEGINS: Final = "▁"

# Family of scripts of a language, and how many pieces it gets: what a few hundred thousand characters can fill.
FAMILIES: Final[Mapping[str, str]] = {
    "vi": "vi", "en": "en-fr", "fr": "en-fr", "ru": "ru", "zh-Hans": "zh", "zh-Hant": "zh",
    "ja": "ja", "ko": "ko", "th": "th", "lo": "lo", "km": "km",
}  # fmt: skip
SIZES: Final[Mapping[str, int]] = {
    "vi": 7000, "en-fr": 7000, "ru": 4000, "zh": 5000, "ja": 4000, "ko": 4000, "th": 3500, "lo": 3500, "km": 3500,
}  # fmt: skip
_ACROSS_SPACES: Final = frozenset(("vi",))
_LONGEST: Final = 14  # characters of a piece
# A text is cut into parts of a few words or characters first, for the longest piece is sought from the end of a part.
_PARTS: Final = rf"(?:{BEGINS}[^{BEGINS}]{{0,24}}){{1,6}}|[^{BEGINS}]{{1,40}}"
_RUN: Final = 6 * 25  # characters of the longest part

_NOT_A_LETTER: Final = r"[^\p{L}\p{M}\p{N}▁'’]+"
_BREAK_MARKS: Final = r"[\x{200b}-\x{200d}\x{feff}]"
_WORD_BEGINS: Final = r"(?<![\p{L}\p{M}\p{N}])(?=[\p{Latin}\p{Cyrillic}\p{Hangul}])"


def learn(texts: Iterable[tuple[str, str]], words: Sequence[str], sizes: Mapping[str, int] = SIZES) -> Tokenizer:
    """From (language, text); ``words`` are more of the pivot language."""
    families: dict[str, list[str]] = {}
    for language, text in texts:
        families.setdefault(FAMILIES[language], []).append(text)
    found = {piece for family, own in families.items() for piece in _pieces(own, sizes[family], family)}
    return _greedy(found | {BEGINS + word for word in words})


def only(tokenizer: Tokenizer, kept: Iterable[str]) -> Tokenizer:
    """The same without the pieces that are not kept; single characters stay, or texts with them would have gaps."""
    wanted = set(kept)
    return _greedy({piece for piece in tokenizer.get_vocab() if piece in wanted or len(piece) == 1})


def _greedy(pieces: AbstractSet[str]) -> Tokenizer:
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    known = {character for piece in pieces - {UNKNOWN} for character in piece}
    ordered = [UNKNOWN, *sorted((pieces | known) - {UNKNOWN})]
    vocabulary = {piece: at for at, piece in enumerate(ordered)}
    tokenizer = Tokenizer(
        models.WordPiece(vocabulary, unk_token=UNKNOWN, continuing_subword_prefix="", max_input_chars_per_word=_RUN)
    )
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(f"[^{''.join(sorted(known))}]+"), "removed"),
            pre_tokenizers.Split(Regex(_PARTS), "isolated"),
        ]
    )
    return tokenizer


def _pieces(texts: Sequence[str], size: int, family: str) -> Iterable[str]:
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = _normalizer()
    gaps = pre_tokenizers.Split(Regex(_NOT_A_LETTER), "removed")
    words = pre_tokenizers.Split(Regex(BEGINS), "merged_with_next")
    tokenizer.pre_tokenizer = gaps if family in _ACROSS_SPACES else pre_tokenizers.Sequence([gaps, words])
    trainer = trainers.UnigramTrainer(
        vocab_size=size, show_progress=False, special_tokens=[UNKNOWN], unk_token=UNKNOWN, max_piece_length=_LONGEST
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer.get_vocab()


def _normalizer() -> Normalizer:
    from tokenizers import Regex, normalizers

    return normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(_BREAK_MARKS), ""),
            normalizers.Replace(Regex(_WORD_BEGINS), BEGINS),
            normalizers.Replace(Regex(rf"\s+{BEGINS}"), BEGINS),
            normalizers.Replace(Regex("[0-9]+"), "0"),
        ]
    )
