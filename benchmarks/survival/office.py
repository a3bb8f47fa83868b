"""A small office and one day of its work, in stages that can each be cut off; and what must be there in the end."""

from __future__ import annotations

import json
import mailbox
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine

from diembao.core.alert import Channel, Fate
from diembao.core.article import Labelled
from diembao.core.settings import load
from diembao.pipeline import steps
from diembao.pipeline.preparing import prepare
from diembao.pipeline.verify import verify
from diembao.pipeline.wiring import Installation, open_installation
from diembao.store.record import SqlStore
from tests.crawlers.newsroom import Answer, Newsroom
from tests.crawlers.pages import item, page, rss
from tests.store import dumping
from tests.store.making import article

BY: Final = "storm"
TO: Final = ("a@x.example", "b@y.example")
OLD: Final = "0016"  # the released schema that a migration begins at
# Three events of the province, one elsewhere.
TITLES: Final = (
    "Lũ sông Kôn dâng cao ở Tuy Phước, Gia Lai, nhiều nhà ngập sâu",
    "Nhiều nhà ngập sâu vì lũ sông Kôn dâng cao ở Tuy Phước, Gia Lai",
    "Cảng Quy Nhơn đón chuyến tàu container lớn nhất từ trước đến nay",
    "Nước thải trại heo chảy ra sông ở Tây Sơn, Gia Lai, dân bức xúc",
    "Giá cà phê Đắk Lắk tăng mạnh đầu tuần",
)


# -- the day's stages ------------------------------------------------------------------------------

Stage = Callable[[Installation], object]


def now() -> datetime:
    return datetime.now(UTC)


def crawl(house: Installation) -> None:
    """In this process: the run of a killed one is closed by the next."""
    from crawlers.spider import crawl as collect

    run = house.store.begin_run(now(), by=BY)
    collect(house.settings.crawl, house.crawled, house.store, house.prefilter, run, now, about=house.settings.watched)
    house.store.end_run(run, now())


def report(house: Installation) -> None:
    """The brief of the next Monday, when its hour has passed."""
    prepare(house, monday())


def settle(house: Installation) -> None:
    """The run after the last crash: all of it, to its end."""
    crawl(house)
    for _ in steps.advance_to_end(house, now, BY):
        pass
    report(house)
    _until_done(steps.send, monday)(house)


def monday() -> datetime:
    """The next one, in the morning of Vietnam."""
    found = now() + timedelta(days=7 - now().weekday())
    return found.replace(hour=3, minute=0, second=0, microsecond=0)


def _until_done(step: steps.Step, clock: Callable[[], datetime] = now) -> Stage:
    def stage(house: Installation) -> None:
        while step(house, clock, BY):
            pass

    return stage


STAGES: Final[dict[str, Stage]] = {
    "crawl": crawl,
    "judge": _until_done(steps.judge),
    "group": _until_done(steps.group),
    "index": _until_done(steps.index),
    "alert": _until_done(steps.alert),
    "send": _until_done(steps.send),
    "report": report,
}


# -- its house -------------------------------------------------------------------------------------


def pages(room: Newsroom, articles: int, at: datetime | None = None) -> None:
    """What the one outlet has printed, an hour before ``at`` (now)."""
    told = {f"/bai-{n}": f"{TITLES[n % len(TITLES)]} ({n})" for n in range(articles)}
    date = f"{(at or now()) - timedelta(hours=1):%a, %d %b %Y %H:%M:%S +0000}"
    room.answers["/rss"] = Answer(rss(*(item(path, title, date=date) for path, title in told.items())))
    room.answers |= {path: Answer(page(title)) for path, title in told.items()}


