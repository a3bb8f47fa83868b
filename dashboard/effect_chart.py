"""The chart of *Hiệu quả*: for each statement how much was after it for each one before, with how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from dashboard.charts import EDGE
from dashboard.texts import Words
from diembao.response.effect import Ratio

# Beyond these a bound is drawn at the edge; the table has it.
_LEAST, _MOST = 1 / 16, 16.0
_TICKS: Final = (1 / 16, 1 / 4, 1, 4, 16)
_LABEL: Final = "datum.value < 1 ? '1/' + round(1 / datum.value) : '' + datum.value"
_ROW, _HEAD = 26, 96  # pixels of a statement, and of the axis
_DOT: Final = "#2F8FB0"  # seen on paper and in the dark


@dataclass(frozen=True, slots=True)
class Dot:
    """``name`` is short: it stands on the axis."""

    name: str
    title: str
    ratio: Ratio


def forest(dots: Sequence[Dot], say: Words) -> Any:  # noqa: ANN401 (Altair publishes no types)
    """A dot and a line for each on a scale of doublings, in the order given; the dashed line is "as many as before"."""
    values = [_value(dot) for dot in dots]
    scale = alt.Scale(type="log", base=2, domain=[_LEAST, _MOST], nice=False)
    axis = alt.Axis(values=list(_TICKS), labelExpr=_LABEL, grid=True)
    x = alt.X("low:Q", scale=scale, axis=axis, title=say("effects.axis"))
    names = [dot.name for dot in dots]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=120, ticks=False)),
        tooltip=[
            alt.Tooltip("title:N", title=say("statements")),
            alt.Tooltip("before:Q", title=say("effect.before")),
            alt.Tooltip("after:Q", title=say("effect.after")),
        ],
    )
    reach = base.mark_rule(strokeWidth=2.5, color=_DOT).encode(x=x, x2="high:Q")
    points = base.transform_filter("isValid(datum.ratio)").mark_point(filled=True, size=80, color=_DOT, opacity=1)
    same = alt.Chart(alt.InlineData(values=[{"one": 1}])).mark_rule(strokeDash=[4, 3], color=EDGE, strokeWidth=1.5)
    return alt.layer(same.encode(x=alt.X("one:Q", scale=scale)), reach, points.encode(x="ratio:Q")).properties(
        height=_HEAD + _ROW * len(dots), padding={"left": 0, "top": 4, "right": 8, "bottom": 0}
    )


def _value(dot: Dot) -> dict[str, Any]:
    found = dot.ratio
    return {
        "name": dot.name,
        "title": dot.title,
        "before": found.before,
        "after": found.after,
        "ratio": None if found.ratio is None else _held(found.ratio),
        "low": _held(found.low),
        "high": _held(_MOST if found.high is None else found.high),
    }


def _held(value: float) -> float:
    return min(max(value, _LEAST), _MOST)
