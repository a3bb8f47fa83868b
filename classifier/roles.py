"""Which names in a text are the places themselves, and what each is doing there.

The order of the rules:

1. words that hold a name and are something else (a club, a company): dropped, or the club's game at home
2. a person's family name before it, or a street of that name: dropped
3. a commune or ward of that name that the text puts in another province: dropped
4. a shared name without company (the word for its unit and a sure name of ours): dropped
5. what is left is the place: origin of a person, one of a list, end of a road, a distance, a team, or what it is about
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from classifier import cues
from classifier.mentions import Mention, Name, Prepared

ELSEWHERE = "elsewhere"
CLUB = "club"
ABROAD = "abroad"  # where places outside the country are called like ours
_CONTAINED = 40  # characters after a name in which the province it lies in is named


class Role(StrEnum):
    """What a place is doing in a text, with the rule as an officer reads it."""

    ABOUT = "nơi xảy ra hoặc được nói tới"
    LISTED = "một trong nhiều nơi được kể"
    ROUTE = "một đầu của tuyến đường"
    ORIGIN = "quê quán hoặc nơi từng công tác của một người"
    DISTANCE = "mốc tính khoảng cách"
    TEAM = "đội thể thao, thi đấu ở nơi khác"
    HOME_GAME = "đội thể thao, thi đấu hoặc hoạt động ở sân nhà"
    NAMESAKE = "tên trùng, không phải địa danh này"


PARTIAL = frozenset({Role.LISTED, Role.ROUTE, Role.ORIGIN, Role.DISTANCE, Role.HOME_GAME})
NOTHING = frozenset({Role.TEAM, Role.NAMESAKE})


@dataclass(frozen=True, slots=True)
class Standing:
    """A name in its role. ``field`` is 0 in the title, 1 in the lead, 2 in the text."""

    name: Name
    start: int
    end: int
    field: int
    role: Role

    @property
    def ours(self) -> bool:
        return bool(self.name.area) and self.name.kind != ELSEWHERE


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its mentions; ``ends`` are where title and lead end."""

    prepared: Prepared
    low: str
    ends: tuple[int, int]
    mentions: Sequence[Mention]

    def before(self, at: int) -> str:
        return self.low[max(0, at - cues.REACH) : at]

    def after(self, at: int) -> str:
        return self.low[at : at + cues.REACH]

    def field(self, at: int) -> int:
        return sum(at > end for end in self.ends)


def standings(page: Page) -> list[Standing]:
    """Every mention in its role, in order."""
    settled = list(_settled(page))
    real = [mention for mention, is_real in settled if is_real]
    sport = _is_sport(page)
    places = iter(range(len(real)))
    return [
        _in_role(page, mention, real, next(places) if is_real else None, sport=sport) for mention, is_real in settled
    ]


# -- rules 1 to 4 -----------------------------------------------------------------------------------


def _settled(page: Page) -> Iterator[tuple[Mention, bool]]:
    """Mentions with the name chosen among those it may have; False where it is only a namesake."""
    ours = [m for m in page.mentions if _home(m.name) and m.name.sure]
    away = any(m.name.kind == ELSEWHERE for m in page.mentions)
    for mention in page.mentions:
        if mention.name.kind == ABROAD:
            continue
        chosen = _chosen(page, mention, ours)
        yield chosen, not _is_namesake(page, chosen, ours, away=away)


def _home(name: Name) -> bool:
    return bool(name.area) and name.kind != ELSEWHERE


def _chosen(page: Page, mention: Mention, ours: Sequence[Mention]) -> Mention:
    """A province elsewhere and a commune of ours may share a name: the word before it tells."""
    if mention.also and mention.name.kind == ELSEWHERE and ours and cues.UNIT_BEFORE.search(page.before(mention.start)):
        return replace(mention, name=mention.also[0], also=())
    return mention


