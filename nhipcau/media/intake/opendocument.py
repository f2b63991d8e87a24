"""OpenDocument text, sheets and slides (ISO 26300): words and pictures stay, the rest goes."""

from __future__ import annotations

import re
from pathlib import Path

from nhipcau.media.intake.cleaned import Cleaned, Private
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.packed import clean_picture, read_parts, tree, write_parts, written
from nhipcau.media.intake.refusals import Refusal, Refused

_MANIFEST = "META-INF/manifest.xml"
_PATH = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path"
_MACROS = re.compile(r"^(?:Basic|Scripts|Dialogs)/", re.IGNORECASE)
_DROPPED = re.compile(
    r"^(?:meta\.xml|settings\.xml|Thumbnails/.*|Configurations2?/.*|layout-cache|manifest\.rdf)$"
)
_REMARKS = re.compile(rb"<office:annotation\b|<text:tracked-changes\b|<table:tracked-changes\b")
_SCRIPTS = re.compile(rb"<office:scripts>\s*<|<script:event-listener\b")


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    parts, cleaned = read_parts(source, limits), Cleaned()
    if any(_MACROS.match(name) for name in parts):
        raise Refused(Refusal.MACROS)
    if "META-INF/documentsignatures.xml" in parts:
        raise Refused(Refusal.SIGNED)
    manifest = parts.get(_MANIFEST)
    if manifest is None or "content.xml" not in parts:
        raise Refused(Refusal.DAMAGED)
    if b"encryption-data" in manifest:
        raise Refused(Refusal.ENCRYPTED)
    if any(name.startswith("ObjectReplacements/") for name in parts):
        raise Refused(Refusal.EMBEDDED)
    kept = {}
    for name, data in parts.items():
        if _DROPPED.match(name):
            cleaned.taken_out |= {Private.PERSON, Private.TRACES}
            continue
        kept[name] = _clean_part(name, data, cleaned, limits)
    root = tree(manifest)
    for entry in list(root):
        path = str(entry.get(_PATH, ""))
        if path != "/" and path not in kept and not path.endswith("/"):
            root.remove(entry)
    kept[_MANIFEST] = written(root)
    write_parts(target, kept, plain="mimetype")
    return cleaned


def _clean_part(name: str, data: bytes, cleaned: Cleaned, limits: Limits) -> bytes:
    if name.startswith(("Pictures/", "media/")):
        return clean_picture(data, cleaned, limits)
    if name.endswith(".xml") and name != _MANIFEST:
        if _SCRIPTS.search(data):
            raise Refused(Refusal.MACROS)
        if _REMARKS.search(data):
            raise Refused(Refusal.REMARKS)
        tree(data)
    return data
