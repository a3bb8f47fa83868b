"""Packets of evidence: what is in them, what a change is called, what a hostile file can do."""

from __future__ import annotations

import base64
import io
import json
import stat
import struct
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from diembao.core.article import TextFrom
from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.ledger import Hop, Outcome
from diembao.response import verifying
from diembao.response.evidence import packet
from diembao.response.signing import PLACE, Signer, signer
from diembao.response.verifying import Verdict, verify
from diembao.store.record import SqlStore
from tests.store.contract_revisits import kept_about, visit
from tests.store.making import NOW, article, entry, id_of, keep, later, url

BODY = "<html><p>Tàu cập cảng Quy Nhơn</p></html>".encode()
REQUEST = b"GET /a HTTP/1.1\r\nUser-Agent: DiemBao/1 (+office)\r\nHost: bao-mau.example\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nServer: m\xe1y\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
MOVED = Hop(url("old"), NOW, NOW, "192.0.2.7", REQUEST.replace(b"/a", b"/old"), b"HTTP/1.1 302 Found\r\n\r\n")
LAST = Hop(url("a"), NOW, later(seconds=1), "192.0.2.7", REQUEST, HEAD)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore(f"sqlite:///{tmp_path / 'diembao.db'}")
    run = opened.begin_run(NOW)
    opened.page_stored(run, entry("a"), article("a"), now=NOW, response=BODY, hops=[MOVED, LAST])
    opened.end_run(run, NOW)
    yield opened
    opened.close()


def written(store: SqlStore, home: Path, slug: str = "a") -> Path:
    made = packet(store, id_of(slug), "Báo Mẫu", signer(home), now=later(days=10), program="diembao test")
    path = home / f"{slug}.zip"
    path.write_bytes(made)
    return path


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def put_together(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def test_a_packet_is_as_it_was_signed_and_says_what_it_is(store: SqlStore, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    key = signer(tmp_path).fingerprint
    assert verify(path, key=key.upper()) == Verdict(
        url("a"), "2026-11-30T08:00:00+00:00", "diembao test", key, files=len(files_of(path)) - 3
    )
    note = files_of(path)["NOTE.txt"].decode()
    for words in ("HỒ SƠ CHỨNG CỨ", "EVIDENCE OF ONE ARTICLE", url("a"), key, "nothing is reconstructed"):
        assert words in note


def test_the_warc_holds_requests_and_answers_byte_for_byte(store: SqlStore, tmp_path: Path) -> None:
    files = files_of(written(store, tmp_path))
    records = [
        (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.raw_stream.read())
        for r in ArchiveIterator(io.BytesIO(files["evidence.warc.gz"]), no_record_parse=True)
    ]
    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "request", "response", "request"]
    assert records[2][1:] == (url("old"), MOVED.request)
    assert records[4][1:] == (url("a"), REQUEST)
    changed = HEAD.replace(b"Content-E", b"X-Archive-Orig-Content-E").replace(b"Transfer-", b"X-Archive-Orig-Transfer-")
    assert records[3][1:] == (url("a"), changed + BODY)
    assert files["wire/2-request.txt"] == REQUEST
    assert files["wire/2-answer.txt"] == HEAD


def test_where_the_request_was_not_kept_none_is_made_up(store: SqlStore, tmp_path: Path) -> None:
    keep(store, article("b"), response=b"<p>b</p>")
    path = written(store, tmp_path, "b")
    files = files_of(path)
    kinds = [r.rec_type for r in ArchiveIterator(io.BytesIO(files["evidence.warc.gz"]))]
    assert kinds == ["warcinfo", "resource"]
    assert "the request was not kept" in files["NOTE.txt"].decode()
    assert verify(path).good


def test_an_article_of_which_only_the_feed_is_kept_says_so(store: SqlStore, tmp_path: Path) -> None:
    keep(store, article("b", text_from=TextFrom.FEED))
    path = written(store, tmp_path, "b")
    assert "those of the outlet's feed" in files_of(path)["NOTE.txt"].decode()
    assert verify(path).good


def test_a_withdrawn_page_is_told_with_the_answers_that_say_so(store: SqlStore, tmp_path: Path) -> None:
    kept_about(store, "b")
    visit(store, "b", later(days=1), "status-404")
    visit(store, "b", later(days=3), "status-410")
    path = written(store, tmp_path, "b")
    files = files_of(path)
    assert "410" in files["NOTE.txt"].decode()
    assert [each["status"] for each in json.loads(files["article.json"])["withdrawals"]] == ["status-410"]
    bodies = [r.raw_stream.read() for r in ArchiveIterator(io.BytesIO(files["evidence.warc.gz"]))]
    assert b"no such page" in bodies
    assert verify(path).good


def test_every_revision_is_in_it_with_its_own_answer(store: SqlStore, tmp_path: Path) -> None:
    run = store.begin_run(later(hours=1))
    edited = article("a", title="Đã sửa")
    hop = replace(LAST, asked_at=later(hours=1))
    assert (
        store.page_stored(run, entry("a"), edited, now=later(hours=1), response=b"<p>2", hops=[hop]) is Outcome.STORED
    )
    files = files_of(written(store, tmp_path))
    assert files["text/revision-2.txt"].startswith("Đã sửa\n".encode())
    assert len(json.loads(files["article.json"])["exchanges"]) == 2


Change = Callable[[dict[str, bytes]], None]


def _cut(files: dict[str, bytes]) -> None:
    del files["text/revision-1.txt"]


def _in_manifest(files: dict[str, bytes]) -> None:
    files["manifest.json"] = files["manifest.json"].replace(b"2026-11-30", b"2026-11-01")


def _other_key(files: dict[str, bytes]) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    other = Signer(Ed25519PrivateKey.generate())
    files["key.pem"] = other.public_pem
    files["manifest.sig"] = base64.b64encode(other.sign(files["manifest.json"]))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda f: f.update({"text/revision-1.txt": b"Khac"}), "text/revision-1.txt: was changed after it was signed"),
        (lambda f: f.update({"evidence.warc.gz": f["evidence.warc.gz"][:-1]}), "evidence.warc.gz: was changed"),
        (lambda f: f.update({"more.txt": b"x"}), "more.txt: was added"),
        (_cut, "text/revision-1.txt: is missing"),
        (_in_manifest, "manifest.json: the signature does not fit"),
        (lambda f: f.update({"manifest.sig": b"!"}), "manifest.sig, key.pem: missing or damaged"),
        (lambda f: f.pop("key.pem"), "manifest.sig, key.pem: missing or damaged"),
        (_other_key, "key.pem: the key is not the one that the list of files names"),
    ],
)
def test_what_was_changed_is_said_plainly(store: SqlStore, tmp_path: Path, change: Change, told: str) -> None:
    files = files_of(written(store, tmp_path))
    change(files)
    found = verify(put_together(tmp_path / "changed.zip", files))
    assert not found.good
    assert any(problem.startswith(told) for problem in found.problems), found.problems


