"""The packet of a case: everything is in it, it proves itself, and it is made at flat memory."""

from __future__ import annotations

import io
import json
import random
import re
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from diembao.core.case import CaseFile, Details
from diembao.core.errors import WrongUse
from diembao.plan.reader import profile
from diembao.response import packet
from diembao.response.cases import Desk
from diembao.response.packet import Packer
from diembao.response.signing import signer
from diembao.response.verifying import verify
from diembao.store.record import SqlStore
from tests.response.packing import HOSTILE, LAN, NAMES, SENTENCE, case_of, packed, whole_case
from tests.response.test_evidence import BODY, files_of, put_together
from tests.store.making import NOW, article, id_of, keep, url


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packet")


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[SqlStore]:
    opened = SqlStore(f"sqlite:///{home / 'diembao.db'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def found(store: SqlStore) -> CaseFile:
    return whole_case(store)


@pytest.fixture(scope="module")
def path(store: SqlStore, found: CaseFile, home: Path) -> Path:
    return packed(store, found, home)


@pytest.fixture
def files(path: Path) -> dict[str, bytes]:
    return files_of(path)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_everything_of_the_case_is_in_it_and_it_proves_itself(
    found: CaseFile, path: Path, files: dict[str, bytes], home: Path
) -> None:
    verdict = verify(path, key=signer(home).fingerprint)
    assert (verdict.problems, verdict.url) == ([], found.case.number)
    assert verdict.files == len(files) - 3
    assert files["exhibits/001.txt"] == "Biên bản".encode()
    assert files["statements/v001-vi.txt"].decode() == "Cảng thu đúng giá\n\nCảng trả lời.\n\nGiám đốc cảng\n"
    assert files["statements/v001-en.txt"].decode().startswith("The port charges what it should\n\nThe port says.")
    assert (files["issues/01.txt"], files["issues/01.docx"]) == (b"Cang tra loi", b"PK")
    assert files["requests/01-01.txt"].decode() == "Hai tỷ"
    told = json.loads(files["case.json"])
    assert told["requests"][0]["answer"] == "Hai tỷ đồng."
    assert (told["number"], told["claims"][0]["verdict"]) == (found.case.number, "incomplete")
    assert [line["act"] for line in told["log"]] == [line.act.value for line in found.log]
    numbered = {json.loads(files[f"articles/{n:04d}.json"])["id"]: n for n in (1, 2, 3)}
    assert set(numbered) == {id_of(x) for x in "abc"}
    archive = io.BytesIO(files[f"articles/{numbered[id_of('a')]:04d}.warc.gz"])
    assert BODY in [record.content_stream().read() for record in ArchiveIterator(archive)]
    assert f"articles/{numbered[id_of('b')]:04d}.warc.gz" not in files


def test_the_index_says_it_all_and_opens_without_a_network(files: dict[str, bytes]) -> None:
    page, text = _Page(), files["MUC-LUC.txt"].decode()
    page.feed(files["MUC-LUC.html"].decode())
    assert set(page.links) <= set(files)  # nothing from elsewhere, nothing that is not there
    assert page.tags.isdisjoint({"script", "img", "iframe", "link", "b"})
    for words in (
        "Nội bộ: đã gọi cảng vụ.",
        SENTENCE,
        "chưa đầy đủ",
        "Thiếu số tấn hàng xuất",
        "12/BC-CV",
        "https://cang.example/tin",
        "Biên bản số 1.txt",
        HOSTILE,
        "Không có trang gốc",
        "Trang không còn ở địa chỉ này (410)",
        "Phê duyệt: Minh",
        "nơi nhận: Báo Mẫu",
        "đơn vị so-y-te",
        "Thuế cảng là bao nhiêu?",
        "Hai tỷ đồng.",
        "công văn 7/CV-CV",
        "Bảng thuế.txt",
        url("a"),
    ):
        assert words in page.words
        assert words in text


def test_what_goes_outside_holds_nothing_of_the_desk_and_says_so(
    store: SqlStore, found: CaseFile, home: Path, files: dict[str, bytes]
) -> None:
    path = packed(store, found, home, outside=True)
    assert verify(path).good
    outside = files_of(path)
    inside = (
        "đã gọi cảng vụ",
        "Hai tỷ",
        "Thuế cảng",
        "Biên bản",
        "12/BC-CV",
        "Thiếu số tấn",
        "person:",
        "Phê duyệt: Minh",
    )
    for words in inside:
        assert any(words.encode() in data for data in files.values()), words
        assert not any(words.encode() in data for data in outside.values()), words
    assert not [name for name in outside if name.startswith(("exhibits/", "requests/"))]
    assert {name for name in files if name.startswith(("articles/", "issues/", "statements/"))} <= set(outside)
    told, text = json.loads(outside["case.json"]), outside["MUC-LUC.txt"].decode()
    assert set(told) == {"number", "title", "opened_at", "claims", "statements", "articles", "outside"}
    assert "Hồ sơ dùng bên ngoài" in text
    for words in (SENTENCE, "chưa đầy đủ", "nơi nhận: Báo Mẫu", "Cảng trả lời.", url("a")):
        assert words in text


def test_a_version_that_was_not_issued_does_not_go_outside(store: SqlStore, found: CaseFile, home: Path) -> None:
    later_one = replace(found.drafts[0], version=2, text="BẢN NHÁP", others={})
    path = packed(store, replace(found, drafts=(*found.drafts, later_one)), home, outside=True)
    assert not any("BẢN NHÁP".encode() in data for data in files_of(path).values())
    assert "statements/v002-vi.txt" not in files_of(path)


@pytest.mark.parametrize("where", ["before", "after", "between"])
def test_bytes_that_belong_to_no_member_are_told(path: Path, where: str, tmp_path: Path) -> None:
    data = path.read_bytes()
    changed = {"before": b"#!/bin/sh\n" + data, "after": data + b"EXTRA", "between": with_a_gap(data)}[where]
    (tmp_path / "changed.zip").write_bytes(changed)
    assert any("byte" in problem for problem in problems_of(tmp_path / "changed.zip"))


def with_a_gap(data: bytes) -> bytes:
    """A member that no list names, between the last one and the list: what unpacks from the front would see it."""
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as made:
        made.writestr("hidden.txt", b"Khong ai thay")
    with zipfile.ZipFile(io.BytesIO(data)) as opened, zipfile.ZipFile(io.BytesIO(hidden.getvalue())) as other:
        at, extra = opened.start_dir, hidden.getvalue()[: other.start_dir]
    end = data.rfind(b"PK\x05\x06")
    record = data[end : end + 16] + struct.pack("<L", at + len(extra)) + data[end + 20 :]
    return data[:at] + extra + data[at:end] + record


def test_one_byte_of_any_member_is_found_and_named(files: dict[str, bytes], tmp_path: Path) -> None:
    chance = random.Random(7)
    for name, data in files.items():
        at = chance.randrange(len(data))
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        path = put_together(tmp_path / "changed.zip", files | {name: changed})
        assert any(name in problem for problem in problems_of(path)), name


def problems_of(path: Path) -> list[str]:
    """Also where the list of files cannot be read any more."""
    try:
        return verify(path).problems
    except WrongUse as error:
        return [str(error)]


Change = Callable[[dict[str, bytes]], None]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda f: f.pop("articles/0002.txt"), {"articles/0002.txt: is missing"}),
        (lambda f: f.update({"articles/0009.txt": b"x"}), {"articles/0009.txt: was added"}),
        (
            lambda f: f.update({"exhibits/002.txt": f.pop("exhibits/001.txt")}),
            {"exhibits/001.txt: is missing", "exhibits/002.txt: was added"},
        ),
        (lambda f: f.pop("MUC-LUC.html"), {"MUC-LUC.html: is missing"}),
    ],
)
def test_what_is_dropped_added_or_renamed_is_named(
    files: dict[str, bytes], tmp_path: Path, change: Change, told: set[str]
) -> None:
    change(files)
    problems = verify(put_together(tmp_path / "changed.zip", files)).problems
    assert {each for each in told if any(problem.startswith(each) for problem in problems)} == told


