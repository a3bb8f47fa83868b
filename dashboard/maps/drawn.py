"""The two maps. What they show is also in a table; colours of the countries are told apart by lightness alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

import altair as alt

from dashboard.charts import EDGE
from dashboard.look import STANCE_COLOURS
from dashboard.maps.reading import Named
from dashboard.maps.shapes import Ground, Point, countries
from dashboard.names import country_name
from dashboard.texts import Words

# Pixels: the province fits a telephone, the world the width it gets.
WIDTH, WORLD_HEIGHT = 290, 230
HOME: Final = "VN"
_EMPTY: Final = "AQ"  # Antarctica has no press, and takes a quarter of the height
# Lightest to darkest; a country without coverage; Việt Nam; coasts and borders.
_FROM, _TO, _NONE, _HOME, _COAST = "#CFE3EB", "#0B5E7E", "#E4E2DC", "#7A8791", "#9AA7AE"
# Too small for the shapes of the world, and Việt Nam's: no map of this office is without them.
_ISLANDS: Final = {"map.hoang_sa": (112.0, 16.5), "map.truong_sa": (114.0, 10.0)}
_AROUND: Final = 0.15  # degrees


# -- the province -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Frame:
    """Degrees: west, east, south, north."""

    west: float
    east: float
    south: float
    north: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> _Frame:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return cls(min(xs) - _AROUND, max(xs) + _AROUND, min(ys) - _AROUND, max(ys) + _AROUND)

    @property
    def wide(self) -> float:
        """Width by height, as the ground has it there."""
        return (self.east - self.west) * cos(radians((self.south + self.north) / 2)) / (self.north - self.south)

    def axes(self) -> dict[str, Any]:
        x, y = ([self.west, self.east], [self.south, self.north])
        return {
            "x": alt.X("x:Q", scale=alt.Scale(domain=x, nice=False), axis=None),
            "y": alt.Y("y:Q", scale=alt.Scale(domain=y, nice=False), axis=None),
        }


def province(ground: Ground, named: Named, say: Words) -> Any:  # noqa: ANN401 (Altair publishes no types)
    """A dot for each place, as large as it is often named; the coast and the borders around."""
    frame = _Frame.around(list(ground.places.values()))
    dots = [
        {
            "name": key[1],
            "x": at[0],
            "y": at[1],
            "n": named.by_place.get(key, 0),
            "critical": named.critical.get(key, 0),
        }
        for key, at in ground.places.items()
    ]
    size = {"width": WIDTH, "height": round(WIDTH / frame.wide), "padding": 0}
    layers = (_coast(ground, frame), _silent(dots, frame, say), _named(dots, frame, say))
    return alt.layer(*layers).properties(**size).configure_view(stroke=None)


def _coast(ground: Ground, frame: _Frame) -> Any:  # noqa: ANN401 (as above)
    values = [
        {"x": x, "y": y, "line": number, "order": order}
        for number, line in enumerate(ground.lines)
        for order, (x, y) in enumerate(line)
    ]
    lines = alt.Chart(alt.InlineData(values=values)).mark_line(color=_COAST, strokeWidth=1, clip=True)
    return lines.encode(detail="line:N", order="order:Q", **frame.axes())


def _silent(dots: Sequence[Mapping[str, Any]], frame: _Frame, say: Words) -> Any:  # noqa: ANN401 (as above)
    """Where nobody wrote: they show the shape of the province."""
    values = alt.InlineData(values=[each for each in dots if not each["n"]])
    tooltip = [alt.Tooltip("name:N", title=say("map.place"))]
    return alt.Chart(values).mark_circle(color=EDGE, size=10, opacity=0.5).encode(tooltip=tooltip, **frame.axes())


def _named(dots: Sequence[Mapping[str, Any]], frame: _Frame, say: Words) -> Any:  # noqa: ANN401 (as above)
    values = alt.InlineData(values=[each for each in dots if each["n"]])
    calm, critical = alt.value(STANCE_COLOURS["positive"]), alt.value(STANCE_COLOURS["critical"])
    return (
        alt.Chart(values)
        .mark_circle(stroke=EDGE, strokeWidth=0.6, opacity=0.85)
        .encode(
            size=alt.Size("n:Q", scale=alt.Scale(type="sqrt", range=[40, 900]), legend=None),
            color=alt.condition("datum.critical > 0", critical, calm),
            tooltip=[
                alt.Tooltip("name:N", title=say("map.place")),
                alt.Tooltip("n:Q", title=say("chart.count")),
                alt.Tooltip("critical:Q", title=say("stance.critical")),
            ],
            **frame.axes(),
        )
    )


# -- the world --------------------------------------------------------------------------------------


def world(by_country: Mapping[str, int], say: Words) -> Any:  # noqa: ANN401 (Altair publishes no types)
    """Countries by how much their press wrote; Việt Nam in a colour of its own, with its islands."""
    shapes = alt.InlineData(values=countries(), format=alt.TopoDataFormat(type="topojson", feature="countries"))
    fill = alt.condition(f"datum.id === '{HOME}'", alt.value(_HOME), alt.value(_NONE))
    plain = alt.Chart(shapes).mark_geoshape(stroke="#FFFFFF", strokeWidth=0.4).encode(fill=fill)
    plain = plain.transform_filter(f"datum.id !== '{_EMPTY}'")
    layers = plain, _counted(shapes, by_country, say), _islands(say)
    return (
        alt.layer(*layers)
        .project(type="equirectangular")
        .properties(height=WORLD_HEIGHT, padding=0)
        .configure_view(stroke=None)
    )


def _counted(shapes: Any, by_country: Mapping[str, int], say: Words) -> Any:  # noqa: ANN401 (as above)
    values = [
        {"id": code, "n": n, "name": country_name(code, say.language)} for code, n in by_country.items() if code != HOME
    ]
    colour = alt.Color(
        "n:Q",
        scale=alt.Scale(type="sqrt", range=[_FROM, _TO], domainMin=0),
        legend=alt.Legend(title=None, orient="bottom", tickCount=3, tickMinStep=1, format="d"),
    )
    return (
        alt.Chart(shapes)
        .mark_geoshape(stroke="#FFFFFF", strokeWidth=0.4)
        .transform_lookup("id", from_=alt.LookupData(alt.InlineData(values=values), "id", ["n", "name"]))
        .transform_filter("isValid(datum.n)")
        .encode(
            color=colour,
            tooltip=[alt.Tooltip("name:N", title=say("country")), alt.Tooltip("n:Q", title=say("chart.count"))],
        )
    )


def _islands(say: Words) -> Any:  # noqa: ANN401 (as above)
    values = [{"x": x, "y": y, "name": say(key)} for key, (x, y) in _ISLANDS.items()]
    tooltip = [alt.Tooltip("name:N", title=say("country"))]
    dots = alt.Chart(alt.InlineData(values=values)).mark_circle(color=_HOME, size=14, opacity=1)
    return dots.encode(longitude="x:Q", latitude="y:Q", tooltip=tooltip)
