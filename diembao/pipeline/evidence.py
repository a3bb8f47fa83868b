"""Packets of evidence of an installation: the record, the catalogue's names and the key meet here."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.metadata import version

from diembao.core.accounts import number_of
from diembao.core.case import MACHINE
from diembao.pipeline.wiring import Installation
from diembao.response.evidence import packet
from diembao.response.packet import Packer
from diembao.response.packet_index import Names
from diembao.response.signing import signer


def packet_of(house: Installation, article_id: str, now: datetime) -> bytes:
    """Raises:
    WrongUse: there is no such article.
    Misconfigured: the key cannot be read or made.
    """
    item = house.store.article(article_id)
    outlet = house.outlet_name(item.article.outlet) if item else ""
    return packet(house.store, article_id, outlet, signer(house.settings.home), now=now, program=_program())


def packer_of(house: Installation) -> Packer:
    """Whoever packs the cases of this province.

    Raises:
        Misconfigured: the key cannot be read or made.
    """
    return Packer(house.store, names_of(house), signer(house.settings.home), _program())


def names_of(house: Installation) -> Names:
    """As the office calls them."""
    units, themes = house.profile.units, house.profile.themes

    @cache
    def who(by: str) -> str:
        number = number_of(by)
        account = house.store.account(number) if number is not None else None
        known = {MACHINE: "máy", "person:local": "người dùng máy chủ", "link": "đơn vị, qua đường dẫn"}
        shown = known.get(by.partition(":")[0] if by.startswith("link:") else by, by.removeprefix("person:"))
        return (account.shown if account else "") or shown

    return Names(
        who=who,
        unit=lambda unit: units[unit].name if unit in units else unit,
        theme=lambda theme: themes[theme].vi if theme in themes else theme,
        outlet=house.outlet_name,
        zone=house.profile.timezone,
    )


def _program() -> str:
    return f"diembao {version('diembao')}"