def _is_namesake(page: Page, mention: Mention, ours: Sequence[Mention], *, away: bool) -> bool:
    name = mention.name
    if not name.area:
        return True
    if name.kind == CLUB:
        return False
    if cues.FAMILY_BEFORE.search(page.prepared.text[max(0, mention.start - cues.REACH) : mention.start]):
        return True
    return _home(name) and (_named_after(page, mention, away=away) or _another(page, mention, ours, away=away))


def _named_after(page: Page, mention: Mention, *, away: bool) -> bool:
    """A street, a dish, a lottery, a number plate of that name."""
    if cues.LOTTERY.search(page.low[: page.ends[1]]) or cues.STYLE_BEFORE.search(page.before(mention.start)):
        return True
    return _is_street(page, mention, away=away)


def _another(page: Page, mention: Mention, ours: Sequence[Mention], *, away: bool) -> bool:
    """A place of that name in another province."""
    name = mention.name
    unit = cues.UNIT_BEFORE.search(page.before(mention.start)) or cues.UNIT_AFTER.search(page.after(mention.end))
    if unit and (not name.sure or name.kind == "province") and _lies_elsewhere(page, mention):
        return True
    return not name.sure and not _has_company(page, mention, ours, unit=bool(unit), away=away)


def _is_street(page: Page, mention: Mention, *, away: bool) -> bool:
    before, after = page.before(mention.start), page.after(mention.end)
    if cues.STREET_JOINED.match(after):
        return True
    if not away and mention.name.sure:
        return False
    named = cues.STREET_BEFORE.search(before) or cues.STREET_AFTER.search(after)
    return bool(named) and not cues.RANGE_GAP.match(after[:3])


def _lies_elsewhere(page: Page, mention: Mention) -> bool:
    """As in "xã Bình Định (Hưng Yên)": the next name is another province, in the same sentence."""
    following = [m for m in page.mentions if mention.end <= m.start < mention.end + _CONTAINED]
    return (
        bool(following)
        and following[0].name.kind == ELSEWHERE
        and "." not in page.low[mention.end : following[0].start]
    )


def _has_company(page: Page, mention: Mention, ours: Sequence[Mention], *, unit: bool, away: bool) -> bool:
    """What lets a shared name count: the less it is a name of ours alone, the more it takes."""
    others = [m for m in ours if m.start != mention.start]
    if mention.name.kind == "province" or any(m.name.kind == ABROAD for m in page.mentions):
        return bool(others) or bool(cues.COUNTRY.search(page.low))  # also a verb in Chinese, a town in Taiwan
    if mention.name.kind != "commune":
        return bool(others) or not away or mention.name.kind == "city"
    contained = any(0 <= m.start - mention.end <= _CONTAINED for m in others)
    joined = contained and page.low[mention.end : mention.end + 2] in {" (", ", "}
    return bool(others) and (unit or (joined and not mention.bare))


# -- rule 5 -----------------------------------------------------------------------------------------


def _in_role(page: Page, mention: Mention, real: Sequence[Mention], at: int | None, *, sport: bool) -> Standing:
    role = Role.NAMESAKE if at is None else _role(page, real, at, sport=sport)
    return Standing(mention.name, mention.start, mention.end, page.field(mention.start), role)


def _role(page: Page, real: Sequence[Mention], at: int, *, sport: bool) -> Role:
    mention = real[at]
    if mention.name.kind == CLUB:
        return _game(page, mention)
    before, after = page.before(mention.start), page.after(mention.end)
    if sport and _home(mention.name) and (role := _in_sport(page, mention, before)):
        return role
    if _origin(page, mention, before, after):
        return Role.ORIGIN
    if cues.AMONG_BEFORE.search(before) and any(m.name.kind == ELSEWHERE for m in page.mentions):
        return Role.LISTED
    if cues.DISTANCE_BEFORE.search(before) and cues.DISTANCE_AFTER.search(after):
        return Role.DISTANCE
    return _in_list(page, real, at) or Role.ABOUT


