"""A story on a line of time: a dot for each article, by its role, in the colour of its stance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from dashboard import forms
from dashboard.charts import EDGE, LEGEND
from dashboard.look import STANCE_COLOURS
from dashboard.names import language_name
from dashboard.texts import Words
from dashboard.views import STANCES, Row
from diembao.core.article import Kind, Role

HEIGHT: Final = 220
# Also told apart without colour.
_SHAPES: Final = {"critical": "triangle-up", "abstain": "cross", "neutral": "circle", "positive": "square"}


def dots(rows: Sequence[Row], province: str, zone: str, say: Words) -> Any:  # noqa: ANN401 (Altair publishes no types)
    stances = {stance: say(f"stance.{stance}") for stance in STANCES}
    roles = [say(f"role.{role.value}") for role in Role]
    values = [_dot(row, province, zone, say) for row in rows]
    names = list(stances.values())
    return (
        alt.Chart(alt.InlineData(values=values), height=HEIGHT, padding={"left": 0, "top": 0, "right": 8, "bottom": 0})
        .mark_point(filled=True, size=90, stroke=EDGE, strokeWidth=0.6, opacity=0.9)
        .encode(
            x=alt.X("at:T", title=None, axis=alt.Axis(format="%d/%m %H:%M", labelOverlap=True, tickCount=6)),
            y=alt.Y("role:N", title=None, sort=roles, scale=alt.Scale(domain=roles)),
            color=alt.Color(
                "stance:N",
                scale=alt.Scale(domain=names, range=[STANCE_COLOURS[stance] for stance in STANCES]),
                legend=LEGEND,
                sort=None,
            ),
            shape=alt.Shape(
                "stance:N",
                scale=alt.Scale(domain=names, range=[_SHAPES[stance] for stance in STANCES]),
                legend=LEGEND,
                sort=None,
            ),
            tooltip=[
                alt.Tooltip("told:N", title=say("column.time")),
                alt.Tooltip("title:N", title=say("column.title")),
                alt.Tooltip("outlet:N", title=say("outlet")),
                alt.Tooltip("language:N", title=say("language")),
            ],
        )
    )


def table(rows: Sequence[Row], province: str, zone: str, say: Words) -> list[dict[str, str]]:
    """The same for whoever cannot see it."""
    dotted = (_dot(row, province, zone, say) for row in rows)
    columns = {"told": "column.time", "role": "role", "stance": "stance", "outlet": "outlet", "title": "column.title"}
    return [{say(key): each[name] for name, key in columns.items()} for each in dotted]


def _dot(row: Row, province: str, zone: str, say: Words) -> dict[str, str]:
    item = row.item
    at = forms.local(item.article.when, zone)
    return {
        # Without its offset: the axis shows the clock of the province, whatever the reader's browser is set to.
        "at": at.strftime("%Y-%m-%dT%H:%M:%S"),
        "told": at.strftime("%d/%m/%Y %H:%M"),
        "role": say(f"role.{item.key(Kind.ROLE) or Role.ORIGINAL.value}"),
        "stance": say(f"stance.{item.key(Kind.STANCE, province) or 'abstain'}"),
        "title": forms.shortened(item.article.title, 90),
        "outlet": row.outlet,
        "language": language_name(item.key(Kind.LANGUAGE) or item.article.language, say.language),
    }
