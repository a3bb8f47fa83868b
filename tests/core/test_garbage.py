"""What is there stays out of the looks for garbage; what comes later does not."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

from diembao.core import garbage

TWICE = """
import gc
from diembao.core import garbage
garbage.settle_once()
frozen, later = gc.get_freeze_count(), [[] for _ in range(9)]
garbage.settle_once()
print(frozen > 1000, gc.get_freeze_count() <= frozen)
"""


class Ring:
    def __init__(self) -> None:
        self.own = self


def test_what_comes_after_it_is_found_as_ever() -> None:
    before = gc.get_threshold()
    try:
        garbage.settle()
        lost = weakref.ref(Ring())
        gc.collect()
        assert lost() is None
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_of_many_that_ask_the_first_settles_and_the_others_leave_it() -> None:
    said = subprocess.run([sys.executable, "-c", TWICE], check=True, capture_output=True, text=True)
    assert said.stdout.split() == ["True", "True"]
