"""What the styles of a .docx say about a paragraph or run: list, font, hidden, capitals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

_OFF = frozenset({"0", "false", "off", "none"})
_CHAIN = 20  # styles based on styles; a longer chain is a ring


def value(element: etree._Element | None, name: str = "val", default: str = "") -> str:
    """An attribute by its local name, whatever namespace the writer used."""
    if element is not None:
        for key, text in element.attrib.items():
            if str(key).rpartition("}")[2] == name:
                return str(text)
    return default


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    return None if element is None else element.find("{*}" + name)


def named_children(element: etree._Element | None) -> dict[str, etree._Element]:
    """The children by their local names, the first of each: sought once, not for every name."""
    found: dict[str, etree._Element] = {}
    if element is not None:
        for each in element.iterchildren("*"):
            found.setdefault(str(each.tag).rpartition("}")[2], each)
    return found


def switch(properties: Mapping[str, etree._Element], name: str) -> bool | None:
    """A toggle such as hidden: on, off, or None where nothing is said."""
    element = properties.get(name)
    return None if element is None else value(element, default="1").lower() not in _OFF


def font(properties: Mapping[str, etree._Element]) -> str | None:
    fonts = properties.get("rFonts")
    return value(fonts, "hAnsi") or value(fonts, "ascii") or None


@dataclass(frozen=True, slots=True)
class Look:
    """Properties of one style, its bases included; None where nothing is said."""

    number: str | None = None
    level: int | None = None
    font: str | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    bold: bool | None = None
    italic: bool | None = None
    outline: int | None = None  # level of a heading, from 0; 9 is running text

    def over(self, base: Look) -> Look:
        return Look(
            number=base.number if self.number is None else self.number,
            level=base.level if self.level is None else self.level,
            font=self.font or base.font,
            hidden=base.hidden if self.hidden is None else self.hidden,
            capitals=base.capitals if self.capitals is None else self.capitals,
            bold=base.bold if self.bold is None else self.bold,
            italic=base.italic if self.italic is None else self.italic,
            outline=base.outline if self.outline is None else self.outline,
        )


def numbering_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """List number and level that paragraph properties name."""
    numbering = child(properties, "numPr")
    number = value(child(numbering, "numId")) or None
    level = value(child(numbering, "ilvl"))
    return number, int(level) if level.isdecimal() and len(level) < 3 else None


def outline_of(properties: etree._Element | None) -> int | None:
    """The level of a heading that paragraph properties name, from 0."""
    level = value(child(properties, "outlineLvl"))
    return int(level) if level.isdecimal() and len(level) == 1 else None


class Styles:
    """All styles by id; unknown ids look like the default."""

    def __init__(self, root: etree._Element | None) -> None:
        self._own: dict[str, Look] = {}
        self._base: dict[str, str] = {}
        self._whole: dict[str, Look] = {}
        self.numbering_styles: dict[str, str] = {}
        self.names: dict[str, str] = {}  # "heading 1", "title" ... whatever the ids are
        self.default_paragraph = ""
        self.defaults = Look()
        if root is None:
            return
        default_run = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
        self.defaults = Look(font=font(named_children(default_run)))
        for style in root.iterchildren("{*}style"):
            self._read(style)

    def _read(self, style: etree._Element) -> None:
        name = value(style, "styleId")
        run, paragraph = named_children(child(style, "rPr")), child(style, "pPr")
        number, level = numbering_of(paragraph)
        self._own[name] = Look(
            number,
            level,
            font(run),
            switch(run, "vanish"),
            switch(run, "caps"),
            switch(run, "b"),
            switch(run, "i"),
            outline_of(paragraph),
        )
        self.names[name] = value(child(style, "name")).casefold()
        self._base[name] = value(child(style, "basedOn"))
        kind = value(style, "type")
        if kind == "numbering" and number:
            self.numbering_styles[name] = number
        if kind == "paragraph" and value(style, "default") in {"1", "true", "on"}:
            self.default_paragraph = name

    def look(self, name: str) -> Look:
        """The style's properties with everything it is based on."""
        found = self._whole.get(name)
        if found is None:
            found, step = Look(), name
            for _ in range(_CHAIN):
                if step not in self._own:
                    break
                found = found.over(self._own[step])
                step = self._base[step]
            self._whole[name] = found
        return found

    def holder_of_number(self, name: str) -> str:
        """The style in the chain of `name` that names the list: levels are tied to that one."""
        for _ in range(_CHAIN):
            if name not in self._own or self._own[name].number is not None:
                break
            name = self._base[name]
        return name
