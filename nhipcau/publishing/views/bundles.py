"""Bundles: put together, looked through, released at once or at their minute, called off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.kernel.spreadsheets import xlsx_response
from nhipcau.people.queries import rights_of_user
from nhipcau.publishing.actions import (
    call_off_bundle,
    choose,
    leave_out,
    make_bundle,
    release_bundle,
    schedule_bundle,
)
from nhipcau.publishing.actions.bundles import CHANGEABLE
from nhipcau.publishing.enums import BundleState
from nhipcau.publishing.errors import NotReadyToRelease
from nhipcau.publishing.forms import BundleFilterForm, BundleForm, ChooseForm, ScheduleForm
from nhipcau.publishing.models import Bundle, BundleItem, Release
from nhipcau.publishing.permissions import may_release
from nhipcau.publishing.queries.bundles import (
    bundles_listed,
    choice_of,
    lines_of,
    open_bundles,
    units_to_release_for,
    works_to_choose,
)
from nhipcau.publishing.queries.obstacles import dry_run
from nhipcau.publishing.views.access import person_of, posted, publishers
from nhipcau.works.models import Work
from nhipcau.works.queries import work_of

PAGE = 50


@publishers
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Bundles of my units, newest first; filters in the address; also as .xlsx."""
    form = BundleFilterForm(request.GET)
    form.is_valid()  # a filter that cannot be narrows nothing
    given = form.cleaned_data
    words, state = given.get("q") or "", given.get("state") or ""
    bundles = bundles_listed(words=words, state=state, rights=rights_of_user(request.user))
    if request.GET.get("export") == "xlsx":
        return xlsx_response(
            name="goi-phat-hanh",
            headings=[
                _("Bundle"),
                _("Unit"),
                _("State"),
                _("Works"),
                _("Texts"),
                _("Goes out at"),
                _("Went out at"),
                _("Late by (seconds)"),
            ],
            rows=(
                (
                    bundle.title,
                    bundle.unit.label,
                    bundle.get_state_display(),
                    bundle.works,
                    bundle.texts,
                    _minute(bundle.goes_out_at),
                    _minute(bundle.went_out_at),
                    bundle.late_by,
                )
                for bundle in bundles.iterator(chunk_size=500)
            ),
        )
    return render(
        request,
        "publishing/bundles.html",
        {
            "page": Paginator(bundles, PAGE).get_page(request.GET.get("p")),
            "form": form,
            "words": words,
            "state": state,
            "states": BundleState.choices,
        },
    )


def _minute(moment: Any) -> str:
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}" if moment is not None else ""


