"""The body as the editor saves it (raw StreamField JSON), read into blocks.

Total: whatever the JSON holds, something readable comes out and what was not understood is a
finding. Values of a wrong shape become paragraphs of their words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias

from nhipcau.translation.manuscript.cleaning import clean, turns_direction
from nhipcau.translation.manuscript.findings import Finding, FindingKind
from nhipcau.translation.manuscript.numbers import read_number
from nhipcau.translation.manuscript.parts import (
    Block,
    CallOut,
    CallOutKind,
    Chart,
    ChartKind,
    Entry,
    Fact,
    Facts,
    Figure,
    FileLink,
    Gallery,
    Heading,
    MapFigure,
    Paragraph,
    Quote,
    Recording,
    RecordingKind,
    Run,
    Series,
    Table,
    Timeline,
)
from nhipcau.translation.manuscript.prose import read_prose, read_runs

MediumKind: TypeAlias = Literal["picture", "video", "audio", "file"]
_SHOWN = 200
_DEEPEST_VALUE = 20


@dataclass(frozen=True, slots=True)
class Medium:
    """What a body needs to know of a picture, recording or file.

    `key` is what a MediaReader takes; `transcript` has one paragraph a line; `poster` is the key
    of a film's still picture; `seconds` is 0 when unknown.
    """

    key: str
    title: str = ""
    credit: str = ""
    transcript: str = ""
    poster: str = ""
    seconds: int = 0


class Resolve(Protocol):
    """Finds the medium with this number; None when there is none (any more)."""

    def __call__(self, kind: MediumKind, number: int, /) -> Medium | None: ...


@dataclass(frozen=True, slots=True)
class Body:
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]


class _WrongShape(Exception):
    """The value is not what its block's type promises."""


def from_body(body: object, resolve: Resolve, *, language: str = "vi") -> Body:
    """Read a body. `language` decides how the numbers of charts are written."""
    reader = _Reader(resolve, language)
    if not isinstance(body, list):
        reader.note(FindingKind.BROKEN_BLOCK, str(type(body).__name__))
        return Body((), tuple(reader.findings))
    blocks = [block for number, raw in enumerate(body) for block in reader.read(number, raw)]
    return Body(tuple(blocks), tuple(reader.findings))


