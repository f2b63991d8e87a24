"""One language version in a neutral form, which every renderer reads.

Pure Python: no Django, no rows, no files. `from_body` reads what the editor saved,
`plain_text` and `word_count` say what a reader would see.
"""

from nhipcau.translation.manuscript.cleaning import clean
from nhipcau.translation.manuscript.findings import Finding, FindingKind
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
    Item,
    Listing,
    Manuscript,
    MapFigure,
    Paragraph,
    Prose,
    Quote,
    Recording,
    RecordingKind,
    Run,
    Series,
    Table,
    Timeline,
)
from nhipcau.translation.manuscript.plain import block_lines, plain_text, runs_text, word_count
from nhipcau.translation.manuscript.reading import Body, Medium, MediumKind, Resolve, from_body
from nhipcau.translation.manuscript.searching import words_to_search

__all__ = [
    "Block",
    "Body",
    "CallOut",
    "CallOutKind",
    "Chart",
    "ChartKind",
    "Entry",
    "Fact",
    "Facts",
    "Figure",
    "FileLink",
    "Finding",
    "FindingKind",
    "Gallery",
    "Heading",
    "Item",
    "Listing",
    "Manuscript",
    "MapFigure",
    "Medium",
    "MediumKind",
    "Paragraph",
    "Prose",
    "Quote",
    "Recording",
    "RecordingKind",
    "Resolve",
    "Run",
    "Series",
    "Table",
    "Timeline",
    "block_lines",
    "clean",
    "from_body",
    "plain_text",
    "runs_text",
    "word_count",
    "words_to_search",
]
