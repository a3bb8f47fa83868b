"""A WARC file (ISO 28500) of what was asked for and answered, from what was kept of it; nothing is invented.

The bodies were unpacked when they came in, so the lines of an answer's head that speak of packing are kept under
``X-Archive-Orig-``, as other archives do; byte for byte the heads stand in the packet's ``wire/``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from warcio.warcwriter import WARCWriter

from diembao.core.ledger import Hop

_OF_PACKING = re.compile(rb"^(?=(?:content-encoding|transfer-encoding|content-length)[ \t]*:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer that was kept: its body, and how it was asked for (empty where that was not kept)."""

    url: str
    at: datetime
    body: bytes
    hops: tuple[Hop, ...] = ()
    content_type: str = "text/html"


class _Raw:
    """A head as it is: warcio would write it anew, and escape what is not ASCII."""

    def __init__(self, head: bytes) -> None:
        self.headers_buff = head

    def compute_headers_buffer(self, *_: object) -> None:
        """Nothing is to be computed."""


def warc(captures: Sequence[Capture], program: str) -> bytes:
    """The file, each record packed by itself (``.warc.gz``)."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    about = {"software": program, "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record("evidence.warc.gz", about))
    for capture in captures:
        if capture.hops:
            _write_hops(writer, capture)
        else:
            _write_resource(writer, capture)
    return out.getvalue()


def _write_hops(writer: Any, capture: Capture) -> None:  # noqa: ANN401 (warcio is untyped)
    for hop in capture.hops:
        last = hop is capture.hops[-1]
        answer = _record(writer, "response", hop, unpacked(hop.head), capture.body if last else b"")
        if not last:  # the few words that stand under a redirect are not kept
            answer.rec_headers.add_header("WARC-Truncated", "unspecified")
        writer.write_request_response_pair(_record(writer, "request", hop, hop.request, b""), answer)


def _record(writer: Any, kind: str, hop: Hop, head: bytes, body: bytes) -> Any:  # noqa: ANN401 (warcio is untyped)
    told = {"WARC-Date": _date(hop.asked_at if kind == "request" else hop.answered_at)}
    if hop.peer:
        told["WARC-IP-Address"] = hop.peer
    if kind == "response":
        told["WARC-Payload-Digest"] = f"sha256:{hashlib.sha256(body).hexdigest()}"
    return writer.create_warc_record(
        hop.url, kind, payload=BytesIO(body), length=len(body), http_headers=_Raw(head), warc_headers_dict=told
    )


def _write_resource(writer: Any, capture: Capture) -> None:  # noqa: ANN401 (warcio is untyped)
    """The bytes alone: how they were asked for was not kept, and is not made up."""
    told = {
        "WARC-Date": _date(capture.at),
        "Content-Type": capture.content_type,
        "WARC-Payload-Digest": f"sha256:{hashlib.sha256(capture.body).hexdigest()}",
    }
    body = BytesIO(capture.body)
    writer.write_record(
        writer.create_warc_record(
            capture.url, "resource", payload=body, length=len(capture.body), warc_headers_dict=told
        )
    )


def unpacked(head: bytes) -> bytes:
    """The head of an answer whose body is unpacked."""
    lines = head.splitlines(keepends=True)
    return b"".join(_OF_PACKING.sub(b"X-Archive-Orig-", line) for line in lines)


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
