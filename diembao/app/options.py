"""What commands share: where the data lies, how an answer is printed."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.core.errors import Misconfigured

if TYPE_CHECKING:
    from diembao.core.background import Asks
    from diembao.core.settings import Settings
    from diembao.pipeline.hearing import Hears
    from diembao.pipeline.wiring import Installation

Home = Annotated[
    Path | None, typer.Option("--home", help="Thư mục dữ liệu (mặc định: DIEMBAO_HOME). The folder of all data.")
]
Province = Annotated[
    str, typer.Option("--province", help="Một trong các tỉnh của cài đặt; trống: tỉnh đầu. One of several provinces.")
]
AsJson = Annotated[bool, typer.Option("--json", help="In một đối tượng JSON. Print one JSON object.")]


@contextmanager
def opened(home: Path | None, *, engine: str = "", province: str | None = None) -> Iterator[Installation]:
    """The installation, or as a province sees it ("": the first); with another engine of the index than its own, where
    one is named.

    Raises:
        WrongUse: there is no such province here.
    """
    from diembao.core.logs import load_and_log
    from diembao.pipeline.wiring import open_installation

    settings = load_and_log(home)
    refuse_lost_demo(settings.home)
    chosen = settings.with_engine(engine) if engine else settings
    with open_installation(chosen, asks_of(settings.province)) as house:
        house.hears = hears()
        yield house if province is None else house.of(province or house.watched[0])


def refuse_lost_demo(home: Path) -> None:
    """A home of the demo that has lost its settings would be taken for one of the real catalogue.

    Raises:
        Misconfigured: it is one.
    """
    from diembao.core.settings import FILE

    if (home / FILE).exists():
        return
    from diembao.app.setup import DEMO_FILE

    if (home / DEMO_FILE).exists():
        raise Misconfigured(
            f"{home} đọc tòa soạn trình diễn nhưng mất {FILE}: chạy `diembao up --demo` để viết lại"
            f" ({home} reads the demo and has lost its {FILE}: `diembao up --demo` writes it again)"
        )


def tell_no_contact(settings: Settings) -> None:
    """For whoever starts what asks outlets: they read this name in each request and cannot write to anybody."""
    if not settings.crawl.contact:
        import structlog  # brings Twisted along where that is installed, and `--help` needs neither

        structlog.get_logger().warning(
            "no-contact",
            do=f"điền crawl.contact trong {settings.home / 'diembao.toml'}: các báo không biết liên hệ với ai"
            " (fill in crawl.contact: outlets do not know whom to write to)",
        )


def console_user() -> str:
    """Who is at the command line, as the system calls them; in a container it may know a number alone."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def begun(what: str) -> str:
    """What the books say of a run that somebody begins here: "backfill: lan"."""
    return f"{what}: {console_user()}"


def asks_of(province: str) -> Asks:
    """What the table of rights says of the machine, there."""
    from diembao.api.rights import MACHINE, Act, require_opens

    return lambda act: require_opens(MACHINE, Act(act), province)


def hears() -> Hears:
    """Who may be told by alerts, as the table of rights says."""
    from diembao.api.alerting import hears

    return hears


def print_json(value: Any) -> None:  # noqa: ANN401 (anything that JSON holds)
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
