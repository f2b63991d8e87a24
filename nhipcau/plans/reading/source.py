r"""What a file gives the reader: plain text in one fixed shape, whatever the format was.

Every format under `sources/` returns the same `Source`, so that the grammar behind it never
asks whether a plan came as .docx, PDF, HTML or text. The shape of `Source.text`:

* one paragraph a line, lines parted by ``\n``; blank lines are kept, at most one in a row; a
  format that knows its paragraphs (all but text) sets each off by a blank line, so that lines
  without one between them are the parts of one paragraph, broken by hand, or rows of a table;
* a table row is one line ``| cell | cell |``; a line break inside a cell is U+2028, a bar
  inside a cell is U+FF5C, a merged cell is printed once, in its first place;
* numbering that the word processor drew is written out as it was shown (``1.``, ``a)``, ``đ)``),
  followed by one space;
* footnote marks stand in the text as ``[^3]``; the notes follow at the very end of the text, a
  line each, ``[^3]: words of the note``;
* a page boundary that the format knows is U+000C alone on its line;
* running heads, page numbers, text boxes outside the flow: see each format.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ROW = "|"
BREAK_IN_CELL = "\u2028"
BAR_IN_CELL = "\uff5c"
PAGE = "\x0c"


class Format(StrEnum):
    """The formats that can be read; told by content, never by the file's name."""

    TEXT = "text"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, before normalisation.

    `notices` are sentences a person should see (a legacy encoding was converted, a picture was
    left out); `pages` is None where the format has no pages of its own.
    """

    text: str
    format: Format
    pages: int | None = None
    notices: tuple[str, ...] = ()
