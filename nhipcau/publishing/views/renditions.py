"""Forms: ordered from the page of a work, and handed out to staff."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.models import StoredFile
from nhipcau.media.queries import path_of_file
from nhipcau.publishing.actions import order_rendition
from nhipcau.publishing.forms import OrderFormsForm
from nhipcau.publishing.models import Rendition
from nhipcau.publishing.queries.standing import forms_offered
from nhipcau.publishing.views.access import form_orderers, person_of, readers
from nhipcau.translation.enums import VersionState
from nhipcau.translation.queries import versions_of
from nhipcau.works.queries import in_sight, work_of


@form_orderers
@require_POST
def order(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Order a form of the chosen languages: one of each, or one of all of them together."""
    work = in_sight(get_object_or_404(work_of(uuid)))
    offered = forms_offered(work.kind)
    form = OrderFormsForm(
        request.POST,
        offered=offered,
        versions=list(versions_of(work.subject).filter(approved_revision__isnull=False)),
    )
    if not form.is_valid():
        messages.error(request, _("Choose a form and at least one approved text."))
        return redirect("works:work", uuid)
    slug, versions = form.cleaned_data["form"], form.cleaned_data["v"]
    wanted = {each.slug: each for each in offered}[slug]
    sets = [[version] for version in versions] if wanted.sources == 1 else [versions]
    ordered = 0
    for sources in sets:
        try:
            order_rendition(
                slug=slug,
                versions=sources,
                purpose=form.cleaned_data["purpose"],
                by=person_of(request),
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        else:
            ordered += 1
    if ordered:
        messages.success(
            request,
            ngettext(
                "The form is being made; it stands here in a moment.",
                "The forms are being made; they stand here in a moment.",
                ordered,
            ),
        )
    return redirect("works:work", uuid)


@readers
@require_safe
def download(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A form's file, or with `?part=` one of its others; nothing made of a text that was stopped.

    Always as a download: what is in it is never shown as a page of the house.
    """
    form = get_object_or_404(Rendition.objects.select_related("file"), uuid=uuid, state="made")
    if form.made_of.filter(version__state=VersionState.STOPPED).exists():
        raise Http404
    stored, name, kind = form.file, form.name, form.media_type
    if part := request.GET.get("part", ""):
        other = next((each for each in form.further if each["role"] == part), None)
        if other is None:
            raise Http404
        stored = get_object_or_404(StoredFile, sha256=other["sha256"])
        name, kind = other["name"], other["media_type"]
    if stored is None:
        raise Http404
    answer = FileResponse(
        path_of_file(stored).open("rb"), as_attachment=True, filename=name, content_type=kind
    )
    answer["Cache-Control"] = "private, no-cache"
    return answer
