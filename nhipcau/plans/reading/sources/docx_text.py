"""The words of one paragraph of a .docx, as a reader of the printed page sees them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nhipcau.plans.reading.sources import legacy
from nhipcau.plans.reading.sources.docx_styles import (
    Styles,
    child,
    font,
    named_children,
    switch,
    value,
)
from nhipcau.plans.reading.sources.notices import Notice
from nhipcau.plans.reading.sources.shape import SUPERSCRIPT

if TYPE_CHECKING:
    from lxml import etree

    from nhipcau.plans.reading.sources.docx_styles import Look

PAGE_BREAK = "\x0c"
_THROUGH = frozenset(
    ("hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo")
)
_SYMBOLS = {0x2D: "-", 0x96: "-", 0x97: "-", 0xA7: "-", 0xA8: "☐", 0xB7: "•", 0xD8: "-",
            0xF0: "→", 0xFC: "✓", 0xFE: "☑"}  # fmt: skip  # Symbol and Wingdings, what plans use
_PRIVATE = {0xF000 + code: code for code in range(0x20, 0x100)}  # symbol fonts live up there
_PICTURES = frozenset(("drawing", "pict"))


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def inside(element: etree._Element, outer: etree._Element, names: set[str]) -> bool:
    """Whether an element of one of these names stands between the two."""
    for between in element.iterancestors():
        if between is outer:
            return False
        if local(between) in names:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look, as one run gives them; or a picture, which has no words.

    `face` is a font from before Unicode ("" for all others), `link` and `picture` are ids of the
    part's relations (a link inside the document begins with #), `alt` says what a picture shows.
    """

    text: str
    face: str = ""
    bold: bool = False
    italic: bool = False
    raised: str = ""  # "superscript", "subscript"
    link: str = ""
    picture: str = ""
    alt: str = ""


@dataclass(slots=True)
class _Field:
    """A field (page number, contents ...): its code is not shown, its result is."""

    code: list[str] = field(default_factory=list)
    in_result: bool = False
    dropped: bool = False


