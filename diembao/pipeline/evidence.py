"""A packet of evidence of an installation's article: the record, the catalogue's names and the key meet here."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version

from diembao.pipeline.wiring import Installation
from diembao.response.evidence import packet
from diembao.response.signing import signer


def packet_of(house: Installation, article_id: str, now: datetime) -> bytes:
    """Raises:
    WrongUse: there is no such article.
    Misconfigured: the key cannot be read or made.
    """
    item = house.store.article(article_id)
    outlet = house.outlet_name(item.article.outlet) if item else ""
    program = f"diembao {version('diembao')}"
    return packet(house.store, article_id, outlet, signer(house.settings.home), now=now, program=program)
