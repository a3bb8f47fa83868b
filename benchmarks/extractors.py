"""One library's reading of a folder of pages; runs under any Python that has the library, and needs nothing else.

    PYTHON benchmarks/extractors.py NAME DIR OUT

NAME is one of `LIBRARIES`; DIR holds ``ground_truth.jsonl`` (`benchmarks.pages`). Writes ``{"id", "text"}`` as JSON
lines to OUT and prints ``{"n", "cpu_s", "failed"}``: processor time of the reading alone, without that of the first
`WARM` pages, which load what is loaded late.
"""

from __future__ import annotations

import gzip
import json
import logging
import socket
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import NoReturn

WARM = 10  # pages
Reader = Callable[[bytes, str], str]


def trafilatura() -> Reader:
    """With what the product asks for: the text, precisely, without comments."""
    from trafilatura import bare_extraction

    def read(page: bytes, url: str) -> str:
        found = bare_extraction(page, url=url, favor_precision=True, include_comments=False)
        return getattr(found, "text", "") or ""

    return read


def trafilatura_metadata() -> Reader:
    """The same with title and date, which the product reads too."""
    from trafilatura import bare_extraction

    def read(page: bytes, url: str) -> str:
        found = bare_extraction(page, url=url, favor_precision=True, include_comments=False, with_metadata=True)
        return getattr(found, "text", "") or ""

    return read


def news_please() -> Reader:
    library = import_module("newsplease").NewsPlease

    def read(page: bytes, url: str) -> str:
        return str(library.from_html(page, url=url).maintext or "")

    return read


def newspaper() -> Reader:
    library = import_module("newspaper")

    def read(page: bytes, url: str) -> str:
        article = library.Article(url)
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        return str(article.text or "")

    return read


def readability() -> Reader:
    from lxml import html

    document = import_module("readability").Document

    def read(page: bytes, url: str) -> str:  # noqa: ARG001 (one of a kind)
        summary = document(page.decode("utf-8", "replace")).summary()
        return "\n".join(text for each in html.fromstring(summary).itertext() if (text := str(each).strip()))

    return read


LIBRARIES = {
    "trafilatura": trafilatura,
    "trafilatura-metadata": trafilatura_metadata,
    "news-please": news_please,
    "newspaper4k": newspaper,
    "readability": readability,
}


def _stay_here(*_: object, **__: object) -> NoReturn:
    """Some libraries look a page's pictures or its own address up; what is measured is the reading."""
    raise OSError("no request leaves")


def main(name: str, folder: Path, out: Path) -> None:
    socket.getaddrinfo = socket.socket.connect = _stay_here  # type: ignore[method-assign]  # no real request is to be made
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    lines = (folder / "ground_truth.jsonl").read_text(encoding="utf-8").splitlines()
    pages = [(one["id"], one["url"], _content(folder / one["html"])) for one in map(json.loads, lines)]
    read = LIBRARIES[name]()
    texts = [_try(read, page, url) for _, url, page in pages[:WARM]]
    began = process_time()
    texts += [_try(read, page, url) for _, url, page in pages[WARM:]]
    cpu = process_time() - began
    written = (json.dumps({"id": key, "text": text or ""}) for (key, _, _), text in zip(pages, texts, strict=True))
    out.write_text("\n".join(written), encoding="utf-8")
    sys.stdout.write(json.dumps({"n": len(pages) - WARM, "cpu_s": round(cpu, 3), "failed": texts.count(None)}) + "\n")


def _try(read: Reader, page: bytes, url: str) -> str | None:
    try:
        return read(page, url)
    except Exception:  # noqa: BLE001 (a library that fails on a page has read nothing of it, whatever it raises)
        return None


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
