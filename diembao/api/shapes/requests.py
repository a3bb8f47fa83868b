"""Requests to units: what they were asked, and answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from pydantic import BaseModel, Field

from diembao.api.shapes.acts import asked
from diembao.api.shapes.common import KEY, Next, example
from diembao.core.requests import RequestStatus, Through
from diembao.response.asking import ANSWER, FILES, LETTER, QUESTION, REASON
from diembao.response.files import LARGEST

_REQUEST: Final = {
    "case": "VV-2026-0042",
    "number": 1,
    "title": "Nước thải ra sông Côn",
    "unit": "so-y-te",
    "unit_name": "Sở Y tế",
    "question": "Trạm nào lấy mẫu nước, kết quả ra sao?",
    "quotes": ["Người dân xã Tây Sơn phản ánh nước sông đổi màu."],
    "letter": "12/CV-SVHTTDL",
    "letter_date": "2026-11-20",
    "asked_at": "2026-11-20T08:00:00Z",
    "due_at": "2026-11-26T08:00:00Z",
    "waits": True,
    "reminders": 0,
    "status": "waiting",
    "ended_at": None,
    "answer": "",
    "through": None,
    "files": [],
}


class AnswerFile(BaseModel):
    """`sha256` is that of its bytes."""

    number: int
    name: str
    media: str
    size: int
    sha256: str


class UnitRequest(BaseModel):
    """`number` counts within the case. `waits`: the case's clock stands until it is answered. `through` is how the
    answer came in.
    """

    model_config = example(**_REQUEST)
    case: str
    number: int
    title: str
    unit: str
    unit_name: str
    question: str
    quotes: list[str]
    letter: str
    letter_date: str
    asked_at: datetime
    due_at: datetime | None
    waits: bool
    reminders: int
    status: RequestStatus
    ended_at: datetime | None
    answer: str
    through: Through | None
    files: list[AnswerFile]


class UnitRequests(BaseModel):
    """Newest first."""

    model_config = example(total=0, requests=[], next=None)
    total: int
    requests: list[UnitRequest]
    next: Next


class AskingUnit(BaseModel):
    """`claims` are numbers of the case's claims whose quotes the unit is given; without `due_at` the profile says when;
    `mail`: send it, where the unit's address is known.
    """

    model_config = asked({"unit": "so-y-te", "question": "Trạm nào lấy mẫu nước, kết quả ra sao?", "waits": True})
    unit: str = Field(min_length=1, max_length=KEY)
    question: str = Field(min_length=1, max_length=QUESTION)
    claims: list[int] = Field([], max_length=100)
    letter: str = Field("", max_length=LETTER)
    letter_date: date | None = None
    due_at: datetime | None = None
    waits: bool = False
    mail: bool = True


class FileGiven(BaseModel):
    """`content` is Base64: PDF, DOCX, XLSX, PNG, JPEG or TXT, up to 10 MB each."""

    model_config = asked({"name": "ket-qua.txt", "content": "xJDhuqF0IGNodeG6qW4="})
    name: str = Field(min_length=1, max_length=300)
    content: str = Field(min_length=1, max_length=4 * (LARGEST // 3 + 2), pattern="^[A-Za-z0-9+/]+={0,2}$")


class AnsweringUnit(BaseModel):
    """Words, or files, or both; filed once."""

    model_config = asked({"text": "Trạm Phú Tài lấy mẫu ngày 19/11, đạt chuẩn."})
    text: str = Field("", max_length=ANSWER)
    files: list[FileGiven] = Field([], max_length=FILES)


class Reminding(BaseModel):
    """Nothing has to be said."""

    model_config = asked({})


class WithdrawingRequest(BaseModel):
    model_config = asked({"reason": "Đã có câu trả lời ở văn bản khác"})
    reason: str = Field(min_length=1, max_length=REASON)
