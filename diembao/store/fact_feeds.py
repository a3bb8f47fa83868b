"""Feeds of ministries and units as they are kept (`diembao.core.fact_feeds.FactFeedBook`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from diembao.core.accounts import Hand
from diembao.core.fact_feeds import OVER, Aside, FactFeed, Listing, Outcome, Told, hand_of
from diembao.store.kit_tables import fact_feeds as table
from diembao.store.kit_tables import kit_facts
from diembao.store.kits import Kits
from diembao.store.upsert import upsert

_JSON = ("counts", "aside")


class FactFeeds(Kits):
    """The part of the store that knows where facts are fetched."""

    def fact_feeds(self) -> Sequence[FactFeed]:
        asked = select(table).where(self._own(table.c.province)).order_by(table.c.name)
        with self._database.reading() as connection:
            return [_feed(row) for row in connection.execute(asked)]

    def take_listing(self, feed: str, kit: str, listing: Listing, today: date, now: datetime, told: Told) -> FactFeed:
        hand = hand_of(feed)
        with self._database.writing() as connection:
            ended = self._end_facts_left(connection, kit, listing, hand, today, now)
            done = told([self._take_fact(connection, each, hand, now) for each in listing.handed], ended)
            self._keep_fact_feed(connection, done)
        return done

    def _end_facts_left(
        self, connection: Connection, kit: str, listing: Listing, hand: Hand, today: date, now: datetime
    ) -> int:
        """Those of this feed that it lists no longer, where it lists all, those that have long been over, and those of
        another kit, for which it was read before.
        """
        asked = select(kit_facts.c.id, kit_facts.c.kit, kit_facts.c.ref, kit_facts.c.end).where(
            self._own(kit_facts.c.province),
            kit_facts.c.sender == hand.actor,
            kit_facts.c.ended_at.is_(None),
        )
        long_over = (today - OVER).isoformat()
        gone = [
            row.id
            for row in connection.execute(asked)
            if row.kit != kit or (listing.whole and row.ref not in listing.named) or (row.end and row.end < long_over)
        ]
        for number in gone:
            self._end_fact_told(connection, number, hand, now)
        return len(gone)

    def keep_fact_feed(self, feed: FactFeed) -> None:
        with self._database.writing() as connection:
            self._keep_fact_feed(connection, feed)

    def _keep_fact_feed(self, connection: Connection, feed: FactFeed) -> None:
        told = asdict(feed)
        row = {**told, **{name: json.dumps(told[name], ensure_ascii=False) for name in _JSON}}
        changes = {name: value for name, value in row.items() if name != "name"}
        adding = upsert(table).values(province=self._scope.province, **row)
        connection.execute(adding.or_update(["province", "name"], changes))


def _feed(row: Row[Any]) -> FactFeed:
    told = {each.name: getattr(row, each.name) for each in fields(FactFeed)}
    aside = tuple(Aside(**each) for each in json.loads(row.aside))
    return FactFeed(**{**told, "outcome": Outcome(row.outcome), "counts": json.loads(row.counts), "aside": aside})
