"""The office's own way out, where there is one (`crawl.proxy`): an HTTP proxy, by tunnel for https.

Names are looked up and checked here all the same; the proxy then looks them up again by itself. What it may reach is
for whoever runs it to bound.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Proxy:
    """``address`` has no password in it: that goes into ``headers``."""

    address: str
    host: str
    port: int
    headers: Mapping[str, str] = field(default_factory=dict)


def proxy_of(setting: str) -> Proxy | None:
    """None: there is none."""
    if not setting:
        return None
    parts = urlsplit(setting)
    host, port = parts.hostname or "", parts.port or 80
    named = f"[{host}]" if ":" in host else host
    headers = {}
    if parts.username is not None:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Proxy-Authorization"] = f"Basic {base64.b64encode(login.encode()).decode()}"
    return Proxy(f"http://{named}:{port}", host, port, headers)
