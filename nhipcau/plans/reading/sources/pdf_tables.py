"""Ruled tables of a page: cells are what the drawn lines enclose."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.plans.reading.sources.pdf_lines import Measure, lines_of, paragraphs
from nhipcau.plans.reading.sources.shape import Cell

if TYPE_CHECKING:
    from nhipcau.plans.reading.sources.pdf_page import Segment, Word

_NEAR = 3.0  # points: lines this close are one line, ends this close touch
_MOST_ROWS, _MOST_COLUMNS = 400, 60


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line on `at`, from `start` to `end` along the other axis."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of one table; `xs` from the left, `ys` from the bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]

    @property
    def top(self) -> float:
        return self.ys[-1]

    def holds(self, word: Word) -> bool:
        return self.xs[0] < word.centre < self.xs[-1] and self.ys[0] < word.middle < self.ys[-1]


def grids_of(segments: list[Segment]) -> list[Grid]:
    """Tables of at least two columns, from the top down."""
    across = _merged([Rule(s.y0, s.x0, s.x1) for s in segments if s.x1 - s.x0 > s.y1 - s.y0])
    down = _merged([Rule(s.x0, s.y0, s.y1) for s in segments if s.x1 - s.x0 <= s.y1 - s.y0])
    group = list(range(len(across) + len(down)))

    def root(place: int) -> int:
        while group[place] != place:
            group[place] = group[group[place]]
            place = group[place]
        return place

    for a, level in enumerate(across):
        for d, upright in enumerate(down, start=len(across)):
            if (
                level.start - _NEAR <= upright.at <= level.end + _NEAR
                and upright.start - _NEAR <= level.at <= upright.end + _NEAR
            ):
                group[root(a)] = root(d)
    tables: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for place in range(len(group)):
        sides = tables.setdefault(root(place), ([], []))
        if place < len(across):
            sides[0].append(across[place])
        else:
            sides[1].append(down[place - len(across)])
    grids = []
    for levels, uprights in tables.values():
        xs, ys = _places(uprights), _places(levels)
        if 3 <= len(xs) <= _MOST_COLUMNS and 2 <= len(ys) <= _MOST_ROWS:
            grids.append(Grid(xs, ys, tuple(levels), tuple(uprights)))
    return sorted(grids, key=lambda grid: -grid.top)


def _merged(rules: list[Rule]) -> list[Rule]:
    """Pieces on one height that touch become one line: borders are drawn cell by cell."""
    result: list[Rule] = []
    ordered = sorted(rules, key=lambda r: r.at)
    start = 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end].at - ordered[start].at <= _NEAR / 2:
            end += 1
        at = sum(r.at for r in ordered[start:end]) / (end - start)
        current: Rule | None = None
        for rule in sorted(ordered[start:end], key=lambda r: r.start):
            if current and rule.start <= current.end + _NEAR:
                current = Rule(at, current.start, max(current.end, rule.end))
            else:
                if current:
                    result.append(current)
                current = Rule(at, rule.start, rule.end)
        if current:
            result.append(current)
        start = end
    return result


def _places(rules: list[Rule]) -> tuple[float, ...]:
    found: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not found or at - found[-1] > _NEAR:
            found.append(at)
    return tuple(found)


def rows_of(grid: Grid, words: list[Word]) -> list[list[Cell]]:
    """Rows from the top; text of a merged cell stands in its first place, the rest is empty."""
    columns, rows = len(grid.xs) - 1, len(grid.ys) - 1
    home = _homes(grid, rows, columns)
    content: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        column = min(max(bisect_right(grid.xs, word.centre) - 1, 0), columns - 1)
        row = min(max(rows - bisect_right(grid.ys, word.middle), 0), rows - 1)
        content.setdefault(home[row, column], []).append(word)
    table = []
    for row in range(rows):
        cells = []
        for column in range(columns):
            inside = content.get((row, column), [])
            cells.append(Cell(lines=_cell_lines(inside, grid, home, (row, column))))
        table.append(cells)
    return table


def _homes(grid: Grid, rows: int, columns: int) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place the first place (top, then left) of the merged cell it belongs to."""
    home = {(row, column): (row, column) for row in range(rows) for column in range(columns)}
    for row in range(rows):
        y = (grid.ys[rows - row] + grid.ys[rows - row - 1]) / 2
        for column in range(columns):
            x = (grid.xs[column] + grid.xs[column + 1]) / 2
            if column and not _drawn(grid.down, grid.xs[column], y):
                home[row, column] = home[row, column - 1]
            elif row and not _drawn(grid.across, grid.ys[rows - row], x):
                home[row, column] = home[row - 1, column]
    return home


def _drawn(rules: tuple[Rule, ...], at: float, along: float) -> bool:
    return any(abs(r.at - at) <= _NEAR and r.start <= along <= r.end for r in rules)


def _cell_lines(
    words: list[Word],
    grid: Grid,
    home: dict[tuple[int, int], tuple[int, int]],
    place: tuple[int, int],
) -> list[str]:
    if not words:
        return []
    lines = lines_of(words)
    last = max(
        column for (row, column), first in home.items() if first == place and row == place[0]
    )
    left, right = grid.xs[place[1]], grid.xs[last + 1]
    margin = min(max(min(line.x0 for line in lines) - left, 2.0), 8.0)
    measure = Measure(left + margin, right - margin, lines[0].size, indented=False, cell=True)
    return paragraphs(lines, measure)
