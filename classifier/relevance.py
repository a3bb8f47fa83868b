"""From the places of a text to yes, part or no about a province, with what a person can check.

About today's province every place of it counts. About a former one its own places do; where none is named,
the name of today's province may still tell: by words of one side (a coast, the highlands), by a province that
acts or is struck as a whole (part), or by one incident somewhere in it (no).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifier import cues
from classifier.pages import NOTHING, PARTIAL, Page, Role, Standing
from diembao.core.article import Relevance
from diembao.core.text import snippet

_WEIGHT = (4.0, 2.0, 0.5)  # of a name in the title, the lead, the text
_OFTEN = 3  # times a place of ours is named in the text alone before the article is about it
_DROWNED = 1.5  # times our weight that others must have, to be what an article with both is about
_QUOTE = 60  # characters around a name


@dataclass(frozen=True, slots=True)
class Verdict:
    """``at`` is the standing that settled it, where there is one; ``rule`` is a sentence for an officer."""

    key: Relevance
    score: float
    rule: str
    at: Standing | None = None

    def why(self, page: Page) -> str:
        if not self.at:
            return self.rule
        return f"“{quoted(page, self.at)}” – {self.at.name.place}: {self.rule}"


def quoted(page: Page, at: Standing) -> str:
    """The name with the words around it, as they stand in the text."""
    text = page.prepared.text
    first = text.rfind("\n", 0, at.start) + 1
    last = text.find("\n", at.end)
    line = text[first : last if last >= 0 else len(text)]
    return snippet(line, at.start - first, at.end - first, _QUOTE).strip("… ")


def about(page: Page, found: Sequence[Standing], area: str = "", whole: str = "") -> Verdict:
    """The verdict for the places of an area; of all our areas where none is given. All others are elsewhere, but
    what belongs to the ``whole`` of today's province speaks neither for its part nor against it.
    """
    is_home = [x.name.area == area if area else x.ours for x in found]
    home = [x for x, at_home in zip(found, is_home, strict=True) if at_home]
    away = [x for x, at_home in zip(found, is_home, strict=True) if not at_home]
    main = [x for x in home if x.role is Role.ABOUT]
    others = [x for x in away if x.role is Role.ABOUT and x.name.area != whole]
    if main:
        return _unless_part(page, found, _main(main, others))
    partial = [x for x in home if x.role in PARTIAL]
    if partial:
        return Verdict(Relevance.PART, 0.75, partial[0].role.value, partial[0])
    dropped = [x for x in found if x.role in NOTHING]
    if dropped:
        return Verdict(Relevance.NO, 0.9, dropped[0].role.value, dropped[0])
    if others:
        return Verdict(Relevance.NO, 0.95, "chỉ nói về nơi khác", others[0])
    return Verdict(Relevance.NO, 0.98, "không có địa danh nào của tỉnh")


def _unless_part(page: Page, found: Sequence[Standing], verdict: Verdict) -> Verdict:
    """A yes that is a part, for what the text is or for what its only name may be."""
    if verdict.key is Relevance.YES and _may_be_another(found):
        return Verdict(Relevance.PART, 0.5, "tỉnh khác cũng có tên này, bài không nêu tỉnh", verdict.at)
    if verdict.key is Relevance.YES and cues.DIGEST.search(page.low[: page.ends[0]]):
        return Verdict(Relevance.PART, 0.7, "bản tin tổng hợp nhiều chuyện", verdict.at)
    return verdict


def _may_be_another(found: Sequence[Standing]) -> bool:
    """Of ours one district alone, which another province has too ("Vĩnh Thạnh")."""
    ours = {(x.name.place, x.name.kind) for x in found if x.ours and x.role not in NOTHING}
    return len(ours) == 1 and next(iter(ours))[1] == "twin"


def _main(main: Sequence[Standing], others: Sequence[Standing]) -> Verdict:
    """The first place of ours settles it, weighed against places elsewhere that are as high up."""
    ours, theirs = _weight(main), _weight(others)
    first, first_other = main[0], min((x.field for x in others), default=3)
    if first.field == 0:
        shared = first_other == 0 and theirs > _DROWNED * ours
        return _yes(first, 0.95, "ở tiêu đề", "tiêu đề nêu cả nơi khác, bài nói nhiều hơn về nơi khác" * shared)
    if first.field == 1:
        behind = "ở phần dẫn, còn tiêu đề nói về nơi khác" * (first_other == 0 and theirs >= ours)
        shared = first_other == 1 and theirs > _DROWNED * ours
        return _yes(first, 0.85, "ở phần dẫn", behind or "ở phần dẫn, cùng nhiều nơi khác" * shared)
    rare = len(main) < _OFTEN or ours <= theirs
    return _yes(first, 0.65, f"chỉ trong bài, nhưng {len(main)} lần", "chỉ nhắc tới trong bài" * rare)


def _yes(at: Standing, score: float, rule: str, unless: str) -> Verdict:
    """Yes by a rule, or part where another says so."""
    return Verdict(Relevance.PART, 0.6, unless, at) if unless else Verdict(Relevance.YES, score, rule, at)


def _weight(found: Sequence[Standing]) -> float:
    return sum(_WEIGHT[x.field] for x in found)


@dataclass(frozen=True, slots=True)
class Sides:
    """What tells one side of today's province from the other, beside its name."""

    ours: str  # the first word found that speaks of this side
    theirs: str  # the same for the others
    places: tuple[Standing, ...]  # places of another side


