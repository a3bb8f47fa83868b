"""A department's digest as words, for a mail or a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from diembao.core.article import Kind, Labelled, Stance
from diembao.core.names import country_name, language_name
from diembao.core.quotes import telling_sentence
from diembao.core.text import snippet
from diembao.paper.forms import number
from diembao.reports.figures import stance_by_person
from diembao.reports.house import OWN, House
from diembao.reports.unit import Coverage, Digest, country_of
from diembao.reports.weekly import STANCES

_DAY: Final = "%d/%m/%Y"
_SENTENCE: Final = 240  # characters: three lines of a mail


def as_text(found: Digest, house: House) -> str:
    own = "; ".join(house.profile.themes[theme].vi for theme in found.fields) or "chưa được giao trong hồ sơ của tỉnh"
    lines = [
        f"{found.unit.name} · {house.profile.called}: {found.start:{_DAY}} – {found.end:{_DAY}}",
        f"Lĩnh vực: {own}",
    ]
    if found.foreign is not None:
        lines += _section("Báo chí nước ngoài viết về tỉnh", found.foreign, house)
    at_home = "" if found.foreign is None else ", báo trong nước"
    lines += _section(f"Trong lĩnh vực của đơn vị{at_home}", found.own, house)
    lines += _listed("Vụ việc đang mở", [f"{case.number} {case.details.title}" for case in found.cases])
    lines += _listed("Cảnh báo trong kỳ", [f"{alert.subscription}: {alert.title}" for alert in found.alerts])
    return "\n".join(lines)


def _listed(title: str, rows: Sequence[str]) -> list[str]:
    return ["", f"{title}: {len(rows) or 'không có'}", *(f"- {row}" for row in rows)]


def _section(title: str, found: Coverage, house: House) -> list[str]:
    compared = f"kỳ trước {number(found.before)}"
    lines = [
        "",
        title.upper(),
        f"{number(found.articles)} bài ({compared}); máy gợi ý phê phán {number(found.critical)}",
    ]
    if found.countries:
        lines.append("Nước: " + _counts((country_name(key, "vi"), n) for key, n in found.countries))
    if found.languages:
        lines.append("Ngôn ngữ: " + _counts((language_name(key, "vi"), n) for key, n in found.languages))
    if found.listed:
        lines.append("Bài gợi ý phê phán trước, rồi đến bài mới nhất:")
    for item in found.listed:
        lines += _told(item, house)
    return [*lines, f"… và {number(found.more)} bài nữa"] if found.more else lines


def _counts(named: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {number(n)}" for name, n in named)


def _told(item: Labelled, house: House) -> Iterator[str]:
    """Title; where, in which language, when; stance and themes in Vietnamese; the sentence that mattered; address."""
    article, province = item.article, house.profile.id
    yield f"- {snippet(article.title, length=250)}"
    known = house.outlets.get(article.outlet)
    language, country = item.key(Kind.LANGUAGE) or article.language, country_of(house, article.outlet)
    from_where = [
        known.name if known else article.outlet,
        country_name(country, "vi") if country not in {"", "VN"} else "",
        language_name(language, "vi") if language != OWN else "",
        f"{article.when:{_DAY}}",
    ]
    yield "  " + " · ".join(filter(None, from_where))
    judged = [_stance(item, province), _themes(item, house)]
    if any(judged):
        yield "  " + " · ".join(filter(None, judged))
    if item.key(Kind.STANCE, province) == Stance.CRITICAL and (said := telling_sentence(item, province)):
        yield f"  “{snippet(said, length=_SENTENCE)}”"
    yield f"  {article.url}"


def _stance(item: Labelled, province: str) -> str:
    """Only a person's word stands without "Gợi ý"."""
    said = STANCES.get(item.key(Kind.STANCE, province) or "", "")
    return f"{'Người đọc' if stance_by_person(item, province) else 'Gợi ý'}: {said}" if said else ""


def _themes(item: Labelled, house: House) -> str:
    named = [
        house.profile.themes[key].vi for key in item.keys(Kind.THEME, house.profile.id) if key in house.profile.themes
    ]
    return f"Chủ đề: {'; '.join(named)}" if named else ""
