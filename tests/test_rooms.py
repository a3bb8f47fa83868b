"""The house itself: every room under contract, nothing heavy before it is used, no file out of hand."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Folders at the top that are not rooms.
NOT_ROOMS = {"tests", "benchmarks", "docs"}
HEAVY: tuple[str, ...] = (
    "scrapy",
    "twisted",
    "sklearn",
    "torch",
    "sentence_transformers",
    "streamlit",
    "altair",
    "tantivy",
    "numpy",
)
HEAVY += ("sqlalchemy", "alembic", "fastapi", "trafilatura", "langdetect", "pandas", "docx", "docxtpl")


def contracts() -> configparser.ConfigParser:
    found = configparser.ConfigParser()
    found.read(ROOT / ".importlinter")
    return found


def words(section: str, option: str) -> set[str]:
    return set(contracts()[section][option].replace("|", " ").split())


def rooms() -> set[str]:
    tops = {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_ROOMS
    inner = {f"diembao.{path.parent.name}" for path in (ROOT / "diembao").glob("*/__init__.py")}
    return (tops - {"diembao"}) | inner


def test_every_room_is_under_contract() -> None:
    layered = words("importlinter:contract:rooms", "layers")
    assert rooms() == layered | {"demo"}


def test_every_top_level_package_is_known_to_the_linter_and_to_the_wheel() -> None:
    import tomllib

    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_ROOMS
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert words("importlinter", "root_packages") == packages
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == packages


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['diembao', '--help']\n"
        "from diembao.app.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"found = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "sys.exit(repr(found) if found else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


ROOMS = ("diembao", "crawlers", "classifier", "indexer", "dashboard", "demo")


@pytest.mark.parametrize("room", ROOMS)
def test_no_file_is_longer_than_a_sitting(room: str) -> None:
    long = [path for path in (ROOT / room).rglob("*.py") if len(path.read_text(encoding="utf-8").splitlines()) > 300]
    assert long == []
