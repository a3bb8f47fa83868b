"""The packet of a case: everything it rests on in one ZIP file that proves itself, made piece by piece.

    MUC-LUC.html, MUC-LUC.txt   what is in it, in Vietnamese
    case.json                   the case, its claims, statements, decisions, issues and log as data
    articles/0001.json          an article: address, times, revisions, visits, withdrawal (as in a packet of evidence)
    articles/0001.txt           its words in every revision
    articles/0001.warc.gz       requests and answers (ISO 28500), where a page was kept
    exhibits/001.pdf            what was attached to claims, as it came
    statements/v001-vi.txt      the statement, every version and language
    issues/01.docx              what was issued
    requests/01-01.pdf          files that units sent with their answers
    manifest.json, manifest.sig, key.pem   the SHA-256 of every file, its signature (ed25519), the public key

A packet for outside (`outside`) has articles, claims with their verdicts, and what was issued, under the same names.
One article is in memory at a time. What is not there is said in the index, never left out in silence.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast

from diembao.core.case import CaseFile
from diembao.core.errors import WrongUse
from diembao.core.ports import Store
from diembao.core.statement import ExhibitKind
from diembao.response import case_json
from diembao.response.evidence import KEY, MANIFEST, SIGNATURE, Dossier, gather, told_of, words_of
from diembao.response.outside import index_outside, stripped
from diembao.response.outside import told as told_outside
from diembao.response.packet_index import (
    HTML,
    TEXT,
    Listed,
    Names,
    as_html,
    as_text,
    exhibit_name,
    filed_name,
    index_of,
    statement_name,
)
from diembao.response.signing import Signer
from diembao.response.statements import unmarked
from diembao.response.warc import warc

FORMAT: Final = "diembao-case/1"
# Articles of one packet, and its bytes: below what a ZIP file holds without extensions that not every program reads.
ARTICLES, LARGEST = 5_000, 1_900_000_000
_STORED: Final = (".gz", ".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx")  # packed already


@dataclass(frozen=True)
class Packer:
    """``program`` is ours with its version."""

    store: Store
    names: Names
    key: Signer
    program: str

    def stream(
        self,
        found: CaseFile,
        now: datetime,
        *,
        outside: bool = False,
        progress: Callable[[int, int], None] = lambda *_: None,
    ) -> Iterator[bytes]:
        """The ZIP file in pieces: everything, or what may go ``outside``. ``progress`` is told how many articles of how
        many are in it.

        Raises:
            WrongUse: more articles than a packet holds (before the first piece), or more bytes (within).
        """
        ids = list(dict.fromkeys([*(x.article_id for x in found.coverage), *(x.article_id for x in found.claims)]))
        if len(ids) > ARTICLES:
            raise WrongUse(
                f"Vụ việc có {len(ids)} bài; một hồ sơ chứa nhiều nhất {ARTICLES}"
                f" (The case has {len(ids)} articles; a packet holds {ARTICLES})"
            )
        return self._pieces(stripped(found) if outside else found, ids, now, outside=outside, progress=progress)

    def _pieces(
        self, found: CaseFile, ids: Sequence[str], now: datetime, *, outside: bool, progress: Callable[[int, int], None]
    ) -> Iterator[bytes]:
        pipe = _Pipe()
        with zipfile.ZipFile(cast("Any", pipe), "w") as made:
            into = _Listing(made, now)
            listed = []
            for number, article_id in enumerate(ids, start=1):
                listed.append(self._article(into, number, article_id))
                progress(number, len(ids))
                yield pipe.taken()
            absent: list[str] = []
            for name, called, data in self._files(found):
                if data is None:
                    absent.append(f"Không còn tệp: {called}.")
                else:
                    into.add(name, data)
                yield pipe.taken()
            for name, data in self._told(found, listed, absent, now, outside=outside):
                into.add(name, data)
            self._sign(into, found, now)
        yield pipe.taken()

    def _article(self, into: _Listing, number: int, article_id: str) -> Listed:
        its = gather(self.store, article_id, "")
        stem = f"articles/{number:04d}"
        into.add(f"{stem}.json", _json(told_of(its)))
        into.add(f"{stem}.txt", "\n----\n\n".join(words_of(each) for each in its.revisions).encode())
        files = [f"{stem}.txt", f"{stem}.json"]
        if its.captures:
            into.add(f"{stem}.warc.gz", warc(its.captures, self.program))
            files.append(f"{stem}.warc.gz")
        article = its.article
        return Listed(
            number=number,
            title=article.title,
            outlet=self.names.outlet(article.outlet),
            url=article.url,
            published=article.published_at,
            seen=article.seen_at,
            revisions=len(its.revisions),
            pages=tuple(hashlib.sha256(page.body).hexdigest() for page in its.pages.values()),
            files=tuple(files),
            missing=_missing(its),
            withdrawn=self._withdrawn(its),
        )

    def _withdrawn(self, its: Dossier) -> str:
        told = [
            f"Trang không còn ở địa chỉ này ({each.status.removeprefix('status-')}) từ {self.names.at(each.gone_at)}"
            + (f", có lại {self.names.at(each.returned_at)}" if each.returned_at else "")
            + "; hồ sơ giữ bản đã nhận trước đó"
            for each in its.withdrawals
        ]
        return "; ".join(told)

    def _files(self, found: CaseFile) -> Iterator[tuple[str, str, bytes | None]]:
        """What was attached, what was said, what left: its member, how people call it, its bytes (None: gone)."""
        for exhibit in found.exhibits:
            if exhibit.kind is ExhibitKind.FILE:
                called = f"{exhibit.name} (SHA-256 {exhibit.value})"
                yield exhibit_name(exhibit), called, self.store.response(exhibit.value)
        for draft in found.drafts:
            for language in draft.wording.languages:
                said = draft.wording.said(language)
                whole = "\n\n".join(filter(None, (said.title, unmarked(said.text), said.speaker)))
                yield statement_name(draft.version, language), "", f"{whole}\n".encode()
        for issue in found.issues:
            for ending, value in issue.documents.items():
                called = f"văn bản phát hành {issue.number}{ending} (SHA-256 {value})"
                yield f"issues/{issue.number:02d}{ending}", called, self.store.response(value)
        for filed in found.filed:
            called = f"{filed.name} (SHA-256 {filed.value})"
            yield filed_name(filed), called, self.store.response(filed.value)

    def _told(
        self, found: CaseFile, listed: Sequence[Listed], absent: Sequence[str], now: datetime, *, outside: bool
    ) -> Iterator[tuple[str, bytes]]:
        yield "case.json", _json(told_outside(found, now) if outside else _whole(found, now))
        head = [
            f"Lập lúc {self.names.at(now)} bằng {self.program}.",
            f"Khóa ký: {self.key.fingerprint}; so với khóa mà cơ quan công bố.",
            "Kiểm tra: diembao evidence verify TỆP.zip (không cần mạng, không cần kho dữ liệu).",
            "Trang báo nằm trong tệp .warc.gz (ISO 28500), chữ đã đọc trong .txt, mốc thời gian trong .json.",
            *absent,
        ]
        index = (index_outside if outside else index_of)(found, listed, self.names, head)
        yield HTML, as_html(index).encode()
        yield TEXT, as_text(index).encode()

    def _sign(self, into: _Listing, found: CaseFile, now: datetime) -> None:
        manifest = _json(
            {
                "format": FORMAT,
                "made_at": now.astimezone(UTC).isoformat(),
                "made_by": self.program,
                "url": found.case.number,
                "key": self.key.fingerprint,
                "files": into.files,
            }
        )
        into.put(MANIFEST, manifest)
        into.put(SIGNATURE, base64.b64encode(self.key.sign(manifest)) + b"\n")
        into.put(KEY, self.key.public_pem)


class _Pipe:
    """What a ZIP file is written to: it cannot go back, so pieces can leave at once."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        self._size += len(data)
        if self._size > LARGEST:
            raise WrongUse(
                f"Hồ sơ lớn hơn {LARGEST:,} byte; bớt bài trong vụ việc (The packet is larger than {LARGEST:,} bytes)"
            )
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        return data


