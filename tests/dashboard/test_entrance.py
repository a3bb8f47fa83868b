from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from dashboard.entrance import Entrance
from dashboard.texts import Words
from diembao.api.accounts import TOGETHER
from diembao.api.gate import Gate
from diembao.api.sessions import FRESH, PLAIN_COOKIE, SECURE_COOKIE
from diembao.core.accounts import CONSOLE, Role
from diembao.core.errors import RecordDamaged
from tests.api.doors import Doors
from tests.dashboard.entering import PASSWORD

HERE = "http://127.0.0.1"
OWN = {"Origin": HERE}
NEW = "câu mới cũng khó đoán"
SAY = Words("vi")


class Browser:
    """What a browser does: it keeps cookies, says from which page it sends, and follows nothing by itself."""

    def __init__(self, doors: Doors, *, demo: bool = False, base: str = HERE) -> None:
        entrance = Entrance(doors.door, "vi", demo=demo)
        gate = Middleware(Gate, policy="default-src 'self'", door=doors.door)
        self._app = Starlette(routes=entrance.routes(), middleware=[gate])
        self._base = base
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self._ask("GET", path, headers={"Accept": "text/html", **headers})

    def post(self, path: str, origin: str = "", **form: str) -> httpx.Response:
        return self._ask("POST", path, headers={"Origin": origin or self._base}, data=form)

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(self._app, client=("192.0.2.7", 4000))
            async with httpx.AsyncClient(transport=transport, base_url=self._base, cookies=self.cookies) as client:
                return await client.request(method, path, **more)

        answer = asyncio.run(asking())
        for header in answer.headers.get_list("set-cookie"):
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def sign_in(self, name: str = "lan", password: str = PASSWORD, **more: str) -> httpx.Response:
        return self.post("/dang-nhap", ten=name, mat_khau=password, **more)


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with Doors.at(tmp_path) as opened:
        opened.add("lan", Role.OFFICER, Role.ADMINISTRATOR)
        yield opened


@pytest.fixture
def browser(doors: Doors) -> Browser:
    return Browser(doors)


def key_of(page: httpx.Response) -> str:
    found = re.search(r'name="khoa" value="([0-9a-f]+)"', page.text)
    assert found
    return found[1]


def test_the_page_at_the_door_has_no_script_and_asks_nobody_else(browser: Browser) -> None:
    page = browser.get("/dang-nhap")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert not re.search(r"(src|href|action)=.?https?:", page.text)
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-frame-options"] == "DENY"


def test_a_damaged_record_is_told_as_one(doors: Doors, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object, **__: object) -> None:
        raise RecordDamaged("/srv/a.db", "malformed")

    monkeypatch.setattr(doors.door.accounts, "sign_in", damaged)
    answer = browser.post("/dang-nhap", ten="lan", mat_khau="một câu")
    assert (answer.status_code, "Kho dữ liệu bị hỏng." in answer.text, "/srv" in answer.text) == (500, True, False)


def test_it_speaks_english_on_demand(browser: Browser) -> None:
    page = browser.get("/dang-nhap?lang=en&tiep=%2Fdong-tin")
    assert '<html lang="en">' in page.text
    assert "lang=vi" in page.text
    assert 'value="/dong-tin"' in page.text


def test_the_cookie_is_for_this_site_alone_and_not_for_scripts(browser: Browser) -> None:
    answer = browser.sign_in(tiep="/dong-tin?q=a")
    assert (answer.status_code, answer.headers["location"]) == (303, "/dong-tin?q=a")
    assert re.fullmatch(rf"{PLAIN_COOKIE}=\S+; Path=/; HttpOnly; SameSite=Lax", answer.headers["set-cookie"])
    assert browser.get("/phien").json() == {"name": "lan"}
    assert browser.get("/dang-nhap").status_code == 303


