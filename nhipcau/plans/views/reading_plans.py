"""Plans in force: the list, a plan as an outline and as a table, a task, the document graph."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhipcau.kernel.spreadsheets import xlsx_response
from nhipcau.people.queries import rights_of_user
from nhipcau.plans.enums import PartyRole, ProductKind
from nhipcau.plans.forms import TaskFilterForm
from nhipcau.plans.models import Plan, Task
from nhipcau.plans.permissions import may_import
from nhipcau.plans.queries import tables
from nhipcau.plans.queries.documents import document_graph as graph_of
from nhipcau.plans.rules.excerpts import excerpt
from nhipcau.plans.views.access import person_of, readers
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
    """The plan as its document orders it."""
    plan = _plan(uuid)
    page = Paginator(tables.tasks_in_force(plan, tables.TaskFilter()), tables.OUTLINE_PAGE)
    shown = page.get_page(request.GET.get("p"))
    return render(
        request,
        "plans/outline.html",
        {
            "plan": plan,
            "page": shown,
            "lines": tables.task_lines(shown.object_list, with_products=False),
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
    found = tables.tasks_in_force(plan, wanted)
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
    units, kinds = tables.units_and_kinds_of(plan)
    form.offer(
        units=units,
        kinds=[
            (kind, str(ProductKind(kind).label) if kind in ProductKind else kind) for kind in kinds
        ],
    )
    return render(
        request,
        "plans/table.html",
        {
            "plan": plan,
            "page": page,
            "lines": tables.task_lines(page.object_list),
            "form": form,
            "kinds": kinds,
            "chips": _chips(form, dict(units)),
            "is_narrowed": any(value for key, value in given.items() if key != "sort"),
            "sort": wanted.sort,
            "today": timezone.localdate(),
            "tab": "table",
        },
    )


def _chips(form: TaskFilterForm, units: Mapping[int, str]) -> list[tuple[str, str, str]]:
    """Each filter that narrows the table: its name in the address, what it is called, its value."""
    chips = []
    for name, value in form.cleaned_data.items():
        if not value or name == "sort":
            continue
        said = value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
        choices = getattr(form.fields[name], "choices", None)
        if choices is not None:
            said = str(dict(choices).get(value, value))
        if name == "kind" and value in ProductKind:
            said = str(ProductKind(value).label)
        if name == "unit":
            said = units.get(value) or _("unit %(key)s") % {"key": value}
        chips.append((name, str(form.fields[name].label), said))
    return chips


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
