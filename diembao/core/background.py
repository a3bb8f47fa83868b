"""What the machine does by itself, and whom it asks first: the table of rights, through whoever starts the program."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Background(StrEnum):
    """Acts of nobody's; each has a row in the table of rights under this name."""

    COLLECT = "machine.collect"
    JUDGE = "machine.judge"
    SEND_ALERT = "machine.send-alert"


# Raises Refused where the machine may not.
Asks = Callable[[Background], None]


def unasked(_act: Background) -> None:
    """For a part of the program that is tried alone: the program itself asks the table (`app.options.opened`)."""
