"""A chart in words, for whoever does not see it."""

from __future__ import annotations

from decimal import Decimal

from nhipcau.publishing.renderers.charts.numbers import shown
from nhipcau.publishing.renderers.labels import labels
from nhipcau.translation.manuscript import Chart, Series

_MOST_LISTED = 12


def alternative(chart: Chart, language: str) -> str:
    """Kind, title, unit; every number of short series, of long ones the ends and extremes."""
    words = labels(language)
    unit = f" ({chart.unit})" if chart.unit else ""
    parts = [f"{words[f'chart:{chart.kind.value}']}: {chart.title}{unit}."]
    parts += [_series(row, chart.labels, language) for row in chart.series]
    if chart.source:
        parts.append(f"{words['source']}: {chart.source}.")
    return " ".join(parts)


def _series(row: Series, places: tuple[str, ...], language: str) -> str:
    words = labels(language)
    known = [
        (place, value)
        for place, value in zip(places, row.values, strict=False)
        if value is not None
    ]
    name = f"{row.label} – " if row.label else ""
    if not known:
        return f"{name}{words['no_data']}."
    if len(known) <= _MOST_LISTED:
        listed = [
            _pair(place, value, language) for place, value in zip(places, row.values, strict=False)
        ]
        return f"{name}{'; '.join(listed)}."
    highest = max(known, key=lambda pair: pair[1])
    lowest = min(known, key=lambda pair: pair[1])
    return (
        f"{name}{_pair(*known[0], language)} … {_pair(*known[-1], language)}; "
        f"{words['highest']} {_pair(*highest, language)}; "
        f"{words['lowest']} {_pair(*lowest, language)}."
    )


def _pair(place: str, value: Decimal | None, language: str) -> str:
    said = shown(value, language, labels(language)["no_data"])
    return f"{place}: {said}" if place else said
