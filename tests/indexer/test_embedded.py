"""What only the embedded index promises: its folder, its one writer, what a killed one leaves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from diembao.core.errors import Misconfigured, Retry, WrongUse
from diembao.core.query import All, Text
from indexer.embedded import EmbeddedIndex
from tests.indexer.on_disk import document, folder

# -- one writer, any number of readers --------------------------------------------------------------


def test_a_second_writer_is_told_to_come_back_later(filled: Path) -> None:
    with closing(EmbeddedIndex(filled)) as first, closing(EmbeddedIndex(filled)) as second:
        first.put([document("c")])
        for attempt in (lambda: second.put([document("d")]), lambda: second.mark(8), second.wipe):
            with pytest.raises(Retry, match="written by another process"):
                attempt()
        assert (second.size(), second.position()) == (3, 7)
        first.close()
        second.put([document("d")])
        assert first.size() == 4


def test_reading_needs_no_lock_and_makes_no_folder(path: Path) -> None:
    with closing(EmbeddedIndex(path)) as index:
        assert (index.size(), index.position(), index.search(All()).total) == (0, 0, 0)
    assert not path.exists()


def test_one_opened_for_reading_only_refuses_to_write_and_sees_an_index_made_later(path: Path) -> None:
    with closing(EmbeddedIndex(path, read_only=True)) as reader, closing(EmbeddedIndex(path)) as writer:
        for attempt in (lambda: reader.put([document("a")]), lambda: reader.mark(1), reader.wipe):
            with pytest.raises(WrongUse, match="reading only"):
                attempt()
        writer.put([document("a")])
        writer.mark(5)
        assert (reader.size(), reader.position()) == (1, 5)
        writer.wipe()
        assert (reader.size(), reader.position()) == (0, 0)


def test_a_folder_that_cannot_be_written_is_a_matter_of_setting_up(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with closing(EmbeddedIndex(tmp_path / "file" / "index")) as index, pytest.raises((Misconfigured, Retry)):
        index.put([document("a")])


def test_many_small_writes_leave_few_files(path: Path) -> None:
    with closing(EmbeddedIndex(path)) as index:
        for n in range(30):
            index.put([document(f"{n % 10}", f"Bão số {n}")])
        assert index.size() == 10
    assert len(list(folder(path).iterdir())) < 100


# -- across processes -------------------------------------------------------------------------------

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from diembao.core.document import Document
from indexer.embedded import EmbeddedIndex

now = datetime(2026, 11, 21, 5, tzinfo=UTC)
index = EmbeddedIndex(Path(sys.argv[1]))

def documents(first):
    for n in range(first, first + 5):
        yield Document(f"{n:03d}", "Bão", "", "", now, now, {})

def unfinished():
    yield from documents(100)
    print("in the middle", flush=True)
    sys.stdin.readline()  # never comes

index.put(documents(0))
index.mark(5)
print("five", flush=True)
sys.stdin.readline()
index.put(documents(5))
index.mark(10)
print("ten", flush=True)
index.put(unfinished())
"""


@pytest.fixture
def writer(path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_a_killed_writer_loses_nothing_that_was_committed_and_leaves_no_lock(
    path: Path, writer: subprocess.Popen[str]
) -> None:
    assert heard(writer) == "five"
    with closing(EmbeddedIndex(path)) as index:
        assert (index.size(), index.position()) == (5, 5)
        assert writer.stdin
        print(file=writer.stdin, flush=True)
        assert heard(writer) == "ten"
        assert (index.size(), index.position()) == (10, 10)
        assert heard(writer) == "in the middle"
        with pytest.raises(Retry, match="another process"):
            index.put([document("x")])
        writer.kill()  # SIGKILL
        writer.wait()
        assert (index.size(), index.position()) == (10, 10)
        index.put([document("x")])
        assert index.count(Text("text", "bão")) == 11
