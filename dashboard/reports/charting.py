"""A chart of a report as a screen draws it; on paper it is black, grey and hatching."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from dashboard.charts import EDGE, HEIGHT, LEGEND
from dashboard.look import STANCE_COLOURS
from dashboard.texts import Words
from diembao.paper.letter import Chart
from diembao.reports.telling import capital
from diembao.reports.weekly import STANCES

_STANCES: Final = {capital(name): STANCE_COLOURS[key] for key, name in STANCES.items()}
_OTHERS: Final = ("#0B5E7E", "#9FB8C3", "#C2571A", "#C9CDD3")  # in the order of the series


def drawn(chart: Chart, say: Words) -> Any:  # noqa: ANN401 (Altair publishes no types)
    names = [each.name for each in chart.series]
    values = [
        {"category": category, "series": each.name, "order": n, "articles": each.values[at]}
        for n, each in enumerate(chart.series)
        for at, category in enumerate(chart.categories)
    ]
    others = iter(_OTHERS * len(names))
    colours = alt.Scale(domain=names, range=[_STANCES.get(name) or next(others) for name in names])
    axis = alt.Axis(labelAngle=0, labelOverlap=True, ticks=False)
    base = alt.Chart(
        alt.InlineData(values=values), height=HEIGHT, padding={"left": 0, "top": 0, "right": 4, "bottom": 0}
    ).mark_bar(stroke=EDGE, strokeWidth=0.4)
    made = base.encode(
        x=alt.X("category:O", sort=list(chart.categories), title=None, axis=axis),
        y=alt.Y("articles:Q", title=None, stack=chart.stacked, axis=alt.Axis(tickMinStep=1, tickCount=4)),
        color=alt.Color("series:N", scale=colours, sort=None, legend=LEGEND),
        order=alt.Order("order:Q"),
        tooltip=[
            alt.Tooltip("category:N", title=say("chart.day")),
            alt.Tooltip("series:N", title=say("reports.series")),
            alt.Tooltip("articles:Q", title=say("chart.count")),
        ],
    )
    return made if chart.stacked else made.encode(xOffset=alt.XOffset("series:N", sort=names))
