"""Where articles go when the language model is asked: found out with each question, kept for the screens."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from diembao.pipeline.wiring import Installation

if TYPE_CHECKING:
    from diembao.opinion.address import Place

WHERE: Final = "opinion-where"  # the fact: JSON of the settings' address, and whether it led out of the house


def note(house: Installation, place: Place) -> None:
    """Where the address of the settings leads now; written only where it was another before."""
    told = json.dumps({"url": house.settings.opinion.url, "outside": place.outside})
    if house.record.fact(WHERE) != told:
        house.record.set_fact(WHERE, told)


def leaves(house: Installation) -> bool:
    """Do articles go to an address that is not private? As the last question went; where none went to the address of
    the settings yet, as is allowed.
    """
    chosen = house.settings.opinion
    known = json.loads(house.record.fact(WHERE) or "{}")
    return bool(known["outside"]) if known.get("url") == chosen.url else chosen.outside
