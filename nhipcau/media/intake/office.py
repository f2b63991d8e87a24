"""Word, Excel and PowerPoint (ISO 29500): parts with words and pictures stay, the rest goes."""

from __future__ import annotations

import re
from pathlib import Path

from nhipcau.media.intake.cleaned import Cleaned, Private
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.packed import clean_picture, read_parts, tree, write_parts, written
from nhipcau.media.intake.refusals import Refusal, Refused

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MACROS = re.compile(
    r"(?:^|/)(?:vba\w*\.(?:bin|xml)|activeX/|macrosheets/|customUI)", re.IGNORECASE
)
_EMBEDDED = re.compile(r"(?:^|/)(?:embeddings/|oleObject\w*\.bin$)", re.IGNORECASE)
_OUTSIDE = re.compile(r"^xl/(?:connections\.xml|queryTables/|externalLinks/)", re.IGNORECASE)
_REMARKS = re.compile(
    r"^(?:word/comments\w*\.xml|xl/(?:comments|threadedComments)\S*\.xml|ppt/comments/)",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"^(?:docProps/(?!core\.xml$|app\.xml$).*|_rels/data.*|word/people\.xml|xl/persons/.*"
    r"|ppt/commentAuthors\.xml|ppt/authors\.xml|(?:xl|ppt)/printerSettings/.*|word/printerSettings/.*"
    r"|ppt/changesInfos/.*|ppt/revisionInfo\.xml|xl/revisions/.*|customXml/.*|docMetadata/.*"
    r"|word/webSettings\.xml|\[trash\]/.*)$"
)
_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
# What editing leaves in the parts themselves; each is whole in its tag, so no tree is needed.
_RSID = re.compile(rb'\sw:rsid\w*="[^"<>]*"')
_RSIDS = re.compile(rb"<w:rsids>.*?</w:rsids>|<w:rsids/>", re.DOTALL)
_TEMPLATE = re.compile(rb"<w:attachedTemplate\b[^<>]*/>")
_PATH = re.compile(
    rb"<mc:AlternateContent\b(?:(?!</mc:AlternateContent>).)*?absPath.*?</mc:AlternateContent>"
    rb"|<x15ac:absPath\b[^<>]*/>",
    re.DOTALL,
)
_SHARING = re.compile(rb"<fileSharing\b[^<>]*/>")
_PRINTER = re.compile(rb'(<pageSetup\b[^<>]*?)\sr:id="[^"<>]*"')
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange)\b[^<>]*w:author=")
_SAFE_LINKS = ("http://", "https://", "mailto:", "tel:", "#")


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    parts, cleaned = read_parts(source, limits), Cleaned()
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any(_MACROS.search(name) for name in parts):
        raise Refused(Refusal.MACROS)
    if any(name.startswith("_xmlsignatures/") for name in parts):
        raise Refused(Refusal.SIGNED)
    for name in parts:
        if _EMBEDDED.search(name):
            raise Refused(Refusal.EMBEDDED)
        if _OUTSIDE.search(name):
            raise Refused(Refusal.OUTSIDE_DATA, what=name[:60])
        if _REMARKS.search(name):
            raise Refused(Refusal.REMARKS)
    kept = {
        name: _clean_part(name, data, cleaned, limits)
        for name, data in parts.items()
        if not _DROPPED.match(name)
    }
    if len(kept) < len(parts):
        cleaned.taken_out.add(Private.TRACES)
    for name in [one for one in kept if one.endswith(".rels")]:
        kept[name] = _clean_relations(name, kept[name], kept)
    kept["[Content_Types].xml"] = _clean_types(types, kept)
    write_parts(target, kept)
    return cleaned


def _clean_part(name: str, data: bytes, cleaned: Cleaned, limits: Limits) -> bytes:
    if name == "docProps/core.xml":
        cleaned.taken_out |= {Private.PERSON, Private.TIME}
        return _CORE
    if name == "docProps/app.xml":
        cleaned.taken_out.add(Private.TRACES)
        return _APP
    if "/media/" in name:
        return clean_picture(data, cleaned, limits)
    if not name.endswith(".xml"):
        return data
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        data = written(tree(data))  # one encoding, so that the patterns see what a reader sees
    if _TRACKED.search(data):
        raise Refused(Refusal.REMARKS)
    mended = _RSID.sub(b"", data)
    for pattern in (_RSIDS, _TEMPLATE, _PATH, _SHARING):
        mended = pattern.sub(b"", mended)
    mended = _PRINTER.sub(rb"\1", mended)
    if mended != data:
        cleaned.taken_out.add(Private.TRACES)
    tree(mended)
    return mended


def _clean_relations(name: str, data: bytes, kept: dict[str, bytes]) -> bytes:
    """Relations to parts that are gone go too; those that reach outside are links or refused."""
    root = tree(data)
    folder = name.rpartition("_rels/")[0]
    for relation in root.findall(_RELATION):
        target, kind = str(relation.get("Target", "")), str(relation.get("Type", ""))
        if relation.get("TargetMode") == "External":
            if kind.endswith("/attachedTemplate"):
                root.remove(relation)
            elif not kind.endswith("/hyperlink") or not target.lower().startswith(_SAFE_LINKS):
                raise Refused(Refusal.OUTSIDE_DATA, what=target[:60])
        elif _resolved(folder, target) not in kept and not target.startswith("#"):
            root.remove(relation)
    return written(root)


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps: list[str] = []
    for step in (folder + target).split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def _clean_types(data: bytes, kept: dict[str, bytes]) -> bytes:
    root = tree(data)
    for one in list(root):
        part = str(one.get("PartName", ""))
        if part and part.removeprefix("/") not in kept:
            root.remove(one)
    return written(root)
