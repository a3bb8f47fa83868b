"""The two maps. What they show is also in a table, and no colour alone says anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

import altair as alt

from dashboard.charts import EDGE
from dashboard.look import STANCE_COLOURS
from dashboard.maps.reading import Named
from dashboard.maps.shapes import Ground, Point, centres, countries
from dashboard.names import country_name
from dashboard.texts import Words

# Pixels: the province fits a telephone, the world the width it gets.
WIDTH, WORLD_HEIGHT = 290, 300
_MANY: Final = 20  # articles of a country: fewer never make a large dot
HOME: Final = "VN"
_EMPTY: Final = "AQ"  # Antarctica has no press, and takes a quarter of the height
# A country that wrote, and its dot; one without coverage; Việt Nam; coasts and borders.
_WROTE, _DOT, _NONE, _HOME, _COAST = "#A9CBD8", "#0B5E7E", "#E4E2DC", "#7A8791", "#9AA7AE"
_TOO_WIDE: Final = frozenset({"RU", "MN", "PG"})  # would push the neighbours aside
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

    def holds(self, at: Point) -> bool:
        return self.west <= at[0] <= self.east and self.south <= at[1] <= self.north

    def axes(self) -> dict[str, Any]:
        x, y = ([self.west, self.east], [self.south, self.north])
        return {
            "x": alt.X("x:Q", scale=alt.Scale(domain=x, nice=False), axis=None),
            "y": alt.Y("y:Q", scale=alt.Scale(domain=y, nice=False), axis=None),
        }


_NEAR: Final = _Frame(90, 150, -12, 50)  # from Myanmar to Japan and Indonesia


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
        .mark_point(filled=True, stroke=EDGE, strokeWidth=0.6, opacity=0.85)
        .encode(
            size=alt.Size("n:Q", scale=alt.Scale(type="sqrt", range=[40, 900]), legend=None),
            color=alt.condition("datum.critical > 0", critical, calm),
            shape=alt.condition("datum.critical > 0", alt.value("triangle-up"), alt.value("circle")),
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
    """Countries whose press wrote, each with a dot as large as its count and the count beside it; Việt Nam in a colour
    of its own, with its islands. Where all are neighbours, the neighbourhood alone.
    """
    abroad = {code: n for code, n in by_country.items() if code != HOME}
    shapes = alt.InlineData(values=countries(), format=alt.TopoDataFormat(type="topojson", feature="countries"))
    fill = alt.condition(f"datum.id === '{HOME}'", alt.value(_HOME), alt.value(_NONE))
    plain = alt.Chart(shapes).mark_geoshape(stroke="#FFFFFF", strokeWidth=0.4).encode(fill=fill)
    plain = plain.transform_filter(alt.FieldOneOfPredicate("id", _drawn(abroad)))
    layers = plain, _filled(shapes, abroad, say), _islands(say), *_dots(abroad, say)
    return (
        alt.layer(*layers)
        .project(type="equirectangular")
        .properties(height=WORLD_HEIGHT, padding=0)
        .configure_view(stroke=None)
    )


def _drawn(abroad: Mapping[str, int]) -> list[str]:
    middles = centres()
    near = {code for code, at in middles.items() if _NEAR.holds(at)} - _TOO_WIDE
    return sorted(near if abroad.keys() <= near else middles.keys() - {_EMPTY})


def _filled(shapes: Any, abroad: Mapping[str, int], say: Words) -> Any:  # noqa: ANN401 (as above)
    values = [{"id": code, "n": n, "name": country_name(code, say.language)} for code, n in abroad.items()]
    return (
        alt.Chart(shapes)
        .mark_geoshape(stroke="#FFFFFF", strokeWidth=0.4, color=_WROTE)
        .transform_lookup("id", from_=alt.LookupData(alt.InlineData(values=values), "id", ["n", "name"]))
        .transform_filter("isValid(datum.n)")
        .encode(tooltip=_told(say))
    )


def _dots(abroad: Mapping[str, int], say: Words) -> tuple[Any, Any]:
    middles = centres()
    values = [
        {"x": middles[code][0], "y": middles[code][1], "n": n, "name": country_name(code, say.language)}
        for code, n in abroad.items()
        if code in middles
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(longitude="x:Q", latitude="y:Q", tooltip=_told(say))
    size = alt.Size("n:Q", scale=alt.Scale(domain=[0, max([_MANY, *abroad.values()])], range=[20, 420]), legend=None)
    dots = base.mark_circle(color=_DOT, stroke="#FFFFFF", strokeWidth=0.8, opacity=0.9).encode(size=size)
    # On the ground of either theme: ink with a white edge.
    edge = base.mark_text(
        align="left", dx=7, fontSize=12, fontWeight=700, stroke="#FFFFFF", strokeWidth=3, color="#FFFFFF"
    )
    text = base.mark_text(align="left", dx=7, fontSize=12, fontWeight=700, color="#1C2430")
    return dots, alt.layer(edge.encode(text="n:Q"), text.encode(text="n:Q"))


def _told(say: Words) -> list[Any]:
    return [alt.Tooltip("name:N", title=say("country")), alt.Tooltip("n:Q", title=say("chart.count"))]


def _islands(say: Words) -> Any:  # noqa: ANN401 (as above)
    values = [{"x": x, "y": y, "name": say(key)} for key, (x, y) in _ISLANDS.items()]
    tooltip = [alt.Tooltip("name:N", title=say("country"))]
    dots = alt.Chart(alt.InlineData(values=values)).mark_circle(color=_HOME, size=14, opacity=1)
    return dots.encode(longitude="x:Q", latitude="y:Q", tooltip=tooltip)
