"""The program as docker-compose.yml starts it, with no capability: it writes in its home, and in a /tmp in memory that
runs nothing, and nowhere else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import yaml

from tests.app.sourcing import store
from tests.crawlers.newsroom import Answer, Newsroom
from tests.crawlers.pages import item, page, rss
from tests.parts import needs
from tests.test_whole_path import free_block

ROOT = Path(__file__).parents[2]
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
PATIENCE = 200.0  # seconds

TMP = "/var/tmp"  # noqa: S108 (a mount of its own)

pytestmark = needs("mounts")

# The first word is the home, the others the command. What stands for /tmp is /var/tmp, LibreOffice's other
# place: this checkout may lie in /tmp.
_LOCKED = r"""
set -e
home=$1 new=$(mktemp -d)
shift
trap 'umount -R -l "$new" && rmdir "$new"' EXIT
mount --bind / "$new"
mount -o remount,bind,ro "$new"
mount --rbind /proc "$new/proc"
mount --rbind /dev "$new/dev"
mount -t tmpfs -o noexec,nosuid,nodev,size=512m,mode=1777 tmpfs "$new/var/tmp"
mount --bind "$home" "$new$home"
mount -o remount,bind,rw "$new$home"
chroot "$new" setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$@"
"""


def locked(home: Path, *words: str) -> subprocess.Popen[str]:
    folder = str(Path(sys.executable).parent)
    environment = os.environ | {"HOME": TMP, "TMPDIR": TMP, "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"DIEMBAO_HOME": str(home), "PATH": f"{folder}:{os.environ['PATH']}"}
    command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", _LOCKED, "locked", str(home), *words]
    return subprocess.Popen(
        command, env=environment, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def told(home: Path, *words: str) -> str:
    with locked(home, *words) as process:
        said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
    assert "Read-only file system" not in said
    return said


def test_what_is_locked_is_locked(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    home = tmp_path / "home"
    home.mkdir()
    with locked(home, "touch", str(outside)) as process:
        said, _ = process.communicate(timeout=PATIENCE)
    assert "Read-only file system" in said
    assert not outside.exists()
    told(home, "sh", "-c", "touch /var/tmp/x; touch $DIEMBAO_HOME/x")
    assert (home / "x").exists()
    assert "CapEff:\t0000000000000000" in told(home, "cat", "/proc/self/status")


@needs("soffice")
def test_a_day_of_the_program_writes_in_its_home_alone(tmp_path: Path) -> None:
    with Newsroom().open() as room:
        room.answers["/rss"] = Answer(rss(item(room.url("/bai"), "Quy Nhơn")))
        room.answers["/bai"] = Answer(page("Quy Nhơn"))
        (tmp_path / "catalogue.yaml").write_text(
            f"- {{id: bao, name: Báo, country: VN, language: vi, fetch: all, "
            f"home: '{room.url('/')}', feeds: ['{room.url('/rss')}']}}\n",
            encoding="utf-8",
        )
        told(tmp_path, "sh", "-c", SERVICES["migrate"]["command"][0].replace("$$", "$"))
        (tmp_path / "diembao.toml").write_text(
            f'[crawl]\ncontact = "x@example.org"\ncatalogue = "catalogue.yaml"\nallow_private = ["{room.host}"]\n',
            encoding="utf-8",
        )
        told(tmp_path, "diembao", "run", "--once")
    with closing(store(tmp_path)) as record:
        assert record.size() == 1
    told(tmp_path, "diembao", "backup", "--out", str(tmp_path / "backup"), "--json")
    letter = "from diembao.paper import docx, pdf; from tests.paper.test_pdf import *; "
    letter += "assert pdf.convert(docx.write(letter(Heading('Đ')))).startswith(b'%PDF')"
    told(tmp_path, "sh", "-c", f'cd {ROOT}; exec python -c "{letter}"')
    _serves(tmp_path)


def _serves(home: Path) -> None:
    port = free_block(1)
    pause, end = threading.Event(), time.monotonic() + PATIENCE
    with locked(home, "diembao", "web", "--port", str(port)) as process:
        try:
            while not _well(port):
                assert process.poll() is None, process.stdout and process.stdout.read()
                assert time.monotonic() < end
                pause.wait(0.1)
            assert httpx.get(f"http://127.0.0.1:{port}/dang-nhap", timeout=PATIENCE).is_success
        finally:
            subprocess.run(["pkill", "-TERM", "-P", str(process.pid)], check=False)
        said, _ = process.communicate(timeout=PATIENCE)
    assert "Read-only file system" not in said


def _well(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/_stcore/health").is_success
    except httpx.TransportError:
        return False
