"""Answers that are kept: asked for once, however many want them; who waits may be given the one before."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

import pytest

from diembao.core.answers import Answers, Before

PATIENCE: Final = 10.0  # seconds after which a thread counts as stuck


@dataclass
class Slow:
    """An answer that comes when the test lets it."""

    value: str
    begun: threading.Event = field(default_factory=threading.Event)
    let: threading.Event = field(default_factory=threading.Event)
    asked: int = 0

    def __call__(self) -> str:
        self.asked += 1
        self.begun.set()
        assert self.let.wait(PATIENCE)
        return self.value


@dataclass
class Kept:
    """Answers by a clock that the test sets; ``late`` counts those that were given though there is a later one."""

    now: float = 0.0
    late: int = 0

    def __post_init__(self) -> None:
        self.answers = Answers(seconds=60, most=3, clock=lambda: self.now)

    def of(self, state: str, ask: Callable[[], str], *, own: bool = False, question: str = "q") -> str:
        before = None if own else Before(question, 2.0, self._was_late, state)
        return self.answers.of("view", (state, question), ask, before=before)

    def _was_late(self) -> None:
        self.late += 1


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def others() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def asking(kept: Kept, others: ThreadPoolExecutor, slow: Slow) -> Future[str]:
    """Another reader, who waits for what is so in the second state."""
    waiting = others.submit(kept.of, "second", slow)
    assert slow.begun.wait(PATIENCE)
    return waiting


def test_many_who_want_the_same_at_a_time_ask_once(kept: Kept, others: ThreadPoolExecutor) -> None:
    slow = Slow("a")
    waiting = [asking(kept, others, slow), *(others.submit(kept.of, "second", slow) for _ in range(3))]
    slow.let.set()
    assert [each.result(PATIENCE) for each in waiting] == ["a"] * 4
    assert (slow.asked, kept.late) == (1, 0)


def test_while_one_asks_anew_the_others_are_given_what_was_so_before(kept: Kept, others: ThreadPoolExecutor) -> None:
    kept.of("first", lambda: "before")
    slow = Slow("now")
    waiting = asking(kept, others, slow)
    kept.now = 2.0
    assert (kept.of("second", slow), kept.late) == ("before", 1)
    assert kept.of("second", lambda: "another", question="of another account") == "another"
    slow.let.set()
    assert waiting.result(PATIENCE) == kept.of("second", slow) == "now"
    assert (slow.asked, kept.late) == (1, 1)


@pytest.mark.parametrize(("seconds", "own"), [(2.1, False), (0.0, True)])
def test_what_has_not_been_so_for_longer_or_is_the_readers_own_doing_is_waited_for(
    kept: Kept, others: ThreadPoolExecutor, seconds: float, *, own: bool
) -> None:
    kept.of("first", lambda: "before")
    slow = Slow("now")
    waiting = asking(kept, others, slow)
    kept.now = seconds
    mine = others.submit(kept.of, "second", slow, own=own)
    slow.let.set()
    assert mine.result(PATIENCE) == waiting.result(PATIENCE) == "now"
    assert kept.late == 0


def test_an_answer_that_comes_after_a_later_one_is_not_the_one_before(kept: Kept, others: ThreadPoolExecutor) -> None:
    slow = Slow("second")
    waiting = asking(kept, others, slow)
    kept.of("third", lambda: "third")
    slow.let.set()
    assert waiting.result(PATIENCE) == "second"
    fourth = Slow("fourth")
    last = others.submit(kept.of, "fourth", fourth)
    assert fourth.begun.wait(PATIENCE)
    assert kept.of("fourth", fourth) == "third"
    fourth.let.set()
    assert last.result(PATIENCE) == "fourth"


def test_an_error_is_not_kept_and_the_eldest_goes_first(kept: Kept) -> None:
    with pytest.raises(ZeroDivisionError):
        kept.of("a", lambda: str(1 // 0))
    assert [kept.of(state, lambda: "known") for state in "abcd"] == ["known"] * 4
    assert [kept.of(state, lambda: "asked") for state in "da"] == ["known", "asked"]
    kept.now = 61
    assert kept.of("d", lambda: "asked") == "asked"


@pytest.mark.parametrize(("state", "now"), [("second", 30.0), ("first", 40_000.0)])
def test_what_nobody_has_seen_to_be_so_for_a_while_is_not_handed_out(
    kept: Kept, others: ThreadPoolExecutor, state: str, now: float
) -> None:
    kept.of("first", lambda: "yesterday")
    kept.now = now
    slow = Slow("now")
    waiting = others.submit(kept.of, state, slow)
    assert slow.begun.wait(PATIENCE)
    mine = others.submit(kept.of, state, slow)
    slow.let.set()
    assert mine.result(PATIENCE) == waiting.result(PATIENCE) == "now"
    assert kept.late == 0


def test_what_is_put_together_of_answers_is_never_made_of_one_before(kept: Kept, others: ThreadPoolExecutor) -> None:
    def of_it() -> str:
        return f"with {kept.of('second', slow)}"

    kept.of("first", lambda: "before")
    slow = Slow("now")
    waiting = asking(kept, others, slow)
    mine = others.submit(kept.of, "second", of_it, question="put together")
    slow.let.set()
    assert (mine.result(PATIENCE), waiting.result(PATIENCE)) == ("with now", "now")
    assert (kept.of("second", of_it, question="put together"), kept.late) == ("with now", 0)
