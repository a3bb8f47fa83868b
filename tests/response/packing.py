"""A case with everything in it, and its packet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from diembao.core.article import TextFrom
from diembao.core.case import CaseFile, CaseState, Details
from diembao.core.requests import Through
from diembao.core.statement import Verdict
from diembao.plan.answers import answers
from diembao.plan.reader import profile
from diembao.response.acts import Actor
from diembao.response.asking import Answer, Asking
from diembao.response.cases import Desk
from diembao.response.claims import Claims
from diembao.response.packet import Packer
from diembao.response.packet_index import Names
from diembao.response.requests import Requests
from diembao.response.signing import signer
from diembao.response.statements import Leaving, Statements, Wording
from diembao.store.record import SqlStore
from tests.response.test_evidence import BODY, LAST, MOVED
from tests.store.contract_revisits import kept_about, visit
from tests.store.making import NOW, article, entry, id_of, keep, later

LAN, MINH = Actor("person:1", NOW, "session:1"), Actor("person:2", NOW, "session:2")
HOSTILE = '<img src=x onerror="alert(1)"> & “trích”'
SENTENCE = "Sáng nay, tàu a cập cảng Quy Nhơn với hơn hai nghìn tấn hàng."
NAMES = Names(
    who=lambda by: {"person:1": "Lan", "person:2": "Minh"}.get(by, by),
    unit=lambda unit: f"đơn vị {unit}",
    theme=lambda theme: theme,
    outlet=lambda _: "Báo Mẫu",
    zone="Asia/Ho_Chi_Minh",
)


def whole_case(store: SqlStore) -> CaseFile:
    """A page, one of the feed alone, one that was taken down; a claim with three exhibits; an issued statement."""
    run = store.begin_run(NOW)
    store.page_stored(run, entry("a"), article("a"), now=NOW, response=BODY, hops=[MOVED, LAST])
    store.end_run(run, NOW)
    keep(store, article("b", text_from=TextFrom.FEED, title=HOSTILE))
    kept_about(store, "c")
    for days, status in ((1, "status-404"), (3, "status-410")):
        visit(store, "c", later(days=days), status)
    desk, claims, said = Desk(store, profile("gia-lai")), Claims(store), Statements(store, answers())
    number = desk.open(Details("Tàu hàng <b>", "so-y-te"), [id_of(x) for x in "abc"], LAN).number
    desk.note(number, "Nội bộ: đã gọi cảng vụ.", LAN)
    claims.quote(number, id_of("a"), SENTENCE, LAN)
    claims.attach_file(number, 1, "Biên bản số 1.txt", "Biên bản".encode(), LAN)
    claims.attach_link(number, 1, "https://cang.example/tin", "Cảng vụ", LAN)
    claims.attach_document(number, 1, "12/BC-CV", "Báo cáo của cảng vụ", LAN)
    claims.mark(number, 1, Verdict.INCOMPLETE, "Thiếu số tấn hàng xuất", LAN)
    asked = Requests(store, profile("gia-lai"))
    asked.ask(number, Asking("so-tai-chinh", "Thuế cảng là bao nhiêu?", letter="7/CV-CV", mail=False), LAN)
    asked.answer(number, 1, Answer("Hai tỷ đồng.", [("Bảng thuế.txt", "Hai tỷ".encode())]), LAN, Through.DESK)
    for state in (CaseState.TAKEN, CaseState.VERIFYING, CaseState.DRAFTING):
        desk.move(case_of(store, number).case, state, LAN)
    wording = Wording("Cảng trả lời. [#1]", "written", "Giám đốc cảng", {"en": "The port says."}, "Cảng thu đúng giá")
    wording = replace(wording, titles={"en": "The port charges what it should"}, speakers={"en": "Port director"})
    said.save(number, wording, LAN, based_on=0)
    desk.move(case_of(store, number).case, CaseState.APPROVAL, LAN)
    approved = said.approve(case_of(store, number).case, 1, MINH)
    said.issue(approved, Leaving("written", "Báo Mẫu"), {".txt": b"Cang tra loi", ".docx": b"PK"}, LAN)
    return case_of(store, number)


def case_of(store: SqlStore, number: str) -> CaseFile:
    found = store.case_file(number)
    assert found is not None
    return found


def packed(store: SqlStore, found: CaseFile, home: Path, *, outside: bool = False) -> Path:
    packer = Packer(store, NAMES, signer(home), "diembao test")
    path = home / ("q.zip" if outside else "p.zip")
    path.write_bytes(b"".join(packer.stream(found, later(days=10), outside=outside)))
    return path