class _Listing:
    """Files of a packet, and the list of them that is signed."""

    def __init__(self, made: zipfile.ZipFile, now: datetime) -> None:
        self._made, self._time = made, now.astimezone(UTC).timetuple()[:6]
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, data: bytes) -> None:
        self.files[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        self.put(name, data)

    def put(self, name: str, data: bytes) -> None:
        entry = zipfile.ZipInfo(name, self._time)
        entry.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        self._made.writestr(entry, data)


def _missing(its: Dossier) -> str:
    if its.let_go:
        return "Trang gốc đã hết hạn lưu và được bỏ; mã SHA-256 của nó còn ghi."
    if not its.pages:
        return "Không có trang gốc: nguồn không cho đọc trang, chữ là của RSS mà nguồn phát."
    without = [str(each.number) for each in its.revisions if each.number not in its.pages]
    return f"Không có trang gốc của bản {', '.join(without)}." if without else ""


def _whole(found: CaseFile, now: datetime) -> dict[str, Any]:
    kept_back = ("address", "link", "link_until")  # where a unit has its mail, and its signed link
    requests = [{k: v for k, v in asdict(x).items() if k not in kept_back} for x in found.requests]
    return case_json.whole(found, now) | {"requests": requests}


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain).encode() + b"\n"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
