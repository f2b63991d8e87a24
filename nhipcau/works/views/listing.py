"""All works as a matrix of works and languages; the trash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from nhipcau.kernel.paging import LongPaginator
from nhipcau.kernel.spreadsheets import xlsx_response
from nhipcau.people.queries import rights_of_user
from nhipcau.plans.models import Task
from nhipcau.registry.models import Language
from nhipcau.works.enums import LETTERS, Mark
from nhipcau.works.forms import WorkFilterForm
from nhipcau.works.models import Work
from nhipcau.works.permissions import may_change, may_start
from nhipcau.works.queries import Row, WorkFilter, languages_of_works, rows_of, works_listed
from nhipcau.works.queries.lists import PAGE, units_of_works, works_shown
from nhipcau.works.views.access import person_of, readers

MOST_EXPORTED = 50_000
BATCH = 500  # works read at once while a workbook is sent


@readers
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The matrix, narrowed by its address, or the same as .xlsx."""
    form = WorkFilterForm(request.GET)
    form.is_valid()  # a filter that cannot be is left out, and said beside its field
    given = form.cleaned_data
    now = timezone.now()
    wanted = WorkFilter(
        words=given.get("q") or "",
        kind=given.get("kind") or "",
        unit=given.get("unit"),
        state=given.get("state") or "",
        language=given.get("language"),
        task=given.get("task"),
        is_overdue=bool(given.get("overdue")),
        in_hands_of=person_of(request).pk if given.get("mine") else None,
        sort=given.get("sort") or "-changed",
    )
    works = works_listed(wanted, on=timezone.localdate(), at=now)
    languages = languages_of_works()
    if request.GET.get("export") == "xlsx":
        return _exported(_rows(works[:MOST_EXPORTED], languages), languages)
    shown = works_shown(Work.objects.all(), at=now)
    page = LongPaginator(works, PAGE, rows=shown).get_page(request.GET.get("p"))
    units = units_of_works()
    task = Task.objects.filter(uuid=wanted.task).first() if wanted.task else None
    return render(
        request,
        "works/index.html",
        {
            "page": page,
            "rows": rows_of(page.object_list, languages),
            "languages": languages,
            "form": form,
            "units": units.items(),
            "chips": _chips(request, form, units, languages, task),
            "is_narrowed": any(value for name, value in given.items() if name != "sort"),
            "legend": [(mark, LETTERS[mark], mark.label) for mark in Mark],
            "sort": wanted.sort,
            "task": task,
            "may_start": may_start(rights_of_user(request.user), unit_id=None),
            "today": timezone.localdate(),
        },
    )


def _chips(
    request: HttpRequest,
    form: WorkFilterForm,
    units: Mapping[int, str],
    languages: Iterable[Language],
    task: Task | None,
) -> list[tuple[str, str, str]]:
    """Each filter that narrows the list: what it is called, its value, the address without it."""
    names = {language.pk: str(language) for language in languages}
    chips = []
    for name, value in form.cleaned_data.items():
        if not value or name == "sort":
            continue
        without = request.GET.copy()
        without.pop(name, None)
        without.pop("p", None)
        choices = getattr(form.fields[name], "choices", None)
        said = str(value) if choices is None else str(dict(choices).get(value, value))
        if name == "unit":
            said = units.get(value, said)
        elif name == "language":
            said = names.get(value, said)
        elif name == "task":
            said = task.title if task is not None else said
        elif value is True:
            said = ""
        chips.append((str(form.fields[name].label), said, f"?{without.urlencode()}"))
    return chips


def _rows(works: QuerySet[Work], languages: Sequence[Language]) -> Iterator[Row]:
    """All rows, read batch by batch. Two queries a batch."""
    found = works.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield from rows_of(batch, languages)


def _exported(rows: Iterable[Row], languages: Iterable[Language]) -> StreamingHttpResponse:
    return xlsx_response(
        name="san-pham",
        headings=[
            pgettext("words", "Title"),
            _("Kind"),
            _("Unit"),
            _("In the hands of"),
            _("Due on"),
            *(str(language) for language in languages),
            _("Changed on"),
            _("Short address"),
        ],
        rows=(
            (
                str(row.work),
                row.work.get_kind_display(),
                row.work.unit.label,
                str(row.work.assignee or ""),
                row.work.due_on,
                *(
                    "; ".join(str(mark.label) for cell in cells for mark, _letter in cell.marks)
                    for _language, cells in row.cells
                ),
                timezone.localtime(row.work.changed_at).date(),
                row.work.subject.short_id,
            )
            for row in rows
        ),
    )


@readers
@require_GET
def trash(request: HttpRequest) -> HttpResponseBase:
    """Works that were put away, newest first, each with the way back."""
    words = request.GET.get("q", "")[:200]
    now = timezone.now()
    works = works_listed(WorkFilter(words=words, in_trash=True), on=timezone.localdate(), at=now)
    page = Paginator(works.order_by("-trashed_at", "-pk"), PAGE).get_page(request.GET.get("p"))
    rights = rights_of_user(request.user)
    return render(
        request,
        "works/trash.html",
        {
            "page": page,
            "rows": [(work, may_change(rights, unit_id=work.unit.pk)) for work in page.object_list],
            "q": words,
        },
    )
