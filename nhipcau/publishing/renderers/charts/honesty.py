"""What cannot be drawn without misleading; its table is shown instead."""

from __future__ import annotations

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.translation.manuscript import Chart, ChartKind, Series

MOST_SERIES = 5
MOST_PLACES = {
    ChartKind.BAR: 24,
    ChartKind.COLUMN: 24,
    ChartKind.LINE: 120,
    ChartKind.SHARE: 12,
}
_MOST_DIGITS = 15


class NotHonest(Exception):
    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


def as_parts(chart: Chart) -> Chart:
    """A single row of shares is one whole, and its places are the parts; other charts stay.

    Drawn place by place each would be all of itself, 100%. More parts than a reader can tell
    apart become bars, whose lengths compare as well.
    """
    if chart.kind != ChartKind.SHARE or len(chart.series) != 1 or len(chart.labels) < 2:
        return chart
    if len(chart.labels) > MOST_SERIES:
        return replace(chart, kind=ChartKind.BAR)
    [row] = chart.series
    parts = zip(chart.labels, row.values, strict=True)
    series = tuple(Series(name, (value,)) for name, value in parts)
    return replace(chart, labels=(row.label,), series=series)


def require_drawable(chart: Chart) -> None:
    """Raises NotHonest with the reason."""
    numbers = [value for row in chart.series for value in row.values if value is not None]
    if not numbers:
        raise NotHonest(_("it has no numbers"))
    if len(chart.series) > MOST_SERIES:
        raise NotHonest(_("more series than a reader can tell apart"))
    if len(chart.labels) > MOST_PLACES[chart.kind]:
        raise NotHonest(_("more places than fit beside each other"))
    if any(abs(number.adjusted()) >= _MOST_DIGITS for number in numbers if number):
        raise NotHonest(_("numbers too large or too small for one axis"))
    if chart.kind == ChartKind.SHARE:
        if any(number < 0 for number in numbers):
            raise NotHonest(_("a share of a whole cannot be negative"))
        if len(numbers) < sum(len(row.values) for row in chart.series):
            raise NotHonest(_("a part of the whole has no number"))
        for place in range(len(chart.labels)):
            if not sum(row.values[place] or 0 for row in chart.series):
                raise NotHonest(_("the parts add up to nothing"))
