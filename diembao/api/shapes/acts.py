"""What is done to a case, as it is asked for; and what is told when it is done."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from diembao.api.shapes.common import KEY, Next, example
from diembao.api.shapes.desk import CASE, Case, Covered
from diembao.core.case import Act, CaseState, Priority
from diembao.core.desk import Origin, Outcome
from diembao.core.statement import RECIPIENTS, Verdict
from diembao.response.cases import NOTE, REASON, TITLE
from diembao.response.claims import ADDRESS, NAME, QUOTE, REGISTERED, WHY
from diembao.response.coverage import ARTICLES
from diembao.response.statements import LANGUAGES, SPEAKER, TEXT
from diembao.response.statements import TITLE as HEADING
from diembao.response.statements import WHY as WHY_RETRACTED

# Units, themes or people of a case in one request; the largest version.
MANY, VERSION = 30, 2**31 - 1

ArticleId = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
Ids = Annotated[list[Annotated[str, Field(min_length=1, max_length=KEY)]], Field(max_length=MANY)]
People = Annotated[list[Annotated[str, Field(pattern="^person:[0-9]{1,9}$")]], Field(max_length=MANY)]
Seen = Annotated[int, Field(ge=1, le=VERSION, description="`version` of the case as it was read; else 409")]


def asked(*examples: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": list(examples)})


class NewCase(BaseModel):
    """`people` are accounts in charge. What was told on the phone stands in `said`."""

    model_config = asked(
        {"title": "Bãi rác xã Tây Sơn", "unit": "so-nnmt", "origin": "phone", "said": "Báo gọi hỏi về bãi rác."}
    )
    title: str = Field(min_length=1, max_length=TITLE)
    unit: str = Field(min_length=1, max_length=KEY)
    themes: Ids = []
    helping: Ids = []
    task: str = Field("", max_length=KEY)
    priority: Priority = Priority.NORMAL
    people: People = []
    articles: list[ArticleId] = Field([], max_length=ARTICLES)
    origin: Origin = Origin.ARTICLE
    said: str = Field("", max_length=NOTE, description="The first note")
    another: bool = Field(default=False, description="Though an open case holds one of these articles")


class Changing(BaseModel):
    """Other details; what is left out stays."""

    model_config = asked({"version": 1, "priority": "high"})
    version: Seen
    title: str | None = Field(None, min_length=1, max_length=TITLE)
    unit: str | None = Field(None, min_length=1, max_length=KEY)
    themes: Ids | None = None
    helping: Ids | None = None
    task: str | None = Field(None, max_length=KEY)
    priority: Priority | None = None
    people: People | None = None


class Moving(BaseModel):
    """`outcome` when it is closed; `reason` wherever a move asks for one (docs/cases.md)."""

    model_config = asked({"version": 1, "to": "taken"})
    version: Seen
    to: CaseState
    reason: str = Field("", max_length=REASON)
    outcome: Outcome | None = None


class Noting(BaseModel):
    """`@name` calls an account that may read the case."""

    model_config = asked({"text": "Đã gọi xã: mẫu nước có ngày 24/11."})
    text: str = Field(min_length=1, max_length=NOTE)


class Adding(BaseModel):
    model_config = asked({"articles": ["0f8b1c2d3e4a5b6c"]})
    articles: list[ArticleId] = Field(min_length=1, max_length=ARTICLES)


class Quoting(BaseModel):
    """A sentence of an article of the case, word for word."""

    model_config = asked({"article": "0f8b1c2d3e4a5b6c", "sentence": "Nước sông đổi màu từ đầu tháng."})
    article: ArticleId
    sentence: str = Field(min_length=1, max_length=QUOTE)


class Attaching(BaseModel):
    """One of `link` and `document` (the number of an official document); `name` is what it is called."""

    model_config = asked({"document": "12/BC-SNNMT", "name": "Báo cáo kết quả lấy mẫu"})
    link: str = Field("", max_length=ADDRESS)
    document: str = Field("", max_length=REGISTERED)
    name: str = Field("", max_length=NAME)


class Marking(BaseModel):
    model_config = asked({"verdict": "incomplete", "why": "Mẫu ngày 24/11 trong ngưỡng"})
    verdict: Verdict
    why: str = Field(min_length=1, max_length=WHY)


class Drafting(BaseModel):
    """`title`, `text` and `speaker` are the Vietnamese ones, `titles`, `others` and `speakers` those of the other
    languages. `based_on`: the version that the writer had before them, 0 for none; where there is a newer one, 409
    tells it.
    """

    model_config = asked(
        {
            "title": "Kết quả lấy mẫu nước sông Côn",
            "text": "Sở thông tin như sau. [#1]",
            "form": "written",
            "speaker": "Giám đốc",
            "based_on": 0,
        }
    )
    title: str = Field("", max_length=HEADING)
    text: str = Field(min_length=1, max_length=TEXT)
    form: str = Field("", max_length=KEY)
    speaker: str = Field("", max_length=SPEAKER)
    others: dict[str, Annotated[str, Field(max_length=TEXT)]] = Field({}, max_length=len(LANGUAGES))
    titles: dict[str, Annotated[str, Field(max_length=HEADING)]] = Field({}, max_length=len(LANGUAGES))
    speakers: dict[str, Annotated[str, Field(max_length=SPEAKER)]] = Field({}, max_length=len(LANGUAGES))
    based_on: int = Field(ge=0, le=VERSION)


class Approving(BaseModel):
    """`draft` is the version of the statement that was read."""

    model_config = asked({"version": 5, "draft": 1})
    version: Seen
    draft: int = Field(ge=1, le=VERSION)


class Issuing(BaseModel):
    """The documents are made of what is approved; nothing is sent."""

    model_config = asked({"version": 6, "channel": "written", "recipients": "Báo Gia Lai", "registered": 5})
    version: Seen
    channel: str = Field(min_length=1, max_length=KEY)
    recipients: str = Field(min_length=1, max_length=RECIPIENTS)
    registered: int | None = Field(None, ge=1, le=999_999)


class Retracting(BaseModel):
    """Why it holds no longer; `successor`: the issue of the case that holds in its place."""

    model_config = asked({"version": 7, "why": "Số liệu của đơn vị đã thay đổi", "successor": None})
    version: Seen
    why: str = Field(min_length=1, max_length=WHY_RETRACTED)
    successor: int | None = Field(None, ge=1, le=10_000)


class Done(BaseModel):
    """What was done, and the case as it stands. `number`: of the claim, exhibit, version or issue that was made;
    `repeated`: this request was done before, and is not done again. Nothing changed: `act` is null. `warnings`: where
    a statement was handed in or approved, what a person should look at again.
    """

    model_config = example(act="noted", at="2026-11-21T01:05:00Z", number=None, repeated=False, warnings=[], case=CASE)
    act: Act | None
    at: datetime
    number: int | None
    repeated: bool
    warnings: list[str]
    case: Case


_DRAFT: Final = {
    "version": 1,
    "by": "person:7",
    "at": "2026-11-21T01:05:00Z",
    "text": "Sở thông tin như sau. [#1]",
    "form": "written",
    "speaker": "Giám đốc",
    "others": {},
    "title": "Kết quả lấy mẫu nước sông Côn",
    "titles": {},
    "speakers": {},
    "answers": [1],
}


class Draft(BaseModel):
    model_config = example(**_DRAFT)
    version: int
    by: str
    at: datetime
    text: str
    form: str
    speaker: str
    others: dict[str, str]
    title: str
    titles: dict[str, str]
    speakers: dict[str, str]
    answers: list[int]


class Drafts(BaseModel):
    """Newest first."""

    model_config = example(case="VV-2026-0042", drafts=[_DRAFT], next=None)
    case: str
    drafts: list[Draft]
    next: Next


class Coverage(BaseModel):
    """The articles that came last first."""

    model_config = example(case="VV-2026-0042", total=0, coverage=[], next=None)
    case: str
    total: int
    coverage: list[Covered]
    next: Next
