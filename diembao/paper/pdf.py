"""DOCX → PDF by LibreOffice, without a window, each job with a profile of its own: two at once do not meet."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from diembao.core.errors import Misconfigured, Retry

# Seconds; a first start takes 5 to 15, a hundred pages 10 more, and several times that on a busy machine.
TIME_LIMIT: Final = 240.0
INSTALL: Final = "apt-get install --no-install-recommends libreoffice-writer-nogui fonts-liberation2 fonts-noto-core"


def converter() -> str:
    """The program that makes PDFs.

    Raises:
        Misconfigured: it is not installed; says what to install.
    """
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        msg = f"PDF cần LibreOffice. / A PDF needs LibreOffice: {INSTALL}"
        raise Misconfigured(msg)
    return found


def is_there() -> bool:
    """Can a PDF be made on this machine?"""
    try:
        converter()
    except Misconfigured:
        return False
    return True


def convert(docx: bytes, *, time_limit: float = TIME_LIMIT) -> bytes:
    """The PDF of a document.

    Raises:
        Misconfigured: LibreOffice is not installed, or cannot make a PDF here.
        Retry: it was not done in time.
    """
    program = converter()
    with TemporaryDirectory(prefix="diembao-pdf-") as folder:
        here = Path(folder)
        (here / "letter.docx").write_bytes(docx)
        said = _run(program, here, time_limit)
        made = here / "letter.pdf"
        if not made.exists():
            why = said[-300:] or "no message"
            raise Misconfigured(f"LibreOffice không làm được PDF: {why}. / LibreOffice made no PDF: {why}")
        return made.read_bytes()


def pages(made: bytes) -> int:
    """Pages of a PDF that LibreOffice made."""
    return len(re.findall(rb"/Type\s*/Page\b", made))


def _run(program: str, here: Path, time_limit: float) -> str:
    """What it said. It starts children of its own, so all of its group ends with it."""
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={(here / 'profile').as_uri()}"]
    command += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(here), str(here / "letter.docx")]
    with subprocess.Popen(  # noqa: S603 (a program found on the path, names of our own)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as job:
        try:
            said, _ = job.communicate(timeout=time_limit)
        except subprocess.TimeoutExpired as error:
            raise Retry(
                f"LibreOffice chưa xong sau {time_limit:g} giây. / LibreOffice was not done in {time_limit:g} seconds"
            ) from error
        finally:
            if job.poll() is None:
                os.killpg(job.pid, signal.SIGKILL)
    return " ".join(said.decode(errors="replace").split())
