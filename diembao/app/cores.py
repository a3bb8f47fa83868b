"""One processor for each process that works: how many there are, is for whoever starts them to say.

The libraries below NumPy start a thread for each core, also for products of a few thousand numbers. On busy cores they
then wait for each other, spinning: that cost three times the work itself.
"""

from __future__ import annotations

import os
from typing import Final

_NAMES: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


def one_core() -> None:
    """Before NumPy is imported, here and in the processes that are started; what somebody has set stays."""
    for name in _NAMES:
        os.environ.setdefault(name, "1")
