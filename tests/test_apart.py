"""Nothing here works on an installation that the shell happens to name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from diembao.core.settings_crawl import CrawlSettings

ROOT = Path(__file__).parent.parent
OFFICE = {
    "DIEMBAO_STORE__URL": "sqlite:////nonexistent/office.db",
    "diembao_mail__host": "mail.office.example",
    "DIEMBAO_HOME": "/nonexistent/office",
}
LOOK = (
    "import {first}\n"
    "import json, os\n"
    "from pathlib import Path\n"
    "from diembao.core.settings import default_home, load\n"
    "its = load(Path('home'))\n"
    "told = {{'url': its.store_url, 'mail': its.mail.host, 'delay': its.crawl.delay, 'home': str(default_home())}}\n"
    "print(json.dumps(told | {{'kept': os.environ.get('DIEMBAO_TEST_OTHER')}}))\n"
)


def seen_by(first: str, home: Path, **more: str) -> dict[str, Any]:
    plain = {name: value for name, value in os.environ.items() if not name.upper().startswith("DIEMBAO_")}
    done = subprocess.run(
        [sys.executable, "-c", LOOK.format(first=first)],
        env={**plain, "PYTHONPATH": str(ROOT), "HOME": str(home), "XDG_DATA_HOME": "", **OFFICE, **more},
        cwd=home,
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("first", ["tests.conftest", "benchmarks.survival.office", "benchmarks.soak"])
def test_an_office_that_the_shell_names_is_left_alone(first: str, tmp_path: Path) -> None:
    assert seen_by(first, tmp_path, DIEMBAO_TEST_OTHER="kept") == {
        "url": f"sqlite:///{tmp_path}/home/diembao.db",
        "mail": "",
        "delay": CrawlSettings().delay,
        "home": f"{tmp_path}/.local/share/diembao",
        "kept": "kept",
    }


def test_a_child_keeps_what_the_one_that_started_it_set(tmp_path: Path) -> None:
    assert os.environ["DIEMBAO_TEST_APART"]  # this process has done it, so its children do not do it again
    told = seen_by("benchmarks", tmp_path, DIEMBAO_TEST_APART=f"by {os.getpid()}", DIEMBAO_CRAWL__DELAY="7")
    assert (told["url"], told["delay"]) == (OFFICE["DIEMBAO_STORE__URL"], 7)


@pytest.mark.parametrize("left", ["1", "", "by ", "by 999999999", f"by {'9' * 40}"])
def test_a_mark_that_was_left_in_a_shell_is_none(tmp_path: Path, left: str) -> None:
    told = seen_by("benchmarks", tmp_path, DIEMBAO_TEST_APART=left)
    assert told["url"] == f"sqlite:///{tmp_path}/home/diembao.db"
