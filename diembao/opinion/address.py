"""Where questions go: inside the office by default, outside only where a setting says so.

The endpoint's name is looked up before each question, all it leads to is checked, and the connection goes to exactly
one of these addresses: a name server cannot answer differently between check and connection.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from diembao.core.errors import Misconfigured, Retry

# Loopback, the networks that RFC 1918 and RFC 4193 keep for one's own; nothing shared, nothing of a cloud's host.
_PRIVATE: Final = tuple(
    ipaddress.ip_network(each)
    for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)
PORTS: Final = {"http": 80, "https": 443}

Lookup = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """``address`` is the one to connect to; ``outside``: it is not private."""

    scheme: str
    host: str
    port: int
    path: str
    address: str
    outside: bool

    def url(self, tail: str) -> str:
        """With the address in place of the name."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"{self.scheme}://{host}:{self.port}{self.path}{tail}"

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def look_up(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def is_private(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:  # with a zone, for one
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return any(mapped.version == net.version and mapped in net for net in _PRIVATE)


def place(url: str, *, outside: bool, lookup: Lookup = look_up) -> Place:
    """Raises:
    Retry: the name cannot be looked up. Misconfigured: it leads out of the house, and no setting allows it.
    """
    parts = urlsplit(url)
    host, port = _in_ascii(parts.hostname or ""), parts.port or PORTS[parts.scheme]
    try:
        addresses = lookup(host, port)
    except OSError as error:
        raise Retry(f"không tìm thấy máy chủ {host} (the host {host} cannot be looked up)") from error
    leaving = [each for each in addresses if not is_private(each)]
    if leaving and not outside:
        raise Misconfigured(
            f"opinion.url: {host} ({leaving[0]}) không phải địa chỉ nội bộ; muốn gửi bài ra ngoài thì đặt"
            f" opinion.outside = true (opinion.url: {host} is not a private address; nothing leaves for it"
            " unless opinion.outside = true)"
        )
    if leaving and parts.scheme != "https":
        raise Misconfigured(f"opinion.url: {host} ở ngoài thì phải là https (outside of the house it must be https)")
    if not addresses:
        raise Retry(f"không tìm thấy máy chủ {host} (the host {host} cannot be looked up)")
    return Place(parts.scheme, host, port, parts.path.rstrip("/"), (leaving or list(addresses))[0], bool(leaving))


def _in_ascii(host: str) -> str:
    """A name as name servers know it (RFC 3490): máy.vn is xn--my-lia.vn.

    Raises:
        Misconfigured: no host can have this name.
    """
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Misconfigured(f"opinion.url: không máy nào tên “{host[:80]}” được (no host can be named so)") from error
