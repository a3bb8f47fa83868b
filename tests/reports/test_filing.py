"""Files of a report: side by side, and never over one another."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from diembao.core.errors import Misconfigured
from diembao.reports import filing


def contents(name: str) -> Mapping[str, bytes]:
    return {".docx": name.encode(), ".figures.json": b"{}"}


def test_files_stand_side_by_side_in_a_folder_that_is_made(tmp_path: Path) -> None:
    written = filing.file(tmp_path / "a" / "b", "tuan", contents)
    assert written[".docx"] == tmp_path / "a" / "b" / "tuan.docx"
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == ["tuan.docx", "tuan.figures.json"]


@pytest.mark.parametrize("there", ["tuan.docx", "tuan.figures.json", "tuan.pdf"])
def test_what_is_there_stays_and_all_get_the_next_number(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_bytes(b"old")
    first, second = (filing.file(tmp_path, "tuan", contents) for _ in range(2))
    assert (tmp_path / there).read_bytes() == b"old"
    assert (first[".docx"].name, second[".docx"].name) == ("tuan_2.docx", "tuan_3.docx")
    assert second[".docx"].read_bytes() == b"tuan_3"  # the sidecar names the document it belongs to


def test_two_at_once_get_a_name_each(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda _: filing.file(tmp_path, "tuan", contents), range(24)))
    assert len({each[".docx"] for each in written}) == 24
    assert all(each[".docx"].stem == each[".docx"].read_text() for each in written)


def test_a_name_that_another_took_in_between_is_left_to_it(tmp_path: Path) -> None:
    def while_it_is_made(name: str) -> Mapping[str, bytes]:
        if name == "tuan":
            (tmp_path / "tuan.figures.json").write_bytes(b"of another")
        return contents(name)

    written = filing.file(tmp_path, "tuan", while_it_is_made)
    assert written[".docx"].name == "tuan_2.docx"
    assert (tmp_path / "tuan.figures.json").read_bytes() == b"of another"
    assert not (tmp_path / "tuan.docx").exists()


def test_a_folder_that_cannot_be_made_or_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured, match="file/out cannot be made: Not a directory"):
        filing.file(tmp_path / "file" / "out", "tuan", contents)


def test_where_a_file_cannot_be_written_none_is_left(tmp_path: Path) -> None:
    endings = {".docx": b"1", "/no/such/place": b"2"}
    with pytest.raises(Misconfigured, match="cannot be written to: No such file"):
        filing.file(tmp_path, "tuan", lambda _: endings)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_full_of_one_report_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "MOST", 2)
    for _ in range(2):
        filing.file(tmp_path, "tuan", contents)
    with pytest.raises(Misconfigured, match="has 2 reports named tuan"):
        filing.file(tmp_path, "tuan", contents)
