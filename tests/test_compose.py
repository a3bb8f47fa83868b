"""What can be checked of docker-compose.yml without an engine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from diembao.core.settings import load

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
FILE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_a_health_check_and_keeps_its_data(name: str) -> None:
    service = SERVICES[name]
    assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    named = [volume.split(":")[0] for volume in service["volumes"]]
    assert set(named) <= FILE["volumes"].keys()


def test_no_port_is_open_to_other_machines() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_password_has_a_default() -> None:
    secrets = {
        (name, key): value
        for name, service in SERVICES.items()
        for key, value in service["environment"].items()
        if "PASSWORD" in key
    }
    assert len(secrets) == 4
    assert all(re.fullmatch(r"\$\{\w+_PASSWORD:\?[^}]+\}", value) for value in secrets.values())
    asked = set(re.findall(r"\$\{(\w+):\?", TEXT))
    assert set(re.findall(r"^(\w+)=$", EXAMPLE, flags=re.MULTILINE)) == asked


def test_elasticsearch_is_the_version_that_the_tests_run_on() -> None:
    (version,) = re.findall(r"^ES=(\S+)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert SERVICES["elasticsearch"]["image"].endswith(f"/elasticsearch:{version}")


def test_the_programs_settings_in_it_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = SERVICES["app"]["environment"]
    ours = {key: value for key, value in environment.items() if key.startswith("DIEMBAO_")}
    for key, value in ours.items():
        monkeypatch.setenv(key, value)
    read = load(tmp_path)
    assert (read.index.engine, read.index.user) == ("elastic", "elastic")
    assert read.store_url == ours["DIEMBAO_STORE__URL"]
