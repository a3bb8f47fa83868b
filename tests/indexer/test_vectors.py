"""Files on disk: what a crash leaves, what is damaged, what takes no room for ever."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from diembao.core.errors import WrongUse
from indexer.vector_file import VectorFile
from indexer.vectors import EmbeddedVectors
from tests.contracts.test_vectors import DIMENSION, named, rows

WRITER = """
import sys
from pathlib import Path
from tests.contracts.test_vectors import named, rows
from indexer.vectors import EmbeddedVectors
vectors = EmbeddedVectors(Path(sys.argv[1]), "a", 8)
for batch in range(100_000):
    vectors.put(named(*range(batch * 50, batch * 50 + 50)), rows(50, seed=batch))
    vectors.mark(batch + 1)
    print(batch, flush=True)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "vectors"


def _open(root: Path) -> EmbeddedVectors:
    return EmbeddedVectors(root, "a", DIMENSION)


def _folder(root: Path) -> Path:
    return next(path for path in root.iterdir() if path.is_dir())


def test_a_writer_that_is_killed_leaves_whole_vectors_up_to_its_position(root: Path) -> None:
    for _ in range(2):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(root)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            seen = [int(process.stdout.readline()) for _ in range(7)][-1]
            process.send_signal(signal.SIGKILL)
        vectors = _open(root)
        complete = vectors.position()
        assert complete >= seen + 1
        assert vectors.size() >= complete * 50
        for batch in range(complete):
            kept = vectors.vector(named(batch * 50 + 49)[0])
            assert kept is not None
            assert (kept == rows(50, seed=batch)[49]).all()


def test_a_torn_tail_is_not_read_and_is_written_over(root: Path) -> None:
    _open(root).put(named(1, 2), rows(2))
    for path in _folder(root).glob("*-0.*"):
        with path.open("ab") as file:
            file.write(b"half a record")
    vectors = _open(root)
    assert vectors.size() == 2
    vectors.put(named(3), rows(1, seed=1))
    assert [hit.id for hit in _open(root).search(rows(1, seed=1)[0], 1)] == named(3)
    assert {path.stat().st_size for path in _folder(root).glob("*-0.*")} == {3 * 8, 3 * 4 * DIMENSION}


@pytest.mark.parametrize("damage", ["rows", "ids", "marks", "lost"])
def test_damaged_files_are_empty_at_position_0_and_can_be_filled_again(root: Path, damage: str) -> None:
    first = _open(root)
    first.put(named(1, 2), rows(2))
    first.mark(9)
    path = {"rows": "rows-0.f32", "ids": "ids-0.u64", "marks": "marks.json", "lost": "marks.json"}[damage]
    if damage == "lost":
        (_folder(root) / path).unlink()
    else:
        (_folder(root) / path).write_bytes(b"[1")
    vectors = _open(root)
    assert (vectors.position(), vectors.size()) == (0, 0)
    vectors.put(named(4), rows(1, seed=4))
    assert (_open(root).size(), _open(root).position()) == (1, 0)


def test_replaced_vectors_do_not_take_room_for_ever(root: Path) -> None:
    vectors = _open(root)
    for turn in range(60):
        vectors.put(named(*range(100)), rows(100, seed=turn))
        vectors.mark(turn)
    kept = next(_folder(root).glob("rows-*")).stat().st_size / (4 * DIMENSION)
    assert kept < 2000
    assert (vectors.size(), vectors.position()) == (100, 59)
    assert (np.array(vectors.vector(named(42)[0])) == rows(100, seed=59)[42]).all()
    assert len(list(_folder(root).glob("rows-*"))) == 1


def test_a_reader_needs_no_model(root: Path) -> None:
    _open(root).put(named(1), rows(1))
    reader = EmbeddedVectors.reading(root)
    assert (reader.answers, reader.size()) == ("a", 1)
    assert [hit.id for hit in reader.search(rows(1)[0], 3)] == named(1)
    with pytest.raises(WrongUse, match="reading only"):
        reader.put(named(2), rows(1))


def test_a_reader_of_nothing_finds_nothing(root: Path) -> None:
    reader = EmbeddedVectors.reading(root)
    assert (reader.size(), reader.vector(named(1)[0])) == (0, None)


def test_the_named_model_is_gone(root: Path) -> None:
    root.mkdir()
    (root / "answers.json").write_text(json.dumps({"folder": "0" * 16}), encoding="utf-8")
    vectors = _open(root)
    assert vectors.answers == "a"
    assert VectorFile.found(root / ("0" * 16)) is None
