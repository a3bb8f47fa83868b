"""Pages and feeds written for the tests, in the shapes of outlets."""

from __future__ import annotations

import html
from collections.abc import Sequence

PARAGRAPHS = (
    "Sáng 21/11, tỉnh Gia Lai khánh thành tuyến đường ven biển dài hơn mười bốn cây số nối Quy Nhơn với sân bay.",
    "Theo chủ đầu tư, công trình có tổng vốn hơn hai nghìn tỉ đồng, khởi công năm 2021 và chậm một năm so kế hoạch.",
    "Người dân sống cạnh tuyến đường cho biết việc đi lại thuận lợi hơn trước rất nhiều, nhất là trong mùa mưa bão.",
    "Trong quý tới, tỉnh sẽ trồng thêm cây xanh và lắp đèn chiếu sáng dọc hai bên đường để phục vụ dân và du khách.",
)
SAPO = "Tuyến đường ven biển dài hơn 14 km rút ngắn một nửa thời gian từ trung tâm Quy Nhơn đến sân bay."
RFC_DATE = "Sat, 21 Nov 2026 06:12:00 +0700"


def page(
    title: str = "Khánh thành đường ven biển", lead: str = SAPO, paragraphs: Sequence[str] = PARAGRAPHS, extra: str = ""
) -> bytes:
    """A page with its sapo outside the body, as many Vietnamese outlets have it; each has words of its own."""
    body = "".join(
        f"<p>{html.escape(each)}</p>" for each in (*paragraphs, f"Bài «{title}» đăng trên báo in hôm sau, trang ba.")
    )
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{html.escape(title)} - Báo mẫu</title>'
        f'<meta property="og:title" content="{html.escape(title)}">{extra}</head><body>'
        '<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/thoi-su">Thời sự</a></li></ul></nav>'
        f'<div class="detail"><h1 class="detail-title">{html.escape(title)}</h1>'
        f'<h2 class="detail-sapo">{html.escape(lead)}</h2><div class="detail-content">{body}</div></div>'
        "<footer><p>Cơ quan chủ quản: Báo mẫu. Giấy phép số 1.</p></footer></body></html>"
    ).encode()


def item(link: str, title: str = "Quy Nhơn: một tin", summary: str = "", date: str = RFC_DATE, text: str = "") -> str:
    return (
        f"<item><title>{html.escape(title)}</title><link>{html.escape(link)}</link>"
        + (f"<description>{html.escape(summary)}</description>" if summary else "")
        + (f"<content:encoded>{html.escape(text)}</content:encoded>" if text else "")
        + (f"<pubDate>{date}</pubDate>" if date else "")
        + "</item>"
    )


def rss(*items: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Báo mẫu</title><link>/</link>{''.join(items)}</channel></rss>"
    ).encode()
