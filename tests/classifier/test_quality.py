from __future__ import annotations

import pytest

from classifier import quality

TRUE = [{"a"}, {"a", "b"}, set(), {"b"}]
SAID = [{"a"}, {"a"}, {"b"}, {"b"}]


def test_micro_f1_counts_all_pairs_in_one_pot() -> None:
    assert quality.micro_f1(TRUE, SAID) == pytest.approx(2 * 3 / (4 + 4))


def test_macro_f1_is_the_mean_over_labels_that_exist() -> None:
    assert quality.macro_f1(TRUE, SAID) == pytest.approx((1.0 + 0.5) / 2)
    assert quality.macro_f1([{"a"}], [{"a", "z"}]) == 1
    assert quality.macro_f1([set()], [set()]) == 0


def test_per_label_names_what_is_only_said_too() -> None:
    scores = quality.per_label([{"a"}], [{"a", "z"}])
    assert scores["z"] == quality.Score(0, 0, 0, 0)
    assert scores["a"].precision == scores["a"].recall == 1


def test_kappa_of_a_constant_answer_is_zero() -> None:
    assert quality.kappa(["yes", "yes", "no", "part"], ["yes"] * 4) == pytest.approx(0)


def test_kappa_of_known_tables() -> None:
    true, said = ["a"] * 25 + ["b"] * 25, ["a"] * 20 + ["b"] * 5 + ["a"] * 10 + ["b"] * 15
    assert quality.kappa(true, said) == pytest.approx(0.4)  # 35 of 50 agree, 25 by chance
    assert quality.kappa(true, true) == 1
    assert quality.kappa([], []) == 0


def test_covered_counts_only_answers() -> None:
    assert quality.covered(["a", "b", "a", "b"], ["a", "-", "b", "b"], "-") == pytest.approx((0.75, 2 / 3))
    assert quality.covered(["a"], ["-"], "-") == (0, 0)


def test_b_cubed_of_the_known_example() -> None:
    # Bagga and Baldwin (1998): 12 items in three true groups of 5, 2, 5; the last two put together.
    true = [1] * 5 + [2] * 2 + [3] * 5
    said = ["x"] * 5 + ["y"] * 7
    score = quality.b_cubed(true, said)
    assert score.precision == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)
    assert score.recall == 1


def test_one_group_for_all_and_one_for_each_are_both_found_out() -> None:
    true = [1, 1, 2, 2]
    assert quality.b_cubed(true, [0] * 4).precision == 0.5
    assert quality.b_cubed(true, [0, 1, 2, 3]).recall == 0.5
    assert quality.pairs(true, [0, 1, 2, 3]).f1 == 0
    assert quality.pairs(true, [5, 5, 6, 6]).f1 == 1


def test_the_interval_holds_the_measure_and_is_the_same_each_time() -> None:
    right = [True] * 80 + [False] * 20
    low, high = quality.interval(lambda rows: sum(right[row] for row in rows) / len(rows), len(right))
    assert 0.7 < low < 0.8 < high < 0.9
    assert (low, high) == quality.interval(lambda rows: sum(right[row] for row in rows) / len(rows), len(right))
