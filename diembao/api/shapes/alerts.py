"""Subscriptions, and what they would have sent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from diembao.api.shapes.common import ARTICLE, LABEL, Next, example
from diembao.core.alert import Fate, News
from diembao.core.subscription import (
    NAME_LENGTH,
    QUERY_LENGTH,
    RECIPIENTS,
    THRESHOLD,
    Priority,
    Rhythm,
    Subject,
)

_SETTLED: Final[dict[str, Any]] = {
    "name": "Cảng Quy Nhơn",
    "query": '"cảng Quy Nhơn"',
    "subject": "query",
    "key": "",
    "rhythm": "instant",
    "hour": 6,
    "weekday": 0,
    "language": "vi",
    "quiet": "22:00-06:00",
    "priority": "critical",
    "threshold": 1,
}
_ALERT: Final[dict[str, Any]] = {
    "id": 3,
    **_SETTLED,
    "channels": [{"kind": "mail", "target": "truc.ban@example.vn"}],
    "owner": "person:7",
    "paused": False,
    "from": "store",
    "version": "5f0c3d2a9b1e4c77",
}
_PREVIEW: Final[dict[str, Any]] = {
    "days": 14,
    "articles": 31,
    "looked": 31,
    "stories": 9,
    "messages_in_all": 1,
    "messages": [
        {
            "at": "2026-11-21T06:12:00+07:00",
            "stories": [{"article": ARTICLE["id"], "title": "Nước thải trại heo", "news": "first"}],
            "subject": "",
            "text": "",
        }
    ],
    "counted": None,
}
_COUNT: Final[dict[str, Any]] = {"at": "2026-11-21T06:00:00+07:00", "seen": 31, "usual": 6.4}

Target = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class AlertChannel(BaseModel):
    """`target` is never a secret. `stopped`: whoever it is has said that they want no more."""

    model_config = example(kind="mail", target="truc.ban@example.vn", stopped=False)
    kind: str
    target: str
    stopped: bool = False


class Alert(BaseModel):
    """A subscription. `owner` is "" where it is the office's; `from` is "file" where it stands in `diembao.toml`, and
    has no `id` then.
    """

    model_config = example(**_ALERT)
    id: int | None
    name: str
    query: str
    subject: Subject
    key: str
    channels: list[AlertChannel]
    rhythm: Rhythm
    hour: int
    weekday: int
    language: str
    quiet: str
    priority: Priority
    threshold: int
    owner: str
    paused: bool
    settled: Literal["store", "file"] = Field(alias="from")
    version: str


class Alerts(BaseModel):
    model_config = example(alerts=[_ALERT], next=None)
    alerts: list[Alert]
    next: Next


class PreviewStory(BaseModel):
    """What would have been told of a story, by which article."""

    model_config = example(article=ARTICLE["id"], title="Nước thải trại heo", news="first")
    article: str
    title: str
    news: News


class PreviewMessage(BaseModel):
    """Of `stories`; or, where it is told by a count (a spike, a silence), `subject` and `text`."""

    model_config = example(**_PREVIEW["messages"][0])
    at: datetime
    stories: list[PreviewStory]
    subject: str = ""
    text: str = ""


class PreviewCount(BaseModel):
    """Six hours from `at` on: articles, and how many were usual by what was known that day (none: too little was)."""

    model_config = example(**_COUNT)
    at: datetime
    seen: int
    usual: float | None


class PreviewCounted(BaseModel):
    """Of a spike or silence. `history`: days of it today; below `enough` nothing rings. `too_wide`: too many articles
    match, nothing was gone through. `going_on`: the last that was told has not ended.
    """

    model_config = example(history=84, enough=14, too_wide=False, going_on=False, counts=[_COUNT])
    history: int
    enough: int
    too_wide: bool
    going_on: bool
    counts: list[PreviewCount]


class AlertPreview(BaseModel):
    """Of the `articles` that match, the newest `looked` were gone through; the latest messages to one recipient."""

    model_config = example(**_PREVIEW)
    days: int
    articles: int
    looked: int
    stories: int
    messages_in_all: int
    messages: list[PreviewMessage]
    counted: PreviewCounted | None = None


class AlertMade(BaseModel):
    """`saved` is false where only a preview was asked for."""

    model_config = example(alert=_ALERT, preview=_PREVIEW, saved=True)
    alert: Alert
    preview: AlertPreview
    saved: bool


class _Settled(BaseModel):
    model_config = ConfigDict(extra="forbid")
    query: Annotated[str, StringConstraints(max_length=QUERY_LENGTH)] = ""
    to: Annotated[list[Target], Field(max_length=RECIPIENTS)] = []
    subject: Subject = Subject.QUERY
    key: Annotated[str, StringConstraints(max_length=NAME_LENGTH * 10)] = ""
    rhythm: Rhythm = Rhythm.INSTANT
    hour: Annotated[int, Field(ge=0, le=23)] = 6
    weekday: Annotated[int, Field(ge=0, le=6)] = 0
    language: Literal["vi", "en"] = "vi"
    quiet: Annotated[str, StringConstraints(max_length=40)] = ""
    priority: Priority = Priority.NONE
    threshold: Annotated[int, Field(ge=1, le=THRESHOLD)] = 1


class NewAlert(_Settled):
    """`to` are mail addresses, or `kind:target`. `office`: it is the office's, not one's own. `preview`: nothing is
    kept.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{**_SETTLED, "to": ["truc.ban@example.vn"], "office": False, "preview": False}]
        },
    )
    name: Annotated[str, StringConstraints(min_length=1, max_length=NAME_LENGTH)]
    office: bool = False
    preview: bool = False


