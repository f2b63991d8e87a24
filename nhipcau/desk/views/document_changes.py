"""What people change about documents: add, correct, bind, link; and take back what was done."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.audit.models import Entry
from nhipcau.desk.forms.documents import DocumentForm, LinkForm
from nhipcau.desk.queries import documents as queries
from nhipcau.desk.views.access import person_of, those_with
from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.registry.actions import document_links
from nhipcau.registry.actions.corrections import (
    correct_document,
    receive_document,
    take_back_correction,
)
from nhipcau.registry.actions.documents import register_document, take_off_record
from nhipcau.registry.enums import Grade
from nhipcau.registry.models import Document, DocumentLink

changers = those_with(Permission.REGISTRY_CHANGE)


def _open(uuid: UUID) -> Document:
    return get_object_or_404(Document, uuid=uuid, bound_to__isnull=True)


@changers
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """Put a document on record; one that was only cited under its number becomes it."""
    today = timezone.localdate()
    form = DocumentForm(
        request.POST or None, on=today, initial={"citation": request.GET.get("citation", "")[:120]}
    )
    if request.method == "POST" and form.is_valid():
        person = person_of(request)
        try:
            made = register_document(
                particulars=form.particulars(),
                source=person.actor_name,
                grade=Grade.KNOWN,
                by=person,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(document)s” is on record.") % {"document": made})
            return redirect("desk:document", made.uuid)
    return _form(request, form, None)


@changers
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Put right what is said of a document, or of one that is only cited."""
    document = _open(uuid)
    form = DocumentForm(request.POST or None, on=timezone.localdate(), document=document)
    if request.method == "POST" and form.is_valid():
        try:
            correct_document(
                document=document,
                particulars=form.particulars(),
                by=person_of(request),
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Corrected. “Undo” in the history puts back what was before.")
            )
            return redirect("desk:document", document.uuid)
    return _form(request, form, document)


@changers
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The paper that was only cited is here: what is printed on it is written down."""
    placeholder = get_object_or_404(Document.objects.placeholders(), uuid=uuid)
    form = DocumentForm(request.POST or None, on=timezone.localdate(), document=placeholder)
    if request.method == "POST" and form.is_valid():
        person = person_of(request)
        try:
            receive_document(
                placeholder=placeholder,
                particulars=form.particulars(),
                source=person.actor_name,
                by=person,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("The document is on record now; everything that cited it is linked with it."),
            )
            return redirect("desk:document", placeholder.uuid)
    return _form(request, form, placeholder, arrives=True)


def _form(
    request: HttpRequest, form: DocumentForm, document: Document | None, *, arrives: bool = False
) -> HttpResponse:
    return render(
        request,
        "desk/document_form.html",
        {"form": form, "document": document, "arrives": arrives},
        status=400 if form.errors else 200,
    )


@changers
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Say how the document stands to another one, which is looked for on the same page."""
    document = _open(uuid)
    data = request.POST or request.GET
    form = LinkForm(data if "way" in data else None)
    if request.method == "POST" and form.is_valid():
        other = _chosen(request, but=document)
        ends = (document, other) if form.starts_here else (other, document)
        try:
            document_links.link_documents(
                from_document=ends[0],
                to_document=ends[1],
                kind=form.kind,
                provision=form.cleaned_data["provision"],
                from_day=form.cleaned_data["from_day"],
                is_whole=not form.cleaned_data["is_part"],
                source=person_of(request).actor_name,
                by=person_of(request),
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Linked, and recorded in the diary."))
            return redirect("desk:document", document.uuid)
    words = data.get("q", "")[:200]
    return render(
        request,
        "desk/document_link.html",
        {
            "form": form,
            "document": document,
            "q": words,
            "found": queries.documents_found(words, but=document),
        },
    )


@changers
@require_http_methods(["GET", "POST"])
def bind(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Say which document on record a placeholder means; its links move there."""
    placeholder = get_object_or_404(Document.objects.placeholders(), uuid=uuid)
    if request.method == "POST":
        document = _chosen(request, but=placeholder)
        try:
            document_links.bind_placeholder(
                placeholder=placeholder,
                document=document,
                by=person_of(request),
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                _("“%(cited)s” means this document from now on.") % {"cited": placeholder},
            )
            return redirect("desk:document", document.uuid)
    words = request.GET.get("q", _likely_words(placeholder))[:200]
    return render(
        request,
        "desk/document_bind.html",
        {
            "document": placeholder,
            "q": words,
            "found": queries.documents_found(words, but=placeholder),
        },
    )


def _likely_words(placeholder: Document) -> str:
    """The number with what follows it, for the symbol is what is misprinted; or the title."""
    number = re.match(r"\d+\w*[/-]", placeholder.citation)
    return number[0] if number else placeholder.title


def _chosen(request: HttpRequest, *, but: Document) -> Document:
    """The document whose button was pressed."""
    try:
        chosen = UUID(request.POST.get("document", ""))
    except ValueError as wrong:
        raise Http404 from wrong
    return get_object_or_404(
        Document.objects.exclude(pk=but.pk), uuid=chosen, bound_to__isnull=True
    )


@changers
@require_POST
def withdraw_link(request: HttpRequest, uuid: UUID, key: int) -> HttpResponseBase:
    """A link that does not hold; the diary's line can bring it back."""
    document = _open(uuid)
    found = get_object_or_404(DocumentLink, pk=key)
    if document.pk not in {found.from_document_id, found.to_document_id}:
        raise Http404
    document_links.unlink_documents(link=found, by=person_of(request), at=timezone.now())
    messages.success(request, _("The link is withdrawn. “Undo” in the history brings it back."))
    return redirect("desk:document", document.uuid)


@changers
@require_POST
def take_off(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A document that was put on record by mistake."""
    document = _open(uuid)
    try:
        left = take_off_record(document=document, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:document", document.uuid)
    if left is None:
        messages.success(request, _("“%(document)s” is off the record.") % {"document": document})
        return redirect("desk:documents")
    messages.success(
        request,
        _("“%(document)s” is only cited again: other documents name it.") % {"document": document},
    )
    return redirect("desk:document", left.uuid)


@changers
@require_POST
def undo(request: HttpRequest, uuid: UUID, key: int) -> HttpResponseBase:
    """Take back what one line of the document's history tells."""
    document = _open(uuid)
    entry = get_object_or_404(Entry, pk=key)
    try:
        _take_back(request, document, entry)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back, and recorded in the diary."))
    return redirect(reverse("desk:document", args=[document.uuid]) + "#history")


def _take_back(request: HttpRequest, document: Document, entry: Entry) -> None:
    by, at = person_of(request), timezone.now()
    if entry.event == "registry.placeholder.bound":
        placeholder = get_object_or_404(document.placeholders, pk=entry.target_key)
        document_links.release_placeholder(placeholder=placeholder, by=by, at=at)
    elif entry.target_kind == "registry.documentlink":
        found = get_object_or_404(
            DocumentLink.every.select_related("from_document", "to_document"),
            pk=entry.target_key,
        )
        if document.pk not in {found.from_document_id, found.to_document_id}:
            raise Http404
        if entry.event == "registry.documents.linked":
            document_links.unlink_documents(link=found, by=by, at=at)
        else:
            document_links.relink_documents(link=found, by=by, at=at)
    else:
        take_back_correction(target=document, entry=entry, by=by, at=at)
