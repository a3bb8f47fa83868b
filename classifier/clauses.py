"""Where a sentence may be cut so that each piece says something of its own, in ten languages, as far as signs and words
of joining tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Signs between clauses; never inside a number or a time of day.
_SIGNS = r"[,:](?!\d)\s*|[;!?…|，；：、？！]+\s*|\s[-–—]\s"
# Words that set the next clause against this one. Cut before them; most of the others stand behind a comma anyway.
_JOINING = (
    r"\s(?=(?:còn|trong khi|nhưng|trái lại|ngược lại|while|whereas|but|tandis que|alors que|mais"
    r"|тогда как|в то время как)\s)"
    r"|(?=ขณะที่|แต่(?![งล])|ຂະນະທີ່|ແຕ່(?![ງລ])|ប៉ុន្តែ|ខណៈ|一方)"
    r"|(?<=지만)\s|(?<=[가-힣]고)\s|(?<=[으하되]며)\s|(?<=반면)\s"
)
# Scripts that set no space between words set one between clauses.
_RUN_ON = "\u0e00-\u0eff\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff"
_SPACE = rf"(?<=[{_RUN_ON}”」』])[ \u3000]+(?=[{_RUN_ON}“「『])"
_CUT = re.compile(f"{_SIGNS}|{_JOINING}|{_SPACE}")


def cuts(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The signs between the clauses of ``text[first:last]``: where each begins and ends."""
    return ((found.start(), found.end()) for found in _CUT.finditer(text, first, last))
