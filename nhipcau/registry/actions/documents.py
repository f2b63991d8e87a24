"""Citing documents and bringing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import canonical
from nhipcau.registry.enums import DatePrecision, DocumentType, Grade
from nhipcau.registry.errors import DocumentAmbiguous, DocumentRefused
from nhipcau.registry.locks import one_number_at_a_time
from nhipcau.registry.models import Document, DocumentLink, Unit
from nhipcau.registry.queries.documents import cited_form, documents_cited
from nhipcau.registry.queries.sources import named_sources
from nhipcau.registry.rules.citations import Citation, Cited, parsed


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is printed on a document, or said of it where it is cited.

    `issued_on` is the first day of the month or year when `precision` is coarser than a day.
    `type` is for documents whose number does not tell it (laws, resolutions of the Assembly).
    """

    citation: str = ""
    type: str = ""
    issuer: str = ""
    issuer_unit: Unit | None = None
    issued_on: date | None = None
    precision: str = DatePrecision.UNKNOWN
    title: str = ""
    in_force_from: date | None = None
    in_force_to: date | None = None
    note: str = ""

    @property
    def identity(self) -> tuple[Citation | None, Cited]:
        """The number as read, and what identifies the document; nothing where it is no number."""
        citation = parsed(self.citation) if self.citation else None
        if citation is None:
            return None, Cited("")
        year = self.issued_on.year if self.issued_on else None
        return citation, cited_form(citation, issuer=self.issuer, year=year)


@transaction.atomic
def cite_document(
    *, particulars: Particulars, source: str = "", by: Actor, at: datetime
) -> Document:
    """The document that is cited; a placeholder is made when none on record fits.

    One cited without a number (a law) is the placeholder of the same title and day. Raises
    DocumentAmbiguous when several fit (the same number of several bodies or years).
    """
    citation, cited = particulars.identity
    one_number_at_a_time()
    fitting = documents_cited(cited) if cited.citation_key else _unnumbered(particulars)
    if len(fitting) > 1:
        raise _ambiguous(particulars, len(fitting))
    if fitting:
        return fitting[0]
    document = Document(is_placeholder=True, source=source, grade=Grade.KNOWN)
    _fill(document, particulars, citation, cited)
    document.save()
    record(
        event="registry.document.cited",
        target=document,
        by=by,
        at=at,
        after={"citation": document.citation, "title": document.title},
    )
    return document


def _unnumbered(particulars: Particulars) -> list[Document]:
    """The document cited before without a number, under this title, with this day."""
    title = canonical(particulars.title)
    same = Document.objects.filter(
        citation_key="", title=title, issued_on=particulars.issued_on, bound_to__isnull=True
    )
    return list(same.order_by("pk")[:1]) if title else []


@transaction.atomic
def register_document(
    *, particulars: Particulars, source: str = "", grade: str = Grade.LAW, by: Actor, at: datetime
) -> Document:
    """Put a document on record that is here; the placeholder under which it was cited becomes it.

    Raises DocumentRefused when it is on record already, DocumentAmbiguous when several
    placeholders fit; nothing is changed then.
    """
    citation, cited = particulars.identity
    one_number_at_a_time()
    fitting = documents_cited(cited) if cited.citation_key else []
    same = [
        each
        for each in fitting
        if not each.is_placeholder
        and (each.issuer_key, each.issued_year) == (cited.issuer_key, cited.year or 0)
    ]
    if same:
        raise DocumentRefused(
            _("%(citation)s is on record already.") % {"citation": same[0].citation}
        )
    waiting = [each for each in fitting if each.is_placeholder]
    if len(waiting) > 1:
        raise _ambiguous(particulars, len(waiting))
    document = waiting[0] if waiting else Document()
    _fill(document, particulars, citation, cited)
    document.is_placeholder = False
    document.source, document.grade = source, grade
    document.save()
    record(
        event="registry.document.bound" if waiting else "registry.document.registered",
        target=document,
        by=by,
        at=at,
        before={"placeholder": True} if waiting else {},
        after={"citation": document.citation, "title": document.title},
    )
    return document


