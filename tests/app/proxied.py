"""An office as docker-compose.yml puts it together, without containers: the Caddyfile before two web processes."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from diembao.api.sessions import SECURE_COOKIE
from diembao.pipeline.wiring import open_installation
from tests.dashboard import entering, published, seed
from tests.test_whole_path import free_block

CADDYFILE = Path(__file__).parents[2] / "deploy" / "Caddyfile"
CADDY = str(Path(sys.executable).with_name("caddy"))
PATIENCE = 200.0  # seconds on a busy machine

# For a machine that others use too: ports of its own, no certificate put among those that the machine believes, and
# its doors counted where a test can look.
_HERE = """{{
	admin 127.0.0.1:{admin}
	http_port {http}
	https_port {https}
	skip_install_trust
	storage file_system {folder}
}}
"""


def until(holds: Callable[[], object]) -> None:
    pause, end = threading.Event(), time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        pause.wait(0.1)


@dataclass
class Office:
    """``webs`` by their address, as Caddy names them; ``cookie`` is a session of somebody who may do everything."""

    home: Path
    base: str
    plain: str
    admin: str
    webs: dict[str, subprocess.Popen[bytes]]
    cookie: dict[str, str]

    def asked(self, path: str, cookies: Mapping[str, str] | None = None) -> httpx.Response:
        """By a program that believes Caddy's own authority and nobody else."""
        believed = ssl.create_default_context(cafile=self.home / "caddy/pki/authorities/local/root.crt")
        return httpx.get(self.base + path, cookies=dict(cookies or {}), verify=believed, timeout=PATIENCE)

    def lines(self) -> dict[str, int]:
        """How many answers each web process is giving at the moment, lines of screens among them."""
        told = httpx.get(f"{self.admin}/reverse_proxy/upstreams").raise_for_status().json()
        return {each["address"]: each["num_requests"] for each in told}

    def kill(self, address: str) -> None:
        self.webs[address].kill()
        self.webs[address].wait()

    def answers(self) -> bool:
        try:
            return self.asked("/_stcore/health").is_success
        except OSError:  # no certificate yet
            return False
        except httpx.TransportError:
            return False


@contextmanager
def office(home: Path) -> Iterator[Office]:
    with open_installation(seed.home_at(home)) as house:
        seed.fill(house, (*published.LEADING, *published.month(6)), now=datetime.now(UTC))
    first = free_block(5)
    webs, (http, https, admin) = (first, first + 1), range(first + 2, first + 5)
    base = f"https://localhost:{https}"
    environment = os.environ | {"DIEMBAO_HOME": str(home), "DIEMBAO_WEB__PUBLIC_URL": base}
    environment["DIEMBAO_WEB__PROXIES"] = '["127.0.0.1"]'
    text = _HERE.format(admin=admin, http=http, https=https, folder=home / "caddy")
    (home / "Caddyfile").write_text(text + _for_here(webs), encoding="utf-8")
    with ExitStack() as stack:
        program = [sys.executable, "-m", "diembao.app.cli", "web", "--port"]
        started = {
            f"127.0.0.1:{port}": stack.enter_context(_running(home, environment, *program, str(port))) for port in webs
        }
        cookie = {SECURE_COOKIE: next(iter(entering.session(home).values()))}
        until(lambda: all(map(_healthy, started)))
        stack.enter_context(_caddy(home))
        found = Office(home, base, f"http://localhost:{http}", f"http://127.0.0.1:{admin}", started, cookie)
        until(found.answers)
        yield found


@contextmanager
def before(home: Path, webs: tuple[int, int]) -> Iterator[Callable[[str, str], httpx.Response]]:
    """Caddy alone, before two ports where anything may answer: asks it, by method and path."""
    first = free_block(3)
    http, https, admin = range(first, first + 3)
    text = _HERE.format(admin=admin, http=http, https=https, folder=home / "caddy")
    (home / "Caddyfile").write_text(text + _for_here(webs), encoding="utf-8")
    with _caddy(home):
        root = home / "caddy/pki/authorities/local/root.crt"

        def ask(method: str, path: str) -> httpx.Response:
            believed = ssl.create_default_context(cafile=root)
            return httpx.request(method, f"https://localhost:{https}{path}", verify=believed, timeout=PATIENCE)

        def is_there() -> bool:
            try:
                return bool(ask("GET", "/").status_code)
            except (OSError, httpx.TransportError):  # no certificate yet
                return False

        until(is_there)
        yield ask


def _caddy(home: Path) -> AbstractContextManager[subprocess.Popen[bytes]]:
    words = [CADDY, "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"]
    return _running(home, os.environ | {"DIEMBAO_NAME": "localhost"}, *words)


def _for_here(webs: tuple[int, ...]) -> str:
    """The file as it is shipped, but that we are strangers to it, and that it looks after nobody's health after its
    start: who goes to the other process at once was not helped by that.
    """
    text = CADDYFILE.read_text(encoding="utf-8").replace("private_ranges", "10.0.0.0/8")
    assert "health_interval 10s\n" in text
    text = text.replace("health_interval 10s\n", "health_interval 1h\n")
    for name, port in zip(("web1", "web2"), webs, strict=True):
        text = text.replace(f"{name}:8501", f"127.0.0.1:{port}")
    return text


def _healthy(address: str) -> bool:
    try:
        return httpx.get(f"http://{address}/_stcore/health").is_success
    except httpx.TransportError:
        return False


@contextmanager
def _running(home: Path, environment: Mapping[str, str], *words: str) -> Iterator[subprocess.Popen[bytes]]:
    with (home / "said.log").open("ab") as said:
        process = subprocess.Popen(words, env=environment, stdout=said, stderr=said)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def validated() -> str:
    """What Caddy says of the file as it is shipped, and how it would write it."""
    environment = os.environ | {"DIEMBAO_NAME": "localhost"}
    words = [CADDY, "validate", "--config", str(CADDYFILE)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def formatted() -> str:
    assert shutil.which(CADDY)
    return subprocess.run([CADDY, "fmt", str(CADDYFILE)], capture_output=True, text=True, check=False).stdout
