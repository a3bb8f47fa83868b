"""The unit files: what they start is there, what they may do is little, and systemd reads them."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diembao.app.cli import app
from tests.parts import needs

FOLDER = Path(__file__).parent.parent / "deploy" / "systemd"
SERVICES = sorted(FOLDER.glob("*.service"))
PROGRAM = "/opt/diembao/.venv/bin/diembao"
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictSUIDSGID": "yes",
    "SystemCallFilter": "@system-service",
    "CapabilityBoundingSet": "",
    "UMask": "0077",
    "User": "diembao",
    "StateDirectoryMode": "0700",
}


def read(path: Path) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, strict=False)
    found.optionxform = str  # type: ignore[assignment, method-assign]  # as configparser's own documentation does it
    found.read(path, encoding="utf-8")
    return found


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_may_do_little_and_starts_what_is_there(path: Path) -> None:
    its = read(path)["Service"]
    assert {key: its.get(key) for key in HARDENED} == HARDENED
    (words,) = re.findall(rf"{re.escape(PROGRAM)} (\w+)", its["ExecStart"])
    asked = CliRunner().invoke(app, [words, "--help"])
    assert asked.exit_code == 0
    assert all(option in asked.output for option in re.findall(r" (--[a-z]+)", its["ExecStart"]))


@pytest.mark.parametrize("path", [each for each in SERVICES if "backup" not in each.name], ids=lambda path: path.name)
def test_a_service_that_goes_on_is_asked_to_end_and_started_again_only_where_that_may_help(path: Path) -> None:
    its = read(path)["Service"]
    assert (its["KillMode"], its["Restart"], its["RestartPreventExitStatus"]) == ("mixed", "on-failure", "2 3")
    assert int(its["TimeoutStopSec"]) > 10  # a collector is given ten seconds (pipeline.children.PATIENCE)


def test_a_second_backup_of_the_day_has_a_folder_of_its_own() -> None:
    """A folder that holds something is refused."""
    its = read(FOLDER / "diembao-backup.service")["Service"]
    (out,) = re.findall(r"\$\(date \+(\S+)\)", its["ExecStart"])
    assert out == "%%F-%%H%%M"


def test_all_in_one_and_its_parts_do_not_run_together() -> None:
    parts = {path.name: read(path)["Unit"].get("Conflicts", "") for path in SERVICES}
    assert set(parts["diembao.service"].split()) == {"diembao-crawl.service", "diembao-worker.service"}
    assert all(parts[name] == "diembao.service" for name in parts if re.search("crawl|worker|web", name))


@needs("systemd-analyze")
@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_systemd_finds_that_they_may_do_little(path: Path) -> None:
    """What is left of its 1.5 is named in docs/operations.md; an unconfined service has 9.6 of 10."""
    words = ["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@needs("systemd-analyze")
def test_systemd_reads_them_without_a_word(tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        text = path.read_text(encoding="utf-8").replace(PROGRAM, sys.executable)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    names = [path.name.replace("@.", "@8501.") for path in sorted(FOLDER.iterdir())]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    told = [line for line in done.stderr.splitlines() if "diembao" in line]
    assert (done.returncode, told) == (0, [])
