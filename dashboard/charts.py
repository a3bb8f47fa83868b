"""Charts. Colours are given by name, never by order of appearance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from dashboard.look import STANCE_COLOURS
from dashboard.texts import Words
from dashboard.views import STANCES, Day

# Pixels, the legend included.
HEIGHT: Final = 260
# The faintest colour keeps an edge on paper.
EDGE: Final = "#8A8F98"
LEGEND: Final = alt.Legend(
    title=None, orient="top", columns=2, padding=0, offset=6, rowPadding=2, symbolStrokeWidth=0, symbolSize=90
)


def stance_around(days: Sequence[Day], issued: str, say: Words) -> Any:  # noqa: ANN401 (Altair publishes no types)
    """`stance_by_day` with a line before the day on which an answer was issued (ISO date)."""
    dates = sorted({day.date for day in days})
    rule = (
        alt.Chart(alt.InlineData(values=[{"date": issued, "what": say("effect.issued")}]))
        .mark_rule(strokeDash=[4, 3], strokeWidth=1.5, color=EDGE)
        .encode(
            x=alt.X("date:O", sort=dates, bandPosition=0),
            tooltip=[alt.Tooltip("what:N", title=say("chart.day"))],
        )
    )
    bars = stance_by_day(days, say)
    padding, bars.padding = bars.padding, alt.Undefined  # it is the whole chart's, and Altair takes no other
    return alt.layer(bars, rule).properties(padding=padding)


def stance_by_day(days: Sequence[Day], say: Words) -> Any:  # noqa: ANN401 (Altair publishes no types)
    """Stacked bars on an ordinal axis of days, so that each day has its whole band and none is left out."""
    names = {stance: say(f"stance.{stance}") for stance in STANCES}
    values = [
        {
            "date": day.date,
            "day": f"{day.date[8:10]}/{day.date[5:7]}",
            "stance": names[day.stance],
            "order": STANCES.index(day.stance),
            "articles": day.articles,
        }
        for day in days
    ]
    dates = sorted({day.date for day in days})
    colour = alt.Scale(domain=list(names.values()), range=[STANCE_COLOURS[stance] for stance in STANCES])
    return (
        alt.Chart(alt.InlineData(values=values), height=HEIGHT, padding={"left": 0, "top": 0, "right": 4, "bottom": 0})
        .mark_bar(stroke=EDGE, strokeWidth=0.4)
        .encode(
            x=alt.X(
                "date:O",
                sort=dates,
                title=None,
                scale=alt.Scale(paddingInner=0.25, paddingOuter=0.1),
                axis=alt.Axis(
                    labelExpr="slice(datum.value, 8, 10) + '/' + slice(datum.value, 5, 7)",
                    labelAngle=0,
                    labelOverlap=True,
                    ticks=False,
                ),
            ),
            y=alt.Y("articles:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=4)),
            color=alt.Color("stance:N", scale=colour, sort=None, legend=LEGEND),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("day:N", title=say("chart.day")),
                alt.Tooltip("stance:N", title=say("stance")),
                alt.Tooltip("articles:Q", title=say("chart.count")),
            ],
        )
    )
