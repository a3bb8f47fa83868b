"""Charts of *Xu hướng*: months with their intervals, and hours against what is usual in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import altair as alt

from dashboard import forms
from dashboard.charts import EDGE, HEIGHT
from dashboard.texts import Words
from diembao.pipeline.replaying import Counted
from diembao.reports.spikes import Point, Spike
from diembao.reports.trends import Row

# The line is seen on paper (3.5 to 1) and in the dark (4.9 to 1); the band is the same, let through.
_BAR, _ACCENT, _LOUD = "#C9CDD3", "#3E8FB0", "#C2571A"
_BAND: Final = "rgba(62, 143, 176, 0.45)"
# One name below another, none cut: on a telephone they have no room side by side.
_LEGEND: Final = alt.Legend(
    title=None,
    orient="top",
    columns=1,
    padding=0,
    offset=6,
    rowPadding=2,
    symbolStrokeWidth=0,
    symbolSize=90,
    labelLimit=0,
)


def months(row: Row, say: Words) -> Any:  # noqa: ANN401 (Altair publishes no types)
    """Bars of all outlets, and the steady ones' count with its interval."""
    every, steady = say("trends.all_outlets"), say("trends.steady")
    values = [
        {
            "month": f"{each.first:%m/%Y}",
            "articles": each.articles,
            "steady": each.steady.value,
            "low": each.steady.low,
            "high": each.steady.high,
            "bar": every,
            "dot": steady,
        }
        for each in row.months
    ]
    order = [f"{each.first:%m/%Y}" for each in row.months]
    colour = alt.Scale(domain=[every, steady], range=[_BAR, _ACCENT])
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("month:O", sort=order, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False))
    )
    bars = base.mark_bar(stroke=EDGE, strokeWidth=0.4).encode(
        y=alt.Y("articles:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=4)),
        color=alt.Color("bar:N", scale=colour, legend=_LEGEND),
        tooltip=[alt.Tooltip("month:O"), alt.Tooltip("articles:Q", title=every)],
    )
    reach = base.mark_rule(strokeWidth=2, color=_ACCENT).encode(y="low:Q", y2="high:Q")
    dots = base.mark_circle(size=70, opacity=1).encode(
        y="steady:Q",
        color=alt.Color("dot:N", scale=colour, legend=_LEGEND),
        tooltip=[alt.Tooltip(f"{name}:Q", format=".0f") for name in ("steady", "low", "high")],
    )
    return alt.layer(bars, reach, dots).properties(
        height=HEIGHT, padding={"left": 0, "top": 0, "right": 4, "bottom": 0}
    )


def hours(points: Sequence[Point], spike: Spike | None, zone: str, say: Words) -> Any:  # noqa: ANN401 (as above)
    """The same as the picture in the mail."""
    seen, usual, reach = say("trends.observed"), say("trends.usual"), say("trends.band")
    values = [
        {
            "at": forms.local(each.at, zone).strftime("%Y-%m-%dT%H:%M"),
            "seen": each.seen,
            "expected": round(each.expected, 2),
            "low": each.low,
            "high": each.high,
            "what": seen,
            "line": usual,
            "reach": reach,
            "loud": spike is not None and each.at >= spike.since,
        }
        for each in points
    ]
    order = [str(each["at"]) for each in values]
    label = "slice(datum.value, 11, 13) == '00' ? slice(datum.value, 8, 10) + '/' + slice(datum.value, 5, 7)"
    axis = alt.Axis(
        labelExpr=f"{label} : slice(datum.value, 11, 13) + 'h'", labelAngle=0, labelOverlap=True, ticks=False
    )
    colour = alt.Scale(domain=[seen, usual, reach], range=[_BAR, _ACCENT, _BAND])
    base = alt.Chart(alt.InlineData(values=values)).encode(x=alt.X("at:O", sort=order, title=None, axis=axis))
    band = base.mark_bar().encode(
        y=alt.Y("low:Q", title=None), y2="high:Q", color=alt.Color("reach:N", scale=colour, legend=_LEGEND)
    )
    bars = base.mark_bar(width={"band": 0.6}, stroke=EDGE, strokeWidth=0.4).encode(
        y=alt.Y("seen:Q", axis=alt.Axis(tickMinStep=1, tickCount=4)),
        color=alt.condition("datum.loud", alt.value(_LOUD), alt.Color("what:N", scale=colour, legend=_LEGEND)),
        tooltip=[alt.Tooltip("at:O"), alt.Tooltip("seen:Q", title=seen), alt.Tooltip("expected:Q", title=usual)],
    )
    line = base.mark_line(interpolate="step", strokeWidth=2).encode(
        y="expected:Q", color=alt.Color("line:N", scale=colour, legend=_LEGEND)
    )
    return alt.layer(band, bars, line).properties(height=HEIGHT, padding={"left": 0, "top": 0, "right": 4, "bottom": 0})


def days(found: Counted, zone: str, say: Words) -> Any:  # noqa: ANN401 (as above)
    """Counts of a preview by six hours against what was usual, and when a message would have left."""
    seen, usual, told = say("alerts.chart_seen"), say("trends.usual"), say("alerts.chart_told")

    def at(moment: datetime) -> str:
        return forms.local(moment, zone).strftime("%Y-%m-%dT%H:%M")

    values = [
        {
            "at": at(each.at),
            "end": at(each.end),
            "seen": each.seen,
            "expected": None if each.usual is None else round(each.usual, 1),
            "what": seen,
            "line": usual,
        }
        for each in found.bars
    ]
    colour = alt.Scale(domain=[seen, usual, told], range=[_BAR, _ACCENT, _LOUD])
    time = alt.X("at:T", title=None, axis=alt.Axis(format="%d/%m", tickCount=7, labelOverlap=True, ticks=False))
    moment = alt.Tooltip("at:T", title=say("chart.day"), format="%H:%M %d/%m")
    base = alt.Chart(alt.InlineData(values=values)).encode(x=time, x2="end:T")
    bars = base.mark_rect(stroke=EDGE, strokeWidth=0.4).encode(
        y=alt.Y("seen:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=4)),
        y2=alt.datum(0),
        color=alt.Color("what:N", scale=colour, legend=_LEGEND),
        tooltip=[moment, alt.Tooltip("seen:Q", title=seen), alt.Tooltip("expected:Q", title=usual)],
    )
    line = base.mark_rule(strokeWidth=2).encode(y="expected:Q", color=alt.Color("line:N", scale=colour, legend=_LEGEND))
    marks = [{"at": at(each.at), "what": told} for each in found.rings]
    rules = (
        alt.Chart(alt.InlineData(values=marks))
        .mark_rule(strokeWidth=2, strokeDash=[4, 3])
        .encode(x=time, color=alt.Color("what:N", scale=colour, legend=_LEGEND), tooltip=[moment])
    )
    return alt.layer(bars, line, rules).properties(
        height=HEIGHT, padding={"left": 0, "top": 0, "right": 4, "bottom": 0}
    )
