"""An article as a person names it on the command line: by its id, or by its address."""

from __future__ import annotations

import re
from typing import Final

from diembao.core.article import Labelled
from diembao.core.errors import Refused, WrongUse
from diembao.pipeline.wiring import Installation

_ID: Final = re.compile(r"[0-9a-f]{16}")


def article_named(house: Installation, named: str) -> Labelled:
    """Raises:
    WrongUse: it is neither an id nor an address, or no article in the store has it.
    """
    item = house.store.article(named if _ID.fullmatch(named) else _id(named))
    if item is None:
        raise WrongUse(
            f"Không có bài '{named[:200]}' trong kho; `diembao search` in số của từng bài"
            f" (There is no article '{named[:200]}' in the store; `diembao search` prints the id of each)"
        )
    return item


def _id(url: str) -> str:
    from crawlers.identity import identify

    try:
        return identify(url)[1]
    except Refused as error:
        raise WrongUse(
            f"'{url[:200]}' không phải số của bài, cũng không phải địa chỉ"
            f" ('{url[:200]}' is neither an article's id nor an address)"
        ) from error