class _Reader:
    def __init__(self, resolve: Resolve, language: str) -> None:
        self.resolve = resolve
        self.language = language
        self.block = 0
        self.findings: list[Finding] = []
        self.readers: Mapping[str, Callable[[object], Iterable[Block]]] = {
            "text": self._text,
            "heading": self._heading,
            "quote": self._quote,
            "picture": lambda value: [self._figure(_struct(value))],
            "gallery": self._gallery,
            "table": self._table,
            "video": lambda value: [self._recording(RecordingKind.VIDEO, value)],
            "audio": lambda value: [self._recording(RecordingKind.AUDIO, value)],
            "file": self._file,
            "map": self._map,
            "timeline": self._timeline,
            "call_out": self._call_out,
            "facts": self._facts,
            "chart": self._chart,
        }

    def note(self, kind: FindingKind, shown: str) -> None:
        self.findings.append(Finding(kind, self.block, " ".join(clean(shown).split())[:_SHOWN]))

    def read(self, number: int, raw: object) -> list[Block]:
        self.block = number
        if not isinstance(raw, dict) or not isinstance(raw.get("type"), str):
            self.note(FindingKind.BROKEN_BLOCK, " ".join(_words(raw)))
            return self._kept(raw)
        value = raw.get("value")
        if any(turns_direction(words) for words in _words(value)):
            self.note(FindingKind.DIRECTION_MARK, raw["type"])
        read = self.readers.get(raw["type"])
        if read is None:
            self.note(FindingKind.UNKNOWN_BLOCK, raw["type"])
            return self._kept(value)
        noted = len(self.findings)
        try:
            return list(read(value))
        except _WrongShape:
            del self.findings[noted:]
            self.note(FindingKind.BROKEN_BLOCK, raw["type"])
            return self._kept(value)

    def _kept(self, value: object) -> list[Block]:
        """The words of a value that no block of ours understands, a paragraph each."""
        return [paragraph for words in _words(value) for paragraph in read_prose(words, self.note)]

    def _text(self, value: object) -> Iterable[Block]:
        if not isinstance(value, str):
            raise _WrongShape
        return read_prose(value, self.note)

    def _heading(self, value: object) -> Iterable[Block]:
        struct = _struct(value)
        if text := _line(struct, "text"):
            yield Heading(3 if str(struct.get("level")) == "3" else 2, text)

    def _quote(self, value: object) -> Iterable[Block]:
        struct = _struct(value)
        paragraphs = _paragraphs(_text(struct, "text"))
        who, source = _line(struct, "who"), _line(struct, "source")
        if paragraphs or who or source:
            yield Quote(paragraphs, who, source)

    def _figure(self, struct: Mapping[str, object]) -> Figure:
        medium = self._medium("picture", struct.get("picture"))
        return Figure(
            media=medium.key if medium else "",
            alt=_line(struct, "alt"),
            decorative=struct.get("decorative") is True,
            caption=_line(struct, "caption"),
            credit=clean(medium.credit) if medium else "",
        )

    def _gallery(self, value: object) -> Iterable[Block]:
        struct = _struct(value)
        figures = [self._figure(_struct(item)) for item in _items(struct, "pictures")]
        yield Gallery(_line(struct, "title"), tuple(figures))

    def _recording(self, kind: RecordingKind, value: object) -> Recording:
        struct = _struct(value)
        medium = self._medium(kind.value, struct.get(kind.value)) or Medium("")
        return Recording(
            kind=kind,
            media=medium.key,
            title=_joined(medium.title),
            transcript=_paragraphs(medium.transcript),
            caption=_line(struct, "caption"),
            credit=_joined(medium.credit),
            poster=medium.poster,
            seconds=medium.seconds,
        )

    def _file(self, value: object) -> Iterable[Block]:
        struct = _struct(value)
        medium = self._medium("file", struct.get("file")) or Medium("")
        yield FileLink(medium.key, _line(struct, "title") or _joined(medium.title))

    def _map(self, value: object) -> Iterable[Block]:
        struct = _struct(value)
        areas = [_joined(line) for line in _text(struct, "areas").splitlines()]
        if len(areas) == 1:
            areas = [part.strip() for part in areas[0].split(";")]
        named = tuple(area for area in areas if area)
        yield MapFigure(self._figure(struct), named, _line(struct, "source"))

    def _table(self, value: object) -> Iterable[Block]:
        struct = _struct(value)
        columns = [_struct(column) for column in _items(struct, "columns")]
        head = tuple(_line(column, "heading") for column in columns)
        numeric = {n for n, column in enumerate(columns) if column.get("type") == "number"}
        rows = []
        uneven = False
        for raw in _items(struct, "rows"):
            cells = [_cell(cell) for cell in _items(_struct(raw), "values")]
            uneven = uneven or len(cells) != len(head)
            rows.append(tuple(read_runs(cell) for cell in cells))
        width = max([len(head), *(len(row) for row in rows)])
        if uneven:
            self.note(FindingKind.UNEVEN_ROWS, _line(struct, "caption") or " · ".join(head))
        if width:
            yield Table(
                caption=_line(struct, "caption"),
                head=head + ("",) * (width - len(head)),
                rows=tuple(row + ((),) * (width - len(row)) for row in rows),
                numeric=frozenset(numeric),
            )

    def _timeline(self, value: object) -> Iterable[Block]:
        struct = _struct(value)
        entries = [
            Entry(_line(item, "when"), _line(item, "what"))
            for item in map(_struct, _items(struct, "entries"))
        ]
        yield Timeline(
            _line(struct, "title"), tuple(entry for entry in entries if entry.when or entry.what)
        )

    def _call_out(self, value: object) -> Iterable[Block]:
        struct = _struct(value)
        kind = struct.get("kind")
        known = {member.value: member for member in CallOutKind}
        if not isinstance(kind, str) or kind not in known:
            raise _WrongShape
        yield CallOut(
            known[kind], _line(struct, "title"), read_prose(_text(struct, "text"), self.note)
        )

    def _facts(self, value: object) -> Iterable[Block]:
        struct = _struct(value)
        rows = [
            Fact(_line(item, "label"), _line(item, "value"))
            for item in map(_struct, _items(struct, "rows"))
        ]
        yield Facts(_line(struct, "title"), tuple(row for row in rows if row.label or row.value))

    def _chart(self, value: object) -> Iterable[Block]:
        struct = _struct(value)
        known = {member.value: member for member in ChartKind}
        kind = struct.get("kind")
        if not isinstance(kind, str) or kind not in known:
            raise _WrongShape
        labels = tuple(_joined(_cell(column)) for column in _items(struct, "columns"))
        series = []
        uneven = False
        for item in map(_struct, _items(struct, "rows")):
            values = [self._number(cell) for cell in _items(item, "values")]
            uneven = uneven or len(values) != len(labels)
            padded = [*values, *[None] * len(labels)][: max(len(labels), len(values))]
            series.append(Series(_line(item, "label"), tuple(padded)))
        if uneven:
            self.note(FindingKind.UNEVEN_ROWS, _line(struct, "title"))
        width = max([len(labels), *(len(row.values) for row in series)])
        yield Chart(
            kind=known[kind],
            title=_line(struct, "title"),
            unit=_line(struct, "unit"),
            source=_line(struct, "source"),
            labels=labels + ("",) * (width - len(labels)),
            series=tuple(
                Series(row.label, row.values + (None,) * (width - len(row.values)))
                for row in series
            ),
        )

    def _number(self, cell: object) -> Decimal | None:
        value = cell["value"] if isinstance(cell, dict) and "value" in cell else cell
        number = read_number(value, self.language)
        if number is None and value not in (None, ""):
            self.note(FindingKind.UNREADABLE_NUMBER, str(value))
        return number

    def _medium(self, kind: MediumKind, number: object) -> Medium | None:
        if number is None:
            self.note(FindingKind.MISSING_MEDIUM, kind)
            return None
        if isinstance(number, bool) or not isinstance(number, int):
            raise _WrongShape
        medium = self.resolve(kind, number)
        if medium is None:
            self.note(FindingKind.MISSING_MEDIUM, f"{kind} {number}")
        return medium


