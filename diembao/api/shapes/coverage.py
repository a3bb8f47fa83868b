"""Articles, their revisions, searches, stories and outlets. Times are ISO 8601 with their offset."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pydantic import BaseModel

from diembao.api.shapes.common import ARTICLE, LABEL, OUTLET, Next, OutletName, example
from diembao.api.shapes.labels import Label
from diembao.core.article import DateFrom, TextFrom
from diembao.core.ports import SortBy


class Article(BaseModel):
    """Of the lead at most 500 characters."""

    model_config = example(**ARTICLE)
    id: str
    url: str
    outlet: OutletName
    title: str
    lead: str
    language: str
    published_at: datetime | None
    published_from: DateFrom
    seen_at: datetime
    revision: int
    labels: list[Label]


class Found(Article):
    """An article of a search; `passage` is what was asked for in its words, as safe HTML with <mark>."""

    model_config = example(**ARTICLE, passage="<mark>Nước</mark> <mark>thải</mark> trại heo chảy ra sông Côn")
    passage: str | None


class Search(BaseModel):
    """`total` is how many there were when the first page was read."""

    model_config = example(q="nước thải", sort="score", total=1, limit=20, articles=[], next=None)
    q: str
    sort: SortBy
    total: int
    limit: int
    articles: list[Found]
    next: Next


class Changed(Article):
    """`change` is the last thing that became of it, `log` the number of that in the log; `text` where asked for.
    `withdrawn_at`: since when its page is gone, while it is.
    """

    model_config = example(**ARTICLE, change="judged", log=1204, text=None, withdrawn_at=None)
    change: str
    log: int
    text: str | None = None
    withdrawn_at: datetime | None


class Changes(BaseModel):
    """`position` is what to give as `since` the next time one looks for what is new, `record` what to give as such."""

    model_config = example(articles=[], position=1204, record="1204-0f8b1c2d3e4a5b6c", next=None)
    articles: list[Changed]
    position: int
    record: str
    next: Next


class RevisionName(BaseModel):
    number: int
    title: str
    seen_at: datetime


class DateSaid(BaseModel):
    """Where a time of publication stood, and as it was written; `refused`: it lies in the future, and is not used."""

    place: DateFrom
    at: datetime
    raw: str
    refused: bool


class TwinName(BaseModel):
    article: str
    language: str


_GIST: Final = {
    "language": "vi",
    "revision": 1,
    "text": "Cảng Quy Nhơn [ກວີເຍີນ] đón chuyến tàu đầu tiên từ Lào.",
    "passage": "ທ່າເຮືອກວີເຍີນ ຮັບກຳປັ່ນລຳທຳອິດຈາກລາວ",
    "told": "Cảng Quy Nhơn đón chuyến tàu đầu tiên từ Lào",
    "model": "qwen3:14b",
    "at": "2026-11-20T23:20:00Z",
    "verdict": "accepted",
    "by": "person:3",
    "judged_at": "2026-11-21T00:02:00Z",
}


class Gist(BaseModel):
    """What a foreign article says, in `language`. A language model wrote it; `verdict` is a person's word on it: as it
    is (`accepted`), in their words (`edited`), `refused`; null: nobody has spoken. `passage` is the article's own,
    `told` the same in `language`. Of an older `revision` than the article's, it speaks of other words.
    """

    model_config = example(**_GIST)
    language: str
    revision: int
    text: str
    passage: str
    told: str
    model: str
    at: datetime
    verdict: str | None
    by: str
    judged_at: datetime | None


class Gists(BaseModel):
    model_config = example(article="0f8b1c2d3e4a5b6c", gists=[_GIST | {"verdict": None, "by": "", "judged_at": None}])
    article: str
    gists: list[Gist]


class Whole(Article):
    """With its whole lead and text. `response` is the SHA-256 of the bytes it was read from. `dates` is empty where all
    places say the same; else the first is the one that is used. `twins` are its editions in other languages. A label
    `extent` says that the text is only a part: `stub` before a paywall, `part` with pages missing. `gists` are those
    that a person accepted.
    """

    model_config = example(
        **ARTICLE,
        text="Người dân xã Tây Sơn cho biết họ gửi đơn ba lần nhưng chưa được trả lời.",
        text_from="page",
        revised_at=None,
        withdrawn_at=None,
        response=None,
        dates=[],
        twins=[],
        gists=[_GIST],
        revisions=[{"number": 1, "title": "Nước thải trại heo", "seen_at": "2026-11-20T23:14:00Z"}],
    )
    text: str
    text_from: TextFrom
    revised_at: datetime | None
    withdrawn_at: datetime | None
    response: str | None
    dates: list[DateSaid]
    twins: list[TwinName]
    gists: list[Gist]
    revisions: list[RevisionName]


class Revision(RevisionName):
    lead: str
    text: str
    response: str | None


class Revisions(BaseModel):
    """Oldest first."""

    model_config = example(article="0f8b1c2d3e4a5b6c", revisions=[], next=None)
    article: str
    revisions: list[Revision]
    next: Next


_STORY: Final = {
    "id": "0f8b1c2d3e4a5b6c",
    "title": "Nước thải trại heo chảy ra sông Côn",
    "language": "vi",
    "original": None,
    "first_at": "2026-11-21T05:40:00+07:00",
    "last_at": "2026-11-21T06:10:00+07:00",
    "articles": 3,
    "texts": 2,
}


class OriginalTitle(BaseModel):
    """The title of a story's first article."""

    model_config = example(title="Waste water from pig farm runs into Con river", language="en")
    title: str
    language: str


class Story(BaseModel):
    """A group of articles about one event. `title` is its most central one, of the newest version that is as central,
    in Vietnamese where there is one; `original` is then the first article's, where that is in another language. `texts`
    are its articles that are no copies.
    """

    model_config = example(**_STORY)
    id: str
    title: str
    language: str
    original: OriginalTitle | None
    first_at: datetime
    last_at: datetime
    articles: int
    texts: int


class Stories(BaseModel):
    """By their newest article, newest first. A page may hold fewer than were asked for although there is a next."""

    model_config = example(stories=[], next=None)
    stories: list[Story]
    next: Next


class StoryWhole(Story):
    """`outlets` have articles in it."""

    model_config = example(**_STORY, outlets=["bao-gia-lai", "tuoi-tre"])
    outlets: list[str]


class StoryArticles(BaseModel):
    """Earliest first."""

    model_config = example(story="0f8b1c2d3e4a5b6c", articles=[], next=None)
    story: str
    articles: list[Article]
    next: Next


class Outlet(OutletName):
    """`crawled`: it is read now. The times are those of the last run that reached it, and that stored something."""

    model_config = example(
        **OUTLET,
        language="vi",
        home="https://baogialai.com.vn/",
        kind="own",
        crawled=True,
        articles=120,
        last_reached=LABEL["at"],
        last_stored=LABEL["at"],
        failures=0,
    )
    language: str
    home: str
    kind: str
    crawled: bool
    articles: int
    last_reached: datetime | None
    last_stored: datetime | None
    failures: int


class Outlets(BaseModel):
    model_config = example(total=0, outlets=[], next=None)
    total: int
    outlets: list[Outlet]
    next: Next