@publishers
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponseBase:
    """Begin a bundle; `?work=` is put into it next, or into one that is open already."""
    rights = rights_of_user(request.user)
    work = _wanted_work(request)
    form = BundleForm(
        posted(request),
        units=units_to_release_for(rights),
        initial={"title": work, "unit": work.subject.unit_id} if work is not None else {},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = make_bundle(
                title=given["title"], unit=given["unit"], by=person_of(request), at=timezone.now()
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            if work is not None:
                return redirect("publishing:choose", made.uuid, work.subject.uuid)
            return redirect("publishing:bundle", made.uuid)
    return render(
        request,
        "publishing/start_bundle.html",
        {"form": form, "work": work, "open": open_bundles(rights)[:20] if work else ()},
        status=422 if form.errors else 200,
    )


def _wanted_work(request: HttpRequest) -> Work | None:
    try:
        uuid = forms.UUIDField().clean(request.GET.get("work", ""))
    except forms.ValidationError:
        return None
    return work_of(uuid).first()


def _bundle(request: HttpRequest, uuid: UUID) -> Bundle:
    bundle = get_object_or_404(
        Bundle.objects.select_related("unit", "made_by", "scheduled_by"), uuid=uuid
    )
    if not may_release(rights_of_user(request.user), unit_id=bundle.unit_id):
        raise PermissionDenied
    return bundle


@publishers
@require_GET
def bundle(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """What a bundle holds, and what would leave with it or stands in the way."""
    return _page(request, _bundle(request, uuid), ScheduleForm())


def _page(
    request: HttpRequest, shown: Bundle, form: ScheduleForm, *, status: int = 200
) -> HttpResponseBase:
    now = timezone.now()
    may_change = shown.state in CHANGEABLE
    waits = shown.state == BundleState.SCHEDULED
    moment = shown.goes_out_at if waits and shown.goes_out_at is not None else now
    words = request.GET.get("q", "")[:200]
    return render(
        request,
        "publishing/bundle.html",
        {
            "bundle": shown,
            "lines": lines_of(shown),
            "run": dry_run(shown, at=max(moment, now)) if may_change or waits else None,
            "offered": (
                works_to_choose(shown, words=words, rights=rights_of_user(request.user))
                if may_change
                else ()
            ),
            "words": words,
            "may_change": may_change,
            "waits": waits,
            "form": form,
            "releases": Release.objects.filter(bundle=shown)
            .select_related("subject__work")
            .order_by("pk"),
            "late_minutes": (shown.late_by or 0) // 60,
        },
        status=status,
    )


@publishers
@require_http_methods(["GET", "POST"])
def choose_texts(request: HttpRequest, uuid: UUID, work_uuid: UUID) -> HttpResponseBase:
    """Choose the texts and forms of one work; choosing again replaces what was chosen."""
    into = _bundle(request, uuid)
    work = get_object_or_404(work_of(work_uuid))
    choice = choice_of(work, at=timezone.now())
    if not choice.texts:
        messages.error(request, _("“%(title)s” has no approved text.") % {"title": work})
        return redirect("publishing:bundle", uuid)
    form = ChooseForm(
        posted(request),
        versions=[each.version for each in choice.texts],
        renditions=[
            (line.form, f"{line.name} ({', '.join(line.languages)})")
            for line in choice.forms
            if not line.is_stale
        ],
        initial=_chosen_before(into, work)
        or {"v": [each.version.pk for each in choice.texts if each.is_ready]},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            choose(
                bundle=into,
                subject=work.subject,
                versions=given["v"],
                renditions=form.chosen_forms(),
                note=given["note"],
                by=person_of(request),
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("publishing:bundle", uuid)
    return render(
        request,
        "publishing/choose.html",
        {
            "form": form,
            "work": work,
            "bundle": into,
            "texts": choice.texts,
            "stale": [line for line in choice.forms if line.is_stale],
            "corrects": any(each.is_ready and each.public for each in choice.texts),
        },
        status=422 if form.errors else 200,
    )


def _chosen_before(into: Bundle, work: Work) -> dict[str, Any]:
    item = BundleItem.objects.filter(bundle=into, subject=work.subject).first()
    if item is None:
        return {}
    return {
        "v": list(item.versions.values_list("version", flat=True)),
        "f": list(item.renditions.values_list("pk", flat=True)),
        "note": item.note,
    }


@publishers
@require_POST
def leave(request: HttpRequest, uuid: UUID, work_uuid: UUID) -> HttpResponseBase:
    """Take a work out of a bundle."""
    shown = _bundle(request, uuid)
    work = get_object_or_404(work_of(work_uuid))
    try:
        leave_out(bundle=shown, subject=work.subject, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    return redirect("publishing:bundle", uuid)


@publishers
@require_POST
def go(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Release everything now, or nothing."""
    shown = _bundle(request, uuid)
    try:
        releases = release_bundle(bundle=shown, by=person_of(request), at=timezone.now())
    except NotReadyToRelease as refusal:
        messages.error(request, " ".join([str(refusal), *refusal.reasons]))
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            ngettext("%(count)d work is public.", "%(count)d works are public.", len(releases))
            % {"count": len(releases)},
        )
    return redirect("publishing:bundle", uuid)


@publishers
@require_POST
def schedule(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Let a bundle wait for its minute."""
    shown = _bundle(request, uuid)
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, form, status=422)
    given = form.cleaned_data
    try:
        schedule_bundle(
            bundle=shown,
            goes_out_at=given["goes_out_at"],
            is_embargoed=given["is_embargoed"],
            by=person_of(request),
            at=timezone.now(),
        )
    except NotReadyToRelease as refusal:
        for sentence in (str(refusal), *refusal.reasons):
            form.add_error(None, sentence)
        return _page(request, shown, form, status=409)
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return _page(request, shown, form, status=409)
    messages.success(
        request,
        _("It goes out at %(minute)s.") % {"minute": _minute(given["goes_out_at"])},
    )
    return redirect("publishing:bundle", uuid)


@publishers
@require_POST
def call_off(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """It does not go out at its minute; it can be changed again."""
    shown = _bundle(request, uuid)
    try:
        call_off_bundle(bundle=shown, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The bundle waits no more; it can be changed."))
    return redirect(reverse("publishing:bundle", args=[uuid]))
