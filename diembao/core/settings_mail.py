"""Settings of mail (part of `settings`): `[mail]`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from diembao.core.addresses import mail_address


class MailSettings(BaseModel):
    """Sending mail. Without ``host`` nothing can leave: mails wait in the outbox."""

    # `from` is no name in Python; and pydantic-settings dumps the defaults before it lays a file over them.
    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)
    host: str = ""
    port: int | None = Field(None, ge=1, le=65535)  # none: the usual one of ``security``, 587, 465 or 25
    security: str = Field("starttls", pattern="^(starttls|tls|none)$")
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: str = Field("", alias="from")  # the address mails come from
    timeout: float = Field(20, gt=0, le=60)  # seconds without an answer; three times that for one whole mail
    per_minute: int = Field(300, ge=1, le=100_000)  # mails
    # Where people's own alerts may be sent ("example.vn", and what is below it); none: anywhere. The office's go where
    # it says.
    domains: tuple[str, ...] = Field((), max_length=100)

    @field_validator("domains")
    @classmethod
    def _domains(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(mail_address(f"a@{each.strip().removeprefix('@')}").partition("@")[2].lower() for each in value)

    @field_validator("sender")
    @classmethod
    def _address(cls, value: str) -> str:
        return mail_address(value) if value else ""

    def own_alerts_go_to(self, address: str) -> bool:
        """A domain stands for its sub-domains: an office's name is given to its departments by nobody else."""
        domain = address.rpartition("@")[2].lower()
        return not self.domains or any(domain == each or domain.endswith(f".{each}") for each in self.domains)
