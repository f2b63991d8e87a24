"""The documentation of the interface: a page made from its schema, without any script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext

from nhipcau.api import phrases
from nhipcau.api.errors import Problem
from nhipcau.api.views.edge import FRESH, absolute_for
from nhipcau.api.views.schema import described


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter or a field: its name, what it may be, the answer that it is made of, words."""

    name: str
    kind: str
    shape: str
    words: str


def documentation(request: HttpRequest) -> HttpResponse:
    """In the language of the reader, as far as the interface has it: Vietnamese or English."""
    schema = described()
    shapes = schema["components"]["schemas"]
    origin = absolute_for(request)("")
    answer = render(
        request,
        "api/documentation.html",
        {
            "language": get_language(),
            "origin": origin,
            "addresses": [
                {
                    "path": path,
                    "name": operation["operationId"],
                    "words": gettext(operation["description"]),
                    "parameters": [_line(each["name"], each) for each in operation["parameters"]],
                    "answer": _answer(operation),
                }
                for path, operations in schema["paths"].items()
                for operation in operations.values()
            ],
            "shapes": [
                {
                    "name": name,
                    "fields": [
                        _line(field, {"schema": its, "description": its.get("description", "")})
                        for field, its in shape["properties"].items()
                    ],
                }
                for name, shape in sorted(shapes.items())
                if "properties" in shape
            ],
            "problems": list(_problems()),
        },
    )
    answer["Cache-Control"] = FRESH
    patch_vary_headers(answer, ["Accept-Language"])
    return answer


def _said(schema: Mapping[str, Any]) -> str:
    words = schema.get("description", "")
    return gettext(words) if words else ""


def _line(name: str, told: Mapping[str, Any]) -> Line:
    kind, shape = _kind(told["schema"])
    return Line(name, kind, shape, _said(told))


def _kind(schema: Mapping[str, Any]) -> tuple[str, str]:
    """What a value may be, in the words of JSON Schema, and the answer that it is made of."""
    if "$ref" in schema:
        return "", schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        kinds = [_kind(each) for each in schema["anyOf"]]
        return " | ".join(kind for kind, _shape in kinds if kind), kinds[0][1]
    if schema.get("type") == "array":
        kind, shape = _kind(schema["items"])
        return f"[{kind}]" if kind else "[ ]", shape
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"]), ""
    return schema.get("format") or schema.get("type", ""), ""


def _answer(operation: Mapping[str, Any]) -> str:
    schema = operation["responses"][200]["content"]["application/json"]["schema"]
    return _kind(schema)[1]


def _problems() -> Iterator[Problem]:
    """Every problem once, as callers meet it."""
    yield phrases.bad_parameters([phrases.repeated_parameter("limit")])
    yield phrases.bad_cursor()
    yield phrases.no_such_thing()
    yield phrases.no_such_address()
    yield phrases.no_such_version(["vi", "en"])
    yield phrases.wrong_method("GET, HEAD, OPTIONS")
    yield phrases.withdrawn([])
    yield phrases.too_long()
    yield phrases.too_many(42, 300)
