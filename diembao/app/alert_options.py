"""Options of `diembao alerts …`."""

from __future__ import annotations

from typing import Annotated

import typer

Named = Annotated[str, typer.Argument(help="Tên cảnh báo. Its name.")]
Query = Annotated[str | None, typer.Option(help="Như trong ô tìm của trang web. As typed on the dashboard.")]
To = Annotated[str | None, typer.Option(help="a@x,b@y; trống: vào thư mục. Without: the alert folder.")]
Unit = Annotated[str | None, typer.Option(help="Thay cho --query: lĩnh vực của một đơn vị. A unit's fields.")]
Theme = Annotated[str | None, typer.Option(help="Thay cho --query: một chủ đề. A theme.")]
Outlets = Annotated[str | None, typer.Option(help='Thay cho --query: các nguồn, "vnexpress @la". Outlets, @countries.')]
Case = Annotated[str | None, typer.Option(help="Thay cho --query: bài của một vụ việc. A case's coverage.")]
Mentions = Annotated[
    bool, typer.Option("--mentions", help="Thay cho --query: lời nhắc tên --owner. Notes that call the owner.")
]
Abroad = Annotated[bool, typer.Option("--abroad", help="Thay cho --query: báo chí nước ngoài về tỉnh. Abroad.")]
Rhythm = Annotated[str | None, typer.Option(help="instant, daily, weekly, spike, silence.")]
Hour = Annotated[int | None, typer.Option(help="Giờ của bản tin gộp, 0–23. Of a digest.")]
Weekday = Annotated[int | None, typer.Option(help="Thứ của bản tin tuần, 0 là thứ Hai. 0 is Monday.")]
Language = Annotated[str | None, typer.Option(help="vi, en.")]
Quiet = Annotated[str | None, typer.Option(help="Giờ yên lặng, như 22:00-6:00; trống: không có. Quiet hours.")]
Priority = Annotated[str | None, typer.Option(help="Gì được phá giờ yên lặng: none, critical, all.")]
Threshold = Annotated[int | None, typer.Option(help="Chuyện có từ bao nhiêu bài mới báo. Articles of a story.")]
Owner = Annotated[str | None, typer.Option(help="Tên tài khoản; trống: của cơ quan. An account; else the office's.")]
