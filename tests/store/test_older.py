"""Databases of earlier versions: what was in them is there after they were brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from diembao.core.alert import FOLDER
from diembao.core.statement import Wording
from diembao.store import schema
from diembao.store.record import SqlStore
from tests.store.making import NOW


def of_version(path: Path, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    engine = create_engine(f"sqlite:///{path}")
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