def test_a_packet_signed_anew_by_another_is_found_by_the_published_key(store: SqlStore, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    made = packet(store, id_of("a"), "Báo", signer(tmp_path / "other"), now=NOW, program="x")
    path = tmp_path / "p.zip"
    path.write_bytes(made)
    assert verify(path).good  # as it was signed, by whomever
    (problem,) = verify(path, key=signer(tmp_path).fingerprint).problems
    assert "signed by another key" in problem


def test_it_is_checked_on_a_machine_without_store_or_home(store: SqlStore, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    command = [sys.executable, "-m", "diembao.app.cli", "evidence", "verify", str(path)]
    home = {"DIEMBAO_HOME": str(tmp_path / "none"), "PATH": ""}
    good = subprocess.run(command, env=home, capture_output=True, text=True, check=False)
    assert (good.returncode, good.stdout.splitlines()[0]) == (0, "KHÔNG BỊ SỬA / UNCHANGED")
    assert not (tmp_path / "none").exists()
    files = files_of(path)
    files["NOTE.txt"] = b"x"
    put_together(path, files)
    bad = subprocess.run(command, env=home, capture_output=True, text=True, check=False)
    assert (bad.returncode, bad.stdout.splitlines()[0]) == (1, "ĐÃ BỊ SỬA / CHANGED")
    assert "! NOTE.txt: was changed after it was signed" in bad.stdout
    path.write_bytes(path.read_bytes()[:-30])
    cut = subprocess.run(command, env=home, capture_output=True, text=True, check=False)
    assert (cut.returncode, cut.stdout) == (2, "")
    assert "no ZIP file" in cut.stderr


class TestHostileFiles:
    def test_no_zip_no_packet_no_file(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        with pytest.raises(WrongUse, match="cannot be opened"):
            verify(path)
        for data in (b"", b"PK\x05\x06", b"\x00" * 1000, b"PK\x05\x06" + b"\xff" * 18):
            path.write_bytes(data)
            with pytest.raises(WrongUse):
                verify(path)
        with pytest.raises(WrongUse, match="no packet of evidence"):
            verify(put_together(path, {"a.txt": b"a"}))

    def test_an_entry_that_unpacks_to_more_than_it_says_is_not_read_to_its_end(
        self, store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = files_of(written(store, tmp_path))
        files["text/revision-1.txt"] = b"0" * 50_000_000
        read = 0
        pieces = verifying._Check._pieces

        def counted(self: verifying._Check, name: str, most: int) -> Iterator[bytes]:
            nonlocal read
            for piece in pieces(self, name, most):
                read += len(piece)
                yield piece

        monkeypatch.setattr(verifying._Check, "_pieces", counted)
        assert not verify(put_together(tmp_path / "bomb.zip", files)).good
        assert read < 100_000

    def test_many_entries_and_names_that_lead_elsewhere_are_refused(self, tmp_path: Path) -> None:
        many = put_together(tmp_path / "many.zip", {f"{n}": b"" for n in range(verifying.MAX_ENTRIES + 1)})
        with pytest.raises(WrongUse, match="more entries"):
            verify(many)
        for name in ("../../etc/passwd", "/etc/passwd", "a/b/c", "a\nb"):
            manifest = {"format": "diembao-evidence/1", "files": {name: {"bytes": 1, "sha256": ""}}}
            path = put_together(tmp_path / "name.zip", {"manifest.json": json.dumps(manifest).encode(), name: b"x"})
            with pytest.raises(WrongUse, match="no packet has"):
                verify(path)

    @pytest.mark.parametrize(
        "manifest", [b"", b"[]", b"{}", b'{"format": "diembao-evidence/2", "files": {}}', b"[" * 100_000, b"\xff"]
    )
    def test_a_list_of_files_that_is_none_is_refused(self, tmp_path: Path, manifest: bytes) -> None:
        with pytest.raises(WrongUse, match=r"manifest\.json"):
            verify(put_together(tmp_path / "a.zip", {"manifest.json": manifest}))

    def test_an_entry_twice_is_told(self, store: SqlStore, tmp_path: Path) -> None:
        path = written(store, tmp_path)
        with zipfile.ZipFile(path, "a") as more, pytest.warns(UserWarning, match="Duplicate"):
            more.writestr("NOTE.txt", b"other")
        assert any("more than once" in problem for problem in verify(path).problems)

    def test_every_byte_turned_is_noticed_or_refused(self, store: SqlStore, tmp_path: Path) -> None:
        whole = written(store, tmp_path).read_bytes()
        path = tmp_path / "turned.zip"
        before = verify(tmp_path / "a.zip")
        for at in range(0, len(whole), 37):
            path.write_bytes(whole[:at] + struct.pack("B", whole[at] ^ 0x55) + whole[at + 1 :])
            try:
                found = verify(path)
            except WrongUse:
                continue
            assert not found.good or found == before  # times of entries and such are no content


class TestTheKey:
    def test_it_is_made_once_and_read_by_its_owner_alone(self, tmp_path: Path) -> None:
        made: list[str] = []
        makers = [threading.Thread(target=lambda: made.append(signer(tmp_path).fingerprint)) for _ in range(8)]
        for maker in makers:
            maker.start()
        for maker in makers:
            maker.join()
        assert len(made) == 8
        assert set(made) == {signer(tmp_path).fingerprint}
        assert stat.S_IMODE((tmp_path / PLACE).stat().st_mode) == 0o600
        assert [path.name for path in (tmp_path / PLACE).parent.iterdir()] == [PLACE.name]

    def test_one_that_others_can_read_is_not_used(self, tmp_path: Path) -> None:
        signer(tmp_path)
        (tmp_path / PLACE).chmod(0o644)
        with pytest.raises(Misconfigured, match="chmod 600"):
            signer(tmp_path)

    def test_a_file_that_is_no_key_is_named_and_left_alone(self, tmp_path: Path) -> None:
        signer(tmp_path)
        (tmp_path / PLACE).write_bytes(b"hello")
        with pytest.raises(Misconfigured, match=PLACE.name):
            signer(tmp_path)
        assert (tmp_path / PLACE).read_bytes() == b"hello"
