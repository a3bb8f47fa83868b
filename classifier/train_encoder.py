"""Make the encoder that comes with the program, from our own texts and an English teacher.

    python -m classifier.train_encoder TEACHER [FOLDER] [--groups N]

TEACHER is a sentence-transformers model that reads English. It says where English texts lie; every translation is to
lie where the model itself puts the English text. The vector of a text is the mean of its pieces, so the rows of the
pieces are the answer of one least-squares problem with a penalty on their length. Nothing is drawn by lot: the same
texts, teacher and libraries give the same model.

What a text counts for (the weights below), the penalty and the steps were set by looking at
``parallel/held.jsonl``, sentences of ours that teach nothing; no public set taught or chose anything here.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import yaml
from scipy import sparse

from classifier import example, parallel, pieces, seeds, static
from classifier.encoder import SHIPPED, SentenceEncoder
from diembao.core.ports import Encoder
from diembao.core.text import fold
from diembao.plan.reader import themes

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DIMENSION: Final = 256
PENALTY: Final = 0.02  # on the squared length of a row, against 1 for a sentence that is missed by 1
STEPS: Final = 60  # of conjugate gradients; at 15 three of ten sentences it learned from were not yet at their place
WORDS: Final = 6_000  # of the teacher's own word list, the most frequent first

# What a text counts for, against 1 for a sentence that its translations stand beside.
CONCEPT: Final = 0.5
WORD: Final = 0.5
TOGETHER: Final = 2.0  # a sentence and its translation; what a concept counts for is counted on top
WITHOUT_MARKS: Final = 1.0  # Vietnamese as it is typed in a hurry lies where it lies with its marks
# Many texts that lie at one point: with more weight (.3 and .15) they draw all words of their languages there, and of
# held sentences .60 instead of .83 find their translation.
SEED: Final = 0.03  # lies where its theme lies
THEMED: Final = 0.005  # an example that has no translation lies where the English examples of its themes lie

_OTHERS: Final = tuple(language for language in example.LANGUAGES if language != parallel.PIVOT)
MARKED: Final = "vi"  # the language that is also typed without its marks

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Aim:
    """A text, where it should lie, and what it counts for."""

    language: str
    text: str
    at: Floats
    weight: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that should lie together, wherever that is."""

    language: str
    text: str
    other: str
    weight: float


@dataclass(frozen=True, slots=True)
class Sources:
    """What is learned from."""

    sentences: Sequence[parallel.Group]
    concepts: Sequence[parallel.Group]
    examples: Sequence[example.Example]
    words: Sequence[str]


def sources(groups: int | None = None, words: Sequence[str] = ()) -> Sources:
    """All that the project has; of the parallel sentences the first ``groups``.

    Raises:
        Misconfigured: a file is not as it should be.
    """
    return Sources(
        parallel.load(parallel.FOLDER / parallel.SENTENCES)[:groups],
        parallel.load(parallel.FOLDER / parallel.CONCEPTS),
        example.load(example.FOLDER, tuple(themes())),
        words,
    )


def train(given: Sources, teacher: Encoder, dimension: int = DIMENSION) -> tuple[Tokenizer, Floats]:
    """The tokenizer, and a row for each of its pieces."""
    aims, pairs = list(_aims(given, teacher)), list(_pairs(given))
    heard = [(one.language, one.text) for one in aims] + [(one.language, one.text) for one in pairs]
    tokenizer = pieces.learn(heard, given.words)
    axes = _axes(np.stack([aim.at for aim in aims]), dimension)
    lie = np.stack([aim.at * aim.weight**0.5 for aim in aims]) @ axes
    placed = _bags(tokenizer, [aim.text for aim in aims], [aim.weight for aim in aims])
    together = _apart(tokenizer, pairs)
    bags = sparse.csr_array(sparse.vstack([placed, together]))
    rows = _solved(bags, np.concatenate([lie, np.zeros((len(pairs), dimension), dtype=np.float32)]))
    return _pruned(tokenizer, rows)


# -- where texts should lie -------------------------------------------------------------------------


