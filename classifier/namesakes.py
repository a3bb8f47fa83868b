"""Which mentions are the places themselves, and which only bear the name.

1. words that hold a name and are something else (a club, a company) are no place; a club keeps its own rules
2. nor is what bears the name: a person, a street, a dish, a lottery
3. nor a commune or ward of that name that the text puts in another province
4. nor a shared name without company: the word for its unit, and a sure name of ours
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from classifier import cues
from classifier.mentions import Mention
from classifier.pages import ABROAD, CLUB, ELSEWHERE, Page, is_home
from diembao.core.text import normal

_CONTAINED = 40  # characters after a name in which the province it lies in is named
_IN_COMPANY = frozenset({"commune", "river", "shared"})  # count beside a sure name of ours only (`_has_company`)


@dataclass(frozen=True, slots=True)
class _Company:
    """What stands in a text beside a name: sure names of ours, places away, names the text puts elsewhere."""

    ours: tuple[Mention, ...]
    away: bool
    abroad: bool
    others: frozenset[str]
    called: frozenset[str]  # folded words of what only bears a name in this text ("quân Tây Sơn")


def only_shared(page: Page) -> Mention | None:
    """Where all that is named of ours are names that others share, and no sure one lends them company, none of them
    counts, whatever stands around them: the first mention that is no place. So it is with most long articles that are
    about another province. None: they must be settled one by one.
    """
    ours = [mention.name for mention in page.mentions if is_home(mention.name)]
    if not ours or any(name.sure or name.kind not in _IN_COMPANY for name in ours):
        return None
    if any(mention.name.kind == ABROAD for mention in page.mentions):
        return None
    return next(x for x in page.mentions if not x.name.area or is_home(x.name) or _is_person(page, x))


def settled(page: Page) -> Iterator[tuple[Mention, bool]]:
    """Mentions with the name chosen among those it may have; False where it is only a namesake."""
    company = _company(page)
    for mention in page.mentions:
        if mention.name.kind == ABROAD:
            continue
        chosen = _chosen(page, mention, company)
        yield chosen, not _is_namesake(page, chosen, company)


def _company(page: Page) -> _Company:
    elsewhere = [_of_another(page, at) for at in range(len(page.mentions))]
    pairs = list(zip(page.mentions, elsewhere, strict=True))
    kinds = {m.name.kind for m in page.mentions}
    return _Company(
        ours=tuple(m for m, is_other in pairs if is_home(m.name) and m.name.sure and not is_other),
        away=ELSEWHERE in kinds,
        abroad=ABROAD in kinds,
        others=frozenset(m.name.place for m, is_other in pairs if is_other),
        called=frozenset(normal(m.name.form) for m in page.mentions if not m.name.area),
    )


def _chosen(page: Page, mention: Mention, company: _Company) -> Mention:
    """A province elsewhere and a commune of ours may share a name: the word before it tells."""
    shared = mention.also and mention.name.kind == ELSEWHERE and company.ours
    if shared and cues.UNIT_BEFORE.search(page.before(mention.start)):
        return replace(mention, name=mention.also[0], also=())
    return mention


def _is_namesake(page: Page, mention: Mention, company: _Company) -> bool:
    name = mention.name
    if not name.area:
        return True
    if name.kind == CLUB:
        return False
    if _is_person(page, mention):
        return True
    return is_home(name) and (_named_after(page, mention, away=company.away) or _another(page, mention, company))


def _is_person(page: Page, mention: Mention) -> bool:
    text = page.prepared.text
    if cues.FAMILY_BEFORE.search(text[max(0, mention.start - cues.REACH) : mention.start]):
        return True
    if mention.name.kind in {"commune", "district"} and cues.ARTIST_BEFORE.search(page.before(mention.start)):
        return True
    goes_on = text[mention.end : mention.end + 1] == " " and text[mention.end + 1 : mention.end + 2].isupper()
    return goes_on and bool(cues.TITLE_BEFORE.search(page.before(mention.start)))


def _named_after(page: Page, mention: Mention, *, away: bool) -> bool:
    """A street, a dish, a lottery, a number plate of that name."""
    before = page.before(mention.start)
    if page.is_lottery or (cues.STYLE_BEFORE.search(before) and not cues.LOTTERY_FIRM_BEFORE.search(before)):
        return True
    return _is_street(page, mention, away=away)


def _is_street(page: Page, mention: Mention, *, away: bool) -> bool:
    before, after = page.before(mention.start), page.after(mention.end)
    if cues.STREET_JOINED.match(after):
        return True
    if not away and mention.name.sure:
        return False
    named = cues.STREET_BEFORE.search(before) or cues.STREET_AFTER.search(after)
    return bool(named) and not cues.RANGE_GAP.match(after[:3])


def _another(page: Page, mention: Mention, company: _Company) -> bool:
    """A place of that name in another province."""
    before = page.before(mention.start)
    if mention.name.place in company.others and not cues.PROVINCE_BEFORE.search(before):
        return True
    if mention.name.sure:
        return False
    if _goes_on(page, mention):
        return True
    unit = bool(cues.UNIT_BEFORE.search(before) or cues.UNIT_AFTER.search(page.after(mention.end)))
    return not _has_company(page, mention, company, unit=unit)


def _goes_on(page: Page, mention: Mention) -> bool:
    """Part of a longer name, where capitals tell: in Vietnamese, and not in a title all in capitals."""
    text = page.prepared.text
    if not page.prepared.strict or text[mention.start : mention.end].isupper():
        return False
    after = cues.LONGER_AFTER.match(text[mention.end : mention.end + cues.REACH])
    if after and after[1].isupper() and not _starts(page, mention.end + 1):
        return True
    found = cues.LONGER_BEFORE.search(text[max(0, mention.start - cues.REACH) : mention.start])
    if not found or not found[1].istitle() or cues.BEGINS.fullmatch(found[1].lower()):
        return False
    return not any(m.end == mention.start - 1 for m in page.mentions)


def _starts(page: Page, at: int) -> bool:
    """Another name begins there ("Hoài Nhơn Gia Lai")."""
    return any(m.start == at for m in page.mentions)


def _of_another(page: Page, at: int) -> bool:
    """As in "xã Bình Định (Hưng Yên)": the next name is another province, in the same sentence."""
    mention = page.mentions[at]
    if not is_home(mention.name) or (mention.name.sure and mention.name.kind != "province"):
        return False
    following = page.mentions[at + 1] if at + 1 < len(page.mentions) else None
    if not following or following.name.kind != ELSEWHERE or following.start - mention.end > _CONTAINED:
        return False
    if "." in page.low[mention.end : following.start]:
        return False
    return bool(cues.UNIT_BEFORE.search(page.before(mention.start)))


def _has_company(page: Page, mention: Mention, company: _Company, *, unit: bool) -> bool:
    """What lets a shared name count: the less it is a name of ours alone, the more it takes."""
    others = [m for m in company.ours if m.start != mention.start]
    if mention.name.kind == "province" or company.abroad:
        return bool(others) or page.names_the_country  # also a verb in Chinese, a town in Taiwan
    if mention.name.kind in {"river", "shared"}:  # flows through several provinces, stands in several
        return bool(others)
    before = page.before(mention.start)
    if mention.name.kind == "district-or-person":  # a dynasty as well
        placed = unit or bool(cues.PLACED_BEFORE.search(before)) or not page.prepared.strict
        told = any(normal(mention.name.form) in called for called in company.called)
        return bool(others) or (not company.away and placed and not told)
    if mention.name.kind != "commune":
        return bool(others) or not company.away or mention.name.kind == "city"
    contained = any(0 <= m.start - mention.end <= _CONTAINED for m in others)
    joined = contained and page.low[mention.end : mention.end + 2] in {" (", ", "}
    if cues.SCHOOL_BEFORE.search(before):  # named after somebody, in the place that stands behind it
        joined = joined and any(cues.SEAT_GAP.fullmatch(page.low[mention.end : m.start]) for m in others)
    return bool(others) and (unit or (joined and not mention.bare))