def inferred(page: Page, whole: Verdict, named: Sequence[Standing], sides: Sides) -> Verdict:
    """About a former province of which no place is named; ``named`` are mentions of today's province."""
    if whole.key is Relevance.NO:
        return whole
    if sides.ours:
        if sides.theirs or sides.places:
            return Verdict(Relevance.PART, 0.6, "tên tỉnh mới, có dấu hiệu của cả hai phía", whole.at)
        return Verdict(whole.key, 0.6, f"tên tỉnh mới, “{sides.ours}” chỉ có ở phía này", whole.at)
    if sides.places:
        return Verdict(Relevance.NO, 0.9, "địa danh ở phía kia của tỉnh", sides.places[0])
    if sides.theirs and not _is_wide_abroad(page, whole, sides.theirs):
        return Verdict(Relevance.NO, 0.75, f"tên tỉnh mới, “{sides.theirs}” là của phía kia", whole.at)
    return _without_signs(page, whole, named)


def _is_wide_abroad(page: Page, whole: Verdict, hint: str) -> bool:
    """In a language whose words for a province that acts are not in our lists: the name of the province in the title,
    or one of several provinces, outweighs a word such as "border gate" or "coffee" behind it.
    """
    if cues.VIETNAMESE.search(page.low[: page.ends[1]]):
        return False
    return whole.key is Relevance.PART or hint.lower() not in page.low[: page.ends[0]]


def told_later(verdict: Verdict, whole: Verdict, own: Sequence[Standing], sides: Sides) -> Verdict:
    """Today's province is named above, and places of this side only in the text: the text tells which side it is."""
    if own[0].field < 2 or whole.key is not Relevance.YES:
        return verdict
    if not sides.places or (sides.places[0].field == 2 and len(own) >= len(sides.places)):
        return Verdict(Relevance.YES, 0.6, "chuyện của tỉnh mới, trong bài là phía này", own[0])
    if sides.places[0].field == 0 and len(own) == 1:
        return Verdict(Relevance.NO, 0.6, "chuyện ở phía kia, phía này chỉ được nhắc một lần", sides.places[0])
    return verdict


def _without_signs(page: Page, whole: Verdict, named: Sequence[Standing]) -> Verdict:
    head = page.low[: page.ends[1]]
    if whole.key is Relevance.YES:
        return _whole_or_incident(page, head, whole, named)
    if cues.STORM.search(head):
        return Verdict(Relevance.PART, 0.6, "chỉ nêu tên tỉnh mới, chuyện mưa bão, biển", whole.at)
    return Verdict(Relevance.NO, 0.6, "chỉ nêu tên tỉnh mới", whole.at)


def _whole_or_incident(page: Page, head: str, whole: Verdict, named: Sequence[Standing]) -> Verdict:
    subject = any(x.start == 0 and not page.low[x.end :].lstrip().startswith(":") for x in named)
    wide = cues.WIDE.search(head)
    incident = cues.INCIDENT.search(head)
    titled = any(x.field == 0 for x in named)
    unread = not cues.VIETNAMESE.search(head)  # whose words for a province that acts are not in our lists
    if (incident and not subject and not wide) or not (titled or wide or unread):
        return Verdict(Relevance.NO, 0.55, "một chuyện ở tỉnh mới, không rõ phía nào", whole.at)
    return Verdict(Relevance.PART, 0.6, "chuyện chung của tỉnh mới", whole.at)
