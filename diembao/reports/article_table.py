"""Articles as rows of a table, in Vietnamese or English: of a report's sheet, and of an export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.article import Kind, Labelled
from diembao.core.names import country_name, language_name
from diembao.paper.sheet import Cell
from diembao.reports.figures import stance_by_person
from diembao.reports.house import House

LANGUAGES: Final = ("vi", "en")
HEADS: Final = (
    (
        *("Mã bài", "Giờ đăng", "Nguồn", "Nước", "Ngôn ngữ", "Tiêu đề", "Địa chỉ"),
        *("Thái độ", "Thái độ do người", "Chủ đề", "Chuyện", "Vai trò"),
    ),
    (
        *("Article", "Published", "Outlet", "Country", "Language", "Title", "Address"),
        *("Stance", "Settled by a person", "Themes", "Story", "Role"),
    ),
)
STANCES: Final = {
    "positive": ("tích cực", "positive"),
    "neutral": ("trung tính", "neutral"),
    "critical": ("phê phán", "critical"),
    "abstain": ("chưa rõ", "not clear"),
    "": ("chưa xét", "not judged"),
}
_YES: Final = ("có", "yes")


def row(house: House, item: Labelled, zone: str, at: int) -> Sequence[Cell]:
    """``at``: the place of the language in `LANGUAGES`; the time is that of ``zone``."""
    its, own, language = item.article, house.profile.id, LANGUAGES[at]
    outlet = house.outlets.get(its.outlet)
    known = house.profile.themes
    themes = (known[key] for key in item.keys(Kind.THEME, own) if key in known)
    stance = STANCES.get(item.key(Kind.STANCE, own) or "", STANCES[""])[at]
    return (
        its.id,
        its.when.astimezone(ZoneInfo(zone)),
        outlet.name if outlet else its.outlet,
        country_name(outlet.country, language) if outlet and outlet.country else "",
        language_name(item.key(Kind.LANGUAGE) or its.language, language),
        its.title,
        its.url,
        stance,
        _YES[at] if stance_by_person(item, own) else "",
        "; ".join(each.en if at else each.vi for each in themes),
        item.key(Kind.STORY) or "",
        item.key(Kind.ROLE) or "",
    )