def _aims(given: Sources, teacher: Encoder) -> Iterator[Aim]:
    pivots = [group[parallel.PIVOT] for group in given.sentences]
    concepts = [group[parallel.PIVOT] for group in given.concepts]
    kinds = ((pivots, 1.0), (concepts, CONCEPT), ([_name(text) for text in concepts], CONCEPT), (given.words, WORD))
    for texts, weight in kinds:
        for text, at in zip(texts, _centred(teacher, texts), strict=True):
            yield Aim(parallel.PIVOT, text, at, weight)
    yield from _by_theme(given.examples, teacher)
    yield from _seeded(teacher)


def _pairs(given: Sources) -> Iterator[Pair]:
    """Translations; and Vietnamese with and without its marks."""
    marked = [_whole(one) for one in given.examples if one.language == MARKED]
    for groups, weight in ((given.sentences, TOGETHER), (given.concepts, CONCEPT * TOGETHER)):
        marked += [group[MARKED] for group in groups]
        for group in groups:
            for language in _OTHERS:
                yield Pair(language, group[language], group[parallel.PIVOT], weight)
    for group in given.concepts:
        for language in _OTHERS:
            yield Pair(language, _name(group[language]), _name(group[parallel.PIVOT]), CONCEPT * TOGETHER)
    for text in dict.fromkeys(marked):
        yield Pair(MARKED, fold(text), text, WITHOUT_MARKS)


def _name(told: str) -> str:
    """The first of several words for a thing: the others may differ between languages."""
    return told.replace("、", ",").partition(",")[0]


def _by_theme(examples: Sequence[example.Example], teacher: Encoder) -> Iterator[Aim]:
    pivots = [one for one in examples if one.language == parallel.PIVOT]
    lie = _centred(teacher, [_whole(one) for one in pivots])
    for one, at in zip(pivots, lie, strict=True):
        yield Aim(one.language, _whole(one), at, 1.0)
    centres = {
        theme: lie[[theme in one.themes for one in pivots]].mean(axis=0)
        for theme in {theme for one in pivots for theme in one.themes}
    }
    for one in examples:
        known = [centres[theme] for theme in one.themes if theme in centres]
        if one.language != parallel.PIVOT and known:
            yield Aim(one.language, _whole(one), np.mean(known, axis=0, dtype=np.float32), THEMED)


def _seeded(teacher: Encoder) -> Iterator[Aim]:
    said = {language: _terms(language) for language in seeds.LANGUAGES}
    centres = _centred(teacher, [", ".join(terms) for terms in said[parallel.PIVOT].values()])
    lie = dict(zip(said[parallel.PIVOT], centres, strict=True))
    for language, by_theme in said.items():
        for theme, terms in by_theme.items():
            for term in terms:
                yield Aim("zh-Hans" if language == "zh" else language, term, lie[theme], SEED)


