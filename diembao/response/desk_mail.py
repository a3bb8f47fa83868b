"""A message of the desk as plain text and as HTML. Everything in it but our own words is foreign, and escaped."""

from __future__ import annotations

from html import escape
from typing import Final

BUTTON: Final = "Trả lời yêu cầu này"
ALONE: Final = "Liên kết này chỉ dùng cho yêu cầu này, một lần, không cần tài khoản; xin không chuyển ra ngoài cơ quan."
PAGE: Final = "Mở vụ việc"
OPEN: Final = "Mở trong Điểm Báo"
# Where a page of its own (`core.alert.Message.html`) wants the button to the dashboard.
PLACE: Final = "<!-- trang -->"
FOOTER: Final = "Thư do phần mềm Điểm Báo của cơ quan soạn và gửi."
STOP: Final = "Thôi nhận cảnh báo này"
# The third paragraph of every message is what it is about.
_TITLE: Final = 2

# In each element: mail readers drop style sheets.
FONT: Final = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#1b2430"
BOX: Final = "max-width:600px;margin:0 auto;padding:24px;background:#ffffff;border-top:4px solid #1d4f8c"
_QUOTE: Final = "margin:0 0 12px;padding:4px 0 4px 14px;border-left:3px solid #9aa7b5;color:#3b4754;font-style:italic"
_LINK: Final = "display:inline-block;padding:12px 20px;background:#1d4f8c;color:#ffffff;text-decoration:none"
FAINT: Final = "font-size:14px;color:#5b6672"


def plain(text: str, *, link: str, page: str, stop: str = "") -> str:
    parts = [text]
    if link:
        parts += [f"{BUTTON}:\n{link}", ALONE]
    if page:
        parts.append(f"{page_name(page)}:\n{page}")
    ending = f"{FOOTER}\n{STOP}: {stop}" if stop else FOOTER
    return "\n\n".join(parts) + f"\n\n-- \n{ending}\n"


def html(text: str, *, link: str, page: str) -> str:
    body = [_paragraph(each, strong=n == _TITLE) for n, each in enumerate(text.split("\n\n"))]
    if link:
        body += [button(link, BUTTON), f'<p style="{FAINT}">{escape(ALONE)}</p>']
    if page:
        body.append(button(page, page_name(page)))
    foot = f'<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #d5dbe2;{FAINT}">{escape(FOOTER)}</p>'
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n'
        f'<body style="margin:0;padding:16px;background:#eef1f5;{FONT}">\n<div style="{BOX}">\n'
        + "\n".join([*body, foot])
        + "\n</div>\n</body></html>\n"
    )


def with_stop(page: str, stop: str) -> str:
    """With the link by which whoever gets it says that they want no more; ``stop`` is an address of ours, or none."""
    link = f'<p style="{FAINT}"><a href="{escape(stop)}" style="color:#5b6672">{escape(STOP)}</a></p>'
    return page.replace("</div>\n</body>", f"{link}\n</div>\n</body>") if stop else page


def _paragraph(text: str, *, strong: bool) -> str:
    if text.startswith("> "):
        quote, _, where = text.removeprefix("> ").partition("\n")
        source = f'<br><span style="{FAINT};font-style:normal;word-break:break-all">{escape(where)}</span>'
        return f'<blockquote style="{_QUOTE}">{escape(quote)}{source if where else ""}</blockquote>'
    lines = escape(text).replace("\n", "<br>")
    return f'<p style="margin:0 0 12px">{f"<strong>{lines}</strong>" if strong else lines}</p>'


def page_name(page: str) -> str:
    """A case is called one."""
    return PAGE if "/ho-so-vu-viec" in page else OPEN


def button(address: str, name: str) -> str:
    """Only an address of ours becomes one."""
    return f'<p style="margin:20px 0 12px"><a href="{escape(address)}" style="{_LINK}">{escape(name)}</a></p>'
