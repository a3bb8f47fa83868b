"""What the heads that judge can do: their figures on the program's own gold set beside the floors they hold."""

from __future__ import annotations

from typing import Any

from diembao.pipeline.heads import SHIPPED
from diembao.pipeline.wiring import Installation


def card_of(house: Installation) -> dict[str, Any]:
    """Raises:
    Misconfigured: a head or the gold set cannot be read.
    """
    from classifier import floors, head
    from diembao.plan.reader import themes

    folder = house.heads.judging()
    themes_head, stance_head = (head.load((folder or head.FOLDER) / f"{name}.npz") for name in ("themes", "stance"))
    gold, asked = floors.read(floors.FOLDER, tuple(themes()))
    return {
        "number": int(folder.name) if folder else SHIPPED,
        "held": house.heads.current().held,
        "heads": {one.name: one.version for one in (themes_head, stance_head)},
        "cards": {one.name: one.card for one in (themes_head, stance_head)},
        "figures": floors.figures(gold, themes_head, stance_head),
        "floors": asked,
    }
