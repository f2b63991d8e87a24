"""The body of a sample text, as somebody types it, read into the editor's raw blocks.

    a paragraph            text; lines that follow each other belong together, **bold** is bold
    - an entry             a list; "1. " begins a numbered one
    ## a heading           "###" for a part of a section
    > words                a quotation; "-- who, where" below it
    | a | b |              a table, its head first; a column of figures ends its head with ":"
    ![alt](key "caption")  a picture of `data/pictures.toml`; `![map: alt](key "caption")` a map
    ![film: caption](key)  a film of it; `sound:` a sound, `file: title` a file to load
    :::gallery title       pictures, one a line
    :::note title          a call-out (note, warning, contact) up to the line ":::"
    :::facts title         "label: value" a line
    :::timeline title      "when: what" a line
    :::chart column        TOML: title, unit, source, columns, rows

Ids of blocks are counted, so that the same text gives the same body.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID, uuid5

Block = dict[str, Any]
PictureOf = Callable[[str], int | None]
"""The number of a picture in the library, by its key; None leaves the picture out."""

BLOCKS = UUID("6f0c8a52-4f39-4f8b-9a39-3d4b3f6c7a10")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PICTURE = re.compile(
    r"!\[(?:(?P<kind>map|film|sound|file): )?(?P<alt>[^\]]*)\]"
    r'\((?P<key>[\w-]+)(?: "(?P<caption>.*)")?\)$'
)
_PLAYED = {"film": "video", "sound": "audio"}
_SAID_BY = "-- "


class BodyBroken(ValueError):
    """A sample text is not written as this module reads it."""


def body_of(
    text: str, *, of: str, picture: PictureOf, map_source: Mapping[str, str]
) -> list[Block]:
    """The blocks of a text; `of` names the text, for the blocks' ids.

    `map_source` says by a map's key who made it.
    """
    blocks: list[Block] = []
    for kind, value in _blocks(text, picture, map_source):
        name = str(uuid5(BLOCKS, f"{of}:{len(blocks)}"))
        blocks.append({"type": kind, "value": value, "id": name})
    return blocks


def _blocks(
    text: str, picture: PictureOf, map_source: Mapping[str, str]
) -> Iterator[tuple[str, Any]]:
    for piece in _pieces(text):
        first = piece[0]
        if first.startswith(":::gallery"):
            yield _gallery(first, piece[1:], picture)
        elif first.startswith(":::"):
            yield _fenced(first, piece[1:])
        elif first.startswith("#"):
            level = "3" if first.startswith("###") else "2"
            yield "heading", {"text": first.lstrip("# "), "level": level}
        elif first.startswith("> "):
            yield "quote", _quote(piece)
        elif first.startswith("|"):
            yield "table", _table(piece)
        elif first.startswith("!["):
            if (shown := _picture(first, picture, map_source)) is not None:
                yield shown
        else:
            yield "text", _prose(piece)


def _pieces(text: str) -> Iterator[list[str]]:
    """Lines that belong together: up to an empty line, or up to the end of a fence."""
    piece: list[str] = []
    fenced = False
    for line in [*text.strip().splitlines(), ""]:
        if fenced:
            if line == ":::":
                yield piece
                piece, fenced = [], False
            else:
                piece.append(line)
        elif line.startswith(":::"):
            piece, fenced = [line], True
        elif line.strip():
            piece.append(line.strip())
        elif piece:
            yield piece
            piece = []
    if fenced:
        raise BodyBroken(f"“{piece[0]}” has no end.")


def _runs(text: str) -> str:
    return _BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False))


def _prose(lines: list[str]) -> str:
    """A paragraph, and the list that may stand below it."""
    told: list[str] = []
    entries: list[str] = []
    tag = "ul"
    for line in lines:
        mark, _space, words = line.partition(" ")
        if words and (mark == "-" or re.fullmatch(r"\d+\.", mark)):
            tag = "ul" if mark == "-" else "ol"
            entries.append(words)
        elif entries:
            entries[-1] += f" {line}"
        else:
            told.append(line)
    prose = f"<p>{_runs(' '.join(told))}</p>" if told else ""
    if entries:
        prose += f"<{tag}>" + "".join(f"<li>{_runs(each)}</li>" for each in entries) + f"</{tag}>"
    return prose


def _quote(lines: list[str]) -> dict[str, str]:
    said = [line.removeprefix("> ") for line in lines]
    if not said[-1].startswith(_SAID_BY):
        raise BodyBroken(f"The quotation “{said[0]}” does not say whose it is.")
    who, _comma, source = said.pop().removeprefix(_SAID_BY).partition(", ")
    return {"text": " ".join(said), "who": who, "source": source}


def _table(lines: list[str]) -> dict[str, Any]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = rows.pop(0)
    if any(len(row) != len(head) for row in rows):
        raise BodyBroken(f"The table “{' · '.join(head)}” has rows of other lengths.")
    return {
        "columns": [
            {"type": "number" if name.endswith(":") else "text", "heading": name.rstrip(":")}
            for name in head
        ],
        "rows": [{"values": row} for row in rows],
        "caption": "",
    }


def _picture(
    line: str, picture: PictureOf, map_source: Mapping[str, str]
) -> tuple[str, dict[str, Any]] | None:
    found = _PICTURE.match(line)
    if found is None:
        raise BodyBroken(f"“{line}” is no picture.")
    number = picture(found["key"])
    if number is None:
        return None
    kind = found["kind"] or "picture"
    if kind in _PLAYED:
        name = _PLAYED[kind]
        return name, {name: number, "caption": found["alt"]}
    if kind == "file":
        return "file", {"file": number, "title": found["alt"]}
    value = {
        "picture": number,
        "alt": found["alt"],
        "decorative": False,
        "caption": found["caption"] or "",
    }
    if kind == "picture":
        return "picture", value
    del value["decorative"]
    return "map", {**value, "source": map_source[found["key"]], "areas": "Tỉnh Mẫu (hư cấu)"}


def _gallery(first: str, lines: list[str], picture: PictureOf) -> tuple[str, dict[str, Any]]:
    shown = [_picture(line.strip(), picture, {}) for line in lines if line.strip()]
    pictures = [value for kind, value in filter(None, shown) if kind == "picture"]
    title = first.removeprefix(":::gallery").strip()
    return "gallery", {"title": title, "pictures": _items(pictures)}


def _fenced(first: str, lines: list[str]) -> tuple[str, Any]:
    name, _space, title = first.removeprefix(":::").strip().partition(" ")
    if name in {"note", "warning", "contact"}:
        words = "".join(_prose(piece) for piece in _pieces("\n".join(lines)))
        return "call_out", {"kind": name, "title": title, "text": words}
    if name == "facts":
        rows = [{"label": label, "value": value} for label, value in _pairs(lines)]
        return "facts", {"title": title, "rows": _items(rows)}
    if name == "timeline":
        entries = [{"when": when, "what": what} for when, what in _pairs(lines)]
        return "timeline", {"title": title, "entries": _items(entries)}
    if name == "chart":
        told = tomllib.loads("\n".join(lines))
        series = [
            {"label": label, "values": _items([str(number) for number in numbers])}
            for label, *numbers in told.pop("rows")
        ]
        columns = _items(told.pop("columns"))
        return "chart", {**told, "kind": title, "columns": columns, "rows": _items(series)}
    raise BodyBroken(f"There is no block “{name}”.")


def _pairs(lines: list[str]) -> list[tuple[str, str]]:
    pairs = [line.partition(": ") for line in lines if line.strip()]
    if bare := [label for label, colon, _value in pairs if not colon]:
        raise BodyBroken(f"“{bare[0]}” has no value.")
    return [(label.strip(), value.strip()) for label, _colon, value in pairs]


def _items(values: list[Any]) -> list[dict[str, Any]]:
    """As Wagtail keeps the entries of a list."""
    return [
        {"type": "item", "value": value, "id": str(uuid5(BLOCKS, f"{place}:{value}"))}
        for place, value in enumerate(values)
    ]