def test_over_https_the_cookie_is_secure_and_bound_to_the_host(tmp_path: Path) -> None:
    with Doors.at(tmp_path, public_url="https://diembao.example.vn") as doors:
        doors.add("lan")
        browser = Browser(doors, base="https://diembao.example.vn")
        answer = browser.sign_in()
        assert re.fullmatch(
            rf"{SECURE_COOKIE}=\S+; Path=/; HttpOnly; SameSite=Lax; Secure", answer.headers["set-cookie"]
        )
        assert answer.headers["strict-transport-security"]
        assert Browser(doors, base="https://other.example.vn").get("/dang-nhap").status_code == 403


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example",
        "//evil.example/",
        "/\\evil.example",
        "/dang-xuat",
        "/dong-tin\r\nSet-Cookie: a=b",
        "x",
        "/nowhere",
        "/dang-nhap",
        "javascript:alert(1)",
        "/%0d%0aset-cookie:a=b",
        "/dong-tin\x00",
    ],
)
def test_one_is_never_led_on_to_another_place(browser: Browser, to: str) -> None:
    answer = browser.sign_in(tiep=to)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert len(answer.headers.get_list("set-cookie")) == 1


def test_wrong_tries_are_told_alike_and_then_turned_away_for_a_while(browser: Browser) -> None:
    known, unknown = browser.sign_in(password=NEW), browser.sign_in("nobody", NEW)
    assert known.status_code == unknown.status_code == 401
    assert known.text == unknown.text
    assert "không đúng" in known.text
    assert browser.cookies == {}
    for _ in range(TOGETHER):
        browser.sign_in(password=NEW)
    locked = browser.sign_in()
    assert locked.status_code == 429
    assert locked.headers["retry-after"] == "900"


def test_a_page_elsewhere_cannot_sign_anybody_in_or_out(browser: Browser, doors: Doors) -> None:
    foreign = "https://evil.example"
    assert browser.post("/dang-nhap", foreign, ten="lan", mat_khau=PASSWORD).status_code == 403
    browser.sign_in()
    assert browser.post("/dang-xuat", foreign).status_code == 403
    assert browser.get("/dang-xuat", **{"Sec-Fetch-Site": "cross-site"}).status_code == 200  # it asks first
    assert browser.post("/dang-xuat", khoa="0" * 64).status_code == 200
    assert browser.get("/phien").status_code == 200


def test_signing_out_ends_the_session_and_not_only_the_cookie(browser: Browser) -> None:
    browser.sign_in()
    kept = dict(browser.cookies)
    answer = browser.post("/dang-xuat", khoa=key_of(browser.get("/dang-xuat")))
    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap")
    assert all("Max-Age=0" in header for header in answer.headers.get_list("set-cookie"))
    browser.cookies = kept
    assert browser.get("/phien", Accept="application/json").status_code == 401


def test_our_own_link_signs_out_at_once(browser: Browser) -> None:
    browser.sign_in()
    assert browser.get("/dang-xuat", **{"Sec-Fetch-Site": "same-origin"}).status_code == 303
    assert browser.get("/phien", Accept="*/*").status_code == 401


def test_a_session_that_was_planted_is_not_the_one_that_is_opened(browser: Browser, doors: Doors) -> None:
    planted = doors.enter("minh")
    browser.cookies[PLAIN_COOKIE] = planted
    browser.sign_in()
    assert browser.cookies[PLAIN_COOKIE] != planted
    doors.clock.passed += FRESH
    assert doors.visitor(planted).account is None


def test_ones_password_is_changed_with_the_old_one_and_the_forms_own_key(browser: Browser, doors: Doors) -> None:
    browser.sign_in()
    other = doors.enter("lan")
    page = browser.get("/mat-khau")
    key = key_of(page)
    assert browser.post("/mat-khau", khoa="", cu=PASSWORD, moi=NEW, lai=NEW).status_code == 400
    assert "không giống nhau" in browser.post("/mat-khau", khoa=key, cu=PASSWORD, moi=NEW, lai="x").text
    assert "hiện nay không đúng" in browser.post("/mat-khau", khoa=key, cu="sai rồi nhé", moi=NEW, lai=NEW).text
    assert "ít nhất 12" in browser.post("/mat-khau", khoa=key, cu=PASSWORD, moi="ngắn", lai="ngắn").text
    assert "Đã đổi mật khẩu" in browser.post("/mat-khau", khoa=key, cu=PASSWORD, moi=NEW, lai=NEW).text
    assert browser.get("/phien").status_code == 200
    assert doors.visitor(other).account is None


