"""Settings: `diembao.toml` in the home, then the environment (`DIEMBAO_CRAWL__DELAY=2`).

An unknown key is refused with the nearest known one. Nothing else reads the environment.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from diembao.core.errors import Misconfigured, QueryError, WrongUse
from diembao.core.settings_channels import AlarmSettings, AlertSettings, ChannelName, ChannelSettings, stray_channel
from diembao.core.settings_crawl import CrawlSettings, DiscoverySettings
from diembao.core.settings_facts import FactFeedSettings, FactsSettings
from diembao.core.settings_log import LogSettings
from diembao.core.settings_mail import MailSettings
from diembao.core.settings_opinion import OpinionSettings
from diembao.core.settings_retention import RetentionSettings
from diembao.core.settings_secrets import with_secrets
from diembao.core.settings_web import OidcSettings, WebSettings

FILE = "diembao.toml"
PREFIX = "DIEMBAO_"
# Names that are not settings: a child's parent, and what tests are told.
OTHERS = ("DIEMBAO_PARENT", "DIEMBAO_TEST_")
ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)  # whether a query can be read does not hang on today
ENGINES = ("embedded", "elastic")  # of the index
_STRICT = ConfigDict(frozen=True, extra="forbid")


class _Environment(EnvSettingsSource):
    """All but the home, which `--home` or `default_home` has settled before."""

    def __call__(self) -> dict[str, Any]:
        found = {name: value for name, value in super().__call__().items() if name != "home"}
        return with_secrets(found, Path())


class StoreSettings(BaseModel):
    """The record. ``url`` is SQLAlchemy's; empty: `diembao.db` in the home."""

    model_config = _STRICT
    url: str = ""


class IndexSettings(BaseModel):
    """The searchable copy."""

    model_config = _STRICT
    engine: str = Field(ENGINES[0], pattern=f"^({'|'.join(ENGINES)})$")
    url: str = "http://127.0.0.1:9200"  # of Elasticsearch, as all below; several hosts with commas between them
    alias: str = Field("diembao", pattern="^[a-z0-9][a-z0-9._-]{0,99}$")
    user: str = ""
    password: SecretStr = SecretStr("")
    api_key: SecretStr = SecretStr("")  # instead of user and password
    ca: str = ""  # a file of certificates to trust; empty: the system's
    shards: int = Field(1, ge=1, le=64)  # of an index that is made from now on; one is exact
    replicas: int | None = Field(None, ge=0, le=8)  # none: one where there is a second node
    vectors: Literal["flat", "hnsw"] = "flat"  # exact, or a graph that misses some; a change makes them anew


class ClassifierSettings(BaseModel):
    """Judging. ``encoder`` is a sentence-transformers model by name or path; empty: the one that comes with the
    program; "none": none. ``backend`` is how a model that is not a static one is run.
    """

    model_config = _STRICT
    encoder: str = ""
    backend: str = Field("torch", pattern="^(torch|onnx|openvino)$")


class QuestionSettings(BaseModel):
    model_config = _STRICT
    contact_days: int = Field(365, ge=30, le=3650)  # from receipt until who asked is forgotten, whatever became of it


class Settings(BaseSettings):
    """Everything that can be set. ``home`` holds all data of an installation.

    ``province`` is the one that is shown first, ``provinces`` are all that are watched; either may be left out.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        nested_model_default_partial_update=True,
    )
    home: Path
    province: str = "gia-lai"
    provinces: tuple[str, ...] = Field((), max_length=34)
    store: StoreSettings = StoreSettings()
    index: IndexSettings = IndexSettings()
    crawl: CrawlSettings = CrawlSettings()
    discovery: DiscoverySettings = DiscoverySettings()
    classifier: ClassifierSettings = ClassifierSettings()
    opinion: OpinionSettings = OpinionSettings()
    web: WebSettings = WebSettings()
    log: LogSettings = LogSettings()
    oidc: OidcSettings = OidcSettings()
    mail: MailSettings = MailSettings()
    questions: QuestionSettings = QuestionSettings()
    facts: FactsSettings = FactsSettings()
    retention: RetentionSettings = RetentionSettings()
    channels: dict[ChannelName, ChannelSettings] = Field({}, max_length=100)
    alarms: AlarmSettings = AlarmSettings()
    alerts: tuple[AlertSettings, ...] = (AlertSettings(name="Phê phán về tỉnh", query="thái_độ:phê_phán liên_quan:có"),)

    @model_validator(mode="before")
    @classmethod
    def _first_of_all(cls, values: Any) -> Any:  # noqa: ANN401 (as pydantic hands them over)
        """Without ``province``, the first of ``provinces`` is."""
        named = values.get("provinces") if isinstance(values, dict) else None
        if isinstance(named, list | tuple) and named and "province" not in values:
            return {**values, "province": named[0]}
        return values

    @model_validator(mode="after")
    def _among_them(self) -> Self:
        if len(set(self.provinces)) < len(self.provinces):
            msg = "'provinces' names a province twice"
            raise ValueError(msg)
        if self.provinces and self.province not in self.provinces:
            msg = f"'province' is '{self.province}', which is not among 'provinces'"
            raise ValueError(msg)
        stray = next((each for each in self.alerts if each.province and each.province not in self.watched), None)
        if stray:
            msg = f"the alert '{stray.name}' is of '{stray.province}', which is not watched"
            raise ValueError(msg)
        if feed := self.facts.stray(self.watched):
            msg = f"the feed '{feed.name}' of facts is of '{feed.province}', which is not watched"
            raise ValueError(msg)
        if unknown := stray_channel((*self.alerts, self.alarms), self.channels):
            msg = f"the alert '{unknown[0]}' goes to '{unknown[1]}', which is not among 'channels'"
            raise ValueError(msg)
        return self

    @property
    def watched(self) -> tuple[str, ...]:
        """The profiles of this installation, the one that is shown first at the head."""
        return tuple(dict.fromkeys((self.province, *self.provinces)))

    def of(self, province: str) -> Settings:
        """The same, as one of its provinces sees them: its own alerts, and those of the settings that are of none."""
        its = tuple(each for each in self.alerts if each.province in {"", province})
        return self.model_copy(update={"province": province, "alerts": its})

    @property
    def store_url(self) -> str:
        return self.store.url or f"sqlite:///{self.home / 'diembao.db'}"

    @property
    def shared(self) -> bool:
        """May several machines work on it? Not where the record or the index are files of one."""
        return self.store_url.startswith("postgres") and self.index.engine == "elastic"

    @property
    def index_path(self) -> Path:
        return self.home / "index"

    @property
    def vectors_path(self) -> Path:
        return self.home / "vectors"

    def at_host(self, host: str) -> Settings:
        """The same, served at another address; empty: as it is set."""
        return self.model_copy(update={"web": self.web.model_copy(update={"host": host})}) if host else self

    def with_engine(self, engine: str) -> Settings:
        """The same, with another engine of the index.

        Raises:
            WrongUse: there is no such engine.
        """
        if engine not in ENGINES:
            shown, known = engine[:40], " or ".join(ENGINES)
            msg = f"không có công cụ tìm '{shown}', xin dùng {known} (engine '{shown}' is not known; use {known})"
            raise WrongUse(msg)
        return self.model_copy(update={"index": self.index.model_copy(update={"engine": engine})})

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (the signature is pydantic's)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment outranks the file; neither dotenv nor secret folders are read."""
        return _Environment(settings_cls), init_settings


