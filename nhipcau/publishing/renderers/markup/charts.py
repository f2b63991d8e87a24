"""A chart on a page: the drawing, its source, and its numbers as a table for whoever wants them."""

from __future__ import annotations

from nhipcau.publishing.renderers.charts import NotHonest, alternative, draw, shown
from nhipcau.publishing.renderers.labels import labels
from nhipcau.publishing.renderers.markup.blocks import Dialect, table_html
from nhipcau.publishing.renderers.markup.elements import element, escaped
from nhipcau.translation.manuscript import Chart, Run


def chart_html(chart: Chart, dialect: Dialect, *, prefix: str) -> str:
    """Drawing and table, or the table alone where no honest drawing exists."""
    names = labels(dialect.language)
    title = f"{chart.title} ({chart.unit})" if chart.unit else chart.title
    table = numbers_html(chart, dialect)
    caption = element(
        "figcaption",
        element("strong", dialect.words(title)),
        " ",
        element("small", dialect.words(f"{names['source']}: {chart.source}"))
        if chart.source
        else "",
    )
    try:
        drawing = draw(chart, dialect.language, width=640, prefix=prefix)
    except NotHonest:
        return element("figure", caption, table, class_="chart")
    words = alternative(chart, dialect.language)
    head, _, rest = drawing.svg.partition(">")
    drawn = f'{head} role="img" aria-label="{escaped(words)}" class="drawing">{rest}'
    return element("figure", caption, drawn, table, class_="chart")


def numbers_html(chart: Chart, dialect: Dialect) -> str:
    no_data = labels(dialect.language)["no_data"]
    rows = [
        [
            (Run(row.label),),
            *((Run(shown(value, dialect.language, no_data)),) for value in row.values),
        ]
        for row in chart.series
    ]
    head = ["", *chart.labels] if chart.series else []
    return table_html("", head, rows, frozenset(range(1, len(head))), dialect)
