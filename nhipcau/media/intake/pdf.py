"""PDF: written anew from the objects that its pages need, without who, where, with what and when.

What acts (scripts, programs to launch, films of old players), files inside the file, passwords
and electronic signatures are refused: a signature would not outlive the cleaning.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf

from nhipcau.media.intake import jpeg
from nhipcau.media.intake.cleaned import Cleaned, Private
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_TRACES = ("/Metadata", "/PieceInfo", "/LastModified", "/SpiderInfo", "/Thumb", "/OCMD_Author")
_ACTIVE = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/Rendition",
    "/RichMediaExecute",
}
_ACTIVE_NOTES = {"/RichMedia", "/Movie", "/Screen", "/3D"}


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    size = source.stat().st_size
    if size > limits.paper_bytes:
        raise Refused(
            Refusal.TOO_LARGE, size=size // 1_000_000, most=limits.paper_bytes // 1_000_000
        )
    try:
        with pikepdf.open(source) as paper:
            cleaned = _clean(paper, limits)
            paper.save(
                target,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
                fix_metadata_version=False,
            )
    except pikepdf.PasswordError:
        raise Refused(Refusal.ENCRYPTED) from None
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError):
        raise Refused(Refusal.DAMAGED) from None
    return cleaned


def _clean(paper: pikepdf.Pdf, limits: Limits) -> Cleaned:
    if paper.is_encrypted:
        raise Refused(Refusal.ENCRYPTED)
    cleaned = Cleaned(pages=len(paper.pages))
    if not paper.pages:
        raise Refused(Refusal.DAMAGED)
    if len(paper.pages) > limits.pages:
        raise Refused(Refusal.TOO_LARGE, size=len(paper.pages), most=limits.pages)
    root = paper.Root
    form = root.get("/AcroForm")
    if form is not None and int(form.get("/SigFlags", 0)) & 1:
        raise Refused(Refusal.SIGNED)
    if form is not None and "/XFA" in form:
        raise Refused(Refusal.ACTIVE_PDF, what="XFA")
    names = root.get("/Names", pikepdf.Dictionary())
    if "/JavaScript" in names:
        raise Refused(Refusal.ACTIVE_PDF, what="JavaScript")
    if "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root:
        raise Refused(Refusal.EMBEDDED)
    if "/Info" in paper.trailer:
        cleaned.taken_out |= {Private.PERSON, Private.TRACES}
        del paper.trailer["/Info"]
    for thing in paper.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            _clean_thing(thing, cleaned, limits, depth=0)
    return cleaned


def _clean_thing(thing: Any, cleaned: Cleaned, limits: Limits, *, depth: int) -> None:
    """Clean one object, and the dictionaries that lie in it without a number of their own."""
    if depth > 50:
        raise Refused(Refusal.DAMAGED)
    _refuse_active(thing)
    for name in _TRACES:
        if name in thing:
            del thing[name]
            cleaned.taken_out.add(Private.THUMBNAIL if name == "/Thumb" else Private.TRACES)
    if str(thing.get("/Subtype", "")) != "/Widget" and "/Rect" in thing:
        for name in ("/T", "/M", "/CreationDate", "/NM"):
            if name in thing:
                del thing[name]
                cleaned.taken_out.add(Private.PERSON)
    if isinstance(thing, pikepdf.Stream):
        _clean_picture(thing, cleaned, limits)
    for value in thing.values():
        _clean_value(value, cleaned, limits, depth=depth + 1)


def _clean_value(value: Any, cleaned: Cleaned, limits: Limits, *, depth: int) -> None:
    if not isinstance(value, pikepdf.Object) or value.is_indirect:
        return
    if isinstance(value, pikepdf.Dictionary):
        _clean_thing(value, cleaned, limits, depth=depth)
    elif isinstance(value, pikepdf.Array):
        if depth > 50:
            raise Refused(Refusal.DAMAGED)
        for one in value:
            _clean_value(one, cleaned, limits, depth=depth + 1)


def _refuse_active(thing: Any) -> None:
    action, note = str(thing.get("/S", "")), str(thing.get("/Subtype", ""))
    if action in _ACTIVE:
        raise Refused(Refusal.ACTIVE_PDF, what=action[1:])
    if note in _ACTIVE_NOTES:
        raise Refused(Refusal.ACTIVE_PDF, what=note[1:])
    if note == "/FileAttachment" or "/EF" in thing:
        raise Refused(Refusal.EMBEDDED)
    if str(thing.get("/Type", "")) == "/Sig" or str(thing.get("/FT", "")) == "/Sig":
        raise Refused(Refusal.SIGNED)


def _clean_picture(stream: Any, cleaned: Cleaned, limits: Limits) -> None:
    """A photograph in a PDF is a whole JPEG file, with whatever its camera wrote into it."""
    if str(stream.get("/Subtype", "")) != "/Image":
        return
    packing = stream.get("/Filter")
    if isinstance(packing, pikepdf.Array) and len(packing) == 1:
        packing = packing[0]
    if str(packing) != "/DCTDecode":
        return
    data = stream.read_raw_bytes()
    try:
        picture, told = jpeg.clean_bytes(data, limits, keep_turn=False)
    except Refused as refused:
        if refused.why is Refusal.BOMB:
            raise
        raise Refused(Refusal.CANNOT_CLEAN) from None
    if told.taken_out:
        cleaned.taken_out |= told.taken_out
        stream.write(
            picture, filter=pikepdf.Name.DCTDecode, decode_parms=stream.get("/DecodeParms")
        )
