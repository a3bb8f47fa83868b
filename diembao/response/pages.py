"""Where a message leads: an address of the dashboard, which names the province where several are watched."""

from __future__ import annotations

from typing import Final

# The name of the province in an address of the dashboard.
PROVINCE: Final = "tinh"


def page_at(public_url: str, path: str, province: str = "") -> str:
    """``path`` may have parameters; ``province`` is "" where it need not be named. "" where nobody could reach it."""
    if not public_url or not path:
        return ""
    named = f"{'&' if '?' in path else '?'}{PROVINCE}={province}" if province else ""
    return f"{public_url.rstrip('/')}{path}{named}"
