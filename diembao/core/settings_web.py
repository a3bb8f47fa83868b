"""Settings of the dashboard, and of who comes in how (part of `settings`)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, SecretStr

_STRICT = ConfigDict(frozen=True, extra="forbid")


class WebSettings(BaseModel):
    """The dashboard. Any host but loopback is refused until somebody administers."""

    model_config = _STRICT
    host: str = "127.0.0.1"
    port: int = Field(8501, ge=1, le=65535)
    language: str = Field("vi", pattern="^(vi|en)$")
    names: tuple[str, ...] = ()  # names, besides that of public_url, by which browsers reach it
    proxies: tuple[str, ...] = ()  # addresses of reverse proxies whose X-Forwarded-… are believed
    idle_minutes: float = Field(60, ge=1, le=24 * 60)  # without a person's act, until a session ends
    api_per_minute: int = Field(600, ge=1, le=1_000_000)  # of one key or session; of an address four times that
    session_hours: float = Field(12, gt=0, le=24 * 31)  # until it ends in any case
    public_url: str = Field("", pattern=r"^(https?://[^\s<>\"]+)?$")  # where readers of mails reach the dashboard


class OidcSettings(BaseModel):
    """Sign-in at the office's own provider (OpenID Connect). Without ``issuer`` there is none."""

    model_config = _STRICT
    issuer: str = Field("", pattern=r"^(https://\S+|http://(127\.0\.0\.1|localhost)(:\d+)?(/\S*)?)?$")
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    scope: str = "openid profile email"
    groups_claim: str = "groups"
    roles: dict[str, tuple[str, ...]] = Field(
        default_factory=dict
    )  # of each group, as `diembao accounts roles` takes them
