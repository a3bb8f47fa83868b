"""Places as teams: a game away is not about the place, one at home is in part."""

from __future__ import annotations

from classifier import cues
from classifier.mentions import Mention
from classifier.pages import CLUB, Page, Role


def is_sport(page: Page) -> bool:
    hits = page.sport_words
    return hits >= 2 or (hits > 0 and _has_clubs(page))


def _has_clubs(page: Page) -> bool:
    """A club's name, or a company's that has a club (in a text on sport, where this is asked)."""
    return any(m.name.kind in {CLUB, "company"} for m in page.mentions)


def in_sport(page: Page, mention: Mention, before: str) -> Role | None:
    if mention.name.kind == "university":
        return Role.HOME_GAME
    if mention.name.kind not in {"province", "city"} or cues.PROVINCE_BEFORE.search(before):
        return None
    if cues.VENUE_BEFORE.search(before):
        return Role.HOME_GAME
    team = cues.TEAM_BEFORE.search(before) or cues.SCORE_AFTER.match(page.after(mention.end))
    clubs = _has_clubs(page)
    if not team and cues.AT_BEFORE.search(before):
        return Role.HOME_GAME if clubs else None
    return game(page, mention) if team or clubs or page.sport_words > 2 else None


def game(page: Page, mention: Mention) -> Role:
    """At home: named first before the score, or the words say so. Not a match at all: the club's life at home."""
    head = page.top
    if not cues.MATCH.search(head):
        return Role.HOME_GAME
    beaten = cues.TEAM_BEFORE.search(page.before(mention.start))
    if cues.SCORE_AFTER.match(page.after(mention.end)) and not beaten:
        return Role.HOME_GAME
    if cues.SCORE_BEFORE.search(page.before(mention.start)):
        return Role.TEAM
    if cues.AWAY_GAME.search(head) or not cues.HOME_GAME.search(head):
        return Role.TEAM
    return Role.HOME_GAME
