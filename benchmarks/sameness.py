"""Do two engines find and count alike? Where they do not: what was asked, and both answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, Final

from benchmarks.newsprint import NOW
from diembao.core.counts import Counts, counted
from diembao.core.ports import Index
from diembao.core.query import Query, unparse

ZONE: Final = "Asia/Ho_Chi_Minh"


def same(one: Index, other: Index, trees: Sequence[Query], counted_of: Sequence[Query]) -> dict[str, Any]:
    """Totals of ``trees``, figures of ``counted_of``."""
    totals = [(unparse(tree), one.count(tree), other.count(tree)) for tree in trees]
    counts = [(unparse(tree), figures_of(one, tree), figures_of(other, tree)) for tree in counted_of]
    apart = [each for each in totals if each[1] != each[2]]
    apart += [(typed, *differing(mine, theirs)) for typed, mine, theirs in counts if mine != theirs]
    return {
        "same_totals": all(mine == theirs for _, mine, theirs in totals),
        "same_counts": all(mine == theirs for _, mine, theirs in counts),
        "differ": apart,
    }


def differing(mine: Counts, theirs: Counts) -> tuple[Any, Any]:
    """The figures that are not the same, of each."""
    one, other = asdict(mine), asdict(theirs)
    names = [name for name in one if one[name] != other[name]]
    return {name: repr(one[name]) for name in names}, {name: repr(other[name]) for name in names}


def figures_of(index: Index, tree: Query) -> Counts:
    """More than 3,000 stories are estimated, by each engine in its own way."""
    found = counted(index, tree, zone=ZONE, near=NOW)
    return replace(found, stories=min(found.stories, 3000))