def test_a_reset_link_is_looked_at_as_often_as_one_likes_and_used_once(browser: Browser, doors: Doors) -> None:
    account = doors.account("lan")
    assert account is not None
    token = doors.door.accounts.link(account.number, by=CONSOLE, now=doors.clock.now())
    for _ in range(3):
        assert "Tài khoản lan" in browser.get(f"/dat-mat-khau?ma={token}").text
    assert browser.post("/dat-mat-khau", ma=token, moi="ngắn", lai="ngắn").status_code == 400
    answer = browser.post("/dat-mat-khau", ma=token, moi=NEW, lai=NEW)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.get("/phien").json() == {"name": "lan"}
    for used in (f"/dat-mat-khau?ma={token}", "/dat-mat-khau?ma=x", "/dat-mat-khau", f"/lan-dau?ma={token}"):
        assert browser.get(used).status_code == 410
    assert Browser(doors).sign_in(password=NEW).status_code == 303


def test_the_first_start_says_what_to_do_and_its_link_makes_the_administrator(tmp_path: Path) -> None:
    with Doors.at(tmp_path) as doors:
        browser = Browser(doors)
        page = browser.get("/dang-nhap")
        assert "diembao accounts add" in page.text
        assert "<form" not in page.text
        token = doors.door.accounts.first_link(by=CONSOLE, now=doors.clock.now())
        assert "quản trị" in browser.get(f"/lan-dau?ma={token}").text
        made = browser.post("/lan-dau", ma=token, ten="lan", ho_ten="Nguyễn Thị Lan", moi=PASSWORD, lai=PASSWORD)
        assert made.status_code == 303
        assert browser.get("/phien").json() == {"name": "lan"}
        account = doors.account("lan")
        assert account is not None
        assert account.roles == {Role.ADMINISTRATOR, Role.OFFICER}
        assert browser.get(f"/lan-dau?ma={token}").status_code == 410
        assert doors.store.check_audit().broken is None


def test_the_demo_lets_in_by_a_button_and_a_real_installation_does_not(doors: Doors) -> None:
    real, demo = Browser(doors), Browser(doors, demo=True)
    assert real.post("/dang-nhap/dung-thu").status_code == 404
    assert "/dang-nhap/dung-thu" not in real.get("/dang-nhap").text
    assert SAY("enter.demo_go") in demo.get("/dang-nhap").text
    assert demo.post("/dang-nhap/dung-thu").status_code == 303
    assert demo.get("/phien").json() == {"name": "dung-thu"}
    again, second = Browser(doors, demo=True), Browser(doors, demo=True)
    again.post("/dang-nhap/dung-thu")
    second.post("/dang-nhap/dung-thu", vai="dung-thu-duyet")
    assert second.get("/phien").json() == {"name": "dung-thu-duyet"}
    assert [each.name for each in doors.store.accounts()] == ["dung-thu", "dung-thu-duyet", "lan"]
    assert real.sign_in("dung-thu", "").status_code == 401


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_only_a_plain_form_is_read(browser: Browser, kind: str) -> None:
    body = f"ten=lan&mat_khau={PASSWORD}".encode()
    answer = browser._ask("POST", "/dang-nhap", headers={"Origin": HERE, "Content-Type": kind}, content=body)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "body", [b"a" * 9_000, b"&".join(b"a=1" for _ in range(500)), b"\xff\xfe=%ff", b"ten=%00&mat_khau=%ff"]
)
def test_a_form_that_is_odd_or_too_large_is_a_wrong_try_at_most(browser: Browser, body: bytes) -> None:
    kind = {"Origin": HERE, "Content-Type": "application/x-www-form-urlencoded"}
    assert browser._ask("POST", "/dang-nhap", headers=kind, content=body).status_code == 401


def test_what_was_typed_is_shown_and_never_interpreted(tmp_path: Path) -> None:
    with Doors.at(tmp_path) as doors:
        browser = Browser(doors)
        token = doors.door.accounts.first_link(by=CONSOLE, now=doors.clock.now())
        odd = '"><script>alert(1)</script>'
        page = browser.post("/lan-dau", ma=token, ten=odd, ho_ten=odd, moi=PASSWORD, lai=PASSWORD)
        assert page.status_code == 400
        assert "<script" not in page.text
        assert "&lt;script&gt;" in page.text
