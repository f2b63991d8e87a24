"""What went out: the list, one release as it was then, and taking something back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.kernel.errors import RuleBroken
from nhipcau.kernel.paging import LongPaginator
from nhipcau.kernel.spreadsheets import xlsx_response
from nhipcau.people.queries import rights_of_user
from nhipcau.publishing.actions import withdraw
from nhipcau.publishing.enums import ReleaseKind
from nhipcau.publishing.forms import ReleaseFilterForm, WithdrawForm
from nhipcau.publishing.models import Release
from nhipcau.publishing.permissions import may_withdraw
from nhipcau.publishing.queries.releases import (
    LATE,
    ReleaseFilter,
    frozen_release,
    releases_listed,
    releases_shown,
    units_of_releases,
)
from nhipcau.publishing.queries.standing import standings_of
from nhipcau.publishing.views.access import person_of, posted, readers, withdrawers
from nhipcau.works.enums import Audience, WorkKind
from nhipcau.works.queries import work_of

PAGE = 50
KINDS = dict(WorkKind.choices)


@readers
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Everything that ever went out, newest first; filters in the address; also as .xlsx."""
    form = ReleaseFilterForm(request.GET)
    form.is_valid()  # a filter that cannot be narrows nothing, and says so beside its field
    given = form.cleaned_data
    wanted = ReleaseFilter(
        words=given.get("q") or "",
        kind=given.get("kind") or "",
        unit=given.get("unit"),
        since=given.get("since"),
        until=given.get("until"),
        is_withdrawn=bool(given.get("withdrawn")),
        is_late=bool(given.get("late")),
    )
    releases = releases_listed(wanted)
    if request.GET.get("export") == "xlsx":
        return _sheet(releases)
    pages = LongPaginator(releases, PAGE, rows=releases_shown())
    return render(
        request,
        "publishing/releases.html",
        {
            "page": pages.get_page(request.GET.get("p")),
            "form": form,
            "wanted": wanted,
            "kinds": ReleaseKind.choices,
            "units": list(units_of_releases()),
            "is_narrowed": any(given.values()),
            "late": LATE,
        },
    )


def _sheet(releases: QuerySet[Release]) -> StreamingHttpResponse:
    return xlsx_response(
        name="phat-hanh",
        headings=[
            _("Title of the text"),
            _("Released on"),
            _("Kind"),
            _("Kind of work"),
            _("Languages"),
            _("Unit at that time"),
            _("Number"),
            _("Late by (seconds)"),
            _("Withdrawn"),
            _("Short address"),
        ],
        rows=(
            (
                "; ".join(dict.fromkeys(each.shown_title for each in release.versions.all())),
                timezone.localtime(release.released_at).date(),
                release.get_kind_display(),
                str(KINDS.get(release.work_kind, release.work_kind)),
                ", ".join(each.language.tag for each in release.versions.all()),
                release.unit_name,
                release.number,
                release.late_by,
                ", ".join(each.language.tag for each in release.versions.all() if each.notice),
                release.subject.short_id,
            )
            for release in releases.iterator(chunk_size=500)
        ),
    )


@readers
@require_GET
def release(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """One release: its words, files and everything around them as they were then."""
    shown = get_object_or_404(
        Release.objects.select_related("subject__work", "bundle", "released_by", "unit"), uuid=uuid
    )
    return render(
        request,
        "publishing/release.html",
        {
            "release": shown,
            "frozen": frozen_release(shown),
            "tasks": shown.tasks.select_related("plan").order_by("plan_id", "order"),
            "areas": shown.areas.order_by("label"),
            "topics": shown.topics.all(),
            "programmes": shown.programmes.all(),
            "audiences": [
                str(Audience(code).label) for code in shown.audiences if code in Audience.values
            ],
            "kind": KINDS.get(shown.work_kind, shown.work_kind),
            "late_minutes": shown.late_by // 60,
        },
    )


@withdrawers
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Withdraw a work or some of its languages: a reason, a notice, perhaps a better address."""
    work = get_object_or_404(work_of(uuid))
    if not may_withdraw(rights_of_user(request.user), unit_id=work.subject.unit_id):
        raise PermissionDenied
    now = timezone.now()
    public = [each.version for each in standings_of(work.subject, at=now) if each.public]
    if not public:
        messages.info(request, _("Nothing of this is public."))
        return redirect("works:work", uuid)
    form = WithdrawForm(
        posted(request),
        versions=public,
        subject=work.subject,
        at=now,
        initial={"v": [version.pk for version in public]},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            withdraw(
                subject=work.subject,
                languages=[version.language.tag for version in given["v"]],
                reason=given["reason"],
                notice=given["notice"],
                redirect_to=given["redirect_to"],
                by=person_of(request),
                at=now,
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is withdrawn; the notice stands under its address."))
            return redirect("works:work", uuid)
    return render(
        request,
        "publishing/form.html",
        {
            "work": work,
            "form": form,
            "heading": _("Withdraw"),
            "lead": _(
                "What is withdrawn is taken from every page, list and feed at once. The notice "
                "stays under its address, and the record of what went out stays whole."
            ),
            "submit": _("Withdraw"),
            "is_grave": True,
        },
        status=422 if form.errors else 200,
    )
