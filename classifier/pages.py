"""A text with the names in it, and what each is doing there: the words of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from classifier import cues
from classifier.mentions import Mention, Name, Prepared

ELSEWHERE = "elsewhere"
CLUB = "club"
_TOP = 600  # characters of the text, after the lead, that tell of a match
ABROAD = "abroad"  # where places outside the country are called like ours


class Role(StrEnum):
    """What a place is doing in a text, with the rule as an officer reads it."""

    ABOUT = "nơi xảy ra hoặc được nói tới"
    LISTED = "một trong nhiều nơi được kể"
    ROUTE = "một đầu của tuyến đường"
    ORIGIN = "quê quán hoặc nơi từng công tác của một người"
    DISTANCE = "mốc tính khoảng cách"
    COMPANY = "trong tên một doanh nghiệp"
    DISH = "trong tên một món ăn, bán ở nơi khác"
    TEAM = "đội thể thao, thi đấu ở nơi khác"
    HOME_GAME = "đội thể thao, thi đấu hoặc hoạt động ở sân nhà"
    NAMESAKE = "tên trùng, không phải địa danh này"


PARTIAL = frozenset({Role.LISTED, Role.ROUTE, Role.ORIGIN, Role.DISTANCE, Role.HOME_GAME, Role.COMPANY, Role.DISH})
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


@dataclass(frozen=True)  # without slots: what is asked for each mention is found once
class Told:
    """What a text says whatever is named in it: found once, also where several provinces look at it."""

    low: str
    ends: tuple[int, int]

    @cached_property
    def sport_words(self) -> int:
        """How many different words of sport stand near the top; all scores are one."""
        return len(set(cues.SPORT.findall(self.top))) + bool(cues.SCORE.search(self.top))

    @property
    def top(self) -> str:
        return self.low[: self.ends[1] + _TOP]

    @cached_property
    def is_lottery(self) -> bool:
        return cues.LOTTERY.search(self.low[: self.ends[1]]) is not None

    @cached_property
    def names_the_country(self) -> bool:
        return cues.COUNTRY.search(self.low) is not None


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its mentions; ``ends`` are where title and lead end."""

    prepared: Prepared
    low: str
    ends: tuple[int, int]
    mentions: Sequence[Mention]
    told: Told

    @property
    def sport_words(self) -> int:
        return self.told.sport_words

    @property
    def top(self) -> str:
        return self.told.top

    @property
    def is_lottery(self) -> bool:
        return self.told.is_lottery

    @property
    def names_the_country(self) -> bool:
        return self.told.names_the_country

    def before(self, at: int) -> str:
        return self.low[max(0, at - cues.REACH) : at]

    def after(self, at: int) -> str:
        return self.low[at : at + cues.REACH]

    def field(self, at: int) -> int:
        return sum(at > end for end in self.ends)


def is_home(name: Name) -> bool:
    """Whether it names something of the profile's."""
    return bool(name.area) and name.kind != ELSEWHERE
