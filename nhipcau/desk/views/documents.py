"""The registry's documents: the list, and one document with everything around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhipcau.desk.forms.documents import DocumentFilterForm
from nhipcau.desk.phrases import NAMED_BY, NAMES
from nhipcau.desk.queries import documents as queries
from nhipcau.desk.views.access import may_change_registry, may_read_history, those_with
from nhipcau.desk.views.spreadsheets import xlsx_response
from nhipcau.people.enums import Permission
from nhipcau.plans.queries.documents import document_graph
from nhipcau.registry.enums import DocumentState
from nhipcau.registry.models import Document
from nhipcau.registry.queries.documents import successors_of
from nhipcau.registry.queries.sources import source_named

PAGE = 50
Row = tuple[str | date | None, ...]


@those_with(Permission.REGISTRY_READ)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Documents by words, kind, state, issuer and year; the same as .xlsx."""
    today = timezone.localdate()
    form = DocumentFilterForm(request.GET, issuers=queries.issuers(), years=queries.years())
    form.is_valid()  # a filter that cannot be is left out, and said beside its field
    given = form.cleaned_data
    wanted = queries.DocumentFilter(
        words=given.get("q") or "",
        type=given.get("type") or "",
        state=given.get("state") or "",
        issuer=given.get("issuer") or "",
        year=given.get("year"),
        sort=given.get("sort") or "-date",
    )
    found = queries.documents_listed(wanted, on=today)
    if request.GET.get("export") == "xlsx":
        return xlsx_response(
            name="van-ban",
            headings=[
                _("Number"),
                _("Kind"),
                _("Title"),
                _("Issued by"),
                _("Date"),
                _("State"),
                _("In force from"),
                _("No longer in force from"),
                _("Replaced by"),
                _("Note"),
            ],
            rows=_rows(found, on=today),
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    successors = successors_of(list(page), as_of=today)
    return render(
        request,
        "desk/documents.html",
        {
            "form": form,
            "page": page,
            "rows": [
                (document, DocumentState(document.state), successors.get(document.pk, []))
                for document in page
            ],
            "sort": wanted.sort,
            "is_narrowed": wanted != queries.DocumentFilter(sort=wanted.sort),
            "may_change": may_change_registry(request),
            "today": today,
        },
    )


def _rows(found: QuerySet[Document], *, on: date) -> Iterator[Row]:
    documents = list(found)
    successors = successors_of(documents, as_of=on)
    for document in documents:
        state = _("Only cited so far")
        if not document.is_placeholder:
            state = str(DocumentState(document.state).label)
        yield (
            document.citation,
            document.get_type_display(),
            document.title,
            str(document.issuer or document.issuer_text),
            document.issued_text,
            state,
            document.in_force_from,
            document.in_force_to,
            "; ".join(map(str, successors.get(document.pk, []))),
            document.note,
        )


@those_with(Permission.REGISTRY_READ)
@require_GET
def document(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """One document: what it rests on and what rests on it, its plan, its state, its history.

    A placeholder that was bound leads on to the document that it meant.
    """
    shown = get_object_or_404(queries.documents_with_hints(), uuid=uuid)
    if shown.bound_to is not None:
        return redirect("desk:document", shown.bound_to.uuid)
    story = queries.story_of_document(shown, on=timezone.localdate())
    has_links = bool(story.names or story.named_by)
    return render(
        request,
        "desk/document.html",
        {
            "document": shown,
            "story": story,
            "state": story.state,
            "names": [(NAMES[kind], rows) for kind, rows in story.names],
            "named_by": [(NAMED_BY[kind], rows) for kind, rows in story.named_by],
            "graph": document_graph(shown) if has_links else None,
            "history": queries.history_of_document(shown, story)
            if may_read_history(request)
            else [],
            "source": source_named(shown.source),
            "may_change": may_change_registry(request),
        },
    )
