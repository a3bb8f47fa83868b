from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from crawlers.guard import Guard, Lookup, PinnedResolver, is_inside, is_public
from diembao.core.errors import Refused, Retry


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "103.28.36.1", "2606:4700::1111"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "198.18.0.1"),  # noqa: S104
        *("169.254.169.254", "168.63.129.16", "100.100.100.200", "fd00:ec2::254", "192.0.0.8"),
        *("224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "ff02::1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::7f00:1"),
        *("64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:7f00:1::1", "2001:0:1::1", "2001:db8::1", "không"),
    ],
)
def test_inside_shared_tunnelled_and_unusable_addresses_are_not(address: str) -> None:
    assert not is_public(address)


NUMBERS = ["127.1", "0x7f.1", "0X7F.1", "0177.0.0.1", "2130706433", "0x7f000001", "127.0.0.0x1", "0x7f.0x0.0x0.0x1"]


@pytest.mark.parametrize(
    "host",
    [
        *NUMBERS,
        *(f"{number}." for number in NUMBERS),
        *("0x", "0x7f.", "10.1", "0xa9fea9fe", "0xc0.0xa8.1", "1.2.3.256", "1.2.3.4.5", "bao.vn.1", "127.0.0.1..", ""),
        *("127%2e0%2e0%2e1", "%31%32%37.1", "127。0．0｡1", "１２７.1", "①②⑦.1", "127.0.0.\u00ad1", "127.0.\u200b0.1"),
        *("[::1]", "::ffff:10.0.0.1", "::ffff:a00:1", "fe80::1%25eth0", "64:ff9b::7f00:1", "localhost", "LocalHost."),
        *("ｌocalhost", "may-chu", "a.localhost", "localhost.localdomain", "in.office.lan", "printer.local"),
    ],
)
def test_an_inside_host_is_known_in_every_form_that_browsers_take(host: str) -> None:
    assert is_inside(host)


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "8.8.8.8.", "[2606:4700::1111]", "báo.vn", "1.vn", "0x7f.vn", "7-eleven.vn", "x.0xg", "b_1.vn"]
)
def test_an_outside_host_is_none(host: str) -> None:
    assert not is_inside(host)


@pytest.mark.parametrize("host", [*NUMBERS, "１２７.0.0.1", "127。0.0.1", "[::ffff:127.0.0.1]", "localhost"])
def test_no_form_of_an_inside_address_is_connected_to(host: str) -> None:
    """As the machine's own names give it."""
    guard = Guard(())
    with pytest.raises((Refused, Retry)):
        admit(guard, f"http://{host}/")
    assert connections(guard, host.strip("[]").lower(), 80) == []


def always(*addresses: str) -> Lookup:
    def names(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return names


def admit(guard: Guard, *urls: str) -> None:
    async def all_of_them() -> None:
        for url in urls:
            await guard.admit(url)

    asyncio.run(all_of_them())


class Names:
    """A name server whose answers change with every question."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)

    def __call__(self, host: str, port: int) -> Sequence[str]:
        return self.answers.pop(0)


def test_a_connection_goes_to_the_address_that_was_checked_whatever_the_name_server_says_next() -> None:
    guard = Guard((), Names(["8.8.8.8", "10.0.0.1"], ["127.0.0.1"]))
    admit(guard, "https://bao.vn/a", "https://bao.vn/b")
    assert guard.pinned("bao.vn", 443) == ("8.8.8.8",)
    assert connections(guard, "bao.vn", 443) == [("8.8.8.8", 443)]
    assert connections(guard, "bao.vn", 22) == []
    assert connections(guard, "khac.vn", 443) == []


def connections(guard: Guard, host: str, port: int) -> list[tuple[str, int]]:
    """Where Twisted would connect to."""
    found: list[tuple[str, int]] = []

    class Receiver:
        def resolutionBegan(self, resolution: object) -> None:  # noqa: N802
            """Twisted calls these three."""

        def addressResolved(self, address: object) -> None:  # noqa: N802
            found.append((address.host, address.port))  # type: ignore[attr-defined]  # one of two classes

        def resolutionComplete(self) -> None:  # noqa: N802
            pass

    PinnedResolver(guard).resolveHostName(Receiver(), host, port)
    return found


@pytest.mark.parametrize(
    "url",
    ["https://bao.vn/", "http://127.0.0.1/", "http://localhost:8080/", "http://2130706433/", "http://[::1]/"],
)
def test_a_name_for_the_inside_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        admit(Guard((), always("127.0.0.1", "::1")), url)
    assert refused.value.reason == "address"


@pytest.mark.parametrize("url", ["https://bao.vn:22/", "https://bao.vn:6379/", "gopher://bao.vn/", "https:///a"])
def test_other_ports_and_schemes_are_refused(url: str) -> None:
    with pytest.raises(Refused):
        admit(Guard((), always("8.8.8.8")), url)


def test_an_exception_is_for_exactly_one_host_and_port() -> None:
    guard = Guard(("127.0.0.1:9000",), lambda host, _: [host])
    admit(guard, "http://127.0.0.1:9000/a")
    assert guard.pinned("127.0.0.1", 9000) == ("127.0.0.1",)
    for url in ("http://127.0.0.1:9001/", "http://127.0.0.1/", "http://127.0.0.2:9000/"):
        with pytest.raises(Refused):
            admit(guard, url)


def test_a_name_that_is_not_found_may_be_found_later() -> None:
    def silent(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    with pytest.raises(Retry, match="dns"):
        admit(Guard((), silent), "https://bao.vn/")


def test_a_name_with_marks_is_found_by_both_of_its_spellings() -> None:
    guard = Guard((), always("8.8.8.8"))
    admit(guard, "https://xn--bo-mia.vn/")
    assert guard.pinned("báo.vn", 443) == ("8.8.8.8",)
