"""How documents hang together: placeholders bound, links told and withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.registry.enums import Grade, LinkKind
from nhipcau.registry.errors import DocumentRefused
from nhipcau.registry.models import Document, DocumentLink
from nhipcau.registry.rules.documents import would_close_a_circle

SIDES = (("from_document", "to_document"), ("to_document", "from_document"))


@transaction.atomic
def bind_placeholder(
    *, placeholder: Document, document: Document, by: Actor, at: datetime
) -> Document:
    """A person says that the placeholder meant this document: its links move there.

    The placeholder stays, pointing at the document, for whoever holds its id, and remembers
    which links moved. Raises DocumentRefused when it is no open placeholder, or when the
    document is one that was bound itself.
    """
    placeholder = Document.objects.select_for_update().get(pk=placeholder.pk)
    if not placeholder.is_placeholder or placeholder.bound_to_id or placeholder.pk == document.pk:
        raise DocumentRefused(
            _("“%(document)s” is not a placeholder that waits for its document.")
            % {"document": str(placeholder)}
        )
    if document.bound_to_id:
        raise DocumentRefused(
            _("“%(document)s” only stands for another document; bind it to that one.")
            % {"document": str(document)}
        )
    moved: list[tuple[int, str]] = []
    withdrawn: list[int] = []
    for near, far in SIDES:
        for link in DocumentLink.objects.filter(**{near: placeholder}):
            told = DocumentLink.every.filter(
                **{near: document, far: getattr(link, far), "kind": link.kind}
            ).exists()
            if told or getattr(link, f"{far}_id") == document.pk:
                link.withdrawn_at = at
                link.save(update_fields=["withdrawn_at"])
                withdrawn.append(link.pk)
                continue
            setattr(link, near, document)
            link.save(update_fields=[near])
            moved.append((link.pk, near))
    placeholder.bound_to = document
    placeholder.binding = {"moved": moved, "withdrawn": withdrawn}
    placeholder.save(update_fields=["bound_to", "binding"])
    record(
        event="registry.placeholder.bound",
        target=placeholder,
        by=by,
        at=at,
        after={"document": str(document.uuid)},
    )
    return document


@transaction.atomic
def release_placeholder(*, placeholder: Document, by: Actor, at: datetime) -> Document:
    """Take a binding back: the placeholder waits again, and its links return to it.

    A link that was changed or withdrawn since stays as people left it. Raises DocumentRefused
    when the placeholder is not bound, or when another document that is only cited has taken its
    number meanwhile.
    """
    placeholder = Document.objects.select_for_update().get(pk=placeholder.pk)
    document = placeholder.bound_to
    if document is None:
        raise DocumentRefused(
            _("“%(document)s” is bound to nothing.") % {"document": str(placeholder)}
        )
    rival = Document.objects.cited_as(placeholder.citation_key).filter(
        issuer_key=placeholder.issuer_key, issued_year=placeholder.issued_year
    )
    if rival.exists():
        raise DocumentRefused(
            _("%(citation)s is on record already.") % {"citation": placeholder.citation}
        )
    for key, near in placeholder.binding.get("moved", []):
        DocumentLink.objects.filter(pk=key, **{near: document}).update(**{near: placeholder})
    DocumentLink.every.filter(pk__in=placeholder.binding.get("withdrawn", [])).update(
        withdrawn_at=None
    )
    placeholder.bound_to = None
    placeholder.binding = {}
    placeholder.save(update_fields=["bound_to", "binding"])
    record(
        event="registry.placeholder.released",
        target=placeholder,
        by=by,
        at=at,
        before={"document": str(document.uuid)},
    )
    return placeholder


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
    told = DocumentLink.every.filter(
        from_document=from_document, to_document=to_document, kind=kind
    ).first()
    if told is not None and told.withdrawn_at is None:
        return told
    if kind in {LinkKind.REPLACES, LinkKind.IMPLEMENTS}:
        known: dict[int, list[int]] = {}
        for start, end in DocumentLink.objects.filter(kind=kind).values_list(
            "from_document_id", "to_document_id"
        ):
            known.setdefault(start, []).append(end)
        if would_close_a_circle(from_document.pk, to_document.pk, known):
            raise DocumentRefused(
                _("“%(to)s” already comes after “%(from)s” by way of other documents.")
                % {"to": str(to_document), "from": str(from_document)}
            )
    link = told or DocumentLink(from_document=from_document, to_document=to_document, kind=kind)
    link.provision, link.words, link.from_day, link.is_whole = provision, words, from_day, is_whole
    link.source, link.grade, link.withdrawn_at = source, grade, None
    link.save()
    record(
        event="registry.documents.linked",
        target=link,
        by=by,
        at=at,
        after={"from": str(from_document), "to": str(to_document), "kind": kind},
    )
    return link


@transaction.atomic
def unlink_documents(*, link: DocumentLink, by: Actor, at: datetime) -> DocumentLink:
    """Withdraw a link that does not hold; the row stays, so that it can be told again."""
    link = (
        DocumentLink.every.select_for_update()
        .select_related("from_document", "to_document")
        .get(pk=link.pk)
    )
    if link.withdrawn_at is not None:
        return link
    link.withdrawn_at = at
    link.save(update_fields=["withdrawn_at"])
    record(
        event="registry.documents.unlinked",
        target=link,
        by=by,
        at=at,
        before={
            "from": str(link.from_document),
            "to": str(link.to_document),
            "kind": link.kind,
        },
    )
    return link


@transaction.atomic
def relink_documents(*, link: DocumentLink, by: Actor, at: datetime) -> DocumentLink:
    """Take a withdrawal back: the link says again what it said. Raises as link_documents does."""
    return link_documents(
        from_document=link.from_document,
        to_document=link.to_document,
        kind=link.kind,
        provision=link.provision,
        words=link.words,
        from_day=link.from_day,
        is_whole=link.is_whole,
        source=link.source,
        grade=link.grade,
        by=by,
        at=at,
    )
