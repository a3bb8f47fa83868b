"""What cannot be read, or is not as it was written: an embedded index that is made anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import indexer.embedded
from diembao.core.errors import Retry, WrongUse
from diembao.core.query import All, Text
from indexer.embedded import EmbeddedIndex
from tests.indexer.on_disk import document, folder

# -- what is not worth reading ----------------------------------------------------------------------


def overwrite(name: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        (folder(path) / name).write_text("garbage")

    return damage


def halve_segments(path: Path) -> None:
    for file in folder(path).glob("*.fast"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def remove_segments(path: Path) -> None:
    for file in folder(path).glob("*.idx"):
        file.unlink()


def empty_folder(path: Path) -> None:
    for file in folder(path).iterdir():
        file.unlink()


def remove_folder(path: Path) -> None:
    empty_folder(path)
    folder(path).rmdir()


def rename_version(path: Path) -> None:
    folder(path).rename(path / "index-0123456789abcdef")


@pytest.mark.parametrize(
    "damage",
    [
        overwrite("meta.json"),
        halve_segments,
        remove_segments,
        empty_folder,
        remove_folder,
        rename_version,
    ],
    ids=["garbled meta.json", "half segments", "no segments", "empty folder", "no folder", "another version"],
)
def test_what_cannot_be_read_is_an_empty_index_that_is_made_anew(filled: Path, damage: Callable[[Path], None]) -> None:
    damage(filled)
    with closing(EmbeddedIndex(filled)) as index:
        assert (index.position(), index.size(), index.count(All())) == (0, 0, 0)
        index.put([document("c")])
        assert (index.position(), index.count(Text("text", "bão"))) == (0, 1)
        index.mark(3)
    with closing(EmbeddedIndex(filled)) as index:
        assert (index.position(), index.size()) == (3, 1)
    assert len(list(filled.glob("index-*"))) == 1


@pytest.mark.parametrize("damage", [overwrite("meta.json"), remove_folder], ids=["garbled", "removed"])
def test_damage_while_it_is_open_is_met_the_same_way(filled: Path, damage: Callable[[Path], None]) -> None:
    with closing(EmbeddedIndex(filled)) as index, closing(EmbeddedIndex(filled)) as reader:
        index.put([document("c")])
        assert reader.size() == 3
        damage(filled)
        for opened in (index, reader):
            assert (opened.position(), opened.size()) == (0, 0)
        index.put([document("d")])
        index.mark(9)
        for opened in (index, reader):
            assert (opened.position(), opened.size()) == (9, 1)


@pytest.mark.parametrize(
    "content", [b"", b"garbage", b"[]", b'{"position": 7}', b'{"index": "x", "position": 7}', b"\xff"]
)
def test_a_damaged_position_is_none(filled: Path, content: bytes) -> None:
    (filled / "position.json").write_bytes(content)
    with closing(EmbeddedIndex(filled)) as index:
        assert (index.position(), index.size()) == (0, 2)


@pytest.mark.parametrize(("name", "value"), [("VERSION", "another"), ("_LAYOUT", 99)])
def test_a_changed_analysis_or_layout_makes_the_index_anew(
    filled: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    monkeypatch.setattr(indexer.embedded, name, value)
    with closing(EmbeddedIndex(filled)) as index:
        assert (index.position(), index.size()) == (0, 0)
        index.put([document("c")])
        assert index.size() == 1
    assert len(list(filled.glob("index-*"))) == 1


# -- files that are not as they were written --------------------------------------------------------


def flip(path: Path, kind: str, place: float) -> str:
    """One byte of a committed file, as a broken disk would; the file's name."""
    file = next(folder(path).glob(f"*.{kind}"))
    at = int(file.stat().st_size * place)
    with file.open("r+b") as opened:  # in its place: it may be mapped into memory
        opened.seek(at)
        byte = opened.read(1)[0]
        opened.seek(at)
        opened.write(bytes([byte ^ 0xFF]))
    return file.name


@pytest.mark.parametrize("kind", ["fast", "fieldnorm", "idx", "pos", "store", "term"])
@pytest.mark.parametrize("place", [0.1, 0.5])
def test_a_changed_byte_is_found_before_anything_is_written_and_the_index_made_anew(
    filled: Path, kind: str, place: float
) -> None:
    name = flip(filled, kind, place)
    with closing(EmbeddedIndex(filled)) as index:
        index.put([document("c")])
        assert (index.position(), index.size(), index.damaged()) == (0, 1, [])
    assert not (folder(filled) / name).exists()


def test_a_changed_byte_is_named_and_changes_nothing_by_being_looked_for(filled: Path) -> None:
    with closing(EmbeddedIndex(filled)) as index:
        assert index.damaged() == []
        name = flip(filled, "store", 0.2)
        assert index.damaged() == [name]
        assert index.position() == 7


def test_a_reader_that_falls_over_a_changed_file_says_so_and_from_then_on_there_is_no_index(filled: Path) -> None:
    with closing(EmbeddedIndex(filled, read_only=True)) as reader, closing(EmbeddedIndex(filled)) as writer:
        for term in folder(filled).glob("*.term"):
            with term.open("r+b") as file:  # in its place: it is mapped into memory
                file.write(b"\xff" * (term.stat().st_size - 200))
        with pytest.raises(Retry, match="damaged"):
            reader.search(Text("text", "bão"))
        assert (reader.size(), reader.position(), writer.position()) == (0, 0, 0)
        writer.put([document("c")])
        assert (reader.size(), reader.count(Text("text", "bão"))) == (1, 1)


def test_a_question_that_cannot_be_answered_is_no_damage(filled: Path) -> None:
    with closing(EmbeddedIndex(filled)) as index:
        with pytest.raises(WrongUse):
            index.aggregate(All(), {"d": {"date_histogram": {"field": "published", "fixed_interval": "soon"}}})
        assert (index.size(), index.position()) == (2, 7)


def test_the_old_index_answers_in_the_moment_when_a_new_one_takes_its_place(filled: Path) -> None:
    with closing(EmbeddedIndex(filled, read_only=True)) as reader:
        assert reader.size() == 2
        (filled / "new").mkdir()
        folder(filled).rename(filled / "new" / "old")
        assert (reader.size(), reader.count(Text("text", "bão"))) == (2, 2)
        (filled / "new" / "old").rename(filled / "elsewhere")
        (filled / "new").rmdir()
        assert reader.size() == 0


def test_files_of_others_in_the_folder_stay(filled: Path) -> None:
    (filled / "notes.txt").write_text("mine")
    overwrite("meta.json")(filled)
    with closing(EmbeddedIndex(filled)) as index:
        index.put([document("c")])
    assert (filled / "notes.txt").read_text() == "mine"
