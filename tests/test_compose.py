"""What can be checked of docker-compose.yml and the Dockerfile without an engine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from diembao.app.cli import app
from diembao.core.settings import load

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
FILE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"].startswith("diembao")]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
# What runs as root or writes beside its volumes, and why.
AS_ROOT = {"caddy": "its volumes belong to root; all it may do besides is to take ports 80 and 443"}
WRITES_ITSELF = {"elasticsearch": "its keystore lies beside its settings"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_pinned_bounded_and_may_do_nothing_it_does_not_need(name: str) -> None:
    service = SERVICES[name]
    assert re.fullmatch(r"[a-z0-9./-]+:\d+\.\d+(\.\d+)?(-[a-z]+)?", service["image"])
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert set(service.get("cap_add", ())) <= {"NET_BIND_SERVICE"}
    assert not service.get("privileged")
    assert service.get("read_only") is True or name in WRITES_ITSELF
    assert re.fullmatch(r"[1-9]\d*:\d+", service.get("user", "")) or name in AS_ROOT
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert service["logging"]["options"]["max-size"]
    assert service["profiles"] in (["real"], ["demo"])


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_keeps_its_data_in_volumes_that_are_there(name: str) -> None:
    for volume in SERVICES[name].get("volumes", ()):
        source = volume.split(":")[0]
        assert source in FILE["volumes"] or (ROOT / source).is_file()


@pytest.mark.parametrize("name", OURS)
def test_where_a_container_of_ours_writes_the_image_has_a_folder_that_is_its_own(name: str) -> None:
    """A new volume takes over who owns the folder that it covers; without one it is root's, and ours cannot write."""
    (made,) = re.findall(r"install --directory --mode=0700 --owner=diembao --group=diembao (.*)", DOCKERFILE)
    targets = {volume.split(":")[1] for volume in SERVICES[name]["volumes"]}
    assert targets <= set(made.split())


def test_an_image_of_ours_is_built_once_and_never_fetched() -> None:
    """Several builds of one name at the same time fail where images are kept by containerd."""
    assert [name for name, service in SERVICES.items() if "build" in service] == ["migrate", "demo"]
    assert SERVICES["migrate"]["image"] != SERVICES["demo"]["image"]
    for name in set(OURS) - {"migrate", "demo"}:
        assert SERVICES[name]["image"] == SERVICES["migrate"]["image"]
        assert "migrate" in SERVICES[name]["depends_on"]
    assert {SERVICES[name]["pull_policy"] for name in OURS} == {"never"}


@pytest.mark.parametrize("name", [name for name in SERVICES if SERVICES[name]["restart"] != "no"])
def test_every_service_that_stays_up_says_whether_it_is_well(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


def judged_well(name: str, *replaced: tuple[str, Path]) -> bool:
    """What a service's own health check says here."""
    kind, *words = SERVICES[name]["healthcheck"]["test"]
    for inside, here in replaced:
        words = [word.replace(inside, str(here)) for word in words]
    python = sys.executable if words[0] == "python" else words[0]
    words = ["sh", "-c", words[0]] if kind == "CMD-SHELL" else [python, *words[1:]]
    return subprocess.run(words, check=False, capture_output=True).returncode == 0


def aged(path: Path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds,) * 2)


@pytest.mark.parametrize("name", ["worker", "crawler"])
def test_a_worker_or_crawler_that_has_not_been_at_work_for_a_minute_is_not_well(name: str, tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    _, option, path = SERVICES[name]["command"]
    assert (option, path) == ("--alive", "/tmp/alive")  # noqa: S108 (in the container)
    assert not judged_well(name, (path, alive))
    alive.touch()
    assert judged_well(name, (path, alive))
    aged(alive, 90)
    assert not judged_well(name, (path, alive))


def test_a_backup_that_was_not_made_shows(tmp_path: Path) -> None:
    assert not judged_well("backup", ("/backups", tmp_path))
    manifest = tmp_path / "2026-11-22-0230" / "manifest.json"
    manifest.parent.mkdir()
    manifest.touch()
    assert judged_well("backup", ("/backups", tmp_path))
    aged(manifest, 30 * 3600)
    assert not judged_well("backup", ("/backups", tmp_path))


def backed_up(tmp_path: Path, diembao: str) -> tuple[list[str], int]:
    """One turn of the loop with another program in its place: what lies there then, and how long it would wait."""
    folder, programs = tmp_path / "backups", tmp_path / "bin"
    (folder / "broken.unfinished").mkdir(parents=True)
    programs.mkdir()
    for name, says in (("diembao", diembao), ("sleep", f'echo "$1" > {tmp_path}/slept; kill $PPID')):
        (programs / name).write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    script = SERVICES["backup"]["command"][0].replace("$$", "$").replace("/backups", str(folder))
    environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}"}
    subprocess.run(["sh", "-c", script], env=environment, capture_output=True, check=False, timeout=30)
    return sorted(each.name for each in folder.iterdir()), int((tmp_path / "slept").read_text())