def _struct(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _WrongShape
    return value


def _items(struct: Mapping[str, object], name: str) -> list[object]:
    """The children of a list block, which Wagtail may wrap each in a type and an id."""
    value = struct.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _WrongShape
    return [
        child["value"]
        if isinstance(child, dict) and child.get("type") == "item" and "value" in child
        else child
        for child in value
    ]


def _text(struct: Mapping[str, object], name: str) -> str:
    value = struct.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _WrongShape
    return clean(value)


def _joined(text: str) -> str:
    return " ".join(clean(text).split())


def _line(struct: Mapping[str, object], name: str) -> str:
    return _joined(_text(struct, name))


def _cell(cell: object) -> str:
    """A table's cell: words or a number, possibly wrapped."""
    if isinstance(cell, dict) and "value" in cell:
        cell = cell["value"]
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"{cell}"
    raise _WrongShape


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    lines = (_joined(line) for line in clean(text).splitlines())
    return tuple(Paragraph((Run(line),)) for line in lines if line)


def _words(value: object, depth: int = 0) -> Iterator[str]:
    """Every string in a value, without the names and ids of Wagtail's wrapping."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif depth > _DEEPEST_VALUE:
        yield str(value)[:_SHOWN]
    elif isinstance(value, list):
        for child in value:
            yield from _words(child, depth + 1)
    elif isinstance(value, dict):
        for name, child in value.items():
            if name not in ("id", "type"):
                yield from _words(child, depth + 1)
