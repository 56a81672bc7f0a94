"""Charts of reports as still pictures: bars and lines in SVG, and the same in words. Same figures, same bytes.

The picture takes the colours of the light or the dark theme by itself, needs no script and no font of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

WIDTH = 440
_INK, _OTHER = "#1f4f82", "#b3650b"
_LINE_HEIGHT, _BAR_HEIGHT, _LINES_HEIGHT, _AROUND = 26, 13, 220, 76
_LONG, _NUMBER = re.compile(r"-?\d+\.\d\d+"), re.compile(r"-?\d+\.\d+")
_LONGEST = 19
_NAMELESS = "."
_NAMED = re.compile(rf"<g transform=[^>]*><rect[^>]*/><text[^>]*>{re.escape(_NAMELESS)}</text></g>")
_DASHES = ("none", "7 4", "2 3")
_COLOURS = (_INK, _OTHER, "#6a4ba8")
_STYLE = (
    "<style>@media screen and (prefers-color-scheme:dark){text{fill:#eae7e0}.tick line{stroke:#474c55}"
    "[fill='#1f4f82']{fill:#93c1ee}[stroke='#1f4f82']{stroke:#93c1ee}[fill='#b3650b']{fill:#f0b569}"
    "[stroke='#b3650b']{stroke:#f0b569}[fill='#6a4ba8']{fill:#cdb8f6}[stroke='#6a4ba8']{stroke:#cdb8f6}}</style>"
)


class Bar(NamedTuple):
    """A line of a bar chart: its label, its value, the one it is compared with; None – there is none."""

    label: str
    value: Decimal | int | None
    beside: Decimal | int | None = None


class Curve(NamedTuple):
    """A line of a line chart: its name, a value for every point; None – the line is broken there."""

    name: str
    values: tuple[Decimal | int | None, ...]


class BarChart(NamedTuple):
    """Level bars from 0 to ``highest``, one or two to a line; ``names`` – what the value and «beside» are."""

    title: str
    lines: tuple[Bar, ...]
    names: tuple[str, str]
    highest: int

    @property
    def svg(self) -> str:
        """Return the picture."""
        return _bars_svg(self)

    @property
    def words(self) -> str:
        """Return the same in words."""
        return _bar_words(self.lines, self.names)


class LineChart(NamedTuple):
    """Lines over ``points`` (months, periods) between two whole numbers.

    The first line is solid, those after it are dashed and say so in their names.
    """

    title: str
    points: tuple[str, ...]
    curves: tuple[Curve, ...]
    lowest: int
    highest: int

    @property
    def svg(self) -> str:
        """Return the picture."""
        return _lines_svg(self)

    @property
    def words(self) -> str:
        """Return the same in words."""
        return _curve_words(self.points, self.curves)


def bars(title: str, lines: Sequence[Bar], names: tuple[str, str], highest: int) -> BarChart:
    """Return a bar chart; it is drawn where its picture is asked for. Raises ValueError where no line has a value."""
    if all(line.value is None and line.beside is None for line in lines):
        raise ValueError(f"no line of «{title}» has a value")
    return BarChart(title, tuple(lines), names, highest)


def lines(title: str, points: Sequence[str], curves: Sequence[Curve], lowest: int, highest: int) -> LineChart:
    """Return a line chart; it is drawn where its picture is asked for. Raises ValueError without a value."""
    if all(value is None for curve in curves for value in curve.values):
        raise ValueError(f"no line of «{title}» has a value")
    return LineChart(title, tuple(points), tuple(curves), lowest, highest)


def _bars_svg(asked: BarChart) -> str:
    leather = _leather()
    pairs = any(line.beside is not None for line in asked.lines)
    rows: list[tuple[str, Decimal | int | None, bool]] = []
    for place, line in enumerate(asked.lines):
        rows.append((f"{place}", line.value, True))
        if pairs:
            rows.extend([(f"{place} beside", line.beside, False), (f"{place} gap", None, True)])
    chart = leather.Chart()
    for first, name, colour in ((True, asked.names[0], _INK), (False, asked.names[1], _OTHER)):
        data = [(value, key) for key, value, own in rows if own is first and value is not None]
        if data:
            chart.add_series(leather.Series(data, name=name), leather.Bars(colour))
    chart.set_y_scale(leather.Ordinal([key for key, _, _ in reversed(rows)]))
    labels = {str(place): _label(line) for place, line in enumerate(asked.lines)}
    chart.add_y_axis(ticks=list(labels), tick_formatter=lambda key, _place, _count: labels[key])
    chart.set_x_scale(_scale(0, asked.highest))
    chart.add_x_axis(ticks=list(range(0, asked.highest + 1, max(1, asked.highest // 5))))
    return _svg(chart, _AROUND + (3 * _BAR_HEIGHT if pairs else _LINE_HEIGHT) * len(asked.lines))


def _lines_svg(asked: LineChart) -> str:
    leather = _leather()
    chart = leather.Chart()
    for place, curve in enumerate(asked.curves):
        if all(value is None for value in curve.values):
            continue
        name = curve.name if not place else f"{curve.name} ({'пунктир' if place == 1 else 'точки'})"
        series = leather.Series(list(enumerate(curve.values)), name=name)
        chart.add_series(series, leather.Line(_COLOURS[place], 2.5, _DASHES[place]))
    _add_dots(chart, leather, asked.curves)
    last = max(1, len(asked.points) - 1)
    chart.set_x_scale(_scale(0, last))
    ticks = list(range(len(asked.points)))
    chart.add_x_axis(ticks=ticks, tick_formatter=lambda key, _place, _count: asked.points[int(key)])
    step = max(1, (asked.highest - asked.lowest) // 5)
    chart.set_y_scale(_scale(asked.lowest, asked.highest))
    chart.add_y_axis(ticks=list(range(asked.lowest, asked.highest + 1, step)))
    return _svg(chart, _LINES_HEIGHT)


def _add_dots(chart: Any, leather: Any, curves: Sequence[Curve]) -> None:
    """Put a dot on every value of the first line: a single month is seen too. ``_svg`` takes its name away again."""
    data = [(place, value) for place, value in enumerate(curves[0].values) if value is not None]
    if data:
        chart.add_series(leather.Series(data, name=_NAMELESS), leather.Dots(_INK, 4))


def _svg(chart: Any, height: int) -> str:
    """Return the SVG: coordinates to a tenth, scaled by its frame, with the colours of both themes."""
    body = _NAMED.sub("", _markup(chart.to_svg_group(width=WIDTH, height=height)))
    size = f'width="{WIDTH}" height="{height}"'
    return (
        f'<svg {size} version="1.1" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">'
        f"{_STYLE}{body}</svg>"
    )


def _markup(element: Any) -> str:
    """Return an element of the library with all in it as markup: what is general takes three times as long."""
    head = "".join([f' {name}="{_attribute(name, value)}"' for name, value in element.items()])
    inside = escape(element.text or "", quote=False) + "".join([_markup(one) for one in element])
    return f"<{element.tag}{head}>{inside}</{element.tag}>" if inside else f"<{element.tag}{head} />"


@lru_cache(maxsize=4096)
def _attribute(name: str, value: str) -> str:
    if name == "d":
        return _NUMBER.sub(lambda number: _short(number[0]), value)
    return _short(value) if _LONG.fullmatch(value) else escape(value)


def _short(number: str) -> str:
    return f"{float(number):.1f}"


def _label(line: Bar) -> str:
    name = line.label if len(line.label) <= _LONGEST else f"{line.label[: _LONGEST - 1].rstrip()}…"
    return name if line.value is None else f"{name} {_figure(line.value)}"


def _figure(value: Decimal | int) -> str:
    return str(value).replace(".", ",")


def _bar_words(found: Sequence[Bar], names: tuple[str, str]) -> str:
    words = []
    for line in found:
        both = zip(names, (line.value, line.beside), strict=True)
        said = [f"{name} {_figure(v)}" for name, v in both if v is not None]
        words.append(f"{line.label}: {', '.join(said) or 'нет'}")
    return "; ".join(words)


def _curve_words(points: Sequence[str], curves: Sequence[Curve]) -> str:
    words = []
    for place, point in enumerate(points):
        said = [f"{c.name} {_figure(v)}" for c in curves if (v := c.values[place]) is not None]
        words.append(f"{point}: {', '.join(said) or 'нет'}")
    return "; ".join(words)


@lru_cache(maxsize=64)
def _scale(lowest: int, highest: int) -> Any:
    """Return a scale; to make one costs more than the rest of the chart."""
    return _leather().Linear(lowest, highest)


@lru_cache(maxsize=1)
def _leather() -> Any:
    """Return the library in the look of the site; an idle build draws nothing and does not load it."""
    import leather  # noqa: PLC0415 - as xlsxwriter, only where there is something to draw

    theme = leather.theme
    theme.background_color, theme.margin = "none", 0.04
    for part in ("legend", "tick", "title", "axis_title"):
        setattr(theme, f"{part}_font_family", "system-ui, sans-serif")
    theme.legend_color, theme.label_color, theme.tick_color, theme.zero_color = (
        "#1f2328",
        "#1f2328",
        "#d8d2c4",
        "#8a8371",
    )
    theme.tick_font_size, theme.tick_font_char_width, theme.tick_font_char_height = 13, 8, 14
    theme.legend_font_size, theme.legend_font_char_width, theme.legend_gap = 13, 7, 6
    return leather
