"""Plans in force: the list, a plan as an outline and as a table, a task, the document graph."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhipcau.kernel.spreadsheets import xlsx_response
from nhipcau.people.queries import rights_of_user
from nhipcau.plans.enums import PartyRole
from nhipcau.plans.models import Plan, Task
from nhipcau.plans.permissions import may_import
from nhipcau.plans.queries import tables
from nhipcau.plans.queries.documents import document_graph as graph_of
from nhipcau.plans.queries.outlines import narrowed_outline
from nhipcau.plans.rules.excerpts import excerpt
from nhipcau.plans.views.access import person_of, readers
from nhipcau.plans.views.narrowing import Narrowing
from nhipcau.registry.queries.languages import names_of_languages


@readers
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """All plans, newest first."""
    words = request.GET.get("q", "")[:200]
    sort = request.GET.get("sort", "-date")
    plans = tables.plans_with_counts(words, sort=sort)
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
    person_of(request)
    return render(
        request,
        "plans/index.html",
        {
            "page": page,
            "q": words,
            "sort": sort,
            "may_import": may_import(rights_of_user(request.user), unit=None),
        },
    )


def _plan(uuid: UUID) -> Plan:
    return get_object_or_404(Plan.objects.select_related("document", "unit"), uuid=uuid)


@readers
@require_GET
def outline(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The plan as its document orders it; what fits the filters, below its headings."""
    plan = _plan(uuid)
    narrowing = Narrowing(request.GET, plan, on=timezone.localdate())
    at = request.GET.get("p")
    shown: Page[Any]
    if narrowing.narrows:
        narrowed = narrowed_outline(plan, narrowing.wanted, at)
        shown, lines, total = narrowed.page, narrowed.lines, narrowed.total
    else:
        everything = tables.tasks_in_force(plan, tables.TaskFilter())
        shown = Paginator(everything, tables.OUTLINE_PAGE).get_page(at)
        lines = tables.task_lines(shown.object_list, with_products=False)
        total = shown.paginator.count
    return render(
        request,
        "plans/outline.html",
        {
            "plan": plan,
            "page": shown,
            "lines": lines,
            "total": total,
            **narrowing.context(),
            "versions": plan.versions.select_related("accepted_by").defer("text"),
            "funding": plan.funding_sources.all(),
            "duties": plan.duties.select_related("unit"),
            "today": timezone.localdate(),
            "tab": "outline",
        },
    )


@readers
@require_GET
def table(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The plan's tasks as a table, with filters in the address and export."""
    return _table(request, _plan(uuid))


@readers
@require_GET
def tasks(request: HttpRequest) -> HttpResponseBase:
    """The tasks of all plans as a table, with filters in the address and export."""
    return _table(request, None)


def _table(request: HttpRequest, plan: Plan | None) -> HttpResponseBase:
    narrowing = Narrowing(request.GET, plan, on=timezone.localdate())
    found = tables.tasks_in_force(plan, narrowing.wanted)
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
            rows=tables.export_rows(found),
        )
    page = Paginator(found, tables.PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "plans/table.html",
        {
            "plan": plan,
            "page": page,
            "lines": tables.task_lines(page.object_list),
            **narrowing.context(),
            "sort": narrowing.wanted.sort,
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
    products = list(found.products.all())
    called = names_of_languages(
        [*found.languages, *(tag for product in products for tag in product.languages)]
    )
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
            "products": [(one.words, [called[tag] for tag in one.languages]) for one in products],
            "languages": [called[tag] for tag in found.languages],
            "children": found.children.filter(left_the_plan_at__isnull=True).order_by("order")[
                : tables.OUTLINE_PAGE
            ],
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
            "panels": [import_string(panel)(request, found) for panel in settings.TASK_PANELS],
        },
    )


@readers
@require_GET
def document_graph(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the plan implements and what implements it, drawn."""
    plan = _plan(uuid)
    return render(
        request,
        "plans/graph.html",
        {"plan": plan, "graph": graph_of(plan.document), "tab": "documents"},
    )
