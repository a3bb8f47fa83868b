"""`diembao record`: a page becomes a test."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diembao.app.options import Home, opened


def record_page(
    url: Annotated[str, typer.Argument(help="Địa chỉ bài. The article's address.")],
    out: Annotated[Path, typer.Option(help="Thư mục mới: tests/pages/<nguồn>/<ngày>-<tên>. A new folder.")],
    home: Home = None,
    outlet: Annotated[str, typer.Option(help="Nguồn trong danh mục. Its outlet, where the host does not say.")] = "",
) -> None:
    """Ghi trang, phần đầu câu trả lời và các trường mong đợi vào một thư mục kiểm thử. Make a page a test."""
    from diembao.pipeline.recording import record
    from diembao.pipeline.worker import utc_now

    with opened(home) as house:
        known = record(house, url, out, outlet, utc_now)
    where = "từ kho" if known else "từ trang web"
    typer.echo(f"Đã ghi {out} ({where}). Sửa expected.yaml cho đúng với trang, rồi sửa luật cho đến khi kiểm thử qua.")
