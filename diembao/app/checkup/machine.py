"""The machine that the program runs on: disk, memory, clock, time zones, limits, fonts, LibreOffice."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from diembao.app.checkup.finding import Finding, bad, good, look

GB: Final = 1_000_000_000
# An office that reads 250 outlets adds some 20 MB a day; a rebuild of the index needs its size twice.
LITTLE, TOO_LITTLE = 5 * GB, GB
# With the embedded index at 200,000 articles everything together holds 1.2 GB.
MEMORY: Final = GB // 2
# Files open at once: collectors, websockets of an office, the index's parts.
FEW, TOO_FEW = 4096, 512
# The clock may not stand before this version was made.
MADE: Final = datetime(2026, 11, 22, tzinfo=UTC)
AHEAD: Final = timedelta(minutes=5)
# Letters that documents hold, and a language of each by which fontconfig knows its fonts.
LETTERS: Final = {"vi": "Việt", "lo": "Lào", "km": "Khmer", "th": "Thái", "zh-cn": "Hoa", "ja": "Nhật", "ko": "Hàn"}
FONTS: Final = "apt-get install fonts-liberation2 fonts-noto-core fonts-noto-cjk"
# In the home: hashes of passwords, drafts, contacts; passwords, perhaps; what signs.
SECRET: Final = ("diembao.db", "diembao.toml", "keys")
_UNSYNCHRONISED: Final = 5  # TIME_ERROR of adjtimex(2)


def python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info < (3, 15):
        return good("python", found, found)
    return bad("python", (f"bản {found}", f"version {found}"), ("cài Python 3.11 đến 3.14", "install 3.11 to 3.14"))


def home(folder: Path, top: Path = Path("/")) -> Finding:
    """``top``: from which folder on it is asked whether others are let in."""
    name = "home"
    if not folder.exists():
        says = f"{folder} chưa có", f"{folder} is not there yet"
        return look(name, says, ("chạy `diembao init`", "run `diembao init`"))
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"diembao")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        says = f"{folder} không ghi được: {error.strerror}", f"{folder} cannot be written: {error.strerror}"
        return bad(
            name, says, ("sửa quyền hay ổ đĩa, hoặc đặt DIEMBAO_HOME", "mend rights or disk, or set DIEMBAO_HOME")
        )
    above = [each for each in folder.resolve().parents if each.is_relative_to(top.resolve())]
    if not all(_others(each, stat.S_IXOTH) for each in above) or not _others(folder, stat.S_IRWXO):
        return good(name, str(folder), str(folder))
    do = f"chmod -R go-rwx {folder}", f"chmod -R go-rwx {folder}"
    secret = [str(folder / each) for each in SECRET if _others(folder / each, stat.S_IROTH | stat.S_IWOTH)]
    if secret and _others(folder, stat.S_IXOTH):
        told = ", ".join(secret)
        return bad(name, (f"người khác trên máy đọc được {told}", f"others on this machine can read {told}"), do)
    return look(name, (f"người khác trên máy vào được {folder}", f"others on this machine can enter {folder}"), do)


def _others(path: Path, bits: int) -> bool:
    """May others on this machine do one of these to it?"""
    with suppress(OSError):
        return bool(path.stat().st_mode & bits)
    return False


def disk(folder: Path, *, little: int = LITTLE, too_little: int = TOO_LITTLE) -> Finding:
    """``little`` and ``too_little`` are bytes free."""
    there = next((each for each in (folder, *folder.parents) if each.exists()), Path("/"))
    found = shutil.disk_usage(there)
    files = os.statvfs(there)
    says = f"còn {found.free / GB:.1f} GB ở {there}", f"{found.free / GB:.1f} GB free at {there}"
    if files.f_files and files.f_favail < 10_000:
        says = f"{says[0]}, chỉ còn chỗ cho {files.f_favail} tệp", f"{says[1]}, room for {files.f_favail} files only"
        return bad("disk", says, ("xóa bớt tệp ở ổ đĩa này", "remove files from this disk"))
    do = "dọn ổ đĩa, hoặc dời thư mục dữ liệu", "make room, or move the home"
    if found.free < too_little:
        return bad("disk", says, do)
    return look("disk", says, do) if found.free < little else good("disk", *says)


def memory() -> Finding:
    with suppress(OSError, StopIteration, ValueError):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        free = 1024 * int(next(line for line in lines if line.startswith("MemAvailable:")).split()[1])
        says = f"còn {free / GB:.1f} GB", f"{free / GB:.1f} GB available"
        if free < MEMORY:
            return look("memory", says, ("tắt bớt chương trình, hoặc thêm bộ nhớ", "end other programs, or add memory"))
        return good("memory", *says)
    return good("memory", "hệ thống không cho biết", "the system does not say")


def files_limit() -> Finding:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    says = f"{soft} tệp mở cùng lúc (tối đa {hard})", f"{soft} files at once ({hard} at the most)"
    do = "LimitNOFILE=65536 trong tệp systemd, hoặc `ulimit -n 65536`", "LimitNOFILE=65536, or `ulimit -n 65536`"
    if soft != resource.RLIM_INFINITY and soft < TOO_FEW:
        return bad("open-files", says, do)
    if soft != resource.RLIM_INFINITY and soft < FEW and hard < FEW:
        return look("open-files", says, do)
    return good("open-files", *says)


def clock(now: datetime, newest: datetime | None) -> Finding:
    """``newest`` is the time of the latest thing in the record."""
    told = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    do = "bật đồng bộ giờ: `timedatectl set-ntp true`", "keep it set: `timedatectl set-ntp true`"
    if now < MADE:
        return bad("clock", (f"{told}: trước ngày có chương trình này", f"{told}: before this program was made"), do)
    if newest is not None and newest > now + AHEAD:
        says = (
            f"{told}, mà kho đã ghi việc lúc {newest:%Y-%m-%d %H:%M} UTC",
            f"{told}, yet the record is of {newest:%Y-%m-%d %H:%M} UTC",
        )
        return bad("clock", says, do)
    if _unsynchronised():
        return look("clock", (f"{told}, không đồng bộ với máy chủ giờ nào", f"{told}, kept by no time server"), do)
    return good("clock", told, told)


def _unsynchronised() -> bool:
    """As Linux' kernel says; elsewhere nobody knows."""
    with suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512)) == _UNSYNCHRONISED)
    return False