def default_home() -> Path:
    """``DIEMBAO_HOME``, else the place where programs of this user keep their data."""
    named = os.environ.get("DIEMBAO_HOME")
    if named:
        return Path(named).expanduser().resolve()
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "diembao"


def load(home: Path | None = None) -> Settings:
    """Settings of an installation; a missing file means the defaults.

    Raises:
        Misconfigured: the file cannot be read, or a key or value in it is wrong.
    """
    home = (home or default_home()).resolve()
    path = home / FILE
    values = _read(path) if path.exists() else {}
    _refuse_unknown_names(os.environ)
    if "home" in values:
        msg = (
            f"{path}: 'home' đặt bằng DIEMBAO_HOME hay --home, không đặt trong tệp"
            f" ({path}: 'home' is set by DIEMBAO_HOME or --home, not in the file)"
        )
        raise Misconfigured(msg)
    try:
        settings = Settings(**{**with_secrets(values, home), "home": home})
    except ValidationError as error:
        raise Misconfigured(_sentence(path, error)) from error
    if settings.alerts != Settings.model_fields["alerts"].default:
        _refuse_bad_queries(settings.alerts)
    return settings


def _refuse_bad_queries(alerts: Iterable[AlertSettings]) -> None:
    """Told when the settings are read, not when the first article arrives."""
    from diembao.core.query import parse
    from diembao.core.vocabulary import LENIENT

    for alert in alerts:
        try:
            parse(alert.query, now=ANY_TIME, words=LENIENT)  # what is saved, the store knows
        except QueryError as error:
            raise Misconfigured(
                f"cảnh báo '{alert.name}': không đọc được câu tìm"
                f" (alert '{alert.name}': its query cannot be read: {error})"
            ) from error


def _refuse_unknown_names(environment: Mapping[str, str]) -> None:
    """A name under a section of ours is checked with the file's keys; here: names under no section at all."""
    for name in environment:
        section = name.removeprefix(PREFIX).split("__")[0].lower()
        if name.startswith(PREFIX) and section not in Settings.model_fields and not name.startswith(OTHERS):
            near = difflib.get_close_matches(section, Settings.model_fields, n=1, cutoff=0.5)
            meant = f"'{PREFIX}{near[0].upper()}'?" if near else ""
            vi, en = (f"; có phải {meant}", f"; did you mean {meant}") if near else ("", "")
            msg = f"biến môi trường {name} không phải là cài đặt{vi} (unknown setting in the environment: {name}{en})"
            raise Misconfigured(msg)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        msg = f"không đọc được {path}: {error} ({path} cannot be read: {error})"
        raise Misconfigured(msg) from error


def _sentence(path: Path, error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(first["loc"][-1]), _known_keys(first["loc"][:-1]), n=1, cutoff=0.5)
        vi, en = (f"; có phải '{near[0]}'?", f"; did you mean '{near[0]}'?") if near else ("", "")
        return f"{path}: không có cài đặt '{where}'{vi} ({path}: unknown setting '{where}'{en})"
    said = first["msg"].removeprefix("Value error, ")
    return f"{path}: '{where}': giá trị không dùng được ({path}: '{where}': {said})"


def _known_keys(location: tuple[int | str, ...]) -> list[str]:
    section = str(location[0]) if location else ""
    annotation = Settings.model_fields[section].annotation if section else Settings
    many = {"alerts": AlertSettings, "channels": ChannelSettings}
    model = FactFeedSettings if section == "facts" and len(location) > 1 else many.get(section, annotation)
    fields = getattr(model, "model_fields", {})
    return [field.alias or name for name, field in fields.items() if name != "home"]
