"""What is documented is there, and what is there is documented."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel

from diembao.app.cli import app
from diembao.core import errors, settings
from diembao.core.settings_channels import AlertSettings, ChannelSettings
from diembao.core.settings_crawl import CrawlSettings
from diembao.core.settings_facts import FactFeedSettings

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def setting_names(model: type[BaseModel] = settings.Settings, prefix: str = "") -> list[str]:
    names = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        if prefix + name == "facts.feeds":
            names += [prefix + name, *setting_names(FactFeedSettings, "facts.feeds.")]
        elif inspect.isclass(inner) and issubclass(inner, BaseModel):
            names += setting_names(inner, f"{prefix}{name}.")
        elif name == "alerts":
            names += setting_names(AlertSettings, "alerts.")
        elif name == "channels":
            names += setting_names(ChannelSettings, "channels.")
        elif name != "home":
            names.append(prefix + (field.alias or name))
    return names


def commands(group: typer.Typer = app, prefix: str = "diembao") -> list[str]:
    own = [f"{prefix} {one.name or one.callback.__name__}" for one in group.registered_commands if one.callback]
    inner = [
        name
        for sub in group.registered_groups
        if sub.typer_instance
        for name in commands(sub.typer_instance, f"{prefix} {sub.name}")
    ]
    return own + inner


@pytest.mark.parametrize("name", setting_names())
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in REFERENCE


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented(name: str) -> None:
    assert f"| `{name}` |" in REFERENCE


def test_every_error_is_documented() -> None:
    kinds = [
        name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.DiembaoError)
    ]
    assert [name for name in kinds if name != "DiembaoError" and f"`{name}`" not in REFERENCE] == []


def test_the_default_settings_file_is_read_without_complaint(tmp_path: Path) -> None:
    from diembao.app.setup import REAL_SETTINGS

    (tmp_path / settings.FILE).write_text(REAL_SETTINGS, encoding="utf-8")
    assert settings.load(tmp_path).crawl == CrawlSettings()


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=lambda path: path.name
)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