def _origin(page: Page, mention: Mention, before: str, after: str) -> bool:
    if mention.name.kind not in {"commune", "landmark"} and cues.ORIGIN_BEFORE.search(before):
        return True
    if cues.ORIGIN_AFTER.search(after):
        return True
    cased = page.prepared.text[max(0, mention.start - cues.REACH) : mention.start]
    if cues.PERSON_DASH_BEFORE.search(cased):
        return True
    return bool(cues.SIGNED_BEFORE.search(cased)) and after.startswith(")")


def _in_list(page: Page, mentions: Sequence[Mention], at: int) -> Role | None:
    """Joined to a place that is not of ours. Two places in a title, or two towns, are what it is about."""
    mention = mentions[at]
    joined = [_joined(page, mentions, n) for n in (at - 1, at)]
    if "range" in joined:
        start = mentions[at - 1].start if joined[0] == "range" else mention.start
        if cues.FLIGHT_BEFORE.search(page.before(start)):
            return None
        return Role.ROUTE if cues.ROUTE_BEFORE.search(page.before(start)) else Role.LISTED
    if "list" not in joined:
        return None
    length = _list_length(page, mentions, at)
    return Role.LISTED if length > 2 or (page.field(mention.start) > 0 and mention.name.kind != "province") else None


def _joined(page: Page, mentions: Sequence[Mention], first: int) -> str:
    """How a name hangs together with the next one, where one of the two is not of ours."""
    if not 0 <= first < len(mentions) - 1:
        return ""
    left, right = mentions[first], mentions[first + 1]
    if _home(left.name) == _home(right.name) or CLUB in {left.name.kind, right.name.kind}:
        return ""
    gap = page.low[left.end : right.start][: cues.REACH]
    if cues.RANGE_GAP.match(gap):
        return "range"
    return "list" if cues.LIST_GAP.match(gap) else ""


def _list_length(page: Page, mentions: Sequence[Mention], at: int) -> int:
    first = last = at
    while first > 0 and _next_to(page, mentions, first - 1):
        first -= 1
    while last < len(mentions) - 1 and _next_to(page, mentions, last):
        last += 1
    return len({m.name.place for m in mentions[first : last + 1]})


def _next_to(page: Page, mentions: Sequence[Mention], first: int) -> bool:
    gap = page.low[mentions[first].end : mentions[first + 1].start][: cues.REACH]
    return bool(cues.LIST_GAP.match(gap) or cues.RANGE_GAP.match(gap))


# -- sport ------------------------------------------------------------------------------------------


def _is_sport(page: Page) -> bool:
    hits = _sport_words(page)
    return hits >= 2 or (hits > 0 and _has_clubs(page))


def _sport_words(page: Page) -> int:
    return len(set(cues.SPORT.findall(page.low[: page.ends[1] + 600])))


def _has_clubs(page: Page) -> bool:
    """A club's name, or a company's that has a club (in a text on sport, where this is asked)."""
    return any(m.name.kind in {CLUB, "company"} for m in page.mentions)


def _in_sport(page: Page, mention: Mention, before: str) -> Role | None:
    if mention.name.kind == "university":
        return Role.HOME_GAME
    if mention.name.kind not in {"province", "city"}:
        return None
    team = cues.TEAM_BEFORE.search(before) or cues.SCORE_AFTER.match(page.after(mention.end))
    clubs = _has_clubs(page)
    if not team and cues.AT_BEFORE.search(before):
        return Role.HOME_GAME if clubs else None
    return _game(page, mention) if team or clubs or _sport_words(page) > 2 else None


def _game(page: Page, mention: Mention) -> Role:
    """At home: named first before the score, or the words say so. Not a match at all: the club's life at home."""
    head = page.low[: page.ends[1] + 600]
    if not cues.MATCH.search(head):
        return Role.HOME_GAME
    beaten = cues.TEAM_BEFORE.search(page.before(mention.start))
    if cues.SCORE_AFTER.match(page.after(mention.end)) and not beaten:
        return Role.HOME_GAME
    if cues.AWAY_GAME.search(head) or not cues.HOME_GAME.search(head):
        return Role.TEAM
    return Role.HOME_GAME
