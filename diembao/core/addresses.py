"""Mail addresses, as a person types them into a setting or a command."""

from __future__ import annotations

import re
from typing import Final

# RFC 5321: 64 octets before the @, 254 in all.
LOCAL_LENGTH, LENGTH = 64, 254
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?P<domain>{_LABEL}(?:\.{_LABEL})*)")


def mail_address(typed: str) -> str:
    """The address alone, its domain in small letters.

    Raises:
        ValueError: it is none, with a sentence that names it. Quoted and non-ASCII ones are refused: not every server
            on the way takes them.
    """
    text = typed.strip()
    found = _ADDRESS.fullmatch(text)
    if found is None or len(text) > LENGTH or len(found["local"]) > LOCAL_LENGTH:
        msg = f"'{text[:LENGTH]}' is no mail address (like truc.ban@example.vn)"
        raise ValueError(msg)
    return f"{found['local']}@{found['domain'].lower()}"
