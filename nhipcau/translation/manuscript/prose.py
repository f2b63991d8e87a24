"""Rich text as the editor saves it, taken apart into paragraphs and lists.

Reads events, not a tree: no depth of nesting harms it and its time grows with the length of the
text. Words are kept whatever stands around them; what is not taken over is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from nhipcau.translation.manuscript.cleaning import clean
from nhipcau.translation.manuscript.findings import FindingKind
from nhipcau.translation.manuscript.parts import Item, Listing, Paragraph, Prose, Run, Runs

Report = Callable[[FindingKind, str], None]

DEEPEST_LIST = 6
_SILENT = frozenset({"script", "style", "template", "title", "noscript"})
_WRAPPERS = frozenset({"html", "body", "head", "span"})
_PARAGRAPHS = frozenset({"p", "div"})
_SPACES = re.compile(r"[ \n\f]+")
_DOUBLED = re.compile(r"  +")
_AROUND_BREAK = re.compile(r" *\n *")
_SAFE_LINK = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s]|tel:[+\d]|/(?!/)|#)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)


@dataclass(slots=True)
class _Piece:
    look: Run
    words: list[str]


@dataclass(slots=True)
class _Entry:
    pieces: list[_Piece] = field(default_factory=list)
    nested: list[Listing] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    """`implied` by an entry that stands outside of any list; `resting` between two entries."""

    ordered: bool
    implied: bool = False
    resting: bool = False
    entries: list[_Entry] = field(default_factory=list)


class _Reader:
    """lxml's parser target: opened and closed tags, and the words between them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.prose: list[Prose] = []
        self.pieces: list[_Piece] = []
        self.lists: list[_List] = []
        self.too_deep = 0
        self.looks: list[tuple[str, Run]] = []
        self.look = Run("")
        self.silenced: list[str] = []
        self.dropped: list[str] = []
        self.strange: set[str] = set()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _SILENT:
            self.silenced.append(tag)
        elif tag == "br":
            self._add("\n", keep=True)
        elif tag in ("ul", "ol"):
            self._open_list(ordered=tag == "ol")
        elif tag == "li":
            if not self.lists:
                self._open_list(ordered=False)
                self.lists[-1].implied = True
            self.lists[-1].resting = False
            self.lists[-1].entries.append(_Entry())
        elif tag in _PARAGRAPHS:
            self._end_paragraph()
            if self.lists and self.lists[-1].implied and self.lists[-1].resting:
                self._close_list()
        else:
            self._open_look(tag, attributes)

    def end(self, tag: str) -> None:
        if tag in _SILENT:
            if self.silenced and self.silenced.pop() and not self.silenced:
                self._report_dropped()
        elif tag in ("ul", "ol"):
            self._close_list()
        elif tag == "li":
            if self.lists:
                self.lists[-1].resting = True
        elif tag in _PARAGRAPHS:
            self._end_paragraph()
        else:
            self._close_look(tag)

    def data(self, text: str) -> None:
        if self.silenced:
            self.dropped.append(text)
        else:
            self._add(text)

    def comment(self, text: str) -> None:
        if text.strip():
            self.report(FindingKind.DROPPED_MARKUP, text)

    def close(self) -> None:
        """Asked for by lxml."""

    def finished(self) -> tuple[Prose, ...]:
        self._report_dropped()
        while self.lists or self.too_deep:
            self._close_list()
        self._end_paragraph()
        return tuple(self.prose)

    def _report_dropped(self) -> None:
        if words := "".join(self.dropped).strip():
            self.report(FindingKind.DROPPED_MARKUP, words)
        self.dropped.clear()

    def _open_look(self, tag: str, attributes: Mapping[str, str]) -> None:
        before = self.look
        if tag in ("b", "strong"):
            self.look = replace(before, bold=True)
        elif tag in ("i", "em"):
            self.look = replace(before, italic=True)
        elif tag == "sup":
            self.look = replace(before, raised="sup")
        elif tag == "sub":
            self.look = replace(before, raised="sub")
        elif tag == "a":
            self.look = replace(before, link=self._link(attributes))
        elif tag not in _WRAPPERS and tag not in self.strange:
            self.strange.add(tag)
            self.report(FindingKind.UNKNOWN_TAG, f"<{tag}>")
        language = attributes.get("lang", "")
        if language and _LANGUAGE.fullmatch(language):
            self.look = replace(self.look, language=language)
        if tag not in ("html", "body", "head", "img", "hr", "embed", "input", "wbr"):
            self.looks.append((tag, before))

    def _close_look(self, tag: str) -> None:
        # A closing tag that nothing opened changes nothing; crossed ones end what they crossed.
        if self.looks and self.looks[-1][0] == tag:
            self.look = self.looks.pop()[1]
        elif any(opened == tag for opened, _ in self.looks[-50:]):
            while self.looks:
                opened, self.look = self.looks.pop()
                if opened == tag:
                    break

    def _link(self, attributes: Mapping[str, str]) -> str:
        address = clean(attributes.get("href", "")).strip()
        if _SAFE_LINK.match(address) and not re.search(r"[\s<>\"]", address):
            return address
        if shown := address or " ".join(f"{name}={value}" for name, value in attributes.items()):
            self.report(FindingKind.UNSAFE_LINK, shown)
        return ""

    def _add(self, text: str, *, keep: bool = False) -> None:
        text = text if keep else _SPACES.sub(" ", text)
        if self.lists and self.lists[-1].implied and self.lists[-1].resting and text.strip():
            self._close_list()
        pieces = self._open_pieces()
        if pieces and pieces[-1].look == self.look:
            pieces[-1].words.append(text)
        else:
            pieces.append(_Piece(self.look, [text]))

    def _open_pieces(self) -> list[_Piece]:
        if self.lists and self.lists[-1].entries:
            return self.lists[-1].entries[-1].pieces
        return self.pieces

    def _end_paragraph(self) -> None:
        if self.lists:
            # A paragraph inside an entry ends with a line break, if anything follows.
            pieces = self._open_pieces()
            if pieces and pieces[-1].words[-1] != "\n":
                pieces.append(_Piece(Run(""), ["\n"]))
            return
        if runs := _trimmed(self.pieces):
            self.prose.append(Paragraph(runs))
        self.pieces = []

    def _open_list(self, *, ordered: bool) -> None:
        if len(self.lists) >= DEEPEST_LIST:
            if not self.too_deep:
                self.report(FindingKind.TOO_DEEP, str(DEEPEST_LIST))
            self.too_deep += 1
            return
        if not self.lists:
            self._end_paragraph()
        self.lists.append(_List(ordered))

    def _close_list(self) -> None:
        if self.too_deep:
            self.too_deep -= 1
            return
        if not self.lists:
            return
        closed = self.lists.pop()
        items = tuple(
            Item(runs, tuple(entry.nested))
            for entry in closed.entries
            if (runs := _trimmed(entry.pieces)) or entry.nested
        )
        if not items:
            return
        listing = Listing(closed.ordered, items)
        if not self.lists:
            self.prose.append(listing)
            return
        around = self.lists[-1].entries
        if not around:
            around.append(_Entry())
        around[-1].nested.append(listing)


