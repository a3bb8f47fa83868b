"""Python's look through all objects for those that only each other hold: how often, and among which.

Models, catalogue and modules are hundreds of thousands of objects that stay as long as the process. To look through
them again and again took a sixth of what an article cost a worker, and a tenth of a second of every reader's.
"""

from __future__ import annotations

import gc
from functools import cache

# New objects that may be garbage before one looks, and how many such looks before a longer one: a batch or a screen
# makes some thousands and drops nearly all of them by itself.
_SELDOM = (5_000, 10, 10)


def settle() -> None:
    """What is there now stays as long as the process, and is no more looked through."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)


@cache
def settle_once() -> None:
    """The same, by the first of many that ask: for a process whose models come with its first work."""
    settle()
