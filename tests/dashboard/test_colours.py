"""The colours of stance, as people see them who see red and green alike, or no colour at all."""

from __future__ import annotations

from itertools import combinations

import pytest

from dashboard.look import STANCE_COLOURS

# Viénot, Brettel and Mollon 1999: what is left of linear red, green and blue.
SEEN = {
    "all": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "without red": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "without green": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}
APART = 20  # of CIE 1976; two inks side by side are told apart from 2 or 3 on


def linear(code: str) -> list[float]:
    parts = [int(code[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [sum(a * b for a, b in zip(row, rgb, strict=True)) / of for row, of in zip(to_xyz, white, strict=True)]
    x, y, z = (max(t, 0.0) ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("eyes", SEEN)
def test_critical_positive_and_the_rest_are_told_apart_by_all_eyes(eyes: str) -> None:
    told = {
        stance: lab([sum(a * b for a, b in zip(row, linear(code), strict=True)) for row in SEEN[eyes]])
        for stance, code in STANCE_COLOURS.items()
        if stance != "abstain"  # a fainter neutral, by intent
    }
    for one, other in combinations(told, 2):
        distance = sum((a - b) ** 2 for a, b in zip(told[one], told[other], strict=True)) ** 0.5
        assert distance > APART, (one, other, distance)