@dataclass(slots=True)
class Walker:
    """Reads paragraphs in order; fields and note numbers run on from one to the next."""

    styles: Styles
    notices: set[Notice] = field(default_factory=set)
    notes: list[tuple[str, str]] = field(default_factory=list)  # (part, id) in order shown
    _fields: list[_Field] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _now: Piece = field(default_factory=lambda: Piece(""))  # how the run being read looks

    def words(self, paragraph: etree._Element, style: str) -> str:
        r"""Text with ``\\n`` for line breaks, PAGE_BREAK for page breaks, ``[^n]`` for notes."""
        return "".join(_spoken(piece) for piece in self.pieces(paragraph, style))

    def pieces(self, paragraph: etree._Element, style: str) -> list[Piece]:
        """The same with the look of every stretch, and with its pictures; all in Unicode."""
        self._pieces = []
        self._now = Piece("")
        self._walk(paragraph, self.styles.look(style))
        return self._converted_pieces()

    def _walk(self, parent: etree._Element, look: Look) -> None:
        for element in parent.iterchildren("*"):
            name = local(element)
            if name == "r":
                self._run(element, look)
            elif name == "hyperlink":
                anchor = value(element, "anchor")
                self._now = replace(
                    self._now, link=value(element, "id") or (f"#{anchor}" if anchor else "")
                )
                self._walk(element, look)
                self._now = replace(self._now, link="")
            elif name in _THROUGH:
                self._walk(element, look)
            elif name in {"ins", "moveTo"}:
                self.notices.add(Notice.TRACKED_CHANGES)
                self._walk(element, look)
            elif name in {"del", "moveFrom"}:
                self.notices.add(Notice.TRACKED_CHANGES)
            elif name == "ruby":
                for base in element.iterchildren("{*}rubyBase"):
                    self._walk(base, look)
            elif name == "AlternateContent":
                for choice in element.iterchildren("{*}Choice"):
                    self._walk(choice, look)
                    break
            elif name in {"oMath", "oMathPara"}:
                self._say("".join(t.text or "" for t in element.iter("{*}t")))

    def _run(self, run: etree._Element, look: Look) -> None:
        properties = named_children(child(run, "rPr"))
        if style := value(properties.get("rStyle")):
            look = self.styles.look(style).over(look)
        hidden = switch(properties, "vanish")
        if look.hidden if hidden is None else hidden:
            if any(t.text for t in run.iterchildren("{*}t")):
                self.notices.add(Notice.HIDDEN_TEXT)
            return
        capitals = switch(properties, "caps")
        face = font(properties) or look.font or self.styles.defaults.font or ""
        face = face if face.lower().startswith((".vn", "vni-")) else ""
        bold, italic = switch(properties, "b"), switch(properties, "i")
        self._now = Piece(
            "",
            bold=bool(look.bold if bold is None else bold),
            italic=bool(look.italic if italic is None else italic),
            raised=value(properties.get("vertAlign")),
            link=self._now.link,
        )
        for element in run.iterchildren("*"):
            name = local(element)
            if name == "t":
                text = element.text or ""
                if (look.capitals if capitals is None else capitals) and not face:
                    text = text.upper()
                self._say(text, face)
            else:
                self._mark(name, element)

    def _mark(self, name: str, element: etree._Element) -> None:
        match name:
            case "tab" | "ptab":
                self._say("\t")
            case "br" | "cr":
                kind = value(element, "type")
                self._say(PAGE_BREAK if kind == "page" else "\n")
            case "noBreakHyphen":
                self._say("-")
            case "sym":
                code = value(element, "char")[-2:]
                self._say(_SYMBOLS.get(int(code, 16), "") if _is_hex(code) else "")
            case "footnoteReference" | "endnoteReference":
                if self._visible():
                    self.notes.append((name.removesuffix("Reference"), value(element, "id")))
                    self._say(f"[^{len(self.notes)}]")
            case "fldChar":
                self._field(value(element, "fldCharType"))
            case "instrText":
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].code.append(element.text or "")
            case "object":
                self.notices.add(Notice.EMBEDDED)
            case "AlternateContent":
                for choice in element.iterchildren("{*}Choice"):
                    for chosen in choice.iterchildren("*"):
                        self._mark(local(chosen), chosen)
                    break
            case _ if name in _PICTURES:
                self._picture(element)

    def _picture(self, element: etree._Element) -> None:
        named = next((e for e in element.iter("*") if local(e) in {"docPr", "shape"}), None)
        alt = value(named, "descr") or value(named, "alt")
        for drawn in element.iter("*"):
            name = local(drawn)
            if name in {"pic", "imagedata"}:
                self.notices.add(Notice.PICTURES)
            if name in {"blip", "imagedata"} and not inside(drawn, element, {"txbxContent"}):
                source = value(drawn, "embed") or value(drawn, "link") or value(drawn, "id")
                if source and self._visible():
                    self._pieces.append(Piece("", picture=source, alt=alt))

    def _field(self, event: str) -> None:
        if event == "begin":
            self._fields.append(_Field())
        elif event == "separate" and self._fields:
            now = self._fields[-1]
            now.in_result = True
            if "".join(now.code).strip().upper().startswith("TOC"):
                now.dropped = True
                self.notices.add(Notice.CONTENTS)
        elif event == "end" and self._fields:
            self._fields.pop()

    def _visible(self) -> bool:
        return all(now.in_result and not now.dropped for now in self._fields)

    def _say(self, text: str, face: str = "") -> None:
        if text and self._visible():
            now = self._now
            self._pieces.append(Piece(text, face, now.bold, now.italic, now.raised, now.link))

    def _converted_pieces(self) -> list[Piece]:
        """Legacy fonts are converted over whole stretches: VNI parts a letter from its tone."""
        old = "".join(piece.text for piece in self._pieces if piece.face)
        if not old or legacy.looks_modern(old):
            # Where the font's name stayed and the letters are Unicode already, nothing is to do.
            return [
                replace(piece, text=piece.text.replace("\u00ad", ""), face="")
                if piece.face or "\u00ad" in piece.text
                else piece
                for piece in self._pieces
            ]
        stretches: list[Piece] = []
        for piece in self._pieces:
            last = stretches[-1] if stretches else None
            if last is not None and piece == replace(last, text=piece.text):
                stretches[-1] = replace(last, text=last.text + piece.text)
            else:
                stretches.append(piece)
        return [
            replace(piece, text=self._converted(piece.face, piece.text), face="")
            for piece in stretches
        ]

    def _converted(self, face: str, text: str) -> str:
        if not face:
            return text.replace("\u00ad", "")
        text = text.translate(_PRIVATE)
        name = face.lower()
        if name.startswith("vni-"):
            converted = legacy.from_vni(text)
        else:
            converted = legacy.from_tcvn3(text, capitals=name.endswith("h"))
        if not text.isascii():
            self.notices.add(Notice.LEGACY_FONTS)
        return converted


def _spoken(piece: Piece) -> str:
    """Raised numbers are written as such: they are marks of notes or square metres."""
    if piece.raised == "superscript" and piece.text.strip().isdecimal():
        return piece.text.translate(SUPERSCRIPT)
    return piece.text


def _is_hex(code: str) -> bool:
    return len(code) == 2 and all(c in "0123456789abcdefABCDEF" for c in code)
