"""A silent server is not waited for again and again."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from diembao.core.errors import IndexAway
from indexer.elastic_circuit import FAILURES, FIRST, LONGEST, Circuit


@dataclass
class Clock:
    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuit(clock: Clock) -> Circuit:
    """One whose server has just fallen silent."""
    circuit = Circuit(clock)
    for _ in range(FAILURES):
        circuit.check("the server")
        circuit.silent()
    return circuit


def refused_for(circuit: Circuit) -> float:
    with pytest.raises(IndexAway, match="the server cannot be reached; it is asked again in") as raised:
        circuit.check("the server")
    assert raised.value.after is not None
    return raised.value.after


def test_a_few_silences_in_a_row_are_let_pass_and_one_answer_forgets_them(clock: Clock) -> None:
    circuit = Circuit(clock)
    for _ in range(5):
        for _ in range(FAILURES - 1):
            circuit.check("the server")
            circuit.silent()
        circuit.answered()
    circuit.check("the server")


def test_after_them_it_is_refused_at_once_and_then_one_question_is_let_through(circuit: Circuit, clock: Clock) -> None:
    assert refused_for(circuit) == FIRST
    clock.seconds += FIRST - 1
    assert refused_for(circuit) == 1
    clock.seconds += 1
    circuit.check("the server")
    assert refused_for(circuit) == FIRST  # the others wait for what comes of it


def test_an_answer_closes_it(circuit: Circuit, clock: Clock) -> None:
    clock.seconds += FIRST
    circuit.check("the server")
    circuit.answered()
    for _ in range(5):
        circuit.check("the server")


def test_further_silences_double_the_time_up_to_a_minute(circuit: Circuit, clock: Clock) -> None:
    waits = []
    for _ in range(6):
        waits.append(refused_for(circuit))
        clock.seconds += waits[-1]
        circuit.check("the server")
        circuit.silent()
    assert waits == [5, 10, 20, 40, LONGEST, LONGEST]
