"""Documents as they were cited, as they stand on a day, and how they hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db import connection
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from nhipcau.registry.enums import DocumentState, LinkKind
from nhipcau.registry.models import Document, DocumentLink
from nhipcau.registry.rules.citations import Citation, Cited, issuer_key, may_be_the_same
from nhipcau.registry.rules.documents import Effect, followed_by, state_on


def cited_form(citation: Citation, *, issuer: str, year: int | None) -> Cited:
    """What identifies a document: a symbol that tells the issuer makes the printed issuer idle."""
    return Cited(
        citation_key=citation.key,
        issuer_key="" if citation.names_its_issuer else issuer_key(issuer),
        year=citation.year or year,
    )


def documents_cited(cited: Cited) -> list[Document]:
    """Every document on record that the citation may mean, bound placeholders left out.

    One query.
    """
    rows = Document.objects.cited_as(cited.citation_key)
    return [
        document
        for document in rows.order_by("is_placeholder", "pk")
        if may_be_the_same(
            cited,
            Cited(document.citation_key, document.issuer_key, document.issued_year or None),
        )
    ]


def states_on(documents: Collection[Document], *, on: date) -> dict[int, DocumentState]:
    """The state of each document on the day, by id. One query, however many documents."""
    effects: dict[int, list[Effect]] = defaultdict(list)
    links = DocumentLink.objects.filter(
        to_document__in=[document.pk for document in documents],
        kind__in=[LinkKind.REPLACES, LinkKind.AMENDS],
    ).select_related("from_document")
    for link in links:
        effects[link.to_document_id].append(
            Effect(
                kind=link.kind,
                by_id=link.from_document_id,
                from_day=link.from_day or link.from_document.in_force_from,
                whole=link.is_whole,
            )
        )
    return {
        document.pk: state_on(
            on,
            in_force_from=document.in_force_from,
            in_force_to=document.in_force_to,
            effects=effects[document.pk],
        )
        for document in documents
    }


def with_state(documents: QuerySet[Document], *, on: date) -> QuerySet[Document]:
    """Each document with its `state` on the day, so that lists can be narrowed to one.

    The database says what `rules.documents.state_on` says; part of the list's own query.
    """
    effects = (
        DocumentLink.objects.filter(to_document=OuterRef("pk"))
        .annotate(counts_from=Coalesce("from_day", "from_document__in_force_from"))
        .filter(counts_from__lte=on)
    )
    replaced = effects.filter(kind=LinkKind.REPLACES, is_whole=True)
    touched = effects.filter(kind__in=[LinkKind.REPLACES, LinkKind.AMENDS])
    return documents.annotate(
        state=Case(
            When(in_force_from__gt=on, then=Value(DocumentState.NOT_YET)),
            When(Exists(replaced), then=Value(DocumentState.REPLACED)),
            When(in_force_to__lte=on, then=Value(DocumentState.ENDED)),
            When(Exists(touched), then=Value(DocumentState.AMENDED)),
            When(in_force_from__isnull=False, then=Value(DocumentState.IN_FORCE)),
            default=Value(DocumentState.UNKNOWN),
            output_field=CharField(),
        )
    )


def successors_of(documents: Collection[Document], *, as_of: date) -> dict[int, list[Document]]:
    """What stands in the place of each document on the day, by id; only where something does.

    Two queries, however many documents.
    """
    replaced_by: dict[int, list[tuple[int, date | None]]] = defaultdict(list)
    links = DocumentLink.objects.filter(kind=LinkKind.REPLACES, is_whole=True).values_list(
        "to_document_id", "from_document_id", "from_day", "from_document__in_force_from"
    )
    for old, new, counts_from, in_force_from in links:
        replaced_by[old].append((new, counts_from or in_force_from))
    found = {
        document.pk: followed_by(document.pk, replaced_by, as_of=as_of) for document in documents
    }
    heirs = Document.objects.in_bulk({heir for heirs in found.values() for heir in heirs})
    return {
        key: sorted((heirs[heir] for heir in following), key=lambda heir: (heir.citation, heir.pk))
        for key, following in found.items()
        if following
    }


def states_and_heirs(
    documents: Collection[Document], *, on: date
) -> tuple[dict[int, DocumentState], dict[int, tuple[int, ...]]]:
    """The state of each document on the day, and the ids of what stands in its place, by id.

    One query: replacements and amendments are few in any house.
    """
    effects: dict[int, list[Effect]] = defaultdict(list)
    replaced_by: dict[int, list[tuple[int, date | None]]] = defaultdict(list)
    told = DocumentLink.objects.filter(kind__in=[LinkKind.REPLACES, LinkKind.AMENDS])
    for old, new, kind, counts_from, in_force_from, whole in told.values_list(
        "to_document_id",
        "from_document_id",
        "kind",
        "from_day",
        "from_document__in_force_from",
        "is_whole",
    ):
        day = counts_from or in_force_from
        effects[old].append(Effect(kind=kind, by_id=new, from_day=day, whole=whole))
        if kind == LinkKind.REPLACES and whole:
            replaced_by[old].append((new, day))
    states = {
        document.pk: state_on(
            on,
            in_force_from=document.in_force_from,
            in_force_to=document.in_force_to,
            effects=effects[document.pk],
        )
        for document in documents
    }
    heirs = {document.pk: followed_by(document.pk, replaced_by, as_of=on) for document in documents}
    return states, heirs


def document_successors(document: Document, *, as_of: date) -> list[Document]:
    """What stands in the document's place on the day; empty while nothing replaced it whole.

    Two queries.
    """
    return successors_of([document], as_of=as_of).get(document.pk, [])


def links_around(document: Document) -> list[DocumentLink]:
    """Links in both directions with the documents at their ends. One query."""
    return [link for link in every_link_around(document) if link.withdrawn_at is None]


def every_link_around(document: Document) -> list[DocumentLink]:
    """As `links_around`, with those that people withdrew. One query."""
    return list(
        DocumentLink.every.filter(Q(from_document=document) | Q(to_document=document))
        .select_related("from_document", "to_document")
        .order_by("kind", "pk")
    )


def links_within(document: Document, *, steps: int) -> list[tuple[int, int, str]]:
    """Links that lie up to `steps` above or below the document, as (lower, upper, kind).

    Above is what it names and what that names in turn, below what names it. One query, the same
    on both engines.
    """
    with connection.cursor() as cursor:
        cursor.execute(LINKS_WITHIN, [document.pk, steps, document.pk, steps, steps, steps])
        return [(lower, upper, kind) for lower, upper, kind in cursor.fetchall()]


LINKS_WITHIN = """
WITH RECURSIVE
  above(id, step) AS (
    VALUES (CAST(%s AS bigint), 0)
    UNION
    SELECT link.to_document_id, above.step + 1
    FROM above JOIN registry_documentlink AS link ON link.from_document_id = above.id
    WHERE above.step < %s AND link.withdrawn_at IS NULL
  ),
  below(id, step) AS (
    VALUES (CAST(%s AS bigint), 0)
    UNION
    SELECT link.from_document_id, below.step + 1
    FROM below JOIN registry_documentlink AS link ON link.to_document_id = below.id
    WHERE below.step < %s AND link.withdrawn_at IS NULL
  )
SELECT link.from_document_id, link.to_document_id, link.kind
FROM registry_documentlink AS link JOIN above ON link.from_document_id = above.id
WHERE above.step < %s AND link.withdrawn_at IS NULL
UNION
SELECT link.from_document_id, link.to_document_id, link.kind
FROM registry_documentlink AS link JOIN below ON link.to_document_id = below.id
WHERE below.step < %s AND link.withdrawn_at IS NULL
"""
