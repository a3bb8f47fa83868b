"""A place among several workers: whoever holds it says so, and whoever hangs in it loses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from diembao.core.errors import RecordAway
from diembao.store.record import SqlStore
from diembao.store.turns import LOOKS
from tests.parts import needs
from tests.store.server import Server

pytestmark = needs("postgresql")

PLACE = "diembao:stories"


@pytest.fixture
def url(server: Server) -> str:
    return server.make("places")


@pytest.fixture
def holder(url: str) -> Iterator[SqlStore]:
    with closing(SqlStore(url)) as store:
        yield store


@pytest.fixture
def other(url: str, holder: SqlStore) -> Iterator[SqlStore]:
    del holder  # who made the tables
    with closing(SqlStore(url)) as store:
        yield store


def looks(store: SqlStore, number: int) -> list[bool]:
    return [store.keep(PLACE) for _ in range(number)]


def test_who_is_silent_loses_it_to_who_has_looked_for_long_enough_and_learns_of_it(
    holder: SqlStore, other: SqlStore
) -> None:
    assert holder.keep(PLACE)
    assert looks(other, LOOKS + 1) == [False] * LOOKS + [True]
    with pytest.raises(RecordAway):
        holder.keep(PLACE)
    assert looks(holder, 2) == [False, False]
    assert other.keep(PLACE)


def test_who_says_so_once_in_all_these_looks_keeps_it(holder: SqlStore, other: SqlStore) -> None:
    assert holder.keep(PLACE)
    for _ in range(3):
        assert looks(other, LOOKS) == [False] * LOOKS
        assert holder.keep(PLACE)


def test_one_that_never_says_so_is_left_in_peace(holder: SqlStore, other: SqlStore) -> None:
    """`diembao run` and a collector at a host do not."""
    assert holder.hold(PLACE)
    assert not any(looks(other, 2 * LOOKS))
    assert holder.hold(PLACE)


def test_another_place_of_the_same_process_and_another_database_are_not_meant(
    holder: SqlStore, other: SqlStore, server: Server
) -> None:
    assert holder.keep("diembao:other")
    with closing(SqlStore(server.make("elsewhere"))) as elsewhere:
        assert elsewhere.keep(PLACE)
        assert looks(other, LOOKS + 1) == [True] * (LOOKS + 1)
        assert elsewhere.keep(PLACE)
    assert holder.keep("diembao:other")


def test_a_session_of_another_user_cannot_be_ended_and_nothing_breaks(holder: SqlStore, server: Server) -> None:
    server.run("DROP ROLE IF EXISTS colleague")
    server.run("CREATE ROLE colleague LOGIN")
    server.run("GRANT ALL ON ALL TABLES IN SCHEMA public TO colleague; GRANT pg_read_all_stats TO colleague", "places")
    assert holder.keep(PLACE)
    with closing(SqlStore(server.url("places", "colleague"))) as weak:
        assert not any(looks(weak, 2 * LOOKS))
    assert holder.keep(PLACE)


def test_after_a_restart_of_the_server_the_first_who_asks_has_it(
    holder: SqlStore, other: SqlStore, server: Server
) -> None:
    assert holder.keep(PLACE)
    assert looks(other, LOOKS) == [False] * LOOKS
    server.stop()
    server.start()
    with pytest.raises(RecordAway):
        holder.keep(PLACE)
    with pytest.raises(RecordAway):
        other.keep(PLACE)
    assert holder.keep(PLACE)
    assert looks(other, LOOKS) == [False] * LOOKS
    assert holder.keep(PLACE)
