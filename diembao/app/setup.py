"""The files of a new installation: `diembao.toml` for real use, or for the demo newsroom."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import yaml

from demo import newsroom
from diembao.app.ending import until_told
from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.settings import FILE, load
from diembao.pipeline.children import follow_parent

DEMO_FILE = "demo.json"
DEMO_CATALOGUE = "demo-outlets.yaml"
DEMO_SEED = 1
HOST = "127.0.0.1"
# Seconds between two looks whether it was told to end.
LOOK = 0.5

REAL_SETTINGS = """\
# Điểm Báo: cài đặt. Dòng bắt đầu bằng # là giá trị mặc định.
# Biến môi trường cũng được: DIEMBAO_CRAWL__DELAY=2

# Tỉnh được theo dõi (một hồ sơ trong diembao/plan/provinces).
province = "gia-lai"

[crawl]
# Trang hoặc địa chỉ thư để các báo liên hệ; nằm trong tên gửi kèm mỗi yêu cầu. Hãy điền.
contact = ""
# Danh mục thay cho danh mục đi kèm (YAML, xem docs/outlets.md). Chỉ thêm nguồn: viết vào outlets.yaml ở thư mục này.
# catalogue = "danh-muc.yaml"
# Chỉ thu thập các nguồn này; trống: tất cả.
# outlets = ["vnexpress", "baogialai"]
# Giây giữa hai lượt thu thập; nguồn ít tin được đọc thưa hơn, tới bốn lần.
# interval = 900
# Giây giữa hai yêu cầu tới cùng một máy chủ (robots.txt đòi nhiều hơn thì theo robots.txt).
# delay = 1.0
# Bài cũ hơn số ngày này thì bỏ qua (ghi "refused: too-old").
# max_age_days = 60

[index]
# Chỉ mục tìm kiếm: "embedded" (không cần gì thêm) hoặc "elastic" (docs/elasticsearch.md).
# engine = "embedded"
# url = "http://127.0.0.1:9200"

[web]
# Máy khác chỉ vào được khi đã có tài khoản quản trị (docs/accounts.md).
# host = "127.0.0.1"
# port = 8501
# language = "vi"
# Địa chỉ mà người nhận thư mở trang web; có thì mỗi thư kèm liên kết tới đó.
# public_url = "https://diembao.example.vn"

# Gửi thư cảnh báo (docs/alerts.md). Mật khẩu nên để ở biến môi trường DIEMBAO_MAIL__PASSWORD.
# [mail]
# host = "smtp.example.vn"
# security = "starttls"
# user = "diembao@example.vn"
# from = "diembao@example.vn"

# Mô hình ngôn ngữ do cơ quan chọn, tắt khi không đặt (docs/opinion.md). Bài chỉ tới địa chỉ nội bộ.
# [opinion]
# url = "http://10.0.0.5:11434/v1"
# model = "qwen3:14b"

# Cảnh báo: tên và câu tìm như gõ trong Dòng tin; có `to` thì gửi thư, không thì vào thư mục alerts.
# Thêm cũng được bằng `diembao alerts add`.
[[alerts]]
name = "Phê phán về tỉnh"
query = "thái_độ:phê_phán liên_quan:có"
# to = ["truc.ban@example.vn"]
"""


@dataclass(frozen=True, slots=True)
class Demo:
    """Which newsroom this home reads. The start time is kept, so that the next `up` goes on where it was."""

    port: int
    seed: int
    start: str


def write_settings(home: Path) -> Path:
    """A commented `diembao.toml`; one that exists is never overwritten."""
    path = home / FILE
    if path.exists():
        msg = f"{path} đã có; để nguyên ({path} exists already; it is left as it is)"
        raise WrongUse(msg)
    _write(path, REAL_SETTINGS)
    return path


def write_demo(home: Path, port: int) -> Path:
    """Settings, catalogue and start time of the demo newsroom on ``port`` and the ones after it.

    A home that reads the demo already may be moved to another port; one for real use is left alone.
    """
    path, known = home / FILE, read_demo(home)
    if path.exists() and known is None:
        msg = (
            f"{home} đang dùng thật; bản trình diễn cần thư mục riêng, --home THƯ-MỤC"
            f" ({home} is set up for real use; the demo needs a home of its own, --home DIR)"
        )
        raise WrongUse(msg)
    demo = replace(known, port=port) if known else Demo(port, DEMO_SEED, datetime.now(UTC).isoformat())
    watched = load(home).watched if path.exists() else ()  # a person may have named others since
    catalogue = yaml.safe_dump(newsroom.catalogue(port), allow_unicode=True, sort_keys=False)
    _write(home / DEMO_CATALOGUE, catalogue)
    _write(home / DEMO_FILE, json.dumps(asdict(demo)))
    _write(path, _demo_settings(port, watched))
    return path


def _demo_settings(port: int, watched: Sequence[str]) -> str:
    hosts = ", ".join(f'"{HOST}:{port + n}"' for n in range(newsroom.ports_needed()))
    return (
        "# Điểm Báo: thu thập tòa soạn trình diễn trên máy này.\n"
        f"{_watching(watched)}\n\n[crawl]\n"
        'contact = "demo@diembao.invalid"\n'
        f'catalogue = "{DEMO_CATALOGUE}"\n'
        "interval = 20\nmax_interval = 20\ndelay = 0.05\ntimeout = 10\n"
        f"allow_private = [{hosts}]\n"
        "\n[discovery]\ninterval = 0\n"  # made-up outlets are known to nobody outside
    )


def _watching(watched: Sequence[str]) -> str:
    if len(watched) > 1:
        return f"provinces = {json.dumps(list(watched))}"
    return f'province = "{watched[0] if watched else "gia-lai"}"'


def read_demo(home: Path) -> Demo | None:
    path = home / DEMO_FILE
    if not path.exists():
        return None
    try:
        return Demo(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        msg = (
            f"không đọc được {path}: {error}; xóa nó rồi chạy lại `diembao demo init`"
            f" ({path} cannot be read; delete it and run `diembao demo init` again)"
        )
        raise Misconfigured(msg) from error


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"không ghi được {path}: {error.strerror} ({path} cannot be written: {error.strerror})"
        raise Misconfigured(msg) from error


def serve_newsroom(port: int, seed: int | None, start: str, home: Path) -> None:
    """The demo newsroom until it is told to end. Where nothing else is asked for, a home that reads it says
    its seed and start.
    """
    follow_parent()
    known = read_demo(home) or Demo(port, DEMO_SEED, "")
    begun = _time(start or known.start)
    chosen = known.seed if seed is None else seed
    try:
        several = len(load(home).watched) > 1
        room = newsroom.serve(port, seed=chosen, start=begun, clock=lambda: datetime.now(UTC), several=several)
    except OSError as error:
        msg = (
            f"các cổng {port} đến {port + newsroom.ports_needed() - 1} không trống hết: {error.strerror}"
            f" (ports {port} to {port + newsroom.ports_needed() - 1} are not all free: {error.strerror})"
        )
        raise Misconfigured(msg) from error
    with room, until_told() as stop:
        while not stop.wait(LOOK):
            pass


def _time(text: str) -> datetime:
    if not text:
        return datetime.now(UTC)
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        msg = f"--start: viết như 2026-11-21T07:00:00+07:00 (--start: {error})"
        raise WrongUse(msg) from error
    if time.tzinfo is None:
        msg = (
            "--start thiếu múi giờ, viết như 2026-11-21T07:00:00+07:00"
            " (--start needs a zone, for example 2026-11-21T07:00:00+07:00)"
        )
        raise WrongUse(msg)
    return time
