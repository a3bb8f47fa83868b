"""What every shape shares: errors, names of outlets, the examples of an article and a label."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

# Characters of an id or key.
KEY: Final = 64

Next = Annotated[str | None, Field(description="The `cursor` of the next page; null: this is the last")]


def example(**values: Any) -> ConfigDict:  # noqa: ANN401 (whatever JSON holds)
    return ConfigDict(json_schema_extra={"examples": [values]})


OUTLET: Final = {"id": "bao-gia-lai", "name": "Báo Gia Lai", "country": "VN"}
LABEL: Final = {
    "kind": "stance",
    "key": "critical",
    "about": "gia-lai",
    "revision": 1,
    "score": 0.82,
    "by": "model:stance-3",
    "why": "“gửi đơn ba lần”: than phiền chưa được giải quyết",
    "at": "2026-11-21T06:12:00+07:00",
    "look_again": False,
}
ARTICLE: Final = {
    "id": "0f8b1c2d3e4a5b6c",
    "url": "https://example.vn/nuoc-thai-song-con.html",
    "outlet": OUTLET,
    "title": "Nước thải trại heo chảy ra sông Côn",
    "lead": "Nước sông Côn đoạn qua xã Tây Sơn đổi màu từ đầu tháng.",
    "language": "vi",
    "published_at": "2026-11-21T06:10:00+07:00",
    "published_from": "feed",
    "seen_at": "2026-11-20T23:14:00Z",
    "revision": 1,
    "labels": [LABEL],
}


class Problem(BaseModel):
    """RFC 9457, Vietnamese first. Some have more: `errors`, `position`, `code`."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:diembao:problem:article",
                    "title": "Không có",
                    "title_en": "Not found",
                    "status": 404,
                    "detail": "Không có bài 0000000000000000.",
                    "detail_en": "There is no article 0000000000000000.",
                }
            ]
        },
    )
    type: str
    title: str
    title_en: str
    status: int
    detail: str
    detail_en: str


class OutletName(BaseModel):
    id: str
    name: str
    country: str | None