def _terms(language: str) -> dict[str, list[str]]:
    """The strong seed terms of each theme."""
    known = set(themes())
    read = yaml.safe_load((seeds.FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return {
        theme: [str(term) for weight, terms in by_weight.items() if int(weight) > 1 for term in terms]
        for theme, by_weight in read.items()
        if theme in known
    }


def _centred(teacher: Encoder, texts: Sequence[str]) -> Floats:
    """Where the teacher puts these, around their middle: what all of a kind share says nothing."""
    found = teacher.encode(texts)
    return np.asarray(found - found.mean(axis=0), dtype=np.float32) if len(found) else found


def _whole(one: example.Example) -> str:
    return f"{one.title}. {one.summary}"


# -- the rows of the pieces -------------------------------------------------------------------------


def _axes(aims: Floats, dimension: int) -> Floats:
    """(teacher's dimension, ``dimension``): the directions in which the aims differ most."""
    _, vectors = np.linalg.eigh((aims.T @ aims).astype(np.float64))
    return np.asarray(vectors[:, ::-1][:, :dimension], dtype=np.float32)


def _bags(tokenizer: Tokenizer, texts: Sequence[str], weights: Sequence[float]) -> sparse.csr_array[np.float32]:
    """(texts, pieces): the share of each piece in a text, times the root of what the text counts for."""
    found = [[piece for piece in text.ids if piece] for text in tokenizer.encode_batch(texts)]
    lengths = [len(ids) for ids in found]
    shares = [weight**0.5 / max(length, 1) for weight, length in zip(weights, lengths, strict=True)]
    data = np.repeat(np.array(shares, dtype=np.float32), lengths)
    columns = np.array([piece for ids in found for piece in ids], dtype=np.int32)
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    return sparse.csr_array((data, (rows, columns)), shape=(len(texts), tokenizer.get_vocab_size()))


def _apart(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> sparse.csr_array[np.float32]:
    """What the texts of each pair differ in: it is to come to nothing."""
    weights = [pair.weight for pair in pairs]
    left, right = ([pair.text for pair in pairs], [pair.other for pair in pairs])
    return sparse.csr_array(_bags(tokenizer, left, weights) - _bags(tokenizer, right, weights))


def _solved(bags: Any, lie: Floats) -> Floats:  # noqa: ANN401 (scipy's sparse array)
    """The rows X with the least |bags X − lie|² + PENALTY |X|², by conjugate gradients, each column by itself."""
    across = bags.T.tocsr()
    left = np.asarray(across @ lie, dtype=np.float32)
    rows, way = np.zeros_like(left), left.copy()
    far = (left * left).sum(axis=0)
    for _ in range(STEPS):
        pushed = across @ (bags @ way) + PENALTY * way
        step = far / np.maximum((way * pushed).sum(axis=0), 1e-20)
        rows += step * way
        left -= step * pushed
        now = (left * left).sum(axis=0)
        way = left + (now / np.maximum(far, 1e-20)) * way
        far = now
    return rows


def _pruned(tokenizer: Tokenizer, rows: Floats) -> tuple[Tokenizer, Floats]:
    """Without pieces that no text was made of."""
    known = tokenizer.get_vocab()
    smaller = pieces.only(tokenizer, (piece for piece, at in known.items() if rows[at].any()))
    order = sorted(smaller.get_vocab().items(), key=lambda piece: piece[1])
    return smaller, rows[[known[piece] for piece, _ in order]]


# -- the command ------------------------------------------------------------------------------------


def vocabulary(teacher: Path) -> list[str]:
    """The words of a BERT teacher's own list, the most frequent first; nothing of a teacher that has none."""
    path = teacher / "vocab.txt"
    if not path.is_file():
        return []
    known = path.read_text(encoding="utf-8").splitlines()
    return [word for word in known if word.isascii() and word.isalpha() and len(word) > 1][:WORDS]


def _card(folder: Path, taught: Sources, teacher: str, shape: tuple[int, ...]) -> None:
    """What the model was made of, beside it."""
    card = {
        "sentences": len(taught.sentences),
        "concepts": len(taught.concepts),
        "examples": len(taught.examples),
        "words": len(taught.words),
        "parallel": parallel.digest([*taught.sentences, *taught.concepts]),
        "teacher": teacher,
        "pieces": shape[0],
        "dimension": shape[1],
    }
    (folder / "card.json").write_text(json.dumps(card, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python -m classifier.train_encoder")
    asked.add_argument("teacher", type=Path)
    asked.add_argument("folder", type=Path, nargs="?", default=SHIPPED)
    asked.add_argument("--groups", type=int, help="only the first groups of sentences, for the learning curve")
    given = asked.parse_args(arguments)
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # several threads add up in another order each time
    teacher = SentenceEncoder(given.teacher)
    taught = sources(given.groups, vocabulary(given.teacher))
    tokenizer, rows = train(taught, teacher)
    static.save(given.folder, tokenizer, rows)
    _card(given.folder, taught, given.teacher.name, rows.shape)
    size = sum(path.stat().st_size for path in given.folder.rglob("*") if path.is_file())
    sys.stdout.write(f"{given.folder}: {rows.shape[0]:,} pieces, {size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
