"""Settings of facts that ministries and units publish as feeds (part of `settings`): `[[facts.feeds]]`."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from diembao.core.kits import SOURCE
from diembao.core.names import LANGUAGE_NAMES

_STRICT = ConfigDict(frozen=True, extra="forbid")
_NAME: Final = r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$"


class FactFeedSettings(BaseModel):
    """One feed (RSS, Atom, JSON Feed) whose entries are facts of a kit. ``name`` is what it is known by, also in the
    record: with another name it is another feed.
    """

    model_config = _STRICT
    name: str = Field(pattern=_NAME)
    url: str = Field(max_length=2000)
    kit: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)
    source: str = Field(min_length=1, max_length=SOURCE)  # the ministry or unit that says so
    days: int = Field(30, ge=0, le=3660)  # that an entry holds, from its own date on; 0: no end
    every: float = Field(21_600, ge=300, le=2_592_000)  # seconds between two readings
    language: str = Field("vi", pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")
    province: str = Field("", max_length=100)  # whose facts these are; empty: of the province that is shown first
    complete: bool = False  # it lists all that holds: what is no longer in it ends

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        """As it can be asked for: a password in it would stand in logs and on screens."""
        try:
            parts = urlsplit(value)
            whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            whole = False
        if not whole or re.search(r"[\s<>\"'\x00-\x1f]", value):
            msg = "an address of a feed begins with http:// or https:// and names a host"
            raise ValueError(msg)
        if parts.username is not None or parts.password is not None:
            msg = "an address of a feed has no user and password in it"
            raise ValueError(msg)
        return value

    @field_validator("language")
    @classmethod
    def _known(cls, value: str) -> str:
        if value.partition("-")[0] not in LANGUAGE_NAMES:
            msg = f"no language known here; use one of {', '.join(LANGUAGE_NAMES)}"
            raise ValueError(msg)
        return value

    @field_validator("source")
    @classmethod
    def _said(cls, value: str) -> str:
        if not (said := " ".join(value.split())):
            msg = "names nobody"
            raise ValueError(msg)
        return said


class FactsSettings(BaseModel):
    """Official information that is fetched."""

    model_config = _STRICT
    feeds: tuple[FactFeedSettings, ...] = Field((), max_length=100)

    @field_validator("feeds")
    @classmethod
    def _each_once(cls, value: tuple[FactFeedSettings, ...]) -> tuple[FactFeedSettings, ...]:
        names = [each.name for each in value]
        places = [(each.province, each.kit, each.url) for each in value]
        for number, each in enumerate(value):
            if each.name in names[:number]:
                msg = f"two feeds are called '{each.name}'"
                raise ValueError(msg)
            if places[number] in places[:number]:
                msg = f"'{each.name}' reads an address that another feed reads for the same kit"
                raise ValueError(msg)
        return value

    def stray(self, watched: Collection[str]) -> FactFeedSettings | None:
        """One whose province is not watched."""
        return next((each for each in self.feeds if each.province and each.province not in watched), None)
