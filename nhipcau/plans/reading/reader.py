"""From a source to a reading: each chapter of the grammar in its turn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.plans.reading.addressees import read_addressees
from nhipcau.plans.reading.attached import read_attached
from nhipcau.plans.reading.bait import parted
from nhipcau.plans.reading.bodies import (
    body_at_line_start,
    completed,
    is_general,
    issuer_in_opening,
    same_family,
    whole_name,
    whose_office,
)
from nhipcau.plans.reading.closing import read_closing
from nhipcau.plans.reading.funding import read_funding
from nhipcau.plans.reading.head import Header
from nhipcau.plans.reading.header import read_header, without_page_top
from nhipcau.plans.reading.judge import refuse_unless_official, weight
from nhipcau.plans.reading.normalise import normalise
from nhipcau.plans.reading.notices import notices
from nhipcau.plans.reading.opening import read_opening
from nhipcau.plans.reading.organisation import read_responsibilities
from nhipcau.plans.reading.outline import read_outline
from nhipcau.plans.reading.reading import Reading, Role, Section, Span, Words
from nhipcau.plans.reading.references import numbered
from nhipcau.plans.reading.reporting import read_reporting
from nhipcau.plans.reading.tables import read_tables
from nhipcau.plans.reading.tasks import read_tasks

if TYPE_CHECKING:
    from nhipcau.plans.reading.normalise import Normalised
    from nhipcau.plans.reading.source import Source


# Kinds that issue another document; what stands behind a plan's signature is only its annex.
_ISSUING = {"QĐ", "NQ", "CV", "TTr", "TB"}


def read(source: Source) -> Reading:
    """What the document says. Raises NotReadable where it is no official document."""
    normalised = normalise(source.text)
    lines, planted = parted(without_page_top(normalised.lines))
    header = read_header(lines)
    closing = read_closing(lines, header.body_from)
    outline = read_outline(lines[header.body_from : closing.begins_at])
    issues = header.doc_type is not None and (
        header.doc_type.code in _ISSUING or not outline.sections
    )
    attached = read_attached(lines, closing.ends_at) if issues else None
    opening_from = lines[header.body_from].start if header.body_from < len(lines) else 0
    opening_to = (
        outline.nodes[0].start
        if outline.nodes
        else (
            lines[closing.begins_at].start
            if closing.begins_at < len(lines)
            else len(normalised.text)
        )
    )
    opening = read_opening(normalised.text[opening_from:opening_to], opening_from)
    content = outline if attached is None else attached.outline
    refuse_unless_official(weight(header, opening, outline, closing, normalised.text))
    notes = [line for line in lines if line.note]
    tasks = read_tasks(content, year=_own_year(header))
    return Reading(
        text=normalised.text,
        doc_type=header.doc_type or opening.kind,
        number=header.number,
        symbol=header.symbol,
        issuing_body=_issuer(header, normalised, opening_from, opening_to),
        parent_body=header.bodies[-2] if len(header.bodies) > 1 else None,
        place=header.place,
        date=header.date,
        title=header.title,
        is_draft=header.draft is not None,
        draft_mark=header.draft,
        incoming_stamp=header.stamp,
        legal_bases=opening.bases,
        nested_references=opening.nested,
        footnote_references=tuple(
            found.reference for line in notes for found in numbered(line.text, line.start)
        ),
        addressees=read_addressees(lines, header.addressed_at),
        sections=tuple(
            Section(node.path, node.title, node.role or Role.CONTENT, Span(node.start, node.end))
            for node in content.sections
        ),
        tasks=tasks,
        annex_tasks=read_tables(lines[header.body_from :], year=_own_year(header)),
        funding_sources=read_funding(content),
        responsibilities=read_responsibilities(content),
        reporting_duties=read_reporting(content),
        recipients=tuple(closing.recipients),
        signing_authority=tuple(closing.authority),
        signer_title=closing.title,
        signer_name=closing.name,
        warnings=notices(
            header=header,
            outline=content,
            tasks=tasks,
            bases=opening.bases,
            recipients=closing.recipients,
            planted=planted,
            text=normalised.text,
        ),
        origins=normalised.origins,
    )


def _own_year(header: Header) -> int | None:
    """The year a plan is for: the one its title names, else that of its date."""
    if header.title is not None:
        years = re.findall(r"\bnăm (\d{4})\b", header.title.text, re.IGNORECASE)
        if years:
            return int(years[-1])
    return int(header.date.iso[:4]) if header.date is not None else None


def _issuer(header: Header, normalised: Normalised, start: int, end: int) -> Words | None:
    printed = whole_name(header.bodies[-1], normalised.text) if header.bodies else None
    if printed is not None and not is_general(printed.text):
        return printed
    acting = issuer_in_opening(normalised.text[start:end], start) or header.acting
    if printed is not None and (acting is None or not same_family(printed.text, acting.text)):
        parent = header.bodies[-2] if len(header.bodies) > 1 else None
        office = whose_office(printed, normalised.text, parent=parent)
        if office is not printed:
            return office
        acting = printed
    if acting is None:
        acting = body_at_line_start(normalised.text[start:end], start)
    if acting is None:
        return None
    return completed(acting, text=normalised.text, until=end, place=header.place)
