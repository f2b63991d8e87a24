"""Everything beside works over the line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router
from pydantic import Field

from nhipcau.api import shapes
from nhipcau.api.queries import lists
from nhipcau.api.views.asking import (
    Asked,
    Language,
    check_names,
    fields_asked,
    question_of,
)
from nhipcau.api.views.cursors import place_of
from nhipcau.api.views.edge import absolute_for
from nhipcau.api.views.works import page_answer

router = Router(tags=["lists"])


class ByLanguage(Asked):
    language: Language | None = Field(None, description=_("Texts in this language."))


class RenditionsAsked(Asked):
    language: Language | None = Field(None, description=_("Files with words in this language."))
    form: str | None = Field(
        None, pattern=r"^[a-z0-9-]{1,40}$", description=_("What made it."), examples=["leaflet"]
    )
    type: str | None = Field(
        None,
        pattern=r"^[a-z0-9.+-]{1,50}/[a-z0-9.+-]{1,49}$",
        description=_("Media type."),
        examples=["application/pdf"],
    )


@router.get(
    "/renditions",
    response=shapes.Renditions,
    operation_id="list_renditions",
    description=_("Files of works, newest release first: address, size, type, digest, imprint."),
)
def renditions(request: HttpRequest, asked: Query[RenditionsAsked]) -> HttpResponse:
    return _answer(
        request,
        "renditions",
        asked,
        shapes.Rendition,
        lambda part: lists.renditions(
            part,
            language=asked.language or "",
            form=asked.form or "",
            media_type=asked.type or "",
        ),
    )


@router.get(
    "/corrections",
    response=shapes.Corrections,
    operation_id="list_corrections",
    description=_("Public texts whose last release is a correction, newest first."),
)
def corrections(request: HttpRequest, asked: Query[ByLanguage]) -> HttpResponse:
    return _answer(
        request,
        "corrections",
        asked,
        shapes.ToldCorrection,
        lambda part: lists.corrections(part, language=asked.language or ""),
    )


@router.get(
    "/withdrawals",
    response=shapes.Withdrawals,
    operation_id="list_withdrawals",
    description=_("Texts that were withdrawn, newest first: what a copy elsewhere has to give up."),
)
def withdrawals(request: HttpRequest, asked: Query[ByLanguage]) -> HttpResponse:
    return _answer(
        request,
        "withdrawals",
        asked,
        shapes.Withdrawal,
        lambda part: lists.withdrawals(part, language=asked.language or ""),
    )


@router.get(
    "/topics",
    response=shapes.Topics,
    operation_id="list_topics",
    description=_(
        "What works are about: the classes of Decree 72/2015/NĐ-CP, and themes below them."
    ),
)
def topics(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    return _answer(request, "topics", asked, shapes.Topic, lists.topics)


@router.get(
    "/units",
    response=shapes.Units,
    operation_id="list_units",
    description=_("The bodies that have released something, with those that are no more."),
)
def units(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    return _answer(request, "units", asked, shapes.Unit, lists.units)


@router.get(
    "/areas",
    response=shapes.Areas,
    operation_id="list_areas",
    description=_(
        "The areas that something released speaks of: communes, border gates and others."
    ),
)
def areas(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    return _answer(request, "areas", asked, shapes.Area, lists.areas)


@router.get(
    "/languages",
    response=shapes.Languages,
    operation_id="list_languages",
    description=_("The languages in which something is public."),
)
def languages(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    return _answer(request, "languages", asked, shapes.Language, lists.languages)


def _answer(
    request: HttpRequest,
    name: str,
    asked: Any,
    shape: Any,
    read: Callable[[lists.Part], lists.Items],
) -> HttpResponse:
    check_names(request, type(asked))
    fields = fields_asked(asked.fields, shape)
    question = question_of(name, asked)
    part = lists.Part(
        most=asked.limit,
        beyond=place_of(asked.cursor, question),
        absolute=absolute_for(request),
        at=timezone.now(),
    )
    items, place = read(part)
    shown = [{key: value for key, value in item.items() if key in fields} for item in items]
    return page_answer(request, shown, place, asked, question)
