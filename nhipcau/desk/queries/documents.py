"""The registry's documents as a list and one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet, Value

from nhipcau.audit.models import Entry
from nhipcau.audit.queries import history_of_several
from nhipcau.audit.sentences import sentence_of
from nhipcau.kernel.folding import unaccented
from nhipcau.registry.enums import ChangeKind, DocumentState, LinkKind
from nhipcau.registry.models import AreaChange, Document, DocumentLink, UnitChange
from nhipcau.registry.queries.corrections import still_says
from nhipcau.registry.queries.documents import (
    every_link_around,
    states_and_heirs,
    with_state,
)
from nhipcau.registry.rules.citations import issuer_key

ONLY_CITED = "cited"  # stands among the states, though it is none of them
FOUND = 20
HISTORY = 30


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What the list is narrowed to; empty values do not narrow. `issuer` is a key of `issuers`."""

    words: str = ""
    type: str = ""
    state: str = ""
    issuer: str = ""
    year: int | None = None
    sort: str = "-date"


NEWEST_FIRST: tuple[str | OrderBy, ...] = (F("issued_on").desc(nulls_last=True), "citation", "pk")
SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "-date": NEWEST_FIRST,
    "date": (F("issued_on").asc(nulls_last=True), "citation", "pk"),
    "number": ("citation", "pk"),
    "-number": ("-citation", "-pk"),
    "title": ("title", "pk"),
    "-title": ("-title", "-pk"),
}


def documents_listed(wanted: DocumentFilter, *, on: date) -> QuerySet[Document]:
    """Documents that fit, each with its `state` on the day; those bound to another are left out.

    One query for a page.
    """
    documents = with_state(Document.objects.filter(bound_to__isnull=True), on=on)
    for word in unaccented(wanted.words).split():
        documents = documents.filter(folded__contains=word)
    if wanted.type:
        documents = documents.filter(type=wanted.type)
    if wanted.state == ONLY_CITED:
        documents = documents.filter(is_placeholder=True)
    elif wanted.state in DocumentState:
        documents = documents.filter(Q(("state", wanted.state)), is_placeholder=False)
    if wanted.issuer:
        documents = documents.filter(issuer_text__in=_spellings().get(wanted.issuer, []))
    if wanted.year is not None:
        documents = documents.filter(
            Q(issued_on__year=wanted.year) | Q(issued_on__isnull=True, issued_year=wanted.year)
        )
    return documents.select_related("plan", "issuer").order_by(
        *SORTS.get(wanted.sort, NEWEST_FIRST)
    )


def issuers() -> list[tuple[str, str]]:
    """Bodies that issued documents on record, as (key, name), by name. One query.

    However a body's name is printed, it is one body.
    """
    named = [
        (key, max(spellings.items(), key=lambda each: (not each[0].isupper(), each[1]))[0])
        for key, spellings in _counted().items()
    ]
    return sorted(named, key=lambda each: unaccented(each[1]))


def _counted() -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    told = Document.objects.filter(bound_to__isnull=True).exclude(issuer_text="")
    for text in told.order_by().values_list("issuer_text", flat=True):
        found[issuer_key(text)][text] += 1
    return found


def _spellings() -> dict[str, list[str]]:
    return {key: list(texts) for key, texts in _counted().items()}


