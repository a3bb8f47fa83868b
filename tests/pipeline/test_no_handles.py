"""A process that has no file handle left: what it cannot open is neither missing nor damaged, and is there later."""

from __future__ import annotations

import os
import resource
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from diembao.core.errors import Misconfigured, RecordAway, Retry, WrongUse
from diembao.core.query import parse
from diembao.core.settings import load
from diembao.core.shortage import is_shortage, is_told_shortage
from diembao.pipeline import children, collect, looping, steps
from diembao.pipeline.home import fate_of
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.worker import only_worker
from indexer.embedded import EmbeddedIndex
from tests.store.making import NOW, article, id_of, keep


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """With an article that can be found, and its vector."""
    with open_installation(load(tmp_path_factory.mktemp("home"))) as opened:
        keep(opened.store, article("a"))
        for _ in steps.advance_to_end(opened, lambda: NOW, "test"):
            pass
        yield opened


@contextmanager
def no_handles() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.open(os.devnull, os.O_RDONLY)  # the lowest that is free
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_record_is_asked_again_later(house: Installation) -> None:
    database = house.record._database  # type: ignore[attr-defined] # SqlStore's
    with database.reading(), no_handles(), pytest.raises(RecordAway, match="unable to open"):  # its one connection
        house.store.size()
    assert house.store.size() == 1


def test_an_index_that_cannot_be_opened_is_not_taken_for_an_empty_one(house: Installation) -> None:
    with closing(EmbeddedIndex(house.settings.index_path, read_only=True)) as other:
        with no_handles():
            with pytest.raises(Retry, match="Too many open files"):
                other.position()
            with pytest.raises(Retry, match="Too many open files"):
                other.count(parse("", now=NOW))
        assert other.position() == house.store.bookmark("index") > 0
        assert other.damaged() == []
        assert other.count(parse("", now=NOW)) == 1


def test_vectors_that_cannot_be_opened_are_not_made_anew(house: Installation) -> None:
    vectors = house._vectors("", 0)
    with no_handles(), pytest.raises(Retry, match="Too many open files"):
        vectors.vector(id_of("a"))
    with no_handles(), pytest.raises(Retry, match="Too many open files"):
        house.vectors.position()  # type: ignore[union-attr] # it has an encoder
    assert vectors.vector(id_of("a")) is not None


def test_another_process_is_started_later(house: Installation) -> None:
    with no_handles(), pytest.raises(Retry, match="cannot be started now"):
        children.start("diembao.pipeline.collect", [])


def test_a_module_that_cannot_be_loaded_now_ends_a_collection_in_one_line(
    house: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "crawlers.rounds", raising=False)
    monkeypatch.setattr(sys, "argv", ["collect", str(house.settings.home), "1", "{}"])
    with no_handles():
        assert collect.main() == collect.FAILED
    said = capsys.readouterr().err
    assert said.startswith("[Errno 24] Too many open files")
    assert said.count("\n") == 1
    assert is_shortage(ImportError("libx.so.1: cannot open shared object file: Too many open files"))
    assert not is_shortage(ImportError("No module named 'x'"))


def test_a_home_that_cannot_be_written_is_a_sentence(house: Installation) -> None:
    with no_handles(), pytest.raises(Retry, match="Too many open files"), only_worker(house.settings.home):
        pass
    folder = house.settings.home / "collector.lock"
    assert isinstance(fate_of(folder, OSError(30, "Read-only file system")), Misconfigured)


def test_what_counts_as_a_shortage() -> None:
    told = "IoError { io_error: Os { code: 24, kind: Uncategorized } }"
    assert is_told_shortage(ValueError(told))
    assert is_told_shortage(ValueError("Too many open files (os error 24)"))
    assert not is_told_shortage(ValueError("Os { code: 2, kind: NotFound }"))
    assert is_shortage(OSError(28, "No space left on device"))
    for words in (told, "exit code: 11", "HTTP status code: 12", "Port could not be cast: 'os error 24'"):
        assert not is_shortage(ValueError(words))
    assert not is_shortage(FileNotFoundError(2, "No such file"))
    assert not is_shortage(WrongUse("24"))
    assert is_shortage(MemoryError())
    assert not is_shortage(RuntimeError("deque mutated during iteration"))


def test_a_thread_that_cannot_be_started_is_one() -> None:
    """In the words of this Python: no machine has room for that stack."""
    usual = threading.stack_size(1 << 46)
    try:
        with pytest.raises(RuntimeError) as refused:
            threading.Thread(target=print).start()
    finally:
        threading.stack_size(usual)
    assert is_shortage(refused.value)


def test_a_loop_waits_for_what_is_short_and_ends_by_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [OSError(28, "No space left on device"), RuntimeError("can't start new thread"), RecordAway("x")]
    monkeypatch.setattr(looping, "BACK_OFF", 0.0)

    def turn() -> bool:
        raise told.pop() if told else ValueError("a fault of ours")

    with pytest.raises(ValueError, match="of ours"):
        looping._loop(threading.Event(), [turn])
    assert told == []