def test_a_backup_that_failed_is_tried_again_soon_and_one_that_was_broken_off_goes(tmp_path: Path) -> None:
    assert backed_up(tmp_path / "failing", "exit 1") == ([], 900)
    made, pause = backed_up(tmp_path / "well", 'mkdir "$3"')
    assert (len(made), pause) == (1, 86400)


def test_several_workers_share_the_work_and_each_crawler_has_its_share() -> None:
    assert SERVICES["worker"]["deploy"] == {"replicas": "${WORKERS:-2}"}
    replicas = SERVICES["crawler"]["deploy"]["replicas"]
    for name in set(OURS) - {"demo"}:
        assert SERVICES[name]["environment"]["DIEMBAO_CRAWL__PROCESSES"] == replicas
        assert SERVICES[name]["volumes"][0] == SERVICES["worker"]["volumes"][0]  # one home
    (connections,) = re.findall(r"max_connections=(\d+)", " ".join(SERVICES["postgres"]["command"]))
    assert int(connections) >= 2 * 15 * (2 + 1 + 2)  # for twice as many as there are


def test_who_may_be_written_to_comes_from_env_and_where_it_says_nothing_from_the_file_of_settings() -> None:
    """An empty value would outrank that file: so the name alone, which Compose fills in where it is set."""
    assert SERVICES["crawler"]["environment"]["DIEMBAO_CRAWL__CONTACT"] is None
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(r"^# DIEMBAO_CRAWL__CONTACT=.", example, flags=re.MULTILINE)


def test_who_waits_for_whom_is_there() -> None:
    for service in SERVICES.values():
        for other, how in service.get("depends_on", {}).items():
            assert SERVICES[other]["profiles"] == service["profiles"]
            assert how["condition"] != "service_healthy" or "healthcheck" in SERVICES[other]
    for name in ("web1", "web2", "worker", "crawler", "backup"):
        assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}


def test_only_the_proxy_is_open_to_other_machines_and_the_servers_lie_where_nothing_leads() -> None:
    assert {name for name, service in SERVICES.items() if service.get("ports")} == {"caddy"}
    assert FILE["networks"]["inside"]["internal"] is True
    assert all(SERVICES[name]["networks"] == ["inside"] for name in ("postgres", "elasticsearch"))
    assert [name for name, service in SERVICES.items() if service.get("network_mode")] == ["demo"]
    (believed,) = re.findall(r'"([\d.]+)"', SERVICES["web1"]["environment"]["DIEMBAO_WEB__PROXIES"])
    assert SERVICES["caddy"]["networks"]["front"]["ipv4_address"] == believed


def test_whoever_asks_outside_has_a_way_out_and_the_proxy_is_met_where_it_is_believed() -> None:
    """The web processes ask the sign-in provider and send trials; all but the databases and what serves them."""
    out = {name for name in OURS for net in SERVICES[name].get("networks", ()) if not leads_nowhere(net)}
    assert out == {"web1", "web2", "worker", "crawler"}
    for name in ("web1", "web2"):
        assert set(SERVICES[name]["networks"]) & set(SERVICES["caddy"]["networks"]) == {"front"}
    assert any(not leads_nowhere(net) for net in SERVICES["caddy"]["networks"])


def leads_nowhere(network: str) -> bool:
    return bool((FILE["networks"][network] or {}).get("internal"))


