"""Databases of earlier versions: what was in them is there after they were brought up to date."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from diembao.core.alert import FOLDER, News
from diembao.core.statement import Wording
from diembao.core.subscription import Rhythm
from diembao.store import schema
from diembao.store.record import SqlStore
from tests.store import dumping
from tests.store.contract_outbox import A, B
from tests.store.making import NOW

pytestmark = pytest.mark.usefixtures("migrated_tables")


def of_version(at: Path | str, version: str) -> None:
    """Make the tables of this version there: in a file, or at an address."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    url = at if isinstance(at, str) else f"sqlite:///{at}"
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(exist_ok=True)
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    engine.dispose()


def test_alerts_queued_before_there_was_mail_go_into_the_folder_and_sent_ones_stay_sent(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    of_version(path, "0001")
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "INSERT INTO articles (number, id, url, outlet, language, text_from, published_from, seen_at, sorted_at,"
            " stored_at, revision, twin) VALUES (1, 'a', '', 'x', 'vi', 'page', 'none', ?, ?, ?, 1, '')",
            ["2026-11-20 08:00:00.000000"] * 3,
        )
        for n, sent in ((1, None), (2, "2026-11-20 08:00:00.000000")):
            old.execute(
                "INSERT INTO alerts (id, subscription, story, article_id, title, url, outlet, why, at, sent_at)"
                " VALUES (?, 'Cảng', ?, 'a', 'Tin', 'https://x.example', 'x', '', '2026-11-20 08:00:00.000000', ?)",
                (n, f"story {n}", sent),
            )
        old.commit()
    with closing(SqlStore(f"sqlite:///{path}")) as store:
        (parcel,) = store.take_parcels(worker="w", now=NOW, storm=20)
        assert ([x.story for x in parcel.alerts], parcel.to) == (["story 1"], FOLDER)
        assert [x.sent_at for x in store.alerts_since(NOW)] == [NOW, None]


def test_a_statement_from_before_titles_is_there_without_one_and_its_claim_begins_with_its_revision(
    tmp_path: Path,
) -> None:
    path, at = tmp_path / "a.db", "2026-11-20 08:00:00.000000"
    of_version(path, "0024")
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "INSERT INTO articles (number, id, url, outlet, language, text_from, published_from, seen_at, sorted_at,"
            " stored_at, revision, twin) VALUES (1, 'a', '', 'x', 'vi', 'page', 'none', ?, ?, ?, 1, '')",
            [at] * 3,
        )
        old.execute(
            "INSERT INTO cases (number, province, year, serial, title, unit, themes, helping, task, priority, state,"
            " ended, reason, holder, opened_at, opened_by, changed_at, version) VALUES ('VV-2026-0001', 'gia-lai',"
            " 2026, 1, 'Vụ cũ', 'so-y-te', '', '', '', 'normal', 'issued', 0, '', '', ?, 'person:1', ?, 1)",
            [at] * 2,
        )
        old.execute(
            'INSERT INTO case_drafts ("case", version, by, at, text, form, speaker, others)'
            " VALUES ('VV-2026-0001', 1, 'person:1', ?, 'Trả lời.', 'written', 'Giám đốc', '{\"en\": \"Answer.\"}')",
            [at],
        )
        old.execute(
            'INSERT INTO case_claims ("case", number, quote, article_id, revision, url, response, by, at, verdict,'
            " why, marked_by) VALUES ('VV-2026-0001', 1, 'Câu', 'a', 2, '', '', 'person:1', ?, '', '', '')",
            [at],
        )
        old.commit()
    with closing(SqlStore(f"sqlite:///{path}")) as store:
        found = store.case_file("VV-2026-0001")
        assert found is not None
        assert found.draft is not None
        assert found.draft.wording == Wording("Trả lời.", "written", "Giám đốc", {"en": "Answer."})
        assert [(claim.first, claim.revision) for claim in found.claims] == [(2, 2)]


