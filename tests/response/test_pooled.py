"""Many answers as one figure, against newspapers of which the truth is known."""

from __future__ import annotations

import math
import random

import pytest

from benchmarks.effects import SPANS, covered, world
from diembao.response.effect import LEAST, ratio
from diembao.response.pooled import ANSWERS, pooled, student

ALIKE = [(20, 10)] * 8


@pytest.mark.parametrize(("degrees", "t"), [(4, 2.7764), (9, 2.2622), (30, 2.0423), (1_000, 1.9623)])
def test_students_t_is_that_of_the_tables(degrees: int, t: float) -> None:
    assert student(degrees) == pytest.approx(t, abs=2e-3)


def test_of_answers_that_are_all_alike_the_ratio_is_theirs_and_surer_than_each() -> None:
    found, one = pooled(ALIKE), ratio(*ALIKE[0])
    assert found is not None
    assert one is not None
    assert (found.before, found.after) == (160, 80)
    assert found.ratio == pytest.approx(0.5)
    assert one.low < found.low < 0.5 < (found.high or 0) < (one.high or 0)


def test_one_answer_with_a_great_many_texts_does_not_speak_for_the_others() -> None:
    found = pooled([(12, 6)] * 9 + [(300, 900)])
    assert found is not None
    assert found.ratio is not None
    assert found.ratio < 1 < 3 * (906 + 48) / (300 + 108)  # all added up would say nearly three times
    assert found.low < 0.5 < (found.high or 0)


def test_too_few_answers_or_texts_are_no_result_and_answers_without_texts_are_none() -> None:
    assert pooled([(30, 10)] * (ANSWERS - 1) + [(0, 0)] * 9) is None
    assert pooled([(1, 0)] * (LEAST - 1)) is None
    assert pooled([]) is None


def test_nothing_after_and_nothing_before_have_a_bound_on_one_side_alone() -> None:
    nothing_after, nothing_before = pooled([(4, 0)] * ANSWERS), pooled([(0, 4)] * ANSWERS)
    assert nothing_after is not None
    assert nothing_before is not None
    assert (nothing_after.ratio, nothing_after.low) == (0.0, 0.0)
    assert 0 < (nothing_after.high or 0) < 1
    assert (nothing_before.ratio, nothing_before.high) == (None, None)
    assert nothing_before.low > 1


def test_the_order_of_answers_changes_nothing() -> None:
    counts = world(random.Random(3), answers=30, texts=12, truth=0.7, differ=0.5)
    found, turned = pooled(counts), pooled(counts[::-1])
    assert found is not None
    assert turned is not None
    assert turned.ratio == pytest.approx(found.ratio)
    assert turned.low == pytest.approx(found.low)


@pytest.mark.parametrize("differ", [0.0, 0.6])
def test_the_interval_holds_the_truth_where_spans_sizes_and_effects_differ(differ: float) -> None:
    """Of 200 worlds with 12 answers 95 in a hundred, give or take chance."""
    assert len(set(SPANS)) > 3
    right, added_up = covered(random.Random(11), 200, 0.5, answers=12, texts=15, differ=differ)
    assert right >= 0.9
    if differ:
        assert added_up < 0.75  # as if one answer had brought all texts


def test_the_middle_is_not_pulled_to_either_side() -> None:
    drawn = random.Random(5)
    found = [pooled(world(drawn, answers=40, texts=15, truth=0.5, differ=0.3)) for _ in range(40)]
    logs = [math.log(each.ratio) for each in found if each is not None and each.ratio]
    assert math.exp(sum(logs) / len(logs)) == pytest.approx(0.5, rel=0.06)
