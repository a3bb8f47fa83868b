"""What each name is doing in a text: what it is about, one of a list, the end of a road, somebody's origin.

``namesakes`` has first left out what only bears the name; ``sport`` knows teams.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from classifier import cues
from classifier.mentions import Mention
from classifier.namesakes import only_shared, settled
from classifier.pages import CLUB, ELSEWHERE, Page, Role, Standing, is_home
from classifier.sport import game, in_sport, is_sport


def standings(page: Page) -> list[Standing]:
    """Every mention in its role, in order; where none of ours can be a place, the first that is none, alone."""
    if alone := only_shared(page):
        return [_in_role(page, alone, (), None, sport=False)]
    found = list(settled(page))
    real = [mention for mention, is_real in found if is_real]
    sport = any(is_home(mention.name) for mention in real) and is_sport(page)  # asked of ours alone
    places = iter(range(len(real)))
    return [_in_role(page, m, real, next(places) if is_real else None, sport=sport) for m, is_real in found]


def _in_role(page: Page, mention: Mention, real: Sequence[Mention], at: int | None, *, sport: bool) -> Standing:
    role = Role.NAMESAKE if at is None else _role(page, real, at, sport=sport)
    return Standing(mention.name, mention.start, mention.end, page.field(mention.start), role)


def _role(page: Page, real: Sequence[Mention], at: int, *, sport: bool) -> Role:
    mention = real[at]
    if mention.name.kind in {CLUB, "route"}:
        return Role.ROUTE if mention.name.kind == "route" else game(page, mention)
    before, after = page.before(mention.start), page.after(mention.end)
    if _origin(page, mention, before, after):
        return Role.ORIGIN
    if sport and is_home(mention.name) and (role := in_sport(page, mention, before)):
        return role
    if any(m.name.kind == ELSEWHERE for m in page.mentions) and _is_among(page, mention):
        return Role.LISTED
    if _is_dish(page, mention, before):
        return Role.DISH
    return _company(page, real, mention) or _measured(before, after) or _in_list(page, real, at) or Role.ABOUT


def _is_among(page: Page, mention: Mention) -> bool:
    """As in "tám sân bay, trong đó có Phù Cát, Pleiku": every place of such a list."""
    at = bisect_left(page.mentions, mention.start, key=lambda each: each.start)
    while at > 0 and cues.LIST_GAP.match(page.low[page.mentions[at - 1].end : page.mentions[at].start][: cues.REACH]):
        at -= 1
    return cues.AMONG_BEFORE.search(page.before(page.mentions[at].start)) is not None


def _is_dish(page: Page, mention: Mention, before: str) -> bool:
    """As in "bún chả cá Quy Nhơn hút khách ở Thủ Đức": eaten in another place that is named right behind."""
    if mention.name.kind not in {"province", "city", "district"} or not cues.DISH_BEFORE.search(before):
        return False
    following = (m for m in page.mentions if m.start > mention.end and m.name.kind == ELSEWHERE)
    away = next(following, None)
    return (
        away is not None
        and page.field(away.start) == page.field(mention.start)
        and bool(cues.AT_BEFORE.search(page.before(away.start)))
    )


def _measured(before: str, after: str) -> Role | None:
    far = cues.DISTANCE_BEFORE.search(before) and cues.DISTANCE_AFTER.search(after)
    return Role.DISTANCE if far else None


def _origin(page: Page, mention: Mention, before: str, after: str) -> bool:
    if mention.name.kind not in {"commune", "landmark"} and cues.ORIGIN_BEFORE.search(before):
        return True
    if cues.ORIGIN_AFTER.search(after):
        return True
    cased = page.prepared.text[max(0, mention.start - cues.REACH) : mention.start]
    if cues.PERSON_DASH_BEFORE.search(cased):
        return True
    return after.startswith(")") and bool(cues.SIGNED_BEFORE.search(cased))


def _company(page: Page, real: Sequence[Mention], mention: Mention) -> Role | None:
    """The place at the end of a firm's own name, where the text names no other place of ours."""
    if mention.name.kind not in {"province", "city", "district", "district-or-person"}:
        return None
    if any(is_home(m.name) and m.name.place != mention.name.place for m in real):
        return None
    before = page.prepared.text[max(0, mention.start - 2 * cues.REACH) : mention.start]
    found = cues.COMPANY_BEFORE.search(before)
    return Role.COMPANY if found and found[1][0].isupper() else None


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
    if is_home(left.name) == is_home(right.name) or CLUB in {left.name.kind, right.name.kind}:
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
