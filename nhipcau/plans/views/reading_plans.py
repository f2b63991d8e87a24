"""Plans in force: the list, a plan as an outline and as a table, a task, the document graph."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhipcau.plans.enums import PartyRole
from nhipcau.plans.forms import TaskFilterForm
from nhipcau.plans.models import Plan, Task
from nhipcau.plans.permissions import may_import
from nhipcau.plans.queries import tables
from nhipcau.plans.queries.documents import document_graph as graph_of
from nhipcau.plans.rules import graphs
from nhipcau.plans.rules.excerpts import excerpt
from nhipcau.plans.views.access import person_of, readers
from nhipcau.plans.views.spreadsheets import xlsx_response


@readers
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """All plans, newest first."""
    words = request.GET.get("q", "")[:200]
    plans = tables.plans_with_counts(words)
    if request.GET.get("export") == "xlsx":
        return xlsx_response(
            name="ke-hoach",
            headings=[_("Number"), _("Title"), _("Issuing unit"), _("Date"), _("Tasks")],
            rows=(
                (
                    str(plan.document),
                    plan.title,
                    str(plan.unit or plan.document.issuer_text),
                    plan.document.issued_on,
                    tasks,
                )
                for plan, tasks in ((plan, plan.__dict__["task_count"]) for plan in plans)
            ),
        )
    page = Paginator(plans, tables.PAGE).get_page(request.GET.get("p"))
    person = person_of(request)
    return render(
        request,
        "plans/index.html",
        {
            "page": page,
            "q": words,
            "may_import": may_import(person, unit=None, on=timezone.localdate()),
        },
    )


def _plan(uuid: UUID) -> Plan:
    return get_object_or_404(Plan.objects.select_related("document", "unit"), uuid=uuid)


@readers
@require_GET
def outline(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The plan as its document orders it."""
    plan = _plan(uuid)
    return render(
        request,
        "plans/outline.html",
        {
            "plan": plan,
            "rows": tables.outline(plan),
            "versions": plan.versions.select_related("accepted_by"),
            "funding": plan.funding_sources.all(),
            "duties": plan.duties.all(),
            "today": timezone.localdate(),
            "tab": "outline",
        },
    )


@readers
@require_GET
def table(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The plan's tasks as a table, with filters in the address and export."""
    plan = _plan(uuid)
    form = TaskFilterForm(request.GET)
    form.is_valid()  # a filter that cannot be is left out, and said beside its field
    given = form.cleaned_data
    wanted = tables.TaskFilter(
        words=given.get("q") or "",
        unit=given.get("unit"),
        role=given.get("role") or "",
        kind=given.get("kind") or "",
        recurrence=given.get("recurrence") or "",
        since=given.get("since"),
        until=given.get("until"),
        sort=given.get("sort") or "order",
    )
    tasks = tables.tasks_in_force(plan, wanted)
    if request.GET.get("export") == "xlsx":
        return xlsx_response(
            name="nhiem-vu",
            headings=[
                _("Place in the plan"),
                _("Task"),
                PartyRole.LEAD.label,
                PartyRole.COORDINATING.label,
                _("Time as printed"),
                _("Starts on"),
                _("Due on"),
                _("Products"),
                _("Plan"),
            ],
            rows=tables.export_rows(tasks),
        )
    page = Paginator(tasks, tables.PAGE).get_page(request.GET.get("p"))
    kept = request.GET.copy()
    kept.pop("p", None)
    return render(
        request,
        "plans/table.html",
        {
            "plan": plan,
            "page": page,
            "form": form,
            "units": tables.units_of_plan(plan),
            "kinds": tables.product_kinds_of_plan(plan),
            "kept": kept.urlencode(),
            "today": timezone.localdate(),
            "tab": "table",
        },
    )


@readers
@require_GET
def task(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A task, with the words of the plan it comes from."""
    found = get_object_or_404(
        Task.objects.select_related("plan__document", "version__accepted_by", "parent"), uuid=uuid
    )
    parties = list(found.parties.select_related("unit", "group_members"))
    return render(
        request,
        "plans/task.html",
        {
            "task": found,
            "plan": found.plan,
            "by_role": [
                (role.label, [party for party in parties if party.role == role.value])
                for role in PartyRole
            ],
            "products": found.products.all(),
            "children": found.children.filter(left_the_plan_at__isnull=True),
            "excerpt": excerpt(
                found.version.text,
                span=None if found.span_start is None else (found.span_start, found.span_end or 0),
                marks=[
                    (party.span_start, party.span_end or 0, party.role)
                    for party in parties
                    if party.span_start is not None
                ],
            ),
            "today": timezone.localdate(),
        },
    )


@readers
@require_GET
def document_graph(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the plan implements and what implements it, drawn."""
    plan = _plan(uuid)
    graph = graph_of(plan)
    return render(
        request,
        "plans/graph.html",
        {
            "plan": plan,
            "drawing": graph.drawing,
            "boxes": [
                (box, graph.documents[box.key], graph.plans.get(box.key))
                for box in graph.drawing.boxes
            ],
            "curves": graph.drawing.curves,
            "links": [
                (graph.documents[curve.lower], curve.kind, graph.documents[curve.upper])
                for curve in graph.drawing.curves
            ],
            "box_width": graphs.BOX_WIDTH,
            "box_height": graphs.BOX_HEIGHT,
            "tab": "documents",
        },
    )
