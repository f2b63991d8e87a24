"""Citing documents, bringing them, linking them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import canonical
from nhipcau.registry.enums import DatePrecision, DocumentType, Grade, LinkKind
from nhipcau.registry.errors import DocumentAmbiguous, DocumentRefused
from nhipcau.registry.models import Document, DocumentLink, Unit
from nhipcau.registry.queries.documents import cited_form, documents_cited
from nhipcau.registry.rules.citations import Citation, Cited, parsed
from nhipcau.registry.rules.documents import would_close_a_circle

_NUMBERS = 0x6E68_6964_6F63


def _one_at_a_time() -> None:
    """Whoever looks whether a document is on record, and puts it there, does it alone.

    To the end of the transaction. On SQLite a writing transaction has the database to itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERS])


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


@transaction.atomic
def cite_document(
    *, particulars: Particulars, source: str = "", by: Actor, at: datetime
) -> Document:
    """The document that is cited; a placeholder is made when none on record fits.

    One cited without a number (a law) is the placeholder of the same title and day. Raises
    DocumentAmbiguous when several fit (the same number of several bodies or years).
    """
    citation, cited = _identity(particulars)
    _one_at_a_time()
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
    citation, cited = _identity(particulars)
    _one_at_a_time()
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
    _one_at_a_time()
    document = Document.objects.select_for_update().get(pk=document.pk)
    citation, cited = _identity(particulars)
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
def bind_placeholder(
    *, placeholder: Document, document: Document, by: Actor, at: datetime
) -> Document:
    """A person says that the placeholder meant this document: its links move there.

    The placeholder stays, pointing at the document, for whoever holds its id. Raises
    DocumentRefused when it is no open placeholder.
    """
    placeholder = Document.objects.select_for_update().get(pk=placeholder.pk)
    if not placeholder.is_placeholder or placeholder.bound_to_id or placeholder.pk == document.pk:
        raise DocumentRefused(
            _("“%(document)s” is not a placeholder that waits for its document.")
            % {"document": str(placeholder)}
        )
    for near, far in (("from_document", "to_document"), ("to_document", "from_document")):
        for link in DocumentLink.objects.filter(**{near: placeholder}):
            told = DocumentLink.objects.filter(
                **{near: document, far: getattr(link, far), "kind": link.kind}
            ).exists()
            if told or getattr(link, f"{far}_id") == document.pk:
                link.delete()
                continue
            setattr(link, near, document)
            link.save(update_fields=[near])
    placeholder.bound_to = document
    placeholder.save(update_fields=["bound_to"])
    record(
        event="registry.placeholder.bound",
        target=placeholder,
        by=by,
        at=at,
        after={"document": str(document.uuid)},
    )
    return document


@transaction.atomic
def link_documents(
    *,
    from_document: Document,
    to_document: Document,
    kind: str,
    provision: str = "",
    words: str = "",
    from_day: date | None = None,
    is_whole: bool = True,
    source: str = "",
    grade: str = Grade.KNOWN,
    by: Actor,
    at: datetime,
) -> DocumentLink:
    """Say how one document stands to another; saying it twice changes nothing.

    Raises DocumentRefused for a link to itself, and for one that would close a circle of
    replacements or of implementation.
    """
    if from_document.pk == to_document.pk:
        raise DocumentRefused(_("A document does not link to itself."))
    told = DocumentLink.objects.filter(
        from_document=from_document, to_document=to_document, kind=kind
    ).first()
    if told is not None:
        return told
    if kind in {LinkKind.REPLACES, LinkKind.IMPLEMENTS}:
        known: dict[int, list[int]] = {}
        for start, end in DocumentLink.objects.filter(kind=kind).values_list(
            F("from_document_id"), F("to_document_id")
        ):
            known.setdefault(start, []).append(end)
        if would_close_a_circle(from_document.pk, to_document.pk, known):
            raise DocumentRefused(
                _("“%(to)s” already comes after “%(from)s” by way of other documents.")
                % {"to": str(to_document), "from": str(from_document)}
            )
    link = DocumentLink.objects.create(
        from_document=from_document,
        to_document=to_document,
        kind=kind,
        provision=provision,
        words=words,
        from_day=from_day,
        is_whole=is_whole,
        source=source,
        grade=grade,
    )
    record(
        event="registry.documents.linked",
        target=link,
        by=by,
        at=at,
        after={"from": str(from_document), "to": str(to_document), "kind": kind},
    )
    return link


def _identity(particulars: Particulars) -> tuple[Citation | None, Cited]:
    citation = parsed(particulars.citation) if particulars.citation else None
    year = particulars.issued_on.year if particulars.issued_on else None
    if citation is None:
        return None, Cited("")
    return citation, cited_form(citation, issuer=particulars.issuer, year=year)


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


def _ambiguous(particulars: Particulars, count: int) -> DocumentAmbiguous:
    return DocumentAmbiguous(
        _("%(count)d documents on record bear the number %(citation)s; choose the one meant.")
        % {"count": count, "citation": particulars.citation}
    )
