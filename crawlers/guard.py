"""Which addresses may be connected to: public ones, on the web's own ports.

A catalogue, a feed or a redirect must not lead us into the network we stand in. A name is looked up once in a
run; what the lookup gave is checked, and the connection goes to exactly these addresses (`PinnedResolver`): a
name server cannot answer differently between check and connection. Exceptions are exact `host:port` pairs from
`crawl.allow_private`.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Callable, Collection, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

import idna

from crawlers.identity import DEFAULT_PORTS, host_port
from crawlers.proxy import Proxy
from diembao.core.errors import Refused, Retry

PORTS = frozenset((80, 443, 8080, 8443))
LOOKUP_TIME = 10.0  # seconds for a name server; a good one needs a tenth

Lookup = Callable[[str, int], Sequence[str]]

_UNICAST = ipaddress.ip_network("2000::/3")  # all that is given out in IPv6; no mapped, local or NAT64 address is in it
# A name whose last part is a number is an address to a browser, never a name: one of four plain decimals, or one in
# another form, which nobody writes who means an address outside.
_NUMBERS = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)", re.DOTALL)
_OWN = (".localhost", ".localdomain", ".local", ".internal", ".lan", ".home.arpa")
# Global by their numbers, yet inside: NAT64's local range, tunnels that wrap any IPv4 address, a cloud's own services.
_NEVER = tuple(
    ipaddress.ip_network(net)
    for net in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "168.63.129.16/32",
        "192.88.99.0/24",
        "192.0.0.0/24",
    )
)


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a host as the system knows them, IPv4 first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in sorted(found, key=lambda each: each[0] != socket.AF_INET)]
    return tuple(dict.fromkeys(addresses))


def is_public(address: str) -> bool:
    """Reachable from anywhere, and neither inside, nor shared, nor many."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:  # also an IPv6 address with a zone: link-local
        return False
    if found.version == 6 and found not in _UNICAST:
        return False
    if any(found.version == net.version and found in net for net in _NEVER):
        return False
    return found.is_global and not found.is_multicast


def is_inside(host: str) -> bool:
    """By its name alone, without asking anybody: an address that is not public, in whatever form a browser takes one
    (`0x7f.1`, full-width digits), or a name that only a network of one's own knows.
    """
    name = _as_browsers_read(host).strip("[]").rstrip(".")
    if ":" in name or _NUMBERS.fullmatch(name):
        return not is_public(name)
    return "." not in name or name.endswith(_OWN)


def _as_browsers_read(host: str) -> str:
    try:
        return idna.uts46_remap(unquote(host), std3_rules=False).lower()
    except idna.IDNAError:  # a sign that no name has: browsers do not go there
        return host.lower()


class Guard:
    """Admits addresses of one run. ``allowed`` are `host:port` pairs that may be private."""

    def __init__(self, allowed: Collection[str], lookup: Lookup = look_up) -> None:
        self._allowed = frozenset(pair.strip().lower() for pair in allowed)
        self._lookup = lookup
        self._pinned: dict[tuple[str, int], tuple[str, ...]] = {}

    async def admit(self, url: str) -> None:
        """Look the host up and check it.

        Raises:
            Refused: "address", for a scheme, port or address that we do not go to.
            Retry: the name could not be looked up.
        """
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
        allowed = host_port(url) in self._allowed
        if parts.scheme not in DEFAULT_PORTS or not host or (port not in PORTS and not allowed):
            raise Refused("address", f"not a scheme and port of the web: {url[:200]}")
        if (_ascii(host), port) not in self._pinned:
            found = await self._addresses(host, port)
            self._pinned[_ascii(host), port] = found if allowed else tuple(filter(is_public, found))
        if not self._pinned[_ascii(host), port]:
            raise Refused("address", f"{host} is no public address")

    def pinned(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses that were checked; none for a host that was not admitted."""
        return self._pinned.get((_ascii(host), port), ())

    async def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        try:
            async with asyncio.timeout(LOOKUP_TIME):
                return tuple(await asyncio.to_thread(self._lookup, host, port))
        except (OSError, UnicodeError, TimeoutError) as error:
            raise Retry("dns") from error


class PinnedResolver:
    """Twisted's name resolver for this run: it knows only what the guard has let through.

    The parameters are those of its interface IHostnameResolver; what they are is not typed to us.
    """

    def __init__(self, guard: Guard, proxy: Proxy | None = None) -> None:
        self._guard = guard
        self._proxy = proxy

    def resolveHostName(  # noqa: N802 (the name is Twisted's)
        self,
        resolutionReceiver: Any,  # noqa: ANN401, N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: object = None,  # noqa: ARG002, N803
        transportSemantics: str = "TCP",  # noqa: ARG002, N803
    ) -> object:
        from scrapy.resolver import HostResolution

        resolution = HostResolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        for address in self._addresses(hostName, portNumber):
            resolutionReceiver.addressResolved(_twisted_address(address, portNumber))
        resolutionReceiver.resolutionComplete()
        return resolution

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        """Those of the proxy are the setting's word; it is the one name that is looked up right here."""
        if self._proxy and (host, port) == (self._proxy.host, self._proxy.port):
            try:
                return look_up(host, port)
            except OSError:  # the connection fails as one to a name that is not known
                return ()
        return self._guard.pinned(host, port)

    def install(self) -> None:
        """Make it the reactor's only one."""
        from twisted.internet import reactor
        from twisted.internet.interfaces import IHostnameResolver
        from zope.interface import directlyProvides  # type: ignore[import-untyped]  # it publishes no types

        directlyProvides(self, IHostnameResolver)
        reactor.installNameResolver(self)


def _twisted_address(address: str, port: int) -> Any:  # noqa: ANN401 (one of two classes without a common one)
    from twisted.internet.address import IPv4Address, IPv6Address

    kind = IPv6Address if ":" in address else IPv4Address
    return kind("TCP", address, port)


def _ascii(host: str) -> str:
    """One spelling of a name: Twisted hands back what a URL has in Punycode as Unicode."""
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host
