"""docker-compose.yml as the real `docker compose config` reads it, profile by profile: is it what we mean?"""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest

from tests.parts import compose, needs

pytestmark = needs("compose")

ROOT = Path(__file__).parent.parent
REAL = {"postgres", "elasticsearch", "migrate", "web1", "web2", "worker", "crawler", "backup", "caddy"}
PROFILES = {"demo": {"demo"}, "real": REAL, "demo,real": {"demo", *REAL}, "": set[str]()}
OURS_TO_SET = ("DIEMBAO_NAME", "ES_JAVA_OPTS", "ES_MEMORY", "WORKERS", "CRAWLERS")


@cache
def read(profiles: str, *set_: str, env_file: Path = Path(os.devnull)) -> dict[str, Any]:
    """What it makes of the file; it may not complain of anything, as of a variable that is not set."""
    words = compose()
    assert words, "there is no `docker compose` here: see .ci/run"
    environment = {key: value for key, value in os.environ.items() if key not in OURS_TO_SET}
    environment |= {"COMPOSE_PROFILES": profiles} | dict(each.split("=", 1) for each in set_)
    asked = [*words, "--env-file", str(env_file), "config", "--format", "json"]
    done = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def service(name: str, *set_: str) -> dict[str, Any]:
    found: dict[str, Any] = read("demo,real", *set_)["services"][name]
    return found


@pytest.mark.parametrize(("profiles", "names"), PROFILES.items())
def test_each_profile_is_read_without_a_word_and_starts_what_it_says(profiles: str, names: set[str]) -> None:
    assert set(read(profiles)["services"]) == names


def test_the_example_of_settings_changes_nothing_until_it_is_filled_in() -> None:
    example = ROOT / ".env.example"
    assert read("real", env_file=example) == read("real")


@pytest.mark.parametrize("name", sorted(REAL | {"demo"}))
def test_every_service_is_bounded_and_watched_once_it_is_read(name: str) -> None:
    its = service(name)
    assert 2**28 <= int(its["mem_limit"]) <= 2**31
    assert its["pids_limit"] > 0
    assert its["cap_drop"] == ["ALL"]
    assert its["security_opt"] == ["no-new-privileges:true"]
    assert name == "migrate" or its["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert name == "migrate" or its["healthcheck"]["retries"] >= 1


@pytest.mark.parametrize("name", sorted(REAL - {"postgres", "elasticsearch", "caddy"}))
def test_ours_wait_until_the_record_is_up_to_date_and_share_one_home(name: str) -> None:
    its = service(name)
    waits = {other: how["condition"] for other, how in its["depends_on"].items()}
    if name == "migrate":
        assert waits == dict.fromkeys(("postgres", "elasticsearch"), "service_healthy")
    else:
        assert waits == {"migrate": "service_completed_successfully"}
    home = {"type": "volume", "source": "home", "target": "/var/lib/diembao"}
    assert home.items() <= its["volumes"][0].items()


@pytest.mark.parametrize("name", sorted(REAL))
def test_secrets_come_as_files_where_the_settings_look_for_them(name: str) -> None:
    its = service(name)
    mounted = {each["target"] for each in its.get("secrets", ())}
    named = {value for key, value in its.get("environment", {}).items() if key.endswith("_FILE")}
    assert mounted == named
    files = {name: Path(each["file"]) for name, each in read("real")["secrets"].items()}
    assert all(path == ROOT / "secrets" / name for name, path in files.items())


def test_every_volume_has_a_name_that_outlives_its_containers() -> None:
    assert {name: each["name"] for name, each in read("demo,real")["volumes"].items()} == {
        name: f"diembao_{name}"
        for name in ("postgres", "elasticsearch", "home", "backups", "caddy-data", "caddy-config", "demo")
    }


def test_a_shell_in_a_container_meets_its_own_variables_and_not_this_machines() -> None:
    """What is read here shows a dollar that was kept as two."""
    assert "$$(date +%F-%H%M)" in service("backup")["command"][0]
    assert '"$$DIEMBAO_HOME/diembao.toml"' in service("migrate")["command"][0]
    assert "$$(cat /run/secrets/elasticsearch-bootstrap)" in service("elasticsearch")["healthcheck"]["test"][1]


def test_an_office_says_how_many_and_how_large_and_by_which_name() -> None:
    told = ("WORKERS=5", "CRAWLERS=3", "ES_MEMORY=4g", "ES_JAVA_OPTS=-Xms2g -Xmx2g", "DIEMBAO_NAME=bao.example.vn")
    assert service("worker", *told)["deploy"]["replicas"] == 5
    assert service("crawler", *told)["deploy"]["replicas"] == 3
    assert service("worker", *told)["environment"]["DIEMBAO_CRAWL__PROCESSES"] == "3"
    assert int(service("elasticsearch", *told)["mem_limit"]) == 4 * 2**30
    assert service("elasticsearch", *told)["environment"]["ES_JAVA_OPTS"] == "-Xms2g -Xmx2g"
    assert service("web2", *told)["environment"]["DIEMBAO_WEB__PUBLIC_URL"] == "https://bao.example.vn"
    assert service("caddy", *told)["environment"]["DIEMBAO_NAME"] == "bao.example.vn"


def test_nobody_else_is_given_the_address_at_which_the_proxy_is_believed() -> None:
    (pool,) = read("real")["networks"]["front"]["ipam"]["config"]
    proxy = ip_address(service("caddy")["networks"]["front"]["ipv4_address"])
    assert proxy in ip_network(pool["subnet"])
    assert proxy not in ip_network(pool["ip_range"])


def test_one_image_of_ours_is_built_by_one_service_of_a_profile() -> None:
    for profiles in PROFILES:
        built = [each["image"] for each in read(profiles)["services"].values() if "build" in each]
        assert len(built) == len(set(built))