def furnish(home: Path, room: Newsroom, mail: int, url: str) -> None:
    home.mkdir(parents=True)
    outlet = f"- {{id: bao, name: Báo, country: VN, language: vi, fetch: all, home: '{room.url('/')}',"
    (home / "catalogue.yaml").write_text(f"{outlet} feeds: ['{room.url('/rss')}']}}\n", encoding="utf-8")
    to = ", ".join(f'"{each}"' for each in TO)
    (home / "diembao.toml").write_text(
        '[crawl]\ncontact = "x@example.org"\ncatalogue = "catalogue.yaml"\ndelay = 0\n'
        f'allow_private = ["{room.host}"]\n[discovery]\ninterval = 0\n[classifier]\nencoder = "none"\n'
        f'[mail]\nhost = "127.0.0.1"\nport = {mail}\nsecurity = "none"\nfrom = "diembao@office.example"\n'
        f'per_minute = 100000\n[store]\nurl = "{url}"\n'
        f'[[alerts]]\nname = "Về tỉnh"\nquery = "liên_quan:yes"\nto = [{to}]\n',
        encoding="utf-8",
    )


def opened(home: Path, warm: Installation | None = None) -> Installation:
    """``warm`` has taggers and profiles read already: what they are is no question of a storm."""
    house = open_installation(load(home))
    for name in ("taggers", "prefilter", "grouper") if warm else ():
        house.__dict__[name] = warm.__dict__[name]
    if warm:
        house._judging = warm._judging  # noqa: SLF001 (what the taggers were made from)
    return house


def warmed(home: Path) -> Installation:
    """What every life would read again, and has been used once; no database, no index."""
    house = open_installation(load(home))
    house.prefilter.may_be_about(TITLES[0], "")
    made = article("a", title=TITLES[0])
    steps.judged_labels(Labelled(made), house.taggers)
    house.grouper.group([made])
    return house


# -- what is there in the end -----------------------------------------------------------------------


def weighed(house: Installation) -> dict[str, Any]:
    """``told``: what must not depend on how often it was cut off. ``wrong``: what must be empty."""
    store, looked = house.store, verify(house)
    items = store.articles(sorted(store.article_ids()))
    deliveries = store.deliveries(limit=1000)
    labels = {
        each.article.url: [
            each.article.title,
            *sorted(f"{x.kind} {x.key} {x.about} {x.score:.4f}" for x in each.labels),
        ]
        for each in items
    }
    sent = sorted(f"{each.name} {each.to.channel}:{each.to.address}" for each in deliveries)
    unsettled = [f"{each.name}: {each.fate}" for each in deliveries if each.fate is not Fate.SENT]
    wrong = [*store.faults(), *map(str, store.unbalanced_runs()), *unsettled]
    wrong += [] if looked.same and not looked.waiting and house.index.size() == len(items) else [str(looked)]
    carried = sum(each.to.channel in {Channel.MAIL, Channel.FOLDER} for each in deliveries)
    return {"told": {"labels": labels, "sent": sent}, "wrong": wrong, "carried": carried}


def in_folder(home: Path) -> list[str]:
    """Message-IDs in the alert folder."""
    if not (home / "alerts").exists():
        return []
    with closing(mailbox.Maildir(home / "alerts", create=False)) as box:
        return [str(each["Message-ID"]) for each in box]


# -- a record of an earlier version -----------------------------------------------------------------


def older(url: str) -> None:
    """Make the record of a released version there, with the rows of its dump."""
    from tests.store.test_older import of_version

    of_version(url, OLD)
    engine = create_engine(url)
    with engine.begin() as connection:
        dumping.load(connection, json.loads((dumping.FOLDER / f"{OLD}.json").read_text(encoding="utf-8")))
    engine.dispose()


def migrate(url: str) -> None:
    SqlStore(url).close()


def migrated(url: str) -> dict[str, int]:
    """How many rows each table has; it is up to date, or this raises."""
    migrate(url)
    engine = create_engine(url)
    with engine.connect() as connection:
        found = dict(_sizes(connection))
    engine.dispose()
    return found


def _sizes(connection: Any) -> Iterator[tuple[str, int]]:  # noqa: ANN401 (SQLAlchemy's)
    for table in dumping.tables_of(connection):
        yield table.name, len(dumping.rows_of(connection, table))