def time_zones(zones: Iterable[str]) -> Finding:
    missing = [zone for zone in sorted(set(zones)) if not _zone(zone)]
    if missing:
        says = f"không có múi giờ {', '.join(missing)}", f"no time zone data for {', '.join(missing)}"
        return bad("time-zones", says, ("pip install tzdata, hoặc apt-get install tzdata", "pip install tzdata"))
    return good("time-zones", "đủ", "all there")


def _zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def fonts() -> Finding:
    program = shutil.which("fc-list")
    if program is None:
        says = "không rõ: máy không có fc-list", "unknown: there is no fc-list"
        return look("fonts", says, (f"apt-get install fontconfig; {FONTS}", f"apt-get install fontconfig; {FONTS}"))
    missing = [name for code, name in LETTERS.items() if not _said([program, f":lang={code}", "family"])]
    if missing:
        says = f"thiếu phông có chữ {', '.join(missing)}", f"no font with the letters of: {', '.join(missing)}"
        return look("fonts", says, (FONTS, FONTS))
    return good("fonts", "đủ chữ cho văn bản", "letters for documents are there")


def office() -> Finding:
    from diembao.paper.pdf import INSTALL, converter, is_there

    if not is_there():
        says = (
            "không có LibreOffice: văn bản chỉ ra DOCX, không ra PDF",
            "no LibreOffice: documents as DOCX, none as PDF",
        )
        return look("libreoffice", says, (INSTALL, INSTALL))
    said = _said([converter(), "--version"], seconds=30)
    if not said:
        says = f"{converter()} không chạy được", f"{converter()} does not run"
        return bad("libreoffice", says, (f"cài lại: {INSTALL}", f"install again: {INSTALL}"))
    return good("libreoffice", said[:60], said[:60])


def _said(command: list[str], seconds: float = 10) -> str:
    """The first line that a program says; empty where it fails, is silent, or takes too long."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip().split("\n")[0].strip() if done.returncode == 0 else ""
