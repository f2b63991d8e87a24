"""Charts as SVG without title and source, which the form around it sets as its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nhipcau.publishing.renderers.charts import strokes
from nhipcau.publishing.renderers.charts.honesty import as_parts, require_drawable
from nhipcau.publishing.renderers.charts.numbers import shown, ticks
from nhipcau.translation.manuscript import Chart, ChartKind

_SIZE = 13.0
_SMALL = 12.0
_LEADING = 1.35
_BAR, _GAP = 20.0, 14.0
_PLOT_HEIGHT = 230.0
_PREFIX = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Drawing:
    svg: str
    width: float
    height: float


def draw(chart: Chart, language: str, *, width: int = 640, prefix: str = "chart") -> Drawing:
    """Raises NotHonest. `prefix` keeps the names inside apart where drawings share a page."""
    chart = as_parts(chart)
    require_drawable(chart)
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(prefix)
    canvas = _Canvas(chart, language, float(width), prefix)
    match chart.kind:
        case ChartKind.LINE:
            body, height = canvas.lines()
        case ChartKind.SHARE:
            body, height = canvas.shares()
        case ChartKind.COLUMN if canvas.columns_fit():
            body, height = canvas.columns()
        case _:
            body, height = canvas.bars()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {strokes.number(height)}" '
        f'width="{width}" height="{strokes.number(height)}" font-family="{strokes.FONT}">'
        f"{strokes.patterns(len(chart.series), prefix)}{''.join(body)}</svg>"
    )
    return Drawing(svg, float(width), height)


class _Canvas:
    def __init__(self, chart: Chart, language: str, width: float, prefix: str) -> None:
        self.chart, self.language, self.width, self.prefix = chart, language, width, prefix
        numbers = [value for row in chart.series for value in row.values if value is not None]
        self.ticks = ticks(min(numbers), max(numbers))
        self.low, self.high = self.ticks[0], self.ticks[-1]
        self.several = len(chart.series) > 1

    def part(self, value: Decimal) -> float:
        """Where a value lies between the ends of the axis, 0 to 1."""
        return float((value - self.low) / (self.high - self.low))

    def show(self, value: Decimal | None) -> str:
        return shown(value, self.language)

    def legend(self, top: float) -> tuple[list[str], float]:
        """Names of the series with their patterns; none where there is one series."""
        if not self.several:
            return [], top
        body, x, y = [], 0.0, top + 13
        for series, row in enumerate(self.chart.series):
            [name, *_] = strokes.wrapped(
                row.label or "–", self.language, size=_SMALL, room=self.width - 40, most=1
            )
            room = 30 + strokes.width_of(name, _SMALL)
            if x and x + room > self.width:
                x, y = 0.0, y + 20
            if self.chart.kind == ChartKind.LINE:
                body += strokes.line_sample(x, y - 4.5, series)
            else:
                body.append(strokes.bar(x + 0.6, y - 10, 16, 11, series=series, prefix=self.prefix))
            body.append(strokes.say(x + 22, y, name, size=_SMALL))
            x += room + 14
        return body, y + 12

    def unit(self, top: float, x: float = 0.0) -> tuple[list[str], float]:
        if not self.chart.unit:
            return [], top + 4
        [name, *_] = strokes.wrapped(
            self.chart.unit, self.language, size=_SMALL, room=self.width - x, most=1
        )
        return [strokes.say(x, top + 12, name, size=_SMALL, fill=strokes.MUTED)], top + 22

    # Bars from left to right: room for long names of places.

    def bars(self) -> tuple[list[str], float]:
        # Without an upright axis the longest bar may take all the room; nought stays the start.
        numbers = [value for row in self.chart.series for value in row.values if value is not None]
        self.low, self.high = min(Decimal(0), *numbers), max(Decimal(0), *numbers)
        if self.low == self.high:
            self.high = Decimal(1)
        longest = max((strokes.width_of(name, _SIZE) for name in self.chart.labels), default=0)
        left = min(longest, self.width * 0.34) + 12
        values = max(
            strokes.width_of(self.show(value), _SMALL)
            for row in self.chart.series
            for value in row.values
        )
        negative = values + 8 if self.low < 0 else 0.0
        start, room = left + negative, self.width - left - negative - values - 10
        body, y = self.legend(0)
        unit, y = self.unit(y, left)
        body += unit
        zero = start + room * self.part(Decimal(0))
        top = y
        for place, name in enumerate(self.chart.labels):
            lines = strokes.wrapped(name, self.language, size=_SIZE, room=left - 12)
            group = _BAR * len(self.chart.series)
            height = max(group, len(lines) * _SIZE * _LEADING)
            first = y + (height - len(lines) * _SIZE * _LEADING) / 2 + _SIZE
            body += [
                strokes.say(left - 12, first + n * _SIZE * _LEADING, text, anchor="end")
                for n, text in enumerate(lines)
            ]
            bar_top = y + (height - group) / 2
            for series, row in enumerate(self.chart.series):
                body += self._bar(
                    row.values[place], series, zero=zero, start=start, room=room, y=bar_top
                )
                bar_top += _BAR
            y += height + _GAP
        body.append(strokes.line(zero, top - 4, zero, y - _GAP + 4, stroke=strokes.INK, width=1.2))
        return body, y - _GAP + 8

    def _bar(
        self,
        value: Decimal | None,
        series: int,
        *,
        zero: float,
        start: float,
        room: float,
        y: float,
    ) -> list[str]:
        if value is None:
            return [strokes.say(zero + 6, y + 14, "–", size=_SMALL, fill=strokes.MUTED)]
        end = start + room * self.part(value)
        text = self.show(value)
        drawn = strokes.bar(
            min(zero, end), y + 1.5, abs(end - zero), _BAR - 3, series=series, prefix=self.prefix
        )
        if value < 0:
            return [drawn, strokes.say(end - 6, y + 14.5, text, size=_SMALL, anchor="end")]
        return [drawn, strokes.say(end + 6, y + 14.5, text, size=_SMALL)]

    # Columns: for few places with short names, mostly years.

    def columns_fit(self) -> bool:
        places, count = len(self.chart.labels), len(self.chart.series)
        room = (self.width - 70) / max(places, 1)
        widest = max(
            strokes.width_of(self.show(value), _SMALL)
            for row in self.chart.series
            for value in row.values
        )
        names = [
            strokes.wrapped(name, self.language, size=_SMALL, room=room - 6, most=9)
            for name in self.chart.labels
        ]
        return (
            widest * count + 10 <= room
            and all(len(lines) <= 2 for lines in names)
            and not any(line.endswith("…") for lines in names for line in lines)
        )

    def columns(self) -> tuple[list[str], float]:
        body, top = self.legend(0)
        unit, top = self.unit(top)
        body += unit
        top += 16
        left, room = self._axis(body, top)
        step = room / len(self.chart.labels)
        thick = min(step * 0.72 / len(self.chart.series), 64.0)
        zero = top + _PLOT_HEIGHT * (1 - self.part(Decimal(0)))
        # Numbers of bars that hang down stand below them.
        bottom = top + _PLOT_HEIGHT + (14 if self.low < 0 else 0)
        for place, name in enumerate(self.chart.labels):
            middle = left + step * (place + 0.5)
            x = middle - thick * len(self.chart.series) / 2
            for series, row in enumerate(self.chart.series):
                value = row.values[place]
                centre = x + thick / 2
                if value is None:
                    body.append(
                        strokes.say(centre, zero - 6, "–", anchor="middle", fill=strokes.MUTED)
                    )
                else:
                    end = top + _PLOT_HEIGHT * (1 - self.part(value))
                    body.append(
                        strokes.bar(
                            x + 1.5,
                            min(zero, end),
                            thick - 3,
                            abs(end - zero),
                            series=series,
                            prefix=self.prefix,
                        )
                    )
                    y = end + 15 if value < 0 else end - 6
                    body.append(
                        strokes.say(centre, y, self.show(value), size=_SMALL, anchor="middle")
                    )
                x += thick
            body += self._place(name, middle, bottom, step - 6)
        body.append(strokes.line(left, zero, self.width, zero, stroke=strokes.INK, width=1.2))
        return body, bottom + 40

    def _axis(self, body: list[str], top: float) -> tuple[float, float]:
        """Lines and numbers of the upright axis; where the plot begins and how wide it is."""
        left = max(strokes.width_of(self.show(tick), _SMALL) for tick in self.ticks) + 12
        for tick in self.ticks:
            y = top + _PLOT_HEIGHT * (1 - self.part(tick))
            body.append(strokes.line(left, y, self.width, y))
            body.append(
                strokes.say(
                    left - 8, y + 4, self.show(tick), size=_SMALL, anchor="end", fill=strokes.MUTED
                )
            )
        return left, self.width - left

    def _place(self, name: str, middle: float, bottom: float, room: float) -> list[str]:
        lines = strokes.wrapped(name, self.language, size=_SMALL, room=room, most=2)
        return [
            strokes.say(middle, bottom + 17 + n * 15, text, size=_SMALL, anchor="middle")
            for n, text in enumerate(lines)
        ]

    # Lines: over time. A gap stays a gap.

    def lines(self) -> tuple[list[str], float]:
        body, top = self.legend(0)
        unit, top = self.unit(top)
        body += unit
        top += 10
        left, room = self._axis(body, top)
        places = len(self.chart.labels)
        step = room / max(places, 1)
        self._line_places(body, left, step, top)
        zero = top + _PLOT_HEIGHT * (1 - self.part(Decimal(0)))
        body.append(strokes.line(left, zero, self.width, zero, stroke=strokes.INK, width=1.2))
        for series, row in enumerate(self.chart.series):
            points = [
                None
                if value is None
                else (left + step * (place + 0.5), top + _PLOT_HEIGHT * (1 - self.part(value)))
                for place, value in enumerate(row.values)
            ]
            path = _path(points)
            colour = strokes.COLOURS[series]
            body.append(
                f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.6" '
                f'stroke-linejoin="round"{strokes.dash_of(series)}/>'
            )
            if places <= 24:
                body += [strokes.marker(*point, series) for point in points if point]
            body += self._ends(row.values, points, series)
        return body, top + _PLOT_HEIGHT + 40

    def _line_places(self, body: list[str], left: float, step: float, top: float) -> None:
        widest = max((strokes.width_of(name, _SMALL) for name in self.chart.labels), default=1)
        every = max(1, -(-int(min(widest, 120) + 12) // max(int(step), 1)))
        for place, name in enumerate(self.chart.labels):
            if place % every == 0:
                middle = left + step * (place + 0.5)
                body += self._place(name, middle, top + _PLOT_HEIGHT, step * every - 6)

    def _ends(
        self,
        values: tuple[Decimal | None, ...],
        points: list[tuple[float, float] | None],
        series: int,
    ) -> list[str]:
        """The first and last number of a line in words, so that nobody guesses from the axis."""
        known = [n for n, point in enumerate(points) if point]
        said = {known[0], known[-1]} if known else set()
        result = []
        for place in sorted(said):
            point = points[place]
            if point:
                below = self._is_lowest(series, place)
                result.append(
                    strokes.say(
                        point[0],
                        point[1] + (19 if below else -9),
                        self.show(values[place]),
                        size=_SMALL,
                        anchor="middle",
                        bold=True,
                    )
                )
        return result

    def _is_lowest(self, series: int, place: int) -> bool:
        """Whether other lines run above here, so that its number is written below it."""
        mine = self.chart.series[series].values[place]
        others = [row.values[place] for n, row in enumerate(self.chart.series) if n != series]
        known = [value for value in others if value is not None]
        return mine is not None and bool(known) and mine < min(known)

    # Shares: one bar a place, cut into its parts; never a pie.

    def shares(self) -> tuple[list[str], float]:
        body, y = self.legend(0)
        y += 8
        for place, name in enumerate(self.chart.labels):
            total = sum((row.values[place] or Decimal(0)) for row in self.chart.series)
            if name:
                for text in strokes.wrapped(name, self.language, size=_SIZE, room=self.width):
                    body.append(strokes.say(0, y + 12, text, bold=True))
                    y += 19
            x = 0.6
            for series, row in enumerate(self.chart.series):
                share = (row.values[place] or Decimal(0)) / total
                wide = (self.width - 1.2) * float(share)
                body.append(strokes.bar(x, y, wide, 30, series=series, prefix=self.prefix))
                percent = f"{shown(round(share * 100, 1), self.language)}%"
                if wide > strokes.width_of(percent, _SMALL) + 4:
                    body.append(
                        strokes.say(x + wide / 2, y + 46, percent, size=_SMALL, anchor="middle")
                    )
                x += wide
            y += 64
        return body, y


def _path(points: list[tuple[float, float] | None]) -> str:
    """Strokes between neighbours that both have a number; a lone point is its marker only."""
    steps, pen_down = [], False
    for point in points:
        if point is None:
            pen_down = False
            continue
        x, y = strokes.number(point[0]), strokes.number(point[1])
        steps.append(f"{'L' if pen_down else 'M'}{x} {y}")
        pen_down = True
    return "".join(steps)
