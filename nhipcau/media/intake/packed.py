"""Papers that are a ZIP of parts: read under limits, written anew with one and the same date."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree

from nhipcau.media.intake import gif, jpeg, png, svg, webp
from nhipcau.media.intake.cleaned import Cleaned
from nhipcau.media.intake.formats import recognise_part
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_CLEANERS: dict[str, Callable[[bytes, Limits], tuple[bytes, Cleaned]]] = {
    "jpeg": jpeg.clean_bytes,
    "png": png.clean_bytes,
    "gif": gif.clean_bytes,
    "webp": webp.clean_bytes,
    "svg": svg.clean_bytes,
}


def read_parts(source: Path, limits: Limits) -> dict[str, bytes]:
    """Every part by its name; Refused for a bomb, a password or a name that leads elsewhere."""
    size = source.stat().st_size
    if size > limits.paper_bytes:
        raise Refused(
            Refusal.TOO_LARGE, size=size // 1_000_000, most=limits.paper_bytes // 1_000_000
        )
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(source) as packed:
            listed = packed.infolist()
            if len(listed) > limits.parts or sum(one.file_size for one in listed) > min(
                limits.unpacked_bytes, max(size, 10_000) * limits.ratio
            ):
                raise Refused(Refusal.TOO_LARGE, size=len(listed), most=limits.parts)
            for one in listed:
                if one.flag_bits & 1:
                    raise Refused(Refusal.ENCRYPTED)
                if one.filename in parts or ".." in one.filename.split("/"):
                    raise Refused(Refusal.DAMAGED)
                if one.file_size > limits.part_bytes:
                    raise Refused(
                        Refusal.TOO_LARGE,
                        size=one.file_size // 1_000_000,
                        most=limits.part_bytes // 1_000_000,
                    )
                if not one.is_dir():
                    parts[one.filename] = packed.read(one)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise Refused(Refusal.DAMAGED) from None
    return parts


def write_parts(target: Path, parts: Mapping[str, bytes], *, plain: str = "") -> None:
    """The parts as a ZIP; `plain` names the one that stands first and unpacked."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(
            parts, key=lambda one: (one != plain, one != "[Content_Types].xml", one)
        ):
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_STORED if name == plain else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, parts[name])


def clean_picture(data: bytes, cleaned: Cleaned, limits: Limits) -> bytes:
    """A picture inside a paper, cleaned as a picture of its own."""
    code = recognise_part(data)
    if code in _CLEANERS:
        picture, told = _CLEANERS[code](data, limits)
        cleaned.taken_out |= told.taken_out
        return picture
    if data[:4] in {b"II*\0", b"MM\0*"}:
        raise Refused(Refusal.CANNOT_CLEAN)
    return data


def tree(data: bytes) -> etree._Element:
    """A part as a tree, without entities and network."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(Refusal.DAMAGED) from None
    if b"<!DOCTYPE" in data:
        raise Refused(Refusal.DAMAGED)
    return root


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