class ChangedAlert(_Settled):
    """What is not said stays. `version`: of the one that was read; where it was changed since, 409, and nothing is
    written.
    """

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"rhythm": "daily", "hour": 7, "paused": False}]}
    )
    paused: bool | None = None
    version: Annotated[str, StringConstraints(max_length=16)] = ""


class AlertRemoved(BaseModel):
    """`dropped`: messages that waited, and are not sent."""

    model_config = example(id=3, dropped=0)
    id: int
    dropped: int


class TryingAlert(BaseModel):
    """Nothing has to be said."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{}]})


class Trial(BaseModel):
    model_config = example(kind="mail", target="truc.ban@example.vn", sent=True, answer="250 OK queued")
    kind: str
    target: str
    sent: bool
    answer: str


class Trials(BaseModel):
    """What the other side answered, for each channel."""

    model_config = example(
        trials=[{"kind": "mail", "target": "truc.ban@example.vn", "sent": True, "answer": "250 OK queued"}]
    )
    trials: list[Trial]


_DELIVERY: Final[dict[str, Any]] = {
    "number": 81,
    "name": "Cảng Quy Nhơn",
    "title": "Nước thải trại heo",
    "to": {"kind": "mail", "target": "truc.ban@example.vn"},
    "state": "sent",
    "told": 1,
    "attempts": 1,
    "at": LABEL["at"],
    "not_before": LABEL["at"],
    "settled_at": LABEL["at"],
    "error": "",
    "receipt": "250 OK queued",
}


class Addressee(BaseModel):
    """`target` is never a secret."""

    model_config = example(kind="mail", target="truc.ban@example.vn")
    kind: str
    target: str


class Delivery(BaseModel):
    """A message to one recipient. `name` is the subscription's, or the subject of a message of the desk; `told`: how
    much it tells; `not_before`: of one that waits, its next try; `receipt` is what the other side answered.
    """

    model_config = example(**_DELIVERY)
    number: int
    name: str
    title: str
    to: Addressee
    state: Fate
    told: int
    attempts: int
    at: datetime
    not_before: datetime
    settled_at: datetime | None
    error: str
    receipt: str


class Deliveries(BaseModel):
    model_config = example(deliveries=[_DELIVERY], next=None)
    deliveries: list[Delivery]
    next: Next
