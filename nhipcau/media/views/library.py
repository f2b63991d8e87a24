"""The library: what is there, and one item with its rights, words, versions and users."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.kernel.paging import LongPaginator
from nhipcau.kernel.spreadsheets import xlsx_response
from nhipcau.media.actions import change_item, restore_item, set_alt_text, set_quota, trash_item
from nhipcau.media.forms import AltTextsForm, ItemForm, LibraryFilterForm, QuotaForm
from nhipcau.media.models import MediaItem
from nhipcau.media.permissions import may_add, may_set_quotas
from nhipcau.media.phrases import taken_out_words
from nhipcau.media.queries.lists import HEADINGS, PAGE, LibraryFilter, export_rows, items_listed
from nhipcau.media.queries.room import rooms
from nhipcau.media.queries.uploads import look_alikes
from nhipcau.media.queries.usage import usage_of
from nhipcau.media.rules.licences import licences
from nhipcau.media.views.access import bringers, item_of, lookers, own_item_of, person_of
from nhipcau.people.enums import Permission
from nhipcau.people.queries import rights_of_user
from nhipcau.registry.models import Language, Unit

MOST_EXPORTED = 50_000


@lookers
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The library, filtered by its address, as a grid, a table or an .xlsx file."""
    form = LibraryFilterForm(request.GET)
    form.is_valid()  # a filter that cannot be is left out, and said beside its field
    given = form.cleaned_data
    rights = rights_of_user(request.user)
    items = items_listed(
        rights,
        LibraryFilter(
            words=given.get("q") or "",
            kind=given.get("kind") or "",
            unit=given.get("unit"),
            licence=given.get("licence") or "",
            expiry=given.get("expiry") or "",
            consent=given.get("consent") or "",
            is_unused=bool(given.get("unused")),
            in_trash=bool(given.get("trash")),
            sort=given.get("sort") or "-made",
        ),
        on=timezone.localdate(),
    )
    if request.GET.get("export") == "xlsx":
        return _exported(items[:MOST_EXPORTED].iterator(chunk_size=2000))
    units = Unit.objects.current(on=timezone.localdate()).order_by("label")
    if not rights.reaches_every_unit(Permission.MEDIA_READ):
        units = units.filter(pk__in=rights.unit_ids(Permission.MEDIA_READ))
    is_narrowed = any(value for name, value in given.items() if name not in {"sort", "look"})
    return render(
        request,
        "media/library.html",
        {
            "form": form,
            "page": LongPaginator(items, PAGE).get_page(request.GET.get("p")),
            "units": list(units.values_list("pk", "label")),
            "is_narrowed": is_narrowed,
            "as_table": given.get("look") == "table",
            "sort": given.get("sort") or "-made",
            "may_add": may_add(rights, unit_id=None),
            "may_set_quotas": may_set_quotas(rights),
            "licences": licences(),
            "today": timezone.localdate(),
        },
    )


def _exported(items: Any) -> StreamingHttpResponse:
    headings = {
        "title": pgettext("media", "Title"),
        "kind": _("Kind"),
        "unit": _("Unit"),
        "credit": _("Credit"),
        "rights_holder": _("Rights holder"),
        "licence": _("Licence"),
        "source": _("Source"),
        "expires_on": _("May be used until"),
        "consent": _("Consent"),
        "consent_until": _("Consent valid until"),
        "width": _("Width"),
        "height": _("Height"),
        "bytes": _("Bytes"),
        "file": _("File"),
        "added": _("Added on"),
    }
    return xlsx_response(
        name="kho-tu-lieu",
        headings=[headings[name] for name in HEADINGS],
        rows=export_rows(items, get_language() or "vi"),
    )


@lookers
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """One item; POST changes its title, rights, consent and provenance."""
    found = item_of(request, uuid) if request.method == "GET" else own_item_of(request, uuid)
    form = ItemForm(request.POST or None, instance=found, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        stored = MediaItem.objects.get(pk=found.pk)
        try:
            change_item(
                item=stored, changes=form.cleaned_data, by=person_of(request), at=timezone.now()
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("media:item", uuid)
    return _page(request, found, form=form)


@bringers
@require_POST
def alt_texts(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Say in each language what the picture shows."""
    found = own_item_of(request, uuid)
    form = _alt_texts_form(request, found)
    if not form.is_valid():
        return _page(request, found, alt_form=form)
    for language, text in form.texts():
        set_alt_text(
            item=found, language=language, text=text, by=person_of(request), at=timezone.now()
        )
    messages.success(request, _("Saved."))
    return redirect("media:item", uuid)


def _alt_texts_form(request: HttpRequest, found: MediaItem) -> AltTextsForm:
    languages = Language.objects.filter(in_use=True).exclude(script="").order_by("pk")
    texts = dict(found.alt_texts.values_list("language_id", "text"))
    return AltTextsForm(
        request.POST if request.method == "POST" else None, languages=list(languages), texts=texts
    )


def _page(
    request: HttpRequest,
    found: MediaItem,
    *,
    form: ItemForm | None = None,
    alt_form: AltTextsForm | None = None,
) -> HttpResponse:
    rights = rights_of_user(request.user)
    may_change = may_add(rights, unit_id=found.unit_id) and not found.is_in_trash
    is_wrong = (form is not None and form.errors) or (alt_form is not None and alt_form.errors)
    if alt_form is None and found.kind == "picture":
        texts = dict(found.alt_texts.values_list("language_id", "text"))
        languages = Language.objects.filter(in_use=True).exclude(script="").order_by("pk")
        alt_form = AltTextsForm(languages=list(languages), texts=texts)
    licence = licences().get(found.licence)
    file = found.current
    return render(
        request,
        "media/item.html",
        {
            "item": found,
            "file": file,
            "form": form or ItemForm(instance=found, on=timezone.localdate()),
            "alt_form": alt_form,
            "may_change": may_change,
            "may_restore": may_add(rights, unit_id=found.unit_id) and found.is_in_trash,
            "licence": None if licence is None else licence.name_in(get_language() or "vi"),
            "taken_out": [] if file is None else taken_out_words(file.taken_out),
            "versions": found.files.select_related("stored")[:50],
            "usage": usage_of(found),
            "look_alikes": look_alikes(found, rights),
            "today": timezone.localdate(),
        },
        status=400 if is_wrong else 200,
    )


@bringers
@require_POST
def trash(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Put an item into the trash, or bring it back (`restore`)."""
    found = own_item_of(request, uuid)
    action, sentence = trash_item, _("“%(title)s” is in the trash; it can be brought back.")
    if "restore" in request.POST:
        action, sentence = restore_item, _("“%(title)s” is back in the library.")
    try:
        action(item=found, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence % {"title": found.title})
    return redirect("media:item", uuid)


@lookers
@require_http_methods(["GET", "POST"])
def quotas(request: HttpRequest) -> HttpResponseBase:
    """How much room each unit takes up and has; POST sets it, for operators."""
    today = timezone.localdate()
    may_set = may_set_quotas(rights_of_user(request.user))
    units = Unit.objects.current(on=today).order_by("label")
    form = QuotaForm(request.POST or None, units=units)
    if request.method == "POST" and may_set and form.is_valid():
        set_quota(
            unit=form.cleaned_data["unit"],
            size_bytes=form.cleaned_data["megabytes"] * 1_000_000,
            start=today,
            by=person_of(request),
            at=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("media:quotas")
    return render(
        request,
        "media/quotas.html",
        {
            "page": Paginator(rooms(on=today), 100).get_page(request.GET.get("p")),
            "form": form if may_set else None,
        },
        status=400 if form.errors else 200,
    )