def test_no_secret_stands_in_the_environment_and_every_secret_is_a_file_that_is_made() -> None:
    for service in SERVICES.values():
        for key, value in service.get("environment", {}).items():
            if "PASSWORD" in key or "SECRET" in key or "STORE__URL" in key:
                assert key.endswith("_FILE")
                assert value.removeprefix("/run/secrets/") in service["secrets"]
    made = (ROOT / "deploy" / "make-secrets").read_text(encoding="utf-8")
    for name, secret in FILE["secrets"].items():
        assert secret["file"] == f"./secrets/{name}"
        assert f"secrets/{name}" in made
    assert "secrets" in (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert "secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_secrets_are_made_once_and_fit_together(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    script = tmp_path / "deploy" / "make-secrets"
    script.write_bytes((ROOT / "deploy" / "make-secrets").read_bytes())

    def made() -> dict[str, str]:
        subprocess.run(["sh", str(script)], check=True, capture_output=True)
        return {path.name: path.read_text(encoding="ascii") for path in (tmp_path / "secrets").iterdir()}

    first = made()
    assert set(first) == set(FILE["secrets"])
    assert first["store-url"] == f"postgresql+psycopg://diembao:{first['postgres-password']}@postgres:5432/diembao"
    assert first["elasticsearch-bootstrap"] == first["elastic-password"]
    assert min(len(value) for value in first.values()) >= 40
    assert made() == first
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    bootstrap = (tmp_path / "secrets" / "elasticsearch-bootstrap").stat()
    assert bootstrap.st_mode & 0o777 == 0o400
    assert os.geteuid() != 0 or bootstrap.st_uid == 1000


def test_elasticsearch_is_the_version_that_the_tests_run_on() -> None:
    (version,) = re.findall(r"^ES=(\S+)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert SERVICES["elasticsearch"]["image"].endswith(f"/elasticsearch:{version}")


def test_the_programs_settings_in_it_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = {"DIEMBAO_CRAWL__CONTACT": "x@example.org"}  # what .env says
    for key, said in SERVICES["web1"]["environment"].items():
        value = here[key] if said is None else said
        if value.startswith("/run/secrets/"):
            path = tmp_path / value.rsplit("/", 1)[1]
            path.write_text("postgresql+psycopg://diembao:x@postgres:5432/diembao\n", encoding="utf-8")
            value = str(path)  # where it lies here
        monkeypatch.setenv(key, re.sub(r"\$\{\w+:-(\w+)\}", r"\1", value))
    read = load(tmp_path)
    assert (read.shared, read.crawl.processes, read.crawl.contact) == (True, 1, "x@example.org")
    assert (read.index.engine, read.index.user) == ("elastic", "elastic")
    assert read.store_url.startswith("postgresql+psycopg://diembao:")
    assert (read.web.public_url, read.web.proxies) == ("https://localhost", ("172.30.87.2",))


@pytest.mark.parametrize("name", [name for name in OURS if isinstance(SERVICES[name].get("command"), list)])
def test_every_command_of_ours_is_one(name: str) -> None:
    words = SERVICES[name]["command"]
    if "entrypoint" in SERVICES[name]:
        named = re.findall(r"diembao (init|status|backup)\b", words[0].replace("$$", "$"))
        assert named
        subprocess.run(["sh", "-n", "-c", words[0].replace("$$", "$")], check=True)
    else:
        named = [words[0]]
    for command in named:
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0
    assert {each for each in words if each.startswith("--")} <= {"--host", "--demo", "--alive"}


def instructions() -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n", " ", DOCKERFILE)
    lines = [line.strip() for line in joined.splitlines() if line.strip() and not line.strip().startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def hadolint(*options: str) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name("hadolint"))
    words = [program, "--no-color", "--failure-threshold", "style", *options, str(ROOT / "Dockerfile")]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_hadolint_finds_nothing_but_what_is_left_on_purpose() -> None:
    found = hadolint("--disable-ignore-pragma").stdout
    left = set(re.findall(r"^# hadolint ignore=(\w+)$", DOCKERFILE, flags=re.MULTILINE))
    assert {rule: re.findall(rf"\b{rule}\b", found) != [] for rule in left} == dict.fromkeys(left, True)  # none is idle
    assert all(re.search(rf"^# {rule}: \w", DOCKERFILE, flags=re.MULTILINE) for rule in left)  # each has its reason
    told = hadolint()
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def test_the_image_is_built_by_our_own_rules() -> None:
    """What hadolint does not ask for."""
    found = instructions()
    bases = [rest.split()[0] for word, rest in found if word == "FROM"]
    assert all(re.fullmatch(r"[a-z]+:\d+\.\d+\.\d+-[a-z-]+", base) for base in bases)
    assert len(set(bases)) == 1
    assert "apt-get upgrade" not in DOCKERFILE
    users = [rest for word, rest in found if word == "USER"]
    assert users == [SERVICES["worker"]["user"]]
    assert next(n for n, each in enumerate(found) if each[0] == "USER") > max(
        n for n, each in enumerate(found) if each[0] in {"RUN", "COPY"}
    )


def test_the_layers_of_the_image_go_from_what_changes_least_to_what_changes_most() -> None:
    found = [rest for word, rest in instructions() if word in {"RUN", "COPY"}]
    torch, libraries, program = (
        next(n for n, each in enumerate(found) if part in each) for part in (".torch", "-r pyproject.toml", ". .")
    )
    assert torch < libraries < program
