"""`diembao doctor`: is this machine fit for the program, and does all that it asks answer?

Nothing is made or changed: a record of an older version stays as it is, no mail is sent, no outlet is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from diembao.app.options import AsJson, Home, print_json
from diembao.core.errors import DiembaoError, Misconfigured, Retry

if TYPE_CHECKING:
    from diembao.app.checkup.finding import Check, Finding
    from diembao.core.settings import Settings
    from diembao.store.looking import Looked

# Exit code where something is bad.
BAD: Final = 1
# What is wrong where one of these meets an error, and what to do about it.
_PROVINCE: Final = (
    ("không mở được hồ sơ của tỉnh", "the profile of the province cannot be opened"),
    (
        "sửa province trong diembao.toml hay DIEMBAO_PROVINCE; tỉnh mới: `diembao plan begin` (docs/new-province.md)",
        "mend province in diembao.toml or DIEMBAO_PROVINCE; a new one: `diembao plan begin` (docs/new-province.md)",
    ),
)
_INDEX: Final = (
    ("không hỏi được chỉ mục", "the index cannot be asked"),
    ("sửa [index] trong diembao.toml (docs/elasticsearch.md)", "mend [index] in diembao.toml (docs/elasticsearch.md)"),
)
_MODEL: Final = (
    ("không đọc được mô hình", "the model cannot be read"),
    ("sửa classifier.encoder trong diembao.toml", "mend classifier.encoder in diembao.toml"),
)
_OUTLETS: Final = (
    ("không đọc được danh mục nguồn tin", "the catalogue of outlets cannot be read"),
    ("sửa crawl.catalogue hay tệp mà câu trên nói (docs/outlets.md)", "mend crawl.catalogue or the file that is named"),
)
_SIGNS: Final = {"good": "tốt", "look": "nên xem", "bad": "HỎNG"}


def doctor(home: Home = None, as_json: AsJson = False) -> None:
    """Khám máy: ổ đĩa, giờ, tên miền, thư, kho, chỉ mục, mô hình. Is this machine fit, and what to do.

    Exit code 0: nothing is bad (some may be worth a look); 1: something is.
    """
    from diembao.core.settings import default_home

    found = []
    with ExitStack() as stack:
        for each in findings((home or default_home()).resolve(), datetime.now(UTC), stack):
            found.append(each)
            if not as_json:
                _tell(each)
    if as_json:
        print_json({"checks": [_as_json(each) for each in found], "bad": sum(x.state == "bad" for x in found)})
    if any(each.state == "bad" for each in found):
        raise typer.Exit(BAD)


def findings(home: Path, now: datetime, stack: ExitStack) -> Iterator[Finding]:
    """What is opened is closed with ``stack``."""
    from diembao.app.checkup import doors, machine
    from diembao.app.checkup.finding import Check, run

    settings = _settings(home)
    looked = _looked(settings)
    newest = None if isinstance(looked, DiembaoError) else looked.newest
    checks = [
        Check("python", machine.python),
        Check("settings", lambda: doors.settings(home, settings)),
        Check("home", lambda: machine.home(home)),
        Check("disk", lambda: machine.disk(home)),
        Check("memory", machine.memory),
        Check("open-files", machine.files_limit),
        Check("clock", lambda: machine.clock(now, newest)),
        Check("record", lambda: _record(settings, _or_raise(looked)), *_of_a_record(looked)),
        *_of_the_house(settings, looked, stack, now),
        *_of_the_settings(settings),
        Check("fonts", machine.fonts),
        Check("libreoffice", machine.office),
    ]
    yield from run(checks)


def _settings(home: Path) -> Settings | DiembaoError:
    from diembao.core.settings import load

    try:
        return load(home)
    except DiembaoError as error:
        return error


def _looked(settings: Settings | DiembaoError) -> Looked | DiembaoError:
    from diembao.store.looking import look

    if isinstance(settings, DiembaoError):
        return settings
    try:
        return look(settings.store_url)
    except DiembaoError as error:
        return error
    except OSError as error:  # a folder that may not be entered
        return Misconfigured(str(error))


def _record(settings: Settings | DiembaoError, looked: Looked) -> Finding:
    from diembao.app.checkup import doors

    if isinstance(settings, DiembaoError):
        raise settings
    return doors.record(looked, settings.store_url)


def _or_raise(looked: Looked | DiembaoError) -> Looked:
    if isinstance(looked, DiembaoError):
        raise looked
    return looked


def _of_a_record(looked: Looked | DiembaoError) -> tuple[tuple[str, str], tuple[str, str]]:
    """What is wrong where it could not be looked at, and what to do."""
    if isinstance(looked, Retry):
        return ("không hỏi được kho", "the record cannot be asked"), (
            "xem máy chủ dữ liệu có chạy không; tên máy, cổng, mật khẩu trong store.url; tường lửa",
            "see whether its server runs; host, port and password in store.url; the firewall",
        )
    return ("không mở được kho", "the record cannot be opened"), (
        "sửa store.url (DIEMBAO_STORE__URL) hay quyền của người dùng",
        "mend store.url (DIEMBAO_STORE__URL) or its user's rights",
    )


def _of_the_house(
    settings: Settings | DiembaoError, looked: Looked | DiembaoError, stack: ExitStack, now: datetime
) -> list[Check]:
    """Only where the record is of this version: opening it would make one, or bring it up."""
    from diembao.app.checkup import doors
    from diembao.app.checkup.finding import Check
    from diembao.pipeline.wiring import open_installation

    if isinstance(settings, DiembaoError) or isinstance(looked, DiembaoError) or not (looked.current and looked.whole):
        return []
    try:
        house = stack.enter_context(open_installation(settings))
        house.store.head()  # opened once, before several threads ask for it
    except DiembaoError as error:
        return [_unopened("province", error, *_PROVINCE)]
    return [
        Check("province", lambda: doors.province(house), *_PROVINCE),
        Check("index", lambda: doors.index(house), *_INDEX),
        Check("model", lambda: doors.model(house), *_MODEL),
        Check("worker", lambda: doors.worker(house, now)),
        *([Check("facts", lambda: doors.facts(house, now))] if settings.facts.feeds else ()),
        *([Check("crawl", lambda: doors.crawler(house, now))] if house.settings.shared else ()),
    ]


def _unopened(name: str, error: DiembaoError, wrong: tuple[str, str], do: tuple[str, str]) -> Check:
    """A line for what the others cannot be looked at without."""
    from diembao.app.checkup.finding import Check

    def look() -> Finding:
        raise error

    return Check(name, look, wrong, do)


def _of_the_settings(settings: Settings | DiembaoError) -> list[Check]:
    from crawlers.catalogue import load as catalogue
    from diembao.app.checkup import doors, machine
    from diembao.app.checkup.finding import Check

    if isinstance(settings, DiembaoError):
        return []
    named = settings.crawl.catalogue
    mail = Check("smtp", lambda: doors.mail(settings))
    try:
        outlets = catalogue(settings.home / Path(named).expanduser() if named else None)
    except DiembaoError as error:
        return [_unopened("outlets", error, *_OUTLETS), mail]
    chosen = [each for each in outlets.values() if not settings.crawl.outlets or each.id in settings.crawl.outlets]
    zones = ["Asia/Ho_Chi_Minh", *(each.timezone for each in outlets.values())]
    sources = [source for each in chosen for source in each.sources[:1]]
    return [
        Check("time-zones", lambda: machine.time_zones(zones)),
        Check("dns", lambda: doors.names(settings, sources)),
        mail,
    ]


def _tell(each: Finding) -> None:
    typer.echo(f"{_SIGNS[each.state]:<8} {each.name:<12} {each.says[0]}")
    if each.do[0]:
        typer.echo(f"{'':<21} → {each.do[0]}")


def _as_json(each: Finding) -> dict[str, Any]:
    return {
        "name": each.name,
        "state": each.state,
        "says": each.says[0],
        "says_en": each.says[1],
        "do": each.do[0],
        "do_en": each.do[1],
    }
