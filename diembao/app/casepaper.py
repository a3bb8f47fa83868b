"""`diembao cases packet|brief`: a case as a file that proves itself, and as one page for a leader."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated

import typer

from diembao.app.casework import By, Number, cases_app
from diembao.app.desking import working
from diembao.app.options import AsJson, Home, Province, print_json
from diembao.core.errors import Misconfigured, WrongUse

# Articles between two words about how far it is.
_OFTEN = 100


@cases_app.command("packet")
def packet(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    out: Annotated[Path, typer.Option(help="Tệp ZIP sẽ viết. The ZIP file to write.")],
    outside: Annotated[
        bool,
        typer.Option(help="Dùng bên ngoài: chỉ bài, điểm đã kết luận, văn bản đã phát hành. For use outside."),
    ] = False,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Viết hồ sơ của cả vụ việc: bài, trang gốc, chứng cứ, trả lời, nhật ký, có chữ ký. The packet of a case."""
    from diembao.api.rights import Act
    from diembao.pipeline.evidence import packer_of

    with working(number, "evidence.export", by, province, home) as here:
        packer, who = packer_of(here.house), here.actor
        pieces = packer.stream(here.found, who.now, outside=outside, progress=_progress(quiet=as_json))
        size = _written(out, pieces)
        told = {"where": who.where, "now": who.now, "outside": outside}
        here.house.store.note(who.by, Act.EXPORT_EVIDENCE.value, f"case:{number}", **told)  # type: ignore[arg-type]  # values of three kinds
    if as_json:
        print_json({"number": number, "file": str(out), "bytes": size, "outside": outside})
    else:
        typer.echo(f"Đã viết {out} ({size} byte). Kiểm tra: diembao evidence verify {out}")


def _progress(*, quiet: bool) -> Callable[[int, int], None]:
    def told(done: int, of: int) -> None:
        if not quiet and (done % _OFTEN == 0 or done == of):
            sys.stderr.write(f"{done}/{of} bài\n")

    return told


def _written(out: Path, pieces: Iterable[bytes]) -> int:
    """Its bytes; whole, or not at all."""
    size = 0
    try:
        if out.exists():
            raise WrongUse(f"{out} đã có; đặt tên khác ({out} is there already; name another file)")
        with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}-", delete=False) as file:
            begun = Path(file.name)
            with _gone_unless_whole(begun):
                for piece in pieces:
                    size += file.write(piece)
        begun.chmod(0o644)
        begun.rename(out)
    except OSError as error:
        raise Misconfigured(f"không ghi được {out}: {error.strerror} ({out} cannot be written)") from error
    return size


@contextmanager
def _gone_unless_whole(path: Path) -> Iterator[None]:
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            path.unlink(missing_ok=True)


@cases_app.command("brief")
def brief(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    out: Annotated[Path, typer.Option(help="Thư mục sẽ ghi vào. The folder to write to.")],
    pdf: Annotated[bool, typer.Option("--pdf", help="Cả PDF, và đếm đúng một trang. A PDF too, counted.")] = False,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Tóm tắt vụ việc trên một trang cho lãnh đạo: DOCX, chữ, PDF. A case on one page, for a leader."""
    from diembao.reports import brief as briefing
    from diembao.reports import filing

    with working(number, "case.read", by, province, home) as here:
        made = briefing.make(here.house, here.found, here.actor.now, with_pdf=pdf)
        stem = briefing.stem(here.found, here.actor.now, here.house.profile.timezone)
        files = {".docx": made.docx, ".txt": made.text.encode()} | ({".pdf": made.pdf} if made.pdf else {})
        written = filing.file(out, stem, lambda _: files)
    if as_json:
        told = {"number": number, "files": [str(path) for path in written.values()], "left_out": made.left_out}
        print_json(told)
    else:
        typer.echo("\n".join([*(f"Đã viết {path}" for path in written.values()), made.left_out]))