def test_subscriptions_and_what_waits_for_them_are_there_after_they_got_channels(tmp_path: Path) -> None:
    path, at = tmp_path / "a.db", "2026-11-20 08:00:00.000000"
    of_version(path, "0020")
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "INSERT INTO articles (number, id, url, outlet, language, text_from, published_from, seen_at, sorted_at,"
            " stored_at, revision, twin) VALUES (1, 'a', '', 'x', 'vi', 'page', 'none', ?, ?, ?, 1, '')",
            [at] * 3,
        )
        asked = "INSERT INTO subscriptions (province, name, query, addresses, at) VALUES ('gia-lai', ?, 'cảng', ?, ?)"
        old.execute(asked, ("Cảng", f"{A.address} {B.address}", at))
        old.execute(asked, ("Thư mục", "", at))
        old.execute(
            "INSERT INTO alerts (id, province, subscription, story, article_id, title, url, outlet, why, at, sentence)"
            " VALUES (7, 'gia-lai', 'Cảng', 'story', 'a', 'Tin', 'https://x.example', 'x', '', ?, '')",
            [at],
        )
        old.execute(
            "INSERT INTO outbox (id, alert_id, channel, address, state, attempts, not_before, error)"
            " VALUES (3, 7, 'mail', ?, 'waiting', 2, ?, 'busy')",
            (A.address, at),
        )
        old.commit()
    with closing(SqlStore(f"sqlite:///{path}")) as store:
        assert [(x.name, x.query, x.to, x.rhythm, x.province) for x in store.subscriptions()] == [
            ("Cảng", "cảng", (A, B), Rhythm.INSTANT, "gia-lai"),
            ("Thư mục", "cảng", (), Rhythm.INSTANT, "gia-lai"),
        ]
        (parcel,) = store.take_parcels(worker="w", now=NOW, storm=20)
        assert (parcel.id, parcel.attempts, parcel.alerts[0].id, parcel.alerts[0].news) == (3, 2, 7, News.FIRST)
        with store.writing() as write:
            assert not write.add_alert(replace(parcel.alerts[0], id=0), [A])  # was told


# Columns whose words a step of the schema says in another way; tests of their own are above.
SAID_OTHERWISE = {"subscriptions.addresses"}
VERSIONS = sorted(path.stem for path in dumping.FOLDER.glob("*.json"))


@pytest.mark.parametrize("version", VERSIONS)
def test_every_row_of_a_released_version_is_there_after_it_was_brought_up_to_date(url: str, version: str) -> None:
    rows: dumping.Rows = json.loads((dumping.FOLDER / f"{version}.json").read_text(encoding="utf-8"))
    of_version(url, version)
    engine = create_engine(url)
    with engine.begin() as connection:
        assert {table.name for table in dumping.tables_of(connection)} == set(rows)
        dumping.load(connection, rows)
        before = {table.name: dumping.rows_of(connection, table) for table in dumping.tables_of(connection)}
    assert all(before.values())  # a row of every table
    with closing(SqlStore(url)) as store:
        for item in store.articles(list(store.article_ids())):
            assert item.article.text
            assert store.response(item.article.response or "") or not item.article.response
        assert store.check_audit().broken is None
    with engine.connect() as connection:
        after = {table.name: dumping.rows_of(connection, table) for table in dumping.tables_of(connection)}
    engine.dispose()
    for name, kept in before.items():
        gone = kept[0].keys() - after[name][0].keys()
        assert {f"{name}.{column}" for column in gone} <= SAID_OTHERWISE
        columns = kept[0].keys() - gone - {each.partition(".")[2] for each in SAID_OTHERWISE if each.startswith(name)}
        assert _told(after[name], columns) == _told(kept, columns), name


def _told(rows: list[dumping.Row], columns: Iterable[str]) -> list[str]:
    return sorted(repr([(column, row[column]) for column in sorted(columns)]) for row in rows)
