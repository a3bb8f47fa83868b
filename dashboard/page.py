"""The HTML that a browser gets first: Streamlit's own, told where it is and what language it speaks.

Streamlit finds out by trial and error under which address it was opened; being told saves every
reader who follows a link to an article two requests that fail.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

import streamlit

from dashboard import following, helping, look
from dashboard.texts import Words
from diembao.api.paths import SCREENS

# The addresses of the screens; all answer with the same page.
PATHS: Final = ("/", *(f"/{screen}" for screen in SCREENS))

# What a host may say is known here too: Streamlit opens its line at once and asks for the rest meanwhile.
_HERE: Final = (
    "window.__streamlit = {BACKEND_BASE_URL: location.origin + '/', MAIN_PAGE_BASE_URL: location.origin + '/',"
    " HOST_CONFIG: {allowedOrigins: [location.origin], useExternalAuthToken: false}}"
)
# A page left open asks now and then whether its reader is still signed in, and shows the door where not.
_STILL_HERE: Final = (
    "(() => { const ask = () => document.hidden || fetch('/phien', {cache: 'no-store'}).then(answer => {"
    " if (answer.status === 401)"
    " location.assign('/dang-nhap?tiep=' + encodeURIComponent(location.pathname + location.search)) }, () => {});"
    " setInterval(ask, 20000); document.addEventListener('visibilitychange', ask) })()"
)
_OPENING: Final = {"vi": "Đang mở Điểm Báo…", "en": "Opening Điểm Báo…"}
_FIRST: Final = "font: 15px sans-serif; color: #5B6472; text-align: center; margin-top: 40vh"
# A folded sheet: ink on paper.
_ICON: Final = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='6' fill='#12303F'/>"
    "<path d='M8 9h16M8 15h16M8 21h9' stroke='#FBFAF7' stroke-width='3' stroke-linecap='round'/></svg>"
)
ICON: Final = "data:image/svg+xml;base64," + base64.b64encode(_ICON.encode()).decode()


def first_page(language: str) -> str:
    html = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    html = html.replace('<html lang="en">', f'<html lang="{language}">')
    html = html.replace("<title>Streamlit</title>", "<title>Điểm Báo</title>")
    html = html.replace('href="./favicon.png"', f'href="{ICON}"')
    # The font of Streamlit's own theme is not ours.
    html = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*/>', "", html)
    # Until Streamlit has begun to draw, the page is not blank.
    html = html.replace('<div id="root"></div>', f'<div id="root"><p style="{_FIRST}">{_OPENING[language]}</p></div>')
    scripts = "".join(
        f"\n    <script>{each}</script>"
        for each in (_HERE, _STILL_HERE, helping.script(), helping.CUT_OFF, following.SCRIPT)
    )
    html = html.replace("</body>", f"<style>{_style(language)}</style></body>")
    return html.replace("<head>", f"<head>{scripts}", 1)


def _style(language: str) -> str:
    """What Streamlit's theme cannot say: there from the start, and not drawn with each screen. It stands after the
    styles that Streamlit puts in the head, and outdoes them.
    """
    written = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    return written + look.chips() + helping.said(Words(language))


def inline_scripts(language: str) -> tuple[str, ...]:
    """SHA-256 (base64) of every inline script of the page, for the policy; a new Streamlit needs no edit here."""
    return tuple(
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in re.findall(r"<script>(.*?)</script>", first_page(language), flags=re.DOTALL)
    )
