"""What callers may ask, as parameters; what does not fit is told by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from nhipcau.api import phrases
from nhipcau.api.errors import Problem
from nhipcau.api.rules.fields import chosen
from nhipcau.api.rules.moments import moment_of
from nhipcau.publishing.queries.public import Wanted
from nhipcau.registry.models import Area, Unit
from nhipcau.translation.enums import Mode
from nhipcau.works.enums import WorkKind

MOST = 100
_KEY = r"^[A-Za-z0-9._/-]{1,160}$"

Language = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$",
        description=_("A tag of BCP 47, as /api/v1/languages lists them."),
        examples=["lo"],
    ),
]
Key = Annotated[str, Field(pattern=_KEY)]
WrittenMoment = Annotated[
    str,
    Field(
        json_schema_extra={"format": "date-time"},
        description=_("A moment, or a day of the province’s calendar (2026-11-29)."),
        examples=["2026-11-29T00:00:00Z"],
    ),
]


class Asked(Schema):
    """What every list takes. `fields` stands in the schema as a list: `described`."""

    cursor: str = Field("", description=_("Where to go on: “cursor” of the page before."))
    limit: int = Field(50, ge=1, le=MOST, description=_("How many at most."))
    fields: str = Field(
        "", description=_("Names of fields of an item, parted by commas; all where it is left out.")
    )


class WorksAsked(Asked):
    language: Language | None = Field(None, description=_("Works in this language."))
    mode: Mode | None = Field(None, description=_("Works with such a text."))
    kind: list[WorkKind] = Field([], max_length=20, description=_("Any of these kinds."))
    topic: list[Key] = Field([], max_length=20, description=_("Any of these topics, by key."))
    area: list[Key] = Field([], max_length=20, description=_("Any of these areas, by key."))
    unit: list[Key] = Field([], max_length=20, description=_("Released by any of these, by key."))
    programme: list[Key] = Field([], max_length=20, description=_("Any of these, by key."))
    since: WrittenMoment | None = Field(None, description=_("First released at or after."))
    before: WrittenMoment | None = Field(None, description=_("First released before."))
    changed_since: WrittenMoment | None = Field(
        None,
        description=_("With a text released at or after: what a copy of yours has to take again."),
    )


class OneAsked(Schema):
    fields: str = Field(
        "", description=_("Names of fields, parted by commas; all where it is left out.")
    )


class VersionAsked(OneAsked):
    mode: Mode | None = Field(None, description=_("Where a language is both written and spoken."))


def check_names(request: HttpRequest, asked: type[Schema]) -> None:
    """Raises Problem for a parameter that is not known here, or that stands twice and may not."""
    told = []
    for name in request.GET:
        field = asked.model_fields.get(name)
        if field is None:
            told.append(phrases.unknown_parameter(name[:40], asked.model_fields))
        elif field.default != [] and len(request.GET.getlist(name)) > 1:
            told.append(phrases.repeated_parameter(name))
    if told:
        raise phrases.bad_parameters(told[:10])


def moment_asked(name: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return moment_of(text, zone=timezone.get_default_timezone())
    except (ValueError, OverflowError):
        raise phrases.bad_parameters([phrases.bad_moment(name)]) from None


def fields_asked(text: str, shape: Any) -> frozenset[str]:
    """The fields that are wanted of a shape."""
    known = shape.__annotations__
    found, wrong = chosen(text, known)
    if wrong is not None:
        phrase = phrases.repeated_field if wrong in known else phrases.unknown_field
        raise phrases.bad_parameters([phrase(wrong, known)])
    return found


def wanted_works(asked: WorksAsked) -> Wanted:
    """The filters of a list of works. A query for areas, one for units, where there are any."""
    return Wanted(
        language=asked.language or "",
        mode=asked.mode or "",
        kinds=frozenset(asked.kind),
        topics=frozenset(asked.topic),
        areas=_keys(Area, asked.area),
        units=_keys(Unit, asked.unit),
        programmes=frozenset(asked.programme),
        since=moment_asked("since", asked.since),
        before=moment_asked("before", asked.before),
    )


NOBODY = frozenset({0})  # no row has this key


def _keys(model: type[Area | Unit], named: Sequence[str]) -> frozenset[int]:
    if not named:
        return frozenset()
    found = model._default_manager.filter(key__in=named).values_list("pk", flat=True)
    return frozenset(found) or NOBODY


def question_of(name: str, asked: Schema) -> Mapping[str, object]:
    """What a cursor belongs to: the list and what was asked of it, but for how many at once."""
    told = asked.model_dump(exclude={"cursor", "limit"}, exclude_defaults=True, mode="json")
    return {"list": name, **told}


def problem_of(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """What pydantic has found wrong, each parameter once."""
    told: dict[str, str] = {}
    for each in errors:
        name = next((str(part) for part in reversed(each["loc"]) if isinstance(part, str)), "")
        told.setdefault(name, phrases.unfit(name, each["type"], each.get("ctx") or {})[1])
    return phrases.bad_parameters(list(told.items())[:10])
