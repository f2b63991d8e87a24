"""The addresses of the interface for machines, under /api/v1/."""

from __future__ import annotations

from django.urls import path

from nhipcau.api.views.documentation import documentation
from nhipcau.api.views.edge import at_the_edge
from nhipcau.api.views.interface import at_the_edge_all, interface
from nhipcau.api.views.schema import SCHEMA, index, missing, schema

app_name = "api"
urlpatterns = [
    path("", at_the_edge(index), name="index"),
    path(SCHEMA, at_the_edge(schema), name="schema"),
    path("docs", at_the_edge(documentation), name="documentation"),
    *at_the_edge_all(interface.urls[0][:-1]),  # its last is a first page of its own
    path("<path:rest>", at_the_edge(missing), name="missing"),
]
