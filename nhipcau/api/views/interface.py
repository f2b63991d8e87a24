"""The interface as a whole: its routes, and what becomes of questions that do not fit."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import ValidationError

from nhipcau.api.views import lists, works
from nhipcau.api.views.asking import problem_of
from nhipcau.api.views.edge import at_the_edge, problem_answer

VERSION = "1.0.0"
_DESCRIPTION = """\
What the province has released: works in their languages, with their files. For reading only, \
without a key. A list goes on by “next”; whoever keeps a copy asks with “changed_since”, and \
looks at /api/v1/withdrawals for what has to go. Answers may be kept for a minute; ask again with \
If-None-Match."""

interface = NinjaAPI(
    title="Nhịp Cầu",
    version=VERSION,
    description=_DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    openapi_extra={
        "info": {"license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}}
    },
)
interface.add_router("", works.router)
interface.add_router("", lists.router)


@interface.exception_handler(ValidationError)
def unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem_answer(request, problem_of(error.errors))


def at_the_edge_all(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern]:
    """These views at the edge."""
    return [
        URLPattern(each.pattern, at_the_edge(each.callback), each.default_args, each.name)
        for each in patterns
        if isinstance(each, URLPattern)
    ]
