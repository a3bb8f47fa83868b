"""A packet of evidence: one article as it was published and seen, in a ZIP file that proves itself.

    manifest.json      what is in the packet, with the SHA-256 of every file
    manifest.sig       the signature of manifest.json (ed25519, base64)
    key.pem            the public key it is checked with
    NOTE.txt           what this is and how to check it, in Vietnamese and English
    article.json       address, times with where they were read, revisions, visits, withdrawal
    evidence.warc.gz   requests and answers (ISO 28500)
    wire/N-*.txt       heads of requests and answers, byte for byte
    text/revision-N.txt  title, lead and text as we read them

No judgement of ours is in it, and no private key.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from diembao.core.article import Article, Revision
from diembao.core.errors import WrongUse
from diembao.core.ledger import Hop
from diembao.core.ports import Store, Withdrawal
from diembao.response.evidence_note import note
from diembao.response.signing import Signer
from diembao.response.warc import Capture, warc

FORMAT = "diembao-evidence/1"
_OK = b" 200"
MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "key.pem"


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the record holds of one article. ``gone`` are the answers that said it was no longer there, ``further``
    those with the second page and later ones of an article on several.
    """

    article: Article
    outlet: str
    revisions: Sequence[Revision]
    pages: Mapping[int, Capture]  # by the number of the revision
    withdrawals: Sequence[Withdrawal]
    last_visit: datetime | None
    gone: Sequence[Capture] = ()
    further: Sequence[Capture] = ()

    @property
    def captures(self) -> list[Capture]:
        return [*self.pages.values(), *self.further, *self.gone]

    @property
    def let_go(self) -> bool:
        """Were bytes of it kept for as long as the office keeps them, and then dropped?"""
        return any(each.response and each.number not in self.pages for each in self.revisions)

    @property
    def sent_kept(self) -> bool:
        """Is it known how every answer was asked for?"""
        return all(capture.hops for capture in self.captures)


def packet(store: Store, article_id: str, outlet: str, key: Signer, *, now: datetime, program: str) -> bytes:
    """The ZIP file. ``outlet`` is its name for people, ``program`` ours with its version.

    Raises:
        WrongUse: there is no such article.
    """
    dossier = gather(store, article_id, outlet)
    files = {
        "NOTE.txt": note(dossier, key.fingerprint, now).encode(),
        "article.json": _json(told_of(dossier)),
        "evidence.warc.gz": warc(dossier.captures, program),
        **_wire(dossier.captures),
        **{f"text/revision-{each.number}.txt": words_of(each).encode() for each in dossier.revisions},
    }
    manifest = _json(
        {
            "format": FORMAT,
            "made_at": now.astimezone(UTC).isoformat(),
            "made_by": program,
            "url": dossier.article.url,
            "key": key.fingerprint,
            "files": {name: {"sha256": _sha256(data), "bytes": len(data)} for name, data in files.items()},
        }
    )
    signature = base64.b64encode(key.sign(manifest)) + b"\n"
    return _zipped({MANIFEST: manifest, SIGNATURE: signature, KEY: key.public_pem, **files}, now)


def gather(store: Store, article_id: str, outlet: str) -> Dossier:
    item = store.article(article_id)
    if item is None:
        raise WrongUse(f"no article {article_id} is in the store")
    article, revisions = item.article, store.revisions(article_id)
    pages = {}
    for each in revisions:
        body = store.response(each.response) if each.response else None
        if body is not None:
            hops = tuple(store.hops(article_id, each.response))
            pages[each.number] = Capture(article.url, each.seen_at, body, hops)
    others = [
        Capture(hops[-1].url, hops[-1].answered_at, body, tuple(hops))
        for hops, body in store.answers(article_id)
        if hops and not any(tuple(hops) == page.hops for page in pages.values())
    ]
    gone = [each for each in others if _OK not in each.hops[-1].head[:20]]
    further = [each for each in others if each not in gone]
    left, visit = store.withdrawals(article_id), store.last_visit(article_id)
    return Dossier(article, outlet, revisions, pages, left, visit, gone, further)


def told_of(dossier: Dossier) -> dict[str, Any]:
    """The article and its times as data."""
    article = dossier.article
    return {
        "id": article.id,
        "url": article.url,
        "outlet": {"id": article.outlet, "name": dossier.outlet},
        "language": article.language,
        "published_at": article.published_at and article.published_at.isoformat(),
        "published_from": article.published_from,
        "seen_at": article.seen_at.isoformat(),
        "text_from": article.text_from,
        "revisions": [
            {"number": each.number, "seen_at": each.seen_at.isoformat(), "title": each.title, "response": each.response}
            for each in dossier.revisions
        ],
        "last_visit": dossier.last_visit and dossier.last_visit.isoformat(),
        "withdrawals": [
            {name: str(value) if value else None for name, value in asdict(each).items()}
            for each in dossier.withdrawals
        ],
        "exchanges": [_exchange(capture) for capture in dossier.captures],
    }


def _exchange(capture: Capture) -> dict[str, Any]:
    return {
        "url": capture.url,
        "response": _sha256(capture.body),
        "request_kept": bool(capture.hops),
        "hops": [
            {
                "url": hop.url,
                "asked_at": hop.asked_at.isoformat(),
                "answered_at": hop.answered_at.isoformat(),
                "peer": hop.peer,
            }
            for hop in capture.hops
        ],
    }


def _wire(captures: Sequence[Capture]) -> dict[str, bytes]:
    hops: list[Hop] = [hop for capture in captures for hop in capture.hops]
    found = {}
    for number, hop in enumerate(hops, start=1):
        found[f"wire/{number}-request.txt"] = hop.request
        found[f"wire/{number}-answer.txt"] = hop.head
    return found


def words_of(revision: Revision) -> str:
    """Title, lead and text as we read them."""
    return "\n\n".join(part for part in (revision.title, revision.lead, revision.text) if part) + "\n"


def _zipped(files: Mapping[str, bytes], now: datetime) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, now.astimezone(UTC).timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            made.writestr(entry, data)
    return out.getvalue()


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
