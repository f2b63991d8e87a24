"""Templates: all of them as a list, keeping a work as one, retiring and offering again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.queries import Rights, rights_of_user
from nhipcau.works.actions import keep_as_template, offer_template_again, retire_template
from nhipcau.works.enums import WorkKind
from nhipcau.works.forms import KeepTemplateForm
from nhipcau.works.models import WorkTemplate
from nhipcau.works.permissions import may_keep_for_every_unit, may_keep_template, may_start
from nhipcau.works.queries import templates_listed
from nhipcau.works.views.access import found, person_of, planners, readers

PAGE = 50


def _may_retire(rights: Rights, template: WorkTemplate) -> bool:
    if template.unit_id is None:
        return may_keep_for_every_unit(rights)
    return may_keep_template(rights, unit_id=template.unit_id)


@readers
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Templates by kind, or with `?retired=1` those that are offered no longer."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in WorkKind.values else ""
    retired = "retired" in request.GET
    rights = rights_of_user(request.user)
    page = Paginator(templates_listed(kind=kind, retired=retired), PAGE).get_page(
        request.GET.get("p")
    )
    return render(
        request,
        "works/templates.html",
        {
            "page": page,
            "rows": [(template, _may_retire(rights, template)) for template in page],
            "kinds": WorkKind.choices,
            "kind": kind,
            "retired": retired,
            "may_start": may_start(rights, unit_id=None),
        },
    )


@planners
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Keep a work as a template, for its unit or for every unit."""
    work = found(uuid)
    rights = rights_of_user(request.user)
    if not may_keep_template(rights, unit_id=work.unit.pk):
        raise PermissionDenied
    form = KeepTemplateForm(
        request.POST or None,
        may_offer_widely=may_keep_for_every_unit(rights),
        initial={"name": work.title},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            keep_as_template(
                work=work,
                name=given["name"],
                purpose=given["purpose"],
                for_every_unit=given.get("for_every_unit", False),
                by=person_of(request),
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Whoever begins a work of this kind is offered it now."))
            return redirect("works:templates")
    return render(
        request,
        "works/form.html",
        {
            "form": form,
            "work": work,
            "heading": _("Keep “%(work)s” as a template") % {"work": work},
            "lead": _(
                "The newest words of the original language are kept. Pictures, recordings and "
                "files become gaps to be filled. The work itself stays as it is."
            ),
            "submit": _("Keep as template"),
        },
        status=400 if form.errors else 200,
    )


@planners
@require_POST
def change_state(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Retire a template, or offer it again (`again`)."""
    template = get_object_or_404(WorkTemplate.objects.in_sight(), pk=pk)
    if not _may_retire(rights_of_user(request.user), template):
        raise PermissionDenied
    action, sentence = retire_template, _("“%(template)s” is not offered any more.")
    if "again" in request.POST:
        action, sentence = offer_template_again, _("“%(template)s” is offered again.")
    action(template=template, by=person_of(request), at=timezone.now())
    messages.success(request, sentence % {"template": template})
    return redirect("works:templates")