def _trimmed(pieces: list[_Piece]) -> Runs:
    """Without spaces at the ends and around line breaks, nor doubled over two runs."""
    runs: list[Run] = []
    before = "\n"
    for piece in pieces:
        text = _AROUND_BREAK.sub("\n", _DOUBLED.sub(" ", "".join(piece.words)))
        if before in (" ", "\n"):
            text = text.lstrip(" ") if runs else text.lstrip(" \n")
        if text.startswith("\n") and runs:
            runs[-1] = runs[-1].saying(runs[-1].text.rstrip(" "))
        if text:
            before = text[-1]
            if runs and runs[-1].saying("") == piece.look:
                text = runs.pop().text + text
            runs.append(piece.look.saying(text))
    while runs and not runs[-1].text.rstrip(" \n"):
        runs.pop()
    if runs:
        runs[-1] = runs[-1].saying(runs[-1].text.rstrip(" \n"))
    return tuple(run for run in runs if run.text)


def read_prose(html: str, report: Report) -> tuple[Prose, ...]:
    """The paragraphs and lists of one piece of rich text, in order."""
    text = clean(html)
    if not text.strip():
        return ()
    reader = _Reader(report)
    # Typed as Any: lxml hands text as str to a target, the stubs allow for bytes.
    target: Any = reader
    parser = etree.HTMLParser(target=target, huge_tree=True, encoding="utf-8", remove_pis=True)
    parser.feed(text.encode())
    parser.close()
    return reader.finished()


def read_runs(text: str) -> Runs:
    """One line of unmarked words."""
    words = " ".join(clean(text).split())
    return (Run(words),) if words else ()
