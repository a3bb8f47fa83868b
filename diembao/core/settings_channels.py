"""Settings of alerts, and of the ways out besides mail (part of `settings`): `[[alerts]]`, `[channels.<name>]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, field_validator

from diembao.core.addresses import mail_address
from diembao.core.errors import Misconfigured

_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", re.ASCII)
KINDS: Final = ("webhook", "chat")
SECRET_SIZE: Final = 4000  # bytes of a file with an address or a secret in it


class ChannelSettings(BaseModel):
    """One webhook or chat. The address often is the secret: neither it nor ``secret`` is ever shown, logged or kept in
    the record, which knows the channel by its name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["webhook", "chat"]
    url: SecretStr = SecretStr("")  # of the webhook, or in apprise's form
    url_file: str = ""  # a file with it, from the home on
    secret: SecretStr = SecretStr("")  # what a webhook's messages are signed with
    secret_file: str = ""
    inside: bool = False  # the address may be one of our own network, and plain http
    ca: str = ""  # a file of certificates to trust; empty: the system's
    per_minute: int = Field(20, ge=1, le=600)  # messages
    timeout: float = Field(10, gt=0, le=60)  # seconds without an answer; three times that for one whole message


class AlertSettings(BaseModel):
    """An alert of the office: a name, a query as one would type it, and where it goes to: mail addresses,
    `webhook:<name>`, `chat:<name>`; without any, the alert folder.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = Field(min_length=1, max_length=100)
    query: str = Field(min_length=1, max_length=2000)
    to: tuple[str, ...] = Field((), max_length=100)
    province: str = Field("", max_length=100)  # whose alert it is; empty, in the settings: each province's

    @field_validator("to")
    @classmethod
    def _recipients(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _checked(value)


class AlarmSettings(BaseModel):
    """Who is told when the program itself is in trouble: as ``to`` of an alert; nobody: it stands in `status` alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    to: tuple[str, ...] = Field((), max_length=20)

    @property
    def name(self) -> str:
        return "alarms"

    @field_validator("to")
    @classmethod
    def _recipients(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _checked(value)


def _checked(typed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() if _kind(each) else mail_address(each) for each in typed))


def _kind(typed: str) -> str:
    """Of the channel that is named; "": it is mail."""
    kind = typed.strip().partition(":")[0]
    return kind if kind in KINDS and ":" in typed else ""


def stray_channel(
    alerts: Iterable[AlertSettings | AlarmSettings], channels: Mapping[str, ChannelSettings]
) -> tuple[str, str] | None:
    """An alert, and a channel of it that there is not."""
    for alert in alerts:
        for each in filter(_kind, alert.to):
            found = channels.get(each.partition(":")[2])
            if found is None or found.kind != _kind(each):
                return alert.name, each[:60]
    return None


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        msg = f"'{name[:60]}' is no name of a channel: small letters, digits and hyphens, 40 at most"
        raise ValueError(msg)
    return name


ChannelName = Annotated[str, AfterValidator(_named)]


def secret_of(given: SecretStr, file: str, home: Path, what: str) -> str:
    """A secret that stands in the settings or in a file of its own.

    Raises:
        Misconfigured: the file cannot be read, or is open to others.
    """
    if not file:
        return given.get_secret_value().strip()
    path = home / Path(file).expanduser()
    try:
        if path.stat().st_mode & 0o077:
            raise Misconfigured(
                f"{what}: người khác đọc được {path}; chạy: chmod 600 {path}"
                f" ({what}: {path} can be read by others; run: chmod 600 {path})"
            )
        with path.open("rb") as opened:
            return opened.read(SECRET_SIZE).decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{what}: không đọc được {path} ({what}: {path} cannot be read)") from error
