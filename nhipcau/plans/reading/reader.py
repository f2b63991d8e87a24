"""From a source to a reading: each chapter of the grammar in its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.plans.reading.bodies import completed, is_general, issuer_in_opening
from nhipcau.plans.reading.header import Header, read_header
from nhipcau.plans.reading.normalise import normalise
from nhipcau.plans.reading.reading import Reading, Words

if TYPE_CHECKING:
    from nhipcau.plans.reading.normalise import Normalised
    from nhipcau.plans.reading.source import Source


def read(source: Source) -> Reading:
    """What the document says. Raises NotReadable where it is no official document."""
    normalised = normalise(source.text)
    header = read_header(normalised.lines)
    return Reading(
        text=normalised.text,
        doc_type=header.doc_type,
        number=header.number,
        symbol=header.symbol,
        issuing_body=_issuer(header, normalised),
        parent_body=header.bodies[-2] if len(header.bodies) > 1 else None,
        place=header.place,
        date=header.date,
        title=header.title,
        is_draft=header.draft is not None,
        draft_mark=header.draft,
        incoming_stamp=header.stamp,
        origins=normalised.origins,
    )


def _issuer(header: Header, normalised: Normalised) -> Words | None:
    opening_from = (
        normalised.lines[header.body_from].start if header.body_from < len(normalised.lines) else 0
    )
    until = min(len(normalised.text), opening_from + 4000)
    printed = header.bodies[-1] if header.bodies else None
    if printed is not None and not is_general(printed.text):
        return printed
    acting = (
        issuer_in_opening(normalised.text[opening_from:until], opening_from)
        or header.acting
        or printed
    )
    if acting is None:
        return None
    return completed(acting, text=normalised.text, until=until, place=header.place)
