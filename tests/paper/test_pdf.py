"""DOCX → PDF by a real LibreOffice; and what happens without one."""

import os
import re
import threading
import time
from pathlib import Path

import pytest

from diembao.core.errors import Misconfigured, Retry
from diembao.paper import docx, pdf
from diembao.paper.letter import Heading
from tests.paper.letters import letter
from tests.parts import needs


@needs("soffice")
def test_a_letter_becomes_a_pdf_with_its_own_letters() -> None:
    made = pdf.convert(docx.write(letter(Heading("ỨỪỬỮỰ Ậ Ẵ ỡ ỵ Đ"))))
    assert made.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1
    fonts = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)", made))
    assert fonts <= {b"LiberationSerif", b"TimesNewRomanPSMT", b"TimesNewRomanPS"}
    assert fonts


@needs("soffice")
def test_what_is_no_document_makes_no_pdf() -> None:
    with pytest.raises(Misconfigured, match="no PDF"):
        pdf.convert(b"PK\x03\x04 not a document")


def test_without_libreoffice_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Misconfigured, match=r"apt-get install .*libreoffice-writer-nogui"):
        pdf.convert(b"")


def test_a_converter_that_hangs_is_ended_with_all_its_children(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n/bin/sleep 600 &\necho $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Retry, match="not done in 1 seconds"):
        pdf.convert(b"", time_limit=1)
    child = int((tmp_path / "child").read_text())
    end, pause = time.monotonic() + 10, threading.Event()
    while not _ended(child) and time.monotonic() < end:  # a signal that was sent takes a moment to arrive
        pause.wait(0.02)
    assert _ended(child)


def _ended(process: int) -> bool:
    """Gone, or dead and not yet counted by its parent."""
    try:
        os.kill(process, 0)
        return "State:\tZ" in Path(f"/proc/{process}/status").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return True
