"""SVG: a drawing of shapes and words. Whatever acts or reaches outside is refused, not mended.

A drawing with a script in it was made by somebody who wanted one, or by a program that nobody
should trust with it: leaving the script out in silence would hide both. What editing programs
leave behind (metadata, names of folders and people, their own elements) is taken out.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from nhipcau.media.intake import gif, jpeg, png, webp
from nhipcau.media.intake.cleaned import Cleaned, Private, refuse_size, whole
from nhipcau.media.intake.formats import recognise_part
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset(
    {
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "switch",
        "title",
        "desc",
        "style",
        "view",
        "a",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "image",
        "text",
        "tspan",
        "textPath",
        "tref",
        "linearGradient",
        "radialGradient",
        "meshgradient",
        "meshrow",
        "meshpatch",
        "stop",
        "pattern",
        "hatch",
        "hatchpath",
        "solidcolor",
        "clipPath",
        "mask",
        "marker",
        "filter",
        "feBlend",
        "feColorMatrix",
        "feComponentTransfer",
        "feComposite",
        "feConvolveMatrix",
        "feDiffuseLighting",
        "feDisplacementMap",
        "feDistantLight",
        "feDropShadow",
        "feFlood",
        "feFuncA",
        "feFuncB",
        "feFuncG",
        "feFuncR",
        "feGaussianBlur",
        "feImage",
        "feMerge",
        "feMergeNode",
        "feMorphology",
        "feOffset",
        "fePointLight",
        "feSpecularLighting",
        "feSpotLight",
        "feTile",
        "feTurbulence",
        "animate",
        "animateTransform",
        "animateMotion",
        "mpath",
        "set",
    }
)
_DROPPED = frozenset({"metadata"})
_ANIMATIONS = frozenset({"animate", "animateTransform", "animateMotion", "set"})
_OUTSIDE_STYLE = re.compile(r"@import|expression\s*\(|behavior\s*:|-moz-binding", re.IGNORECASE)
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DATA = re.compile(r"data:image/[a-z+.-]+;base64,", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9.]+)(px|pt|mm|cm|in|)\s*\Z")
_IN_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "in": 96.0, "mm": 96 / 25.4, "cm": 96 / 2.54}
_CLEANERS: dict[str, Callable[[bytes, Limits], tuple[bytes, Cleaned]]] = {
    "jpeg": jpeg.clean_bytes,
    "png": png.clean_bytes,
    "gif": gif.clean_bytes,
    "webp": webp.clean_bytes,
}


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    data, cleaned = clean_bytes(whole(source, limits.drawing_bytes), limits)
    target.write_bytes(data)
    return cleaned


def clean_bytes(data: bytes, limits: Limits) -> tuple[bytes, Cleaned]:
    cleaned = Cleaned()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(Refusal.DAMAGED) from None
    if b"<!ENTITY" in data:
        raise Refused(Refusal.ACTIVE_DRAWING, what="!ENTITY")
    if root.tag != f"{{{SVG}}}svg":
        raise Refused(Refusal.DAMAGED)
    for element in list(root.iter()):
        _clean_element(element, cleaned, limits)
    for outside in (root.itersiblings(preceding=True), root.itersiblings()):
        for sibling in list(outside):
            if isinstance(sibling, etree._ProcessingInstruction):  # noqa: SLF001 -- lxml's only name for it
                raise Refused(Refusal.OUTSIDE_DRAWING, what=str(sibling.target)[:40])
            cleaned.taken_out.add(Private.WORDS)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xlink"])
    cleaned.width, cleaned.height = _size(root)
    refuse_size(cleaned.width, cleaned.height, limits)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), cleaned


def _clean_element(element: etree._Element, cleaned: Cleaned, limits: Limits) -> None:
    tag: object = element.tag
    if not isinstance(tag, str):
        if isinstance(element, etree._ProcessingInstruction):  # noqa: SLF001 -- as above
            raise Refused(Refusal.OUTSIDE_DRAWING, what=str(element.target)[:40])
        if isinstance(element, etree._Entity):  # noqa: SLF001 -- as above
            raise Refused(Refusal.ACTIVE_DRAWING, what="!ENTITY")
        _drop(element)
        cleaned.taken_out.add(Private.WORDS)
        return
    name = etree.QName(tag)
    if name.namespace != SVG or name.localname in _DROPPED:
        if name.namespace in {"http://www.w3.org/1999/xhtml", None}:
            raise Refused(Refusal.ACTIVE_DRAWING, what=name.localname[:40])
        cleaned.taken_out |= {Private.TRACES}
        _drop(element)
        return
    if name.localname not in _ELEMENTS:
        raise Refused(Refusal.ACTIVE_DRAWING, what=name.localname[:40])
    if name.localname == "style":
        _refuse_style("".join(map(str, element.itertext())))
    for key, value in list(element.attrib.items()):
        _clean_attribute(element, str(key), str(value), cleaned, limits)


def _clean_attribute(
    element: etree._Element, key: str, value: str, cleaned: Cleaned, limits: Limits
) -> None:
    tag, name = etree.QName(element.tag).localname, etree.QName(key)
    local = name.localname.lower()
    if local.startswith("on") or (
        tag in _ANIMATIONS and local == "attributename" and "href" in value.lower()
    ):
        raise Refused(Refusal.ACTIVE_DRAWING, what=local[:40])
    if name.namespace not in {None, XLINK, _XML} or local == "base":
        cleaned.taken_out.add(Private.TRACES)
        del element.attrib[key]
        return
    if local == "href":
        element.attrib[key] = _clean_reference(value, cleaned, limits)
    else:
        _refuse_style(value)


def _clean_reference(value: str, cleaned: Cleaned, limits: Limits) -> str:
    """A reference inside the drawing, or a picture in it; everything else reaches outside."""
    plain = "".join(value.split())
    if plain.startswith("#"):
        return value
    found = _DATA.match(plain)
    if found is None:
        what = Refusal.ACTIVE_DRAWING if "script:" in plain.lower() else Refusal.OUTSIDE_DRAWING
        raise Refused(what, what=plain[:60])
    try:
        data = base64.b64decode(plain[found.end() :], validate=True)
    except (binascii.Error, ValueError):
        raise Refused(Refusal.DAMAGED) from None
    code = recognise_part(data)
    if code not in _CLEANERS:
        raise Refused(Refusal.ACTIVE_DRAWING, what="image")
    picture, told = _CLEANERS[code](data, limits)
    cleaned.taken_out |= told.taken_out
    return f"data:image/{code};base64,{base64.b64encode(picture).decode()}"


def _refuse_style(words: str) -> None:
    plain = _ESCAPE.sub(_unescaped, _COMMENT.sub("", words))
    outside = _OUTSIDE_STYLE.search(plain)
    if outside is not None:
        raise Refused(Refusal.OUTSIDE_DRAWING, what=outside.group()[:40])
    for found in _URL.finditer(plain):
        if not found[2].strip().startswith("#"):
            raise Refused(Refusal.OUTSIDE_DRAWING, what=found[2].strip()[:60])


def _unescaped(escape: re.Match[str]) -> str:
    r"""The letter that a CSS escape stands for: “u\72l” is “url”."""
    code = int(escape[1], 16) if escape[1] else 0
    return chr(code) if 0 < code < 0x110000 else escape[2] or ""


def _drop(element: etree._Element) -> None:
    """Take an element out; the words behind it stay."""
    above = element.getparent()
    if above is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            above.text = (above.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    above.remove(element)


def _size(root: etree._Element) -> tuple[int, int]:
    """The drawing's own size in pixels, else that of its view box, else 300 by 150 as CSS says."""
    sides = [_LENGTH.match(str(root.get(side, ""))) for side in ("width", "height")]
    if sides[0] is not None and sides[1] is not None:
        found = [float(side[1]) * _IN_PIXELS[side[2]] for side in sides if side is not None]
    else:
        box = str(root.get("viewBox", "")).replace(",", " ").split()
        try:
            found = [float(box[2]), float(box[3])]
        except (IndexError, ValueError):
            return (300, 150)
    return (max(1, round(found[0])), max(1, round(found[1])))
