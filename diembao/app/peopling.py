"""The first start: who may listen where, and the link that makes the first administrator."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from diembao.app.setup import read_demo
from diembao.core.accounts import CONSOLE
from diembao.core.errors import Misconfigured

if TYPE_CHECKING:
    from diembao.core.settings import Settings
    from diembao.pipeline.wiring import Installation

# A file of the home, as long as its pages are served.
PORT: Final = "web.port"
ANSWERS: Final = 2.0  # seconds in which a machine takes a connection to itself, however busy


def check_host(house: Installation) -> None:
    """Other machines may come in once somebody administers; to a demo, where a button lets anybody in, never.

    Raises:
        Misconfigured: not as it stands.
    """
    from diembao.api.door import is_loopback

    host = house.settings.web.host
    if is_loopback(host):
        return
    if read_demo(house.settings.home) is not None:
        msg = (
            f"bản chạy thử chỉ mở trên máy này, không ở '{host}'; dùng 127.0.0.1"
            f" (the demo is for this machine only, not for '{host}'; use 127.0.0.1)"
        )
        raise Misconfigured(msg)
    named = any(
        text.partition("@")[0] == "administrator" for roles in house.settings.oidc.roles.values() for text in roles
    )
    if not house.store.administrators() and not named:
        msg = (
            f"'{host}' sẽ mở trang này cho máy khác khi chưa có tài khoản quản trị nào đặt mật khẩu; chạy trước:"
            f" diembao accounts add TÊN --role administrator --password (on '{host}' other machines would reach the"
            " dashboard while no administrator has a password; run first: diembao accounts add NAME"
            " --role administrator --password)"
        )
        raise Misconfigured(msg)


def address_of(settings: Settings, port: int) -> str:
    """Where a reader at this machine opens it."""
    host = settings.web.host.strip("[]")
    if host in {"0.0.0.0", "::"}:  # noqa: S104 (compared)
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def open_at(home: Path, port: int) -> Iterator[None]:
    """Within it, commands on this home know the port of its pages; where several serve them, that of the last."""
    path = home / PORT
    with suppress(OSError):  # a home that cannot be written: links then have the port of the settings
        path.write_text(str(port), encoding="utf-8")
    try:
        yield
    finally:
        if _port(home) == port:
            with suppress(OSError):
                path.unlink()


def port_of(settings: Settings) -> int:
    """Where its pages are now; where nobody serves them, where they will be."""
    port = _port(settings.home)
    return port if port and _listens(address_of(settings, port)) else settings.web.port


def _listens(address: str) -> bool:
    """A process that was killed leaves its file behind."""
    try:
        at = urlsplit(address)
        with socket.create_connection((at.hostname or "", at.port or 0), ANSWERS):
            return True
    except (OSError, ValueError):  # nobody, or no port at all
        return False


def _port(home: Path) -> int | None:
    with suppress(OSError, ValueError):
        return int((home / PORT).read_text(encoding="utf-8"))
    return None


def first_link(house: Installation, port: int) -> str:
    """The one-time link for the first administrator; empty where somebody administers, or the office's own provider
    says who does.
    """
    from diembao.api.door import open_door, utc_now

    if house.store.administrators():
        return ""
    accounts = open_door(house.store, house.settings, house.profile.id).accounts
    token = accounts.first_link(by=CONSOLE, now=utc_now())
    return f"{address_of(house.settings, port)}/lan-dau?ma={quote(token)}"


def tell_first_link(settings: Settings) -> Callable[[int], None]:
    """For a server that was started alone: says its address, and the link where one is needed."""
    import typer

    from diembao.pipeline.wiring import open_installation

    def telling(port: int) -> None:
        typer.echo(f"Điểm Báo: {address_of(settings, port)}", err=True)
        if read_demo(settings.home) is not None:
            return
        with open_installation(settings) as house:
            link = first_link(house, port)
        if link:
            typer.echo(f"Chưa có tài khoản. Mở liên kết này một lần để tạo người quản trị: {link}", err=True)

    return telling