def test_a_file_that_is_gone_from_the_record_is_said(store: SqlStore, found: CaseFile, tmp_path: Path) -> None:
    gone = replace(found, exhibits=tuple(replace(x, value="0" * 64) if x.size else x for x in found.exhibits))
    path = packed(store, gone, tmp_path)
    assert verify(path).good
    assert "Không còn tệp: Biên bản số 1.txt" in files_of(path)["MUC-LUC.txt"].decode()


def test_many_articles_are_packed_one_by_one(store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size, many = 400_000, 40
    chance = random.Random(1)
    desk = Desk(store, profile("gia-lai"))
    for n in range(many):
        keep(store, article(f"x{n}"), response=chance.randbytes(size))
    number = desk.open(Details("Nhiều bài", "so-y-te"), [id_of(f"x{n}") for n in range(many)], LAN).number
    found = case_of(store, number)
    packer, done = Packer(store, NAMES, signer(tmp_path), "diembao test"), list[int]()
    tracemalloc.start()
    with (tmp_path / "p.zip").open("wb") as file:
        for piece in packer.stream(found, NOW, progress=lambda n, _: done.append(n)):
            assert len(piece) < 2 * size
            file.write(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "p.zip").stat().st_size > size * many
    assert peak < 8 * size  # a few copies of one page, not of forty
    assert done == list(range(1, many + 1))
    assert verify(tmp_path / "p.zip").good
    monkeypatch.setattr(packet, "ARTICLES", many - 1)
    with pytest.raises(WrongUse, match=f"{many} articles"):
        packer.stream(found, NOW)
    monkeypatch.setattr(packet, "ARTICLES", many)
    monkeypatch.setattr(packet, "LARGEST", size)
    with pytest.raises(WrongUse, match="larger than"):
        list(packer.stream(found, NOW))


def test_every_name_in_a_packet_is_one_that_every_system_takes(path: Path) -> None:
    with zipfile.ZipFile(path) as opened:
        assert all(re.fullmatch(r"(?:[a-z]+/)?[A-Za-z0-9._-]+", name) for name in opened.namelist())
        assert opened.testzip() is None
