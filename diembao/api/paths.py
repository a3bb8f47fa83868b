"""Which act each address is. What has no row here is answered to nobody (a test compares with all that is served).

The first page of a screen is an empty frame: what it shows is asked for, and its act asked again, over the websocket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from diembao.api.rights import Act
from diembao.response.files import LARGEST

# The screen that stands at "/".
FIRST: Final = "hom-nay"
# Addresses of the screens, and what one must be allowed to see there.
SCREENS: Final = {
    FIRST: Act.READ_COVERAGE,
    "dong-tin": Act.READ_COVERAGE,
    "tin-chinh": Act.READ_COVERAGE,
    "bai-bao": Act.READ_COVERAGE,
    "truc": Act.CORRECT_LABEL,
    "vu-viec": Act.READ_CASE,
    "ho-so-vu-viec": Act.READ_CASE,
    "cau-tra-loi": Act.READ_CASE,
    "chua-tra-loi": Act.READ_REQUEST,
    "cau-hoi": Act.READ_QUESTION,
    "lich": Act.READ_CALENDAR,
    "bao-chi-nuoc-ngoai": Act.READ_COVERAGE,
    "xu-huong": Act.READ_COVERAGE,
    "hieu-qua": Act.READ_CASE,
    "bao-cao": Act.READ_REPORT,
    "ke-hoach": Act.READ_PLAN,
    "canh-bao": Act.READ_ALERT,
    "nguon-tin": Act.READ_STATUS,
    "tai-lieu": Act.READ_PLAN,
    "don-vi": Act.READ_COVERAGE,
    "tai-khoan": Act.OWN_ACCOUNT,
    "quan-tri": Act.MANAGE_ACCOUNT,
}

# Bytes of a request's body; of what the API reads; of a file that is handed in (a plan, evidence).
BODY, WORDS, DOCUMENT = 2_000_000, 64_000, 32_000_000
# A file of evidence, with what a form puts around it.
EXHIBIT: Final = LARGEST + 64_000
READING, SENDING, SOCKET = ("GET", "HEAD"), ("POST",), ("WEBSOCKET",)


@dataclass(frozen=True, slots=True)
class Address:
    methods: tuple[str, ...]
    pattern: re.Pattern[str]
    act: Act
    body: int = BODY


def _row(methods: tuple[str, ...], pattern: str, act: Act, body: int = BODY) -> Address:
    return Address(methods, re.compile(pattern), act, body)


# {name} in the addresses of routes is one part of a path.
_PART: Final = r"[^/]{1,300}"
_FRAME: Final = "|".join(SCREENS)

ADDRESSES: Final = (
    # -- at the door, and what its pages are drawn with
    _row((*READING, *SENDING), "/dang-nhap|/lan-dau|/dat-mat-khau", Act.SIGN_IN),
    _row(SENDING, "/dang-nhap/dung-thu", Act.SIGN_IN),
    _row(READING, "/dang-nhap/don-vi|/dang-nhap/don-vi/ve", Act.SIGN_IN),
    _row(READING, rf"/fonts/{_PART}|/robots\.txt|/favicon\.ico|/favicon\.png", Act.SIGN_IN),
    _row((*READING, *SENDING), "/tra-loi", Act.ANSWER_BY_LINK, DOCUMENT),
    _row((*READING, *SENDING), "/thoi-nhan", Act.STOP_ALERT, WORDS),
    _row(READING, "/rss", Act.READ_FEED, WORDS),
    _row(READING, "/_stcore/health", Act.SEE_HEALTH),
    # -- one's own account
    _row((*READING, *SENDING), "/dang-xuat|/mat-khau", Act.OWN_ACCOUNT),
    _row(READING, "/phien", Act.OWN_ACCOUNT),
    # -- the screens: their frame, Streamlit's own files, the line over which everything comes
    _row(READING, f"/(?:{_FRAME})?", Act.OWN_ACCOUNT),
    _row(READING, rf"/static/(?:{_PART}/){{0,5}}{_PART}", Act.OWN_ACCOUNT),
    _row(READING, "/_stcore/host-config|/_stcore/allowed-message-origins", Act.OWN_ACCOUNT),
    _row(READING, rf"/media/{_PART}", Act.OWN_ACCOUNT),
    _row(("PUT", "DELETE"), rf"/_stcore/upload_file/{_PART}/{_PART}", Act.HAND_IN, DOCUMENT),
    _row(READING, rf"/(?:_stcore/)?(?:component|bidi-components)/(?:{_PART}/){{0,9}}{_PART}", Act.OWN_ACCOUNT),
    _row(SOCKET, "/_stcore/stream", Act.OWN_ACCOUNT),
    # -- for whoever watches over the program
    _row(READING, "/metrics", Act.READ_STATUS, WORDS),
    # -- the API
    _row(READING, r"/api/v1/openapi\.json", Act.READ_COVERAGE, WORDS),
    _row(READING, "/api/v1/(?:health|status)", Act.READ_STATUS, WORDS),
    _row(READING, "/api/v1/(?:articles|search|searches|counts|export|stories|outlets)", Act.READ_COVERAGE, WORDS),
    _row(SENDING, "/api/v1/search", Act.READ_COVERAGE, WORDS),
    _row(READING, rf"/api/v1/runs(?:/{_PART}/sightings)?", Act.READ_STATUS, WORDS),
    _row(READING, rf"/api/v1/units(?:/{_PART})?", Act.READ_PLAN, WORDS),
    _row(READING, "/api/v1/(?:claims|statements)", Act.READ_CASE, WORDS),
    _row(READING, rf"/api/v1/articles/{_PART}/packet", Act.EXPORT_EVIDENCE, WORDS),
    _row(READING, "/api/v1/bulk/(?:articles|labels|revisions|log)", Act.READ_COVERAGE, WORDS),
    _row(READING, "/api/v1/bulk/cases", Act.READ_CASE, WORDS),
    _row(READING, "/api/v1/bulk/questions", Act.READ_QUESTION, WORDS),
    _row(READING, rf"/api/v1/articles/{_PART}(?:/revisions|/labels|/answers|/similar)?", Act.READ_COVERAGE, WORDS),
    _row(READING, rf"/api/v1/articles/{_PART}/machine-gists", Act.READ_GIST, WORDS),
    _row(SENDING, rf"/api/v1/articles/{_PART}/labels", Act.CORRECT_LABEL, WORDS),
    _row(("DELETE",), rf"/api/v1/articles/{_PART}/labels/{_PART}", Act.CORRECT_LABEL, WORDS),
    _row(READING, rf"/api/v1/stories/{_PART}(?:/articles)?|/api/v1/outlets/{_PART}", Act.READ_COVERAGE, WORDS),
    _row(READING, rf"/api/v1/cases(?:/{_PART}(?:/articles|/matches|/effect)?)?", Act.READ_CASE, WORDS),
    _row(READING, rf"/api/v1/cases/{_PART}/documents/{_PART}", Act.READ_CASE, WORDS),
    _row(READING, rf"/api/v1/cases/{_PART}/packet", Act.EXPORT_EVIDENCE, WORDS),
    _row(READING, "/api/v1/people", Act.WORK_CASE, WORDS),
    _row(READING, rf"/api/v1/questions(?:/{_PART})?", Act.READ_QUESTION, WORDS),
    _row(READING, rf"/api/v1/calendar(?:\.ics)?|/api/v1/briefings(?:/{_PART})?", Act.READ_CALENDAR, WORDS),
    _row(SENDING, "/api/v1/cases", Act.OPEN_CASE, WORDS),
    _row(("PATCH",), rf"/api/v1/cases/{_PART}", Act.ASSIGN_CASE, WORDS),
    _row(SENDING, rf"/api/v1/cases/{_PART}/(?:moves|notes|articles|claims|matches)", Act.WORK_CASE, WORDS),
    _row(("DELETE",), rf"/api/v1/cases/{_PART}/articles/{_PART}", Act.WORK_CASE, WORDS),
    _row(SENDING, rf"/api/v1/cases/{_PART}/claims/{_PART}/exhibits", Act.WORK_CASE, WORDS),
    _row(SENDING, rf"/api/v1/cases/{_PART}/claims/{_PART}/files", Act.WORK_CASE, EXHIBIT),
    _row(SENDING, rf"/api/v1/cases/{_PART}/claims/{_PART}/verdict", Act.MARK_CLAIM, WORDS),
    _row(READING, rf"/api/v1/cases/{_PART}/drafts", Act.DRAFT_ANSWER, WORDS),
    _row(SENDING, rf"/api/v1/cases/{_PART}/drafts", Act.DRAFT_ANSWER, BODY),
    _row(SENDING, rf"/api/v1/cases/{_PART}/approvals", Act.APPROVE_ANSWER, WORDS),
    _row(SENDING, rf"/api/v1/cases/{_PART}/issues", Act.ISSUE_ANSWER, WORDS),
    _row(SENDING, rf"/api/v1/cases/{_PART}/issues/{_PART}/retraction", Act.APPROVE_ANSWER, WORDS),
    _row(READING, rf"/api/v1/cases/{_PART}/requests|/api/v1/units/{_PART}/requests", Act.READ_REQUEST, WORDS),
    _row(SENDING, rf"/api/v1/cases/{_PART}/requests", Act.ASK_UNIT, WORDS),
    _row(SENDING, rf"/api/v1/cases/{_PART}/requests/{_PART}/(?:reminders|withdrawal)", Act.ASK_UNIT, WORDS),
    _row(SENDING, rf"/api/v1/cases/{_PART}/requests/{_PART}/answer", Act.ANSWER_REQUEST, DOCUMENT),
    _row(READING, rf"/api/v1/plan/tasks(?:/{_PART}(?:/progress)?)?", Act.READ_PLAN, WORDS),
    _row(READING, "/api/v1/trends", Act.READ_COVERAGE, WORDS),
    _row(READING, rf"/api/v1/kits(?:/{_PART}(?:/facts)?)?", Act.READ_PLAN, WORDS),
    _row(SENDING, rf"/api/v1/kits/{_PART}/facts", Act.CHANGE_KIT, BODY),
    _row(READING, rf"/api/v1/reports(?:/{_PART}(?:/document|/figures/{_PART})?)?", Act.READ_REPORT, WORDS),
    _row(SENDING, rf"/api/v1/plan/tasks/{_PART}/progress", Act.TELL_PROGRESS, WORDS),
    _row(READING, rf"/api/v1/alerts(?:/{_PART}(?:/preview)?)?", Act.READ_ALERT, WORDS),
    _row(READING, "/api/v1/deliveries", Act.CHANGE_ALERT, WORDS),
    _row(SENDING, "/api/v1/alerts", Act.OWN_ALERT, WORDS),
    _row(("PATCH", "DELETE"), rf"/api/v1/alerts/{_PART}", Act.OWN_ALERT, WORDS),
    _row(SENDING, rf"/api/v1/alerts/{_PART}/trials", Act.OWN_ALERT, WORDS),
)


def act_of(method: str, path: str) -> Act | None:
    """The act of a request; None: there is nothing at this address for anybody."""
    found = address_of(method, path)
    return found.act if found else None


def address_of(method: str, path: str) -> Address | None:
    return next((each for each in _at(path) if method in each.methods), None)


def methods_at(path: str) -> tuple[str, ...]:
    """Those that this address has for somebody."""
    return tuple(dict.fromkeys(method for each in _at(path) for method in each.methods))


def _at(path: str) -> Iterator[Address]:
    if len(path) > 2000 or ".." in path or "\\" in path or "//" in path or not path.isprintable():
        return iter(())
    return (each for each in ADDRESSES if each.pattern.fullmatch(path))
