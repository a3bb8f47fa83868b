"""Where jobs are kept, in the tables of procrastinate, beside the record and no part of it (`store.jobroom`)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from typing import Any, Final

from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager

from diembao.core import shortage
from diembao.core.settings import Settings
from diembao.pipeline.jobs import KINDS
from diembao.store import jobroom

# What whoever is at jobs meets where their database is away.
AWAY: Final = (ConnectorException, jobroom.AWAY)
# In the words of /metrics: it waits, somebody is at it, it could not be done (and will not be tried again).
STATES: Final = {Status.TODO: "waiting", Status.DOING: "doing", Status.FAILED: "failed"}


def passes(error: BaseException) -> bool:
    """May whoever is at jobs wait and try again?"""
    return isinstance(error, AWAY) or shortage.passes(error)


def _room() -> str:
    """One for each version of its tables, so that they are never changed."""
    return "_".join(version("procrastinate").split(".")[:2])


def connection(settings: Settings) -> dict[str, Any]:
    return jobroom.connection_of(settings.store_url, _room())


def furnish(settings: Settings) -> None:
    """Make the tables of jobs where they are not there (any more).

    Raises:
        Misconfigured: the user of the address may not make or not use them. Retry: the database is away.
    """
    jobroom.furnish(settings.store_url, _room(), SchemaManager.get_schema())


def counted(settings: Settings) -> Mapping[tuple[str, str], int]:
    """Jobs by kind and state, 0 too; nothing where no worker has been yet."""
    connector = SyncPsycopgConnector(kwargs=connection(settings), min_size=1, max_size=1)
    with suppress(ConnectorException), App(connector=connector).open() as app:
        found = {row["name"]: row for row in app.job_manager.list_tasks()}
        return {
            (name, told): int(found[name][state.value]) if name in found else 0
            for name in KINDS
            for state, told in STATES.items()
        }
    return {}
