"""Articles that pass on what an authority has said to the press."""

from __future__ import annotations

import re
from typing import Final

from diembao.core.article import Article
from diembao.core.query import Bool, Phrase

# Words by which Vietnamese papers name what an authority has said to them.
OFFICIAL_WORDS: Final = (
    "họp báo",
    "thông cáo báo chí",
    "người phát ngôn",
    "thông tin chính thức",
    "trả lời báo chí",
    "cung cấp thông tin cho báo chí",
)
# The index finds words with and without their marks: "trường hợp bão" too. `says_so` settles it.
OFFICIAL: Final = Bool(should=tuple(Phrase("text", each) for each in OFFICIAL_WORDS))
_SAID: Final = re.compile(rf"\b(?:{'|'.join(OFFICIAL_WORDS)})\b".replace(" ", r"\s+"), re.IGNORECASE)


def says_so(article: Article) -> bool:
    """One of these phrases stands in it as it is written, marks and all."""
    return any(_SAID.search(each) for each in (article.title, article.lead, article.text))
