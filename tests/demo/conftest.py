from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from demo.expected import expected
from demo.newsroom import Newsroom, ports_needed, serve

START = datetime(2026, 11, 21, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SEED = 7


class Clock:
    """A clock that tests set: minutes after START."""

    def __init__(self) -> None:
        self.minutes = 0.0

    def __call__(self) -> datetime:
        return START + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


Get = Callable[..., Reply]


def free_ports(count: int) -> int:
    """The first of `count` ports in a row that can be bound now."""
    for first in range(18200, 60000, count):
        if all(_free(port) for port in range(first, first + count)):
            return first
    raise OSError("no free ports in a row")


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@pytest.fixture(scope="session")
def _clock() -> Clock:
    return Clock()


@pytest.fixture
def clock(_clock: Clock) -> Clock:
    _clock.minutes = 0
    return _clock


@pytest.fixture(scope="session")
def room(_clock: Clock) -> Iterator[Newsroom]:
    with serve(free_ports(ports_needed()), seed=SEED, start=START, clock=_clock) as opened:
        yield opened


@pytest.fixture
def get(room: Newsroom, clock: Clock) -> Get:
    def fetch(outlet: str, path: str, *, method: str = "GET", **headers: str) -> Reply:
        address = urlsplit(room.outlets[outlet] + path)
        connection = HTTPConnection(address.netloc, timeout=10)
        try:
            target = address.path + (f"?{address.query}" if address.query else "")
            connection.request(method, target, headers={name.replace("_", "-"): x for name, x in headers.items()})
            response = connection.getresponse()
            return Reply(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    return fetch


def article(clock: Clock, **wanted: str) -> dict[str, Any]:
    found = expected(seed=SEED, start=START, clock=clock)["articles"]
    return next(x for x in found if all(x[name] == value for name, value in wanted.items()))


def links(feed: bytes) -> list[str]:
    tree = etree.fromstring(feed)
    found = [part.find("{*}link") for part in tree.iter("{*}item", "{*}entry")]
    return [link.get("href") or link.text or "" for link in found if link is not None]


def path_of(link: str) -> str:
    return re.sub(r"^http://[^/]+", "", link)
