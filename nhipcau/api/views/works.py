"""Works over the line."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from nhipcau.api import phrases
from nhipcau.api.queries.versions import version_answer
from nhipcau.api.queries.works import (
    notices_answer,
    only,
    record_named,
    short_id_of,
    work_answer,
    works_page,
)
from nhipcau.api.shapes import Version, Work, Works
from nhipcau.api.views.asking import (
    Asked,
    OneAsked,
    VersionAsked,
    WorksAsked,
    check_names,
    fields_asked,
    moment_asked,
    question_of,
    wanted_works,
)
from nhipcau.api.views.cursors import cursor_of, place_of
from nhipcau.api.views.edge import absolute_for, json_answer
from nhipcau.publishing.queries.public_records import Place, records_of
from nhipcau.publishing.queries.public_works import public_work

router = Router(tags=["works"])


@router.get(
    "/works",
    response=Works,
    operation_id="list_works",
    summary="Works, newest first",
    description=_(
        "Works with a public text that fits, by when they first went out. New releases come in at "
        "the head: a list that is paged through neither repeats nor skips what stays public."
    ),
)
def works(request: HttpRequest, asked: Query[WorksAsked]) -> HttpResponse:
    check_names(request, WorksAsked)
    question = question_of("works", asked)
    items, place = works_page(
        wanted_works(asked),
        fields=fields_asked(asked.fields, Work),
        most=asked.limit,
        beyond=place_of(asked.cursor, question),
        changed_since=moment_asked("changed_since", asked.changed_since),
        absolute=absolute_for(request),
        at=timezone.now(),
    )
    return page_answer(request, items, place, asked, question)


@router.get(
    "/works/{name}",
    response=Work,
    operation_id="get_work",
    summary="One work",
    description=_(
        "A work by its short id or its uuid; 410 with the notices where all of it was withdrawn."
    ),
)
def work(request: HttpRequest, name: str, asked: Query[OneAsked]) -> HttpResponse:
    check_names(request, OneAsked)
    fields = fields_asked(asked.fields, Work)
    record = record_named(name, at=timezone.now())
    if record is None:
        raise phrases.no_such_thing()
    absolute = absolute_for(request)
    if record.release is None:
        raise phrases.withdrawn(notices_answer(record.notices, absolute))
    return json_answer(only(work_answer(record, absolute), fields))


@router.get(
    "/works/{name}/versions/{language}",
    response=Version,
    operation_id="get_version",
    summary="One language of a work",
    description=_(
        "All the words of a public text; 410 with the notice where it was withdrawn. A language "
        "that a work does not have is answered with 404 and the languages that it has."
    ),
)
def version(
    request: HttpRequest, name: str, language: str, asked: Query[VersionAsked]
) -> HttpResponse:
    check_names(request, VersionAsked)
    fields = fields_asked(asked.fields, Version)
    at, absolute = timezone.now(), absolute_for(request)
    found = public_work(short_id_of(name), at=at)
    if found is None:
        raise phrases.no_such_thing()
    row = found.row_in(language, asked.mode or "")
    if row is not None:
        answer = version_answer(found, row, absolute)
        return json_answer({key: value for key, value in answer.items() if key in fields})
    if found.notice_in(language) is not None:
        record = records_of([found.subject.pk], at=at)[found.subject.pk]
        taken = [each for each in record.notices if each.language.lower() == language.lower()]
        raise phrases.withdrawn(notices_answer(taken, absolute))
    raise phrases.no_such_version(sorted({row.language.tag for row in found.rows}))


def page_answer(
    request: HttpRequest,
    items: object,
    place: Place | None,
    asked: Asked,
    question: Mapping[str, object],
) -> HttpResponse:
    """A page of a list, which says where it goes on, in its body and as a link."""
    cursor = None if place is None else cursor_of(place, question)
    address = None
    if cursor is not None:
        kept = [(name, value) for name, values in request.GET.lists() for value in values]
        goes_on = [(name, value) for name, value in kept if name != "cursor"]
        address = absolute_for(request)(
            f"{request.path}?{urlencode([*goes_on, ('cursor', cursor)])}"
        )
    answer = json_answer({"items": items, "next": address, "cursor": cursor})
    if address is not None:
        answer["Link"] = f'<{address}>; rel="next"'
    return answer
