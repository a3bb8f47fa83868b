"""What every keeper of vectors promises (`core.ports.Vectors`), run on every engine.

A new engine is one more entry of ``ENGINES``: a folder and a model's version give an opener.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from diembao.core.errors import WrongUse
from diembao.core.ports import Vectors
from indexer.elastic_vectors import ElasticVectors
from indexer.vectors import EmbeddedVectors
from tests.parts import needs
from tests.servers import LOGIN, alias, running

Rows = npt.NDArray[np.float32]
Opener = Callable[..., Vectors]
DIMENSION = 8


def embedded(folder: Path) -> Opener:
    return lambda version="a", dimension=DIMENSION: EmbeddedVectors(folder / "vectors", version, dimension)


def elastic(folder: Path, kind: str = "flat") -> Opener:
    name, node = alias(folder), running()
    return lambda version="a", dimension=DIMENSION: ElasticVectors(node.url, name, version, dimension, LOGIN, kind=kind)


ENGINES: dict[str, Callable[[Path], Opener]] = {"embedded": embedded, "elastic": elastic}


def named(*numbers: int) -> list[str]:
    return [f"{number:016x}" for number in numbers]


def rows(count: int, seed: int = 0, dimension: int = DIMENSION) -> Rows:
    found = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=needs("elasticsearch"))])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens one and the same place, as often and for as many models as wanted; all are closed at the end."""
    open_one = ENGINES[request.param](tmp_path)
    with ExitStack() as stack:
        yield lambda *args: stack.enter_context(closing(open_one(*args)))


@pytest.fixture
def vectors(opener: Opener) -> Vectors:
    return opener()


def found(vectors: Vectors, vector: Rows, k: int, among: Sequence[str] | None = None) -> list[str]:
    return [hit.id for hit in vectors.search(vector, k, among=among)]


class TestVectors:
    def test_a_new_place_is_empty_at_position_0(self, vectors: Vectors) -> None:
        assert (vectors.size(), vectors.position()) == (0, 0)
        assert vectors.vector(named(1)[0]) is None
        assert vectors.search(rows(1)[0], 5) == ()
        assert vectors.answers == "a"

    def test_what_was_put_is_given_back_as_it_was(self, vectors: Vectors) -> None:
        put = rows(3)
        assert vectors.put(named(7, 8, 9), put) == 3
        assert vectors.size() == 3
        back = vectors.vector(named(8)[0])
        assert back is not None
        assert (back == put[1]).all()

    def test_the_nearest_come_first_with_their_products(self, vectors: Vectors) -> None:
        put = rows(300)
        vectors.put(named(*range(300)), put)
        scores = put @ put[17]
        best = np.argsort(-scores)[:10]
        hits = vectors.search(put[17], 10)
        assert [hit.id for hit in hits] == named(*best.tolist())
        assert [hit.score for hit in hits] == pytest.approx(scores[best].tolist(), abs=1e-6)

    def test_the_best_are_taken_of_those_that_are_asked_for(self, vectors: Vectors) -> None:
        put = rows(300)
        vectors.put(named(*range(300)), put)
        chosen = list(range(0, 300, 7))
        best = sorted(chosen, key=lambda at: -float(put[at] @ put[17]))[:5]
        assert found(vectors, put[17], 5, named(*chosen)) == named(*best)
        assert found(vectors, put[17], 5, []) == []
        assert found(vectors, put[17], 5, named(3, 3, 9999)) == named(3)

    def test_ties_are_in_the_order_of_ids_also_at_the_cut(self, vectors: Vectors) -> None:
        same = np.tile(rows(1), (9, 1))
        vectors.put(named(5, 1, 9, 3, 7, 2, 8, 4, 6), same)
        assert found(vectors, same[0], 4) == named(1, 2, 3, 4)

    def test_a_vector_put_again_replaces_the_first(self, vectors: Vectors) -> None:
        put = rows(3)
        vectors.put(named(1, 2), put[:2])
        vectors.put(named(1), put[2:])
        assert vectors.size() == 2
        assert found(vectors, put[2], 1) == named(1)
        assert found(vectors, put[0], 2) == sorted(
            named(1, 2), key=lambda at: -float(put[0] @ put[[1, 2][at == named(1)[0]]])
        )

    def test_what_was_put_and_marked_is_there_for_the_next_one(self, opener: Opener) -> None:
        first = opener()
        first.put(named(1, 2), rows(2))
        first.mark(41)
        second = opener()
        assert (second.size(), second.position()) == (2, 41)

    def test_a_reader_sees_what_another_writes(self, opener: Opener) -> None:
        writer, reader = opener(), opener()
        assert reader.size() == 0
        writer.put(named(1), rows(1))
        assert reader.size() == 1
        writer.put(named(2, 3), rows(2, seed=1))
        assert found(reader, rows(2, seed=1)[1], 1) == named(3)

    def test_after_a_change_of_model_the_old_vectors_answer_until_the_new_ones_are_complete(
        self, opener: Opener
    ) -> None:
        old = opener("a")
        old.put(named(1, 2), rows(2))
        old.mark(10)
        new = opener("b", 4)
        assert (new.position(), new.answers, new.size()) == (0, "a", 2)
        new.put(named(1), rows(1, dimension=4))
        assert (new.answers, found(new, rows(2)[1], 1)) == ("a", named(2))
        new.put(named(2), rows(1, seed=5, dimension=4))
        new.mark(10)
        new.take_over()
        assert (new.answers, new.size(), new.position()) == ("b", 2, 10)
        assert found(new, rows(1, seed=5, dimension=4)[0], 1) == named(2)
        assert opener("a").position() == 0

    def test_a_model_that_is_taken_back_starts_anew_beside_the_other(self, opener: Opener) -> None:
        opener("a").put(named(1), rows(1))
        newer = opener("b")
        newer.put(named(1), rows(1))
        newer.take_over()
        again = opener("a")
        again.put(named(2), rows(1))
        assert (again.answers, again.size()) == ("b", 1)

    @pytest.mark.parametrize("ids", [["nothing"], ["0" * 15], ["g" * 16]])
    def test_what_is_no_id_is_wrong_use(self, vectors: Vectors, ids: list[str]) -> None:
        with pytest.raises(WrongUse, match="no article's id"):
            vectors.put(ids, rows(1))

    def test_vectors_of_another_length_are_wrong_use(self, vectors: Vectors) -> None:
        with pytest.raises(WrongUse, match="vectors of 8 numbers"):
            vectors.put(named(1), rows(1, dimension=4))
        vectors.put(named(1), rows(1))
        with pytest.raises(WrongUse, match="vector of 8 numbers"):
            vectors.search(rows(1, dimension=4)[0], 1)

    def test_nothing_to_put_and_nothing_to_find(self, vectors: Vectors) -> None:
        assert vectors.put([], rows(0)) == 0
        vectors.put(named(1), rows(1))
        assert vectors.search(rows(1)[0], 0) == ()

    def test_a_text_without_a_known_word_is_near_to_nothing(self, vectors: Vectors) -> None:
        put = rows(2)
        put[1] = 0
        vectors.put(named(1, 2), put)
        assert found(vectors, -put[0], 2) == named(2, 1)
        assert vectors.search(-put[0], 1)[0].score == 0
