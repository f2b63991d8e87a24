"""The schema of the interface, OpenAPI 3.1, and its first page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from pydantic import TypeAdapter

from nhipcau.api import phrases, shapes
from nhipcau.api.views.edge import absolute_for, json_answer
from nhipcau.api.views.interface import VERSION, interface

SCHEMA = "openapi.json"
PREFIX = "api/v1/"
# Fields that callers part by commas: in the schema a list of known names.
_FIELDS = {
    "list_works": shapes.Work,
    "get_work": shapes.Work,
    "get_version": shapes.Version,
    "list_renditions": shapes.Rendition,
    "list_corrections": shapes.ToldCorrection,
    "list_withdrawals": shapes.Withdrawal,
    "list_topics": shapes.Topic,
    "list_units": shapes.Unit,
    "list_areas": shapes.Area,
    "list_languages": shapes.Language,
}
_REFUSALS = {
    "400": "A parameter does not fit",
    "404": "Nothing public stands there",
    "410": "It was withdrawn",
    "414": "The question is too long",
    "429": "Too many questions from one address",
}


def missing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever address the interface does not have."""
    raise phrases.no_such_address()


def index(request: HttpRequest) -> HttpResponse:
    """The addresses of the interface."""
    absolute = absolute_for(request)
    paths = [path for path in described()["paths"] if "{" not in path]
    return json_answer(
        {
            "name": "Nhịp Cầu",
            "version": VERSION,
            "schema": absolute(f"/{PREFIX}{SCHEMA}"),
            "documentation": absolute(f"/{PREFIX}docs"),
            "lists": {path.rpartition("/")[2]: absolute(path) for path in paths},
        }
    )


def schema(request: HttpRequest) -> HttpResponse:
    return json_answer({**described(), "servers": [{"url": absolute_for(request)("/")}]})


@lru_cache(maxsize=1)
def described() -> dict[str, Any]:
    """The schema, OpenAPI 3.1: ninja's, with what each address refuses."""
    found: dict[str, Any] = interface.get_openapi_schema(path_prefix=PREFIX)
    problem = TypeAdapter(shapes.ProblemAnswer).json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}"
    )
    found["components"]["schemas"] |= {**problem.pop("$defs", {}), "Problem": problem}
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in found["paths"].values():
        for operation in operations.values():
            for status, description in _REFUSALS.items():
                operation["responses"][status] = {"description": description, "content": content}
            operation["responses"]["304"] = {"description": "Unchanged since the tag given"}
            for parameter in operation["parameters"]:
                parameter.pop("examples", None)  # they stand in its schema, as 3.1 has it
                _without_null(parameter["schema"])
                if parameter["name"] == "fields":
                    _describe_fields(parameter, _FIELDS[operation["operationId"]])
    return found


def _without_null(schema: dict[str, Any]) -> None:
    """What is left out of a query is not there; nobody writes it as null."""
    kinds = [each for each in schema.pop("anyOf", ()) if each != {"type": "null"}]
    schema.pop("default", None)
    for kind in kinds:
        schema.update(kind)


def _describe_fields(parameter: dict[str, Any], shape: Any) -> None:
    names = list(shape.__annotations__)
    items = {"type": "string", "enum": names}
    parameter["schema"] = {"type": "array", "items": items, "uniqueItems": True}
    parameter |= {"style": "form", "explode": False}
