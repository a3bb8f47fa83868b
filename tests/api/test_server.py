from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest
import streamlit

from diembao.api import bodies
from diembao.api.keys import Wish
from diembao.api.paths import EXHIBIT
from diembao.api.rights import Act
from diembao.app.peopling import check_host
from diembao.app.server import listen, serve
from diembao.app.setup import DEMO_FILE
from diembao.core.accounts import CONSOLE, Role
from diembao.core.errors import Misconfigured
from diembao.core.settings import FILE, Settings, load
from diembao.pipeline.home import NAMED
from diembao.pipeline.wiring import open_installation
from tests.dashboard import entering, seed
from tests.dashboard.serving import serving


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_listened_on(host: str) -> None:
    with listen(host, 0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Misconfigured, match=f"cổng {port}"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org"])  # noqa: S104 (refused)
def test_any_host_but_this_machine_is_refused_while_nobody_administers(home: Path, host: str) -> None:
    with pytest.raises(Misconfigured, match="accounts add"):
        serve(load(home).at_host(host), port=0)


def test_a_setting_that_opens_the_house_stops_the_server(home: Path) -> None:
    with (home / FILE).open("a", encoding="utf-8") as file:
        file.write('[web]\nhost = "0.0.0.0"\n')
    with pytest.raises(Misconfigured):
        serve(load(home), port=0)


def test_a_home_that_is_not_the_one_of_the_record_is_not_served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several processes: links and seals of one would not open at another."""
    with open_installation(load(home)) as house:
        house.record.set_fact(NAMED, "another")
    monkeypatch.setattr(Settings, "shared", True)
    monkeypatch.setattr("diembao.app.server.listen", lambda *_: pytest.fail("it is served"))
    with pytest.raises(Misconfigured, match="is not the home that the record knows"):
        serve(load(home), port=0)


def test_other_machines_may_come_once_somebody_administers_but_never_to_a_demo(home: Path) -> None:
    entering.session(home, "viewer", Role.VIEWER)
    house = open_installation(load(home).at_host("192.168.1.4"))
    with house, pytest.raises(Misconfigured, match="accounts add"):
        check_host(house)
    entering.session(home, "lan", Role.ADMINISTRATOR)
    check_host(house)
    (home / DEMO_FILE).write_text(json.dumps({"port": 8700, "seed": 1, "start": ""}), encoding="utf-8")
    with pytest.raises(Misconfigured, match="demo"):
        check_host(house)
    house.close()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("server")
    seed.home_at(home)
    with serving(home) as address:
        yield address


@pytest.fixture(scope="module")
def inside(base: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A browser that is signed in."""
    home = next(tmp_path_factory.getbasetemp().glob("server*"))
    with httpx.Client(base_url=base, cookies=entering.session(home)) as client:
        yield client


def test_one_process_serves_screens_api_and_fonts(base: str, inside: httpx.Client) -> None:
    page = inside.get("/")
    assert page.status_code == 200
    assert '<html lang="vi">' in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert inside.get("/bai-bao").text == page.text
    assert inside.get("/api/v1/health").json()["articles"] == 0
    assert inside.get("/api/v1/nothing").headers["content-type"].startswith("application/problem+json")
    font = httpx.get(base + "/fonts/BeVietnamPro-Regular.ttf")
    assert font.headers["content-type"] == "font/ttf"
    assert len(font.content) > 50_000
    assert httpx.get(base + "/fonts/passwd").status_code == 404
    assert inside.get("/fonts/..%2f__init__.py").status_code in {400, 404}
    assert httpx.get(base + "/_stcore/health").text == "ok"


@pytest.mark.parametrize("packed", ["gzip", "identity"])
@pytest.mark.parametrize("path", ["openapi.json", "bulk/articles", "export?q=heo"])
def test_what_an_answer_varies_by_is_said_once(inside: httpx.Client, path: str, packed: str) -> None:
    answer = inside.get(f"/api/v1/{path}", headers={"accept-encoding": packed})
    assert (answer.status_code, answer.headers.get_list("vary")) == (200, ["Accept-Encoding"])


def test_the_first_screen_opens_by_its_own_address_too(inside: httpx.Client) -> None:
    answer = inside.get("/hom-nay?lang=en")
    assert (answer.status_code, answer.headers["location"]) == (307, "/?lang=en")


def test_files_of_a_release_are_packed_and_kept_by_the_browser_for_good(base: str, inside: httpx.Client) -> None:
    (entry,) = re.findall(r'src="\./(static/js/index\.[^"]+)"', inside.get("/").text)
    packed = inside.get(f"/{entry}", headers={"Accept-Encoding": "gzip"})
    plain = inside.get(f"/{entry}", headers={"Accept-Encoding": "identity"})
    shipped = (Path(streamlit.__file__).parent / "static" / entry).read_bytes()
    assert (packed.headers["content-encoding"], packed.content, plain.content) == ("gzip", shipped, shipped)
    assert int(packed.headers["content-length"]) < len(shipped) / 2
    assert packed.headers["content-type"].startswith("text/javascript")
    assert "immutable" in packed.headers["cache-control"]
    assert packed.headers["vary"] == "Accept-Encoding"
    again = inside.get(f"/{entry}", headers={"If-None-Match": packed.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert inside.get(f"/{entry}", headers={"Range": "bytes=0-9"}).content == shipped[:10]
    assert inside.head(f"/{entry}").content == b""
    assert httpx.get(f"{base}/{entry}").status_code == 401  # signed in or not: as before
    assert inside.get(f"/{entry}x").content != shipped


def test_the_first_page_brings_the_style_and_what_streamlit_would_ask_for_first(inside: httpx.Client) -> None:
    """A newer Streamlit that no longer looks for it there would only be slower, and nobody would be told."""
    html = inside.get("/").text
    assert ".st-key-numbers" in html
    assert "--loading" in html
    (entry,) = re.findall(r'src="\./(static/js/index\.[^"]+)"', html)
    reads = inside.get(f"/{entry}").text
    for word in ("BACKEND_BASE_URL", "HOST_CONFIG", "allowedOrigins", "useExternalAuthToken"):
        assert word in html
        assert f".{word}" in reads or f"{word}:" in reads
    assert "enableBypass" in reads
    for html_of in (html, reads):  # what is said where the line is cut stands in place of this
        assert "Connection error" in html_of


def test_a_rebound_name_and_a_foreign_page_get_nothing(base: str) -> None:
    assert httpx.get(base + "/", headers={"Host": "evil.example"}).status_code == 403
    assert httpx.get(base + "/api/v1/health", headers={"Origin": "https://evil.example"}).status_code == 403
    assert json.loads(httpx.get(base + "/api/v1/health", headers={"Host": "evil.example"}).content)["status"] == 403


def test_whoever_sends_all_of_a_large_body_at_once_still_reads_why_it_was_refused(base: str) -> None:
    with closing(HTTPConnection(base.removeprefix("http://"))) as asking:
        # As urllib asks: kept open, a connection would be read to its end by the server itself.
        closing_after = {"Connection": "close"}
        asking.request("POST", "/api/v1/cases/VV-2026-0001/claims/1/files", b"x" * 12_000_000, closing_after)
        answer = asking.getresponse()
        told = json.loads(answer.read())
    assert (answer.status, told["type"], told["limit"]) == (413, bodies.KIND, EXHIBIT)
    assert "lớn hơn 10 MB" in told["detail"]


def test_every_font_the_theme_names_is_served(base: str) -> None:
    from dashboard import look

    urls = [face["url"] for face in look.options("127.0.0.1", 1)["theme.fontFaces"]]
    assert {httpx.get(base + url).status_code for url in urls} == {200}


def test_the_metrics_are_for_a_key_that_reads_the_status(base: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = next(tmp_path_factory.getbasetemp().glob("server*"))
    with open_installation(load(home)) as house:
        door = entering.door_of(house)
        watch, other = (
            door.keys.add(Wish(name, "gia-lai", (scope,), 1), by=CONSOLE).token
            for name, scope in (("watch", Act.READ_STATUS), ("other", Act.READ_COVERAGE))
        )
    ask = {key: httpx.get(base + "/metrics", headers={"Authorization": f"Bearer {key}"}) for key in (watch, other)}
    assert (httpx.get(base + "/metrics").status_code, ask[other].status_code) == (401, 403)
    assert ask[watch].headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "\ndiembao_articles 0.0\n" in ask[watch].text