def years() -> list[int]:
    """Years in which documents on record were issued, newest first. One query."""
    dates = Document.objects.filter(bound_to__isnull=True).order_by()
    told = dates.values_list("issued_on__year", "issued_year").distinct()
    return sorted({year or issued_year for year, issued_year in told if year or issued_year})[::-1]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document at the other end of a link, with its state."""

    link: DocumentLink
    document: Document
    state: DocumentState


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the diary about a document; `undo` says whether it can be taken back."""

    entry: Entry
    sentence: str
    undo: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A merger, split or the like of units or areas that the document decided."""

    on: date
    kind: ChangeKind
    words: str


@dataclass(frozen=True, slots=True)
class DocumentStory:
    """All that is on record around a document.

    `names` and `named_by` are parted by the kind of link: what the document rests on, and what
    rests on it. `links` holds those that people withdrew too.
    """

    state: DocumentState
    successors: Sequence[Document]
    names: Sequence[tuple[LinkKind, Sequence[Neighbour]]]
    named_by: Sequence[tuple[LinkKind, Sequence[Neighbour]]]
    links: Sequence[DocumentLink]
    changes: Sequence[Change]
    stands_for: Sequence[Document]


def documents_with_hints() -> QuerySet[Document]:
    """Documents that know whether anything else hangs on them: `decided`, `is_meant_by`."""
    own = {"document": OuterRef("pk")}
    return Document.objects.select_related("issuer", "bound_to", "plan").annotate(
        decided=Exists(UnitChange.objects.filter(**own)) | Exists(AreaChange.objects.filter(**own)),
        is_meant_by=Exists(Document.objects.filter(bound_to=OuterRef("pk"))),
    )


def story_of_document(document: Document, *, on: date) -> DocumentStory:
    """State and successors, links both ways, what it changed, of a document with hints.

    Two queries for most documents, five at most.
    """
    links = every_link_around(document)
    standing = [link for link in links if link.withdrawn_at is None]
    ends = [
        link.to_document if link.from_document_id == document.pk else link.from_document
        for link in standing
    ]
    states, heirs = states_and_heirs([document, *ends], on=on)
    names: dict[LinkKind, list[Neighbour]] = defaultdict(list)
    named_by: dict[LinkKind, list[Neighbour]] = defaultdict(list)
    for link, end in zip(standing, ends, strict=True):
        side = names if link.from_document_id == document.pk else named_by
        side[LinkKind(link.kind)].append(Neighbour(link, end, states[end.pk]))
    known = {end.pk: end for end in ends}
    missing = set(heirs[document.pk]) - set(known)
    if missing:
        known |= Document.objects.in_bulk(missing)
    return DocumentStory(
        state=states[document.pk],
        successors=sorted(
            (known[heir] for heir in heirs[document.pk]), key=lambda heir: heir.citation
        ),
        names=[(kind, names[kind]) for kind in LinkKind if kind in names],
        named_by=[(kind, named_by[kind]) for kind in LinkKind if kind in named_by],
        links=links,
        changes=_changes_by(document) if document.decided else [],
        stands_for=list(document.placeholders.order_by("pk")) if document.is_meant_by else [],
    )


def _changes_by(document: Document) -> list[Change]:
    of_units = document.unit_changes.order_by().values_list("on", "kind", "function", "note")
    of_areas = document.area_changes.order_by().values_list("on", "kind", Value(""), "note")
    return [
        Change(day, ChangeKind(kind), function or note)
        for day, kind, function, note in of_units.union(of_areas, all=True).order_by("on")
    ]


def history_of_document(document: Document, story: DocumentStory) -> list[Line]:
    """What was done to the document, its links and what was bound to it, newest first.

    One query. A line can be taken back while what it left still stands.
    """
    links = {str(link.pk): link for link in story.links}
    bound = {str(placeholder.pk): placeholder for placeholder in story.stands_for}
    things = [
        ("registry.document", str(document.pk)),
        *(("registry.document", key) for key in bound),
        *(("registry.documentlink", key) for key in links),
    ]
    lines = []
    latest: set[tuple[str, str]] = set()
    for entry in history_of_several(things, size=HISTORY).entries:
        thing = (entry.target_kind, entry.target_key)
        undo = thing not in latest and _can_be_undone(entry, document, links, bound)
        latest.add(thing)
        lines.append(Line(entry, sentence_of(entry), undo))
    return lines


def _can_be_undone(
    entry: Entry, document: Document, links: dict[str, DocumentLink], bound: dict[str, Document]
) -> bool:
    if entry.event == "registry.document.corrected":
        return still_says(document, entry)
    if entry.event == "registry.documents.linked":
        return links[entry.target_key].withdrawn_at is None
    if entry.event == "registry.documents.unlinked":
        return links[entry.target_key].withdrawn_at is not None
    return entry.event == "registry.placeholder.bound" and entry.target_key in bound


def documents_found(words: str, *, but: Document) -> list[Document]:
    """The first documents that bear the words, newest first, this one and bound ones left out.

    One query; none for no words.
    """
    typed = unaccented(words).split()
    if not typed:
        return []
    found = Document.objects.filter(bound_to__isnull=True).exclude(pk=but.pk)
    for word in typed:
        found = found.filter(folded__contains=word)
    return list(found.order_by(*NEWEST_FIRST)[:FOUND])
