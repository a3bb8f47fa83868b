"""The page that a signed link opens, behind the real gate."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import structlog
from starlette.applications import Starlette

from dashboard.reply import PER_MINUTE, Reply
from diembao.api.gate import Gate
from diembao.api.limits import Limits
from diembao.core.case import Details
from diembao.core.errors import Misconfigured
from diembao.core.requests import Request, RequestQuery, RequestState, Through
from diembao.core.settings import load
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.acts import Actor
from diembao.response.asking import Asking
from diembao.response.cases import Desk
from diembao.response.claims import Claims
from diembao.response.links import PAGE, PLACE, Links, links
from diembao.response.requests import Requests
from tests.api.doors import start_empty
from tests.dashboard.entering import door_of
from tests.store.making import NOW, article, id_of, keep

LAN, HEALTH = "person:1", "so-y-te"
INSIDE = "Nội bộ: nghi có người nhà."
PDF = b"%PDF-1.7\n" + b"so lieu " * 50


@dataclass
class Office:
    house: Installation
    asked: Request
    app: Gate
    time: datetime = NOW
    passed: float = 0.0

    @property
    def room(self) -> Requests:
        return Requests(self.house.store, self.house.profile)

    @property
    def token(self) -> str:
        return self.house.links.token(self.asked.case, self.asked.number, self.asked.link)

    def open(self, token: str | None = None, lang: str = "", **sent: object) -> httpx.Response:
        """GET, or POST where something is sent (``data``, ``files``, ``content``)."""
        address = f"{PAGE}?ma={quote(self.token if token is None else token)}&lang={lang}"

        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.request("POST" if sent else "GET", address, **sent)  # type: ignore[arg-type]

        return asyncio.run(asking())

    def standing(self) -> Request:
        (found,) = self.house.store.requests(RequestQuery())
        return found


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    start_empty(tmp_path)
    settings = load(tmp_path)
    web = settings.web.model_copy(update={"public_url": "https://diembao.example"})
    with open_installation(settings.model_copy(update={"web": web})) as house:
        keep(house.store, article("a"))
        by = Actor(LAN, NOW)
        desk = Desk(house.store, house.profile)
        case = desk.open(Details("Nước thải ra <sông> Côn", "so-nnmt"), [id_of("a")], by)
        desk.note(case.number, INSIDE, by)
        Claims(house.store).quote(case.number, id_of("a"), "tàu a cập cảng Quy Nhơn", by)
        Claims(house.store).quote(case.number, id_of("a"), "hơn hai nghìn tấn hàng", by)
        room = Requests(house.store, house.profile)
        asked = room.ask(case.number, Asking(HEALTH, "Mẫu nước ra sao?\nAi lấy mẫu?", claims=(1,)), by)
        made = Office(house, asked, Gate(Starlette(), "", door_of(house)))
        reply = Reply(house, lambda: made.time, Limits(PER_MINUTE, lambda: made.passed))
        made.app = Gate(Starlette(routes=reply.routes()), "", door_of(house))
        yield made


def test_the_page_shows_what_was_asked_and_nothing_else_of_the_case(office: Office) -> None:
    answer = office.open()
    assert answer.status_code == 200
    for shown in (
        "Nước thải ra &lt;sông&gt; Côn",
        "Mẫu nước ra sao?",
        "tàu a cập cảng Quy Nhơn",
        "Sở Văn hóa, Thể thao và Du lịch hỏi Sở Y tế",
    ):
        assert shown in answer.text
    for hidden in (INSIDE, "hơn hai nghìn tấn hàng", office.asked.case, "person:1"):
        assert hidden not in answer.text.replace(office.token, "")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "script" not in answer.headers["content-security-policy"]
    assert 'lang="en"' in office.open(lang="en").text


def test_a_unit_answers_with_files_and_the_link_is_used(office: Office) -> None:
    files = [("tep", ("ket-qua.pdf", PDF, "application/pdf")), ("tep", ("", b"", "application/octet-stream"))]
    answer = office.open(data={"noi_dung": "Trạm Phú Tài.\r\nĐạt chuẩn."}, files=files)
    assert answer.status_code == 200
    assert "Đã nhận trả lời" in answer.text
    found = office.standing()
    assert (found.state, found.answer, found.through) == (
        RequestState.ANSWERED,
        "Trạm Phú Tài.\nĐạt chuẩn.",
        Through.LINK,
    )
    kept = office.room.file(found.case, 1, 1)
    assert kept is not None
    assert (kept[0].name, kept[1]) == ("ket-qua.pdf", PDF)
    for again in (office.open(), office.open(data={"noi_dung": "Khác"})):
        assert again.status_code == 410
        assert "đã được trả lời" in again.text
    assert office.standing().answer.startswith("Trạm")


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([("a.pdf", b"<html><script>alert(1)</script>")], "không phải là tệp .pdf"),
        ([("a.html", b"<p>")], "Chỉ nhận tệp"),
        ([("a.txt", b"a")] * 11, "nhiều nhất 10 tệp"),
        ([("a.txt", b"a")] * 12, "Không đọc được"),
        ([("a.txt", b"a" * 10_000_001)], "lớn hơn 10 MB"),
        ([], "Chưa có nội dung"),
    ],
)
def test_what_is_not_taken_is_told_and_what_was_typed_stays(
    office: Office, files: list[tuple[str, bytes]], why: str
) -> None:
    typed = "Đã gõ <nhiều>." if files else ""
    sent = [("tep", (name, data, "application/octet-stream")) for name, data in files]
    answer = office.open(data={"noi_dung": typed}, files=sent or [("tep", ("", b"", "text/plain"))])
    assert answer.status_code == 400
    assert why in answer.text
    assert "Không đọc được" in answer.text or "Đã gõ &lt;nhiều&gt;." in answer.text or not typed
    assert office.standing().waiting


@pytest.mark.parametrize("body", [b"", b"noi_dung=x", b"\x00" * 1000])
def test_a_body_that_is_no_form_is_told(office: Office, body: bytes) -> None:
    answer = office.open(content=body or b" ", headers={"Content-Type": "multipart/form-data"})
    assert answer.status_code == 400
    assert office.standing().waiting


def test_a_body_that_is_too_long_is_not_read(office: Office) -> None:
    answer = office.open(content=b"x", headers={"Content-Length": "33000000"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("end", "why"), [("over", "đã hết hạn"), ("revoked", "thu hồi"), ("renewed", "thu hồi"), ("withdrawn", "rút lại")]
)
def test_a_link_that_holds_no_longer_says_why(office: Office, end: str, why: str) -> None:
    by, token, number = Actor(LAN, NOW), office.token, office.asked.case
    acts: dict[str, Callable[[], object]] = {
        "revoked": lambda: office.room.revoke_link(number, 1, by),
        "renewed": lambda: office.room.renew_link(number, 1, by),
        "withdrawn": lambda: office.room.withdraw(number, 1, "Hỏi nhầm", by),
        "over": lambda: setattr(office, "time", NOW + timedelta(days=40)),
    }
    acts[end]()
    for answer in (office.open(token), office.open(token, data={"noi_dung": "Muộn"})):
        assert answer.status_code == 410
        assert why in answer.text
        assert "Mẫu nước" not in answer.text
        assert "Hỏi nhầm" not in answer.text
    assert office.standing().answer == ""


def test_a_forged_link_opens_nothing_and_stands_in_no_log(office: Office) -> None:
    named, seal = office.token.split(".")
    other = Links(b"another key of 32 bytes, exactly", "").token(office.asked.case, 1, 1)
    forged = ["", "x", named, f"{named}.", f".{seal}", f"{named}.{seal[:-2]}aa", f"{seal}.{named}", other, "é.é"]
    forged += [office.token + "x" * 300, office.house.links.token(office.asked.case, 2, 1), f"{named}.{seal}.{seal}"]
    forged.append(office.house.links.token("VV-2026-0099", 1, 1))
    with structlog.testing.capture_logs() as logs:
        for token in forged:
            answer = office.open(token)
            assert answer.status_code == 404, token
            assert "không đúng" in answer.text
        office.open(office.token)
    assert len(logs) == len(forged)
    assert not [line for line in logs if named in str(line) or seal in str(line)]


def test_who_opens_too_often_waits(office: Office) -> None:
    told = [office.open("x").status_code for _ in range(PER_MINUTE + 1)]
    assert told == [404] * PER_MINUTE + [429]
    office.passed += 61
    assert office.open().status_code == 200


def test_links_have_a_key_of_this_home_that_nobody_else_may_read(tmp_path: Path) -> None:
    first = links(tmp_path, "https://a.example/")
    assert links(tmp_path, "").key == first.key
    assert first.address(("VV-2026-0001", 1, 1)).startswith("https://a.example/tra-loi?ma=")
    assert links(tmp_path, "").address(("VV-2026-0001", 1, 1)) == ""
    assert (tmp_path / PLACE).stat().st_mode & 0o777 == 0o600
    (tmp_path / PLACE).chmod(0o644)
    with pytest.raises(Misconfigured, match="chmod 600"):
        links(tmp_path, "")
    (tmp_path / PLACE).chmod(0o600)
    (tmp_path / PLACE).write_bytes(b"short")
    with pytest.raises(Misconfigured, match="no key of ours"):
        links(tmp_path, "")