@transaction.atomic
def complete_document(
    *, document: Document, particulars: Particulars, by: Actor, at: datetime
) -> Document:
    """Fill in what a draft left blank once the signed paper is here: number, date, title.

    What is not said in `particulars` stays as it was. Raises DocumentRefused when another
    document on record bears the number; nothing is changed then.
    """
    one_number_at_a_time()
    document = Document.objects.select_for_update().get(pk=document.pk)
    citation, cited = particulars.identity
    if citation is None or not citation.number:
        citation = parsed(document.citation) if document.citation else None
        cited = Cited(document.citation_key, document.issuer_key, document.issued_year or None)
    taken = (
        Document.objects.cited_as(cited.citation_key)
        .filter(issuer_key=cited.issuer_key, issued_year=cited.year or 0, bound_to__isnull=True)
        .exclude(pk=document.pk)
        .exists()
    )
    if taken:
        raise DocumentRefused(
            _("%(citation)s is on record already.") % {"citation": particulars.citation}
        )
    before = {"citation": document.citation, "title": document.title}
    _fill(document, particulars, citation, cited)
    document.save()
    after = {"citation": document.citation, "title": document.title}
    if after != before:
        record(
            event="registry.document.completed",
            target=document,
            by=by,
            at=at,
            before=before,
            after=after,
        )
    return document


@transaction.atomic
def take_off_record(*, document: Document, by: Actor, at: datetime) -> Document | None:
    """Undo a document that was put on record by mistake.

    One that others cite is a placeholder again, with what is said of it; one that nothing names
    is gone, and None is returned. Raises DocumentRefused for a document that came with the
    shipped facts, and for one on which something stands (a plan, a change of units).
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.is_placeholder or document.source in named_sources():
        raise DocumentRefused(
            _("“%(document)s” was not put on record by somebody here.")
            % {"document": str(document)}
        )
    if _bears_something(document):
        raise DocumentRefused(
            _("Something stands on “%(document)s”: it stays on record.")
            % {"document": str(document)}
        )
    record(
        event="registry.document.taken_off",
        target=document,
        by=by,
        at=at,
        before={"citation": document.citation, "title": document.title},
    )
    if not DocumentLink.objects.filter(to_document=document).exists():
        document.delete()
        return None
    document.is_placeholder = True
    document.save(update_fields=["is_placeholder"])
    return document


def _bears_something(document: Document) -> bool:
    """Whether a row of any room would fall with it: a plan, a change of units, a placeholder."""
    return any(
        relation.field.model._base_manager.filter(**{relation.field.name: document}).exists()
        for relation in document._meta.related_objects
        if relation.on_delete is models.PROTECT
    )


def _fill(
    document: Document, particulars: Particulars, citation: Citation | None, cited: Cited
) -> None:
    kind = particulars.type or (citation.type if citation else DocumentType.OTHER)
    document.type = kind or document.type
    document.number = citation.number if citation else ""
    document.symbol = citation.symbol if citation else ""
    document.citation = canonical(particulars.citation) or document.citation
    document.citation_key = cited.citation_key
    document.issuer_key = cited.issuer_key or document.issuer_key
    document.issued_year = cited.year or document.issued_year
    document.issuer_text = canonical(particulars.issuer) or document.issuer_text
    document.issuer = particulars.issuer_unit or document.issuer
    if particulars.issued_on is not None:
        document.issued_on = particulars.issued_on
        known = particulars.precision != DatePrecision.UNKNOWN
        document.issued_precision = particulars.precision if known else DatePrecision.DAY
    document.title = canonical(particulars.title) or document.title
    document.in_force_from = particulars.in_force_from or document.in_force_from
    document.in_force_to = particulars.in_force_to or document.in_force_to
    document.note = particulars.note.strip() or document.note


def _ambiguous(particulars: Particulars, count: int) -> DocumentAmbiguous:
    return DocumentAmbiguous(
        _("%(count)d documents on record bear the number %(citation)s; choose the one meant.")
        % {"count": count, "citation": particulars.citation}
    )
