"""Links within the screens that stand in HTML of ours: followed by the page, in the same session.

Streamlit asks for a screen when the reader goes back or forward. The page does just that with a link's address, so that
nothing is loaded anew; opened in another tab, or on a page that runs no scripts, it is a link like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from dashboard import forms

WITHIN: Final = "diembao-within"

SCRIPT: Final = f"""(() => {{
  const other = event => event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  document.addEventListener('click', event => {{
    const link = event.target.closest && event.target.closest('a.{WITHIN}');
    if (!link || event.defaultPrevented || other(event)) return;
    event.preventDefault();
    history.pushState({{}}, '', link.href);
    dispatchEvent(new PopStateEvent('popstate'));
  }});
}})()"""


def link(path: str, address: Mapping[str, str], text: str, *, kind: str, language: str = "") -> str:
    """A link to a screen of ours, as HTML; ``text`` is somebody's own words, in this ``language`` where it is said."""
    to = f"/{path}?{urlencode(address)}" if address else f"/{path}"
    spoken = f' lang="{forms.html(language)}"' if language else ""
    return f'<a class="{WITHIN} {kind}" href="{forms.html(to)}"{spoken}>{forms.html(text)}</a>'
