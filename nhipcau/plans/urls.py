"""Addresses of the plans room; they stand under /admin/plans/."""

from __future__ import annotations

from django.urls import path

from nhipcau.plans.views import importing, reading_plans, reviewing

app_name = "plans"
urlpatterns = [
    path("", reading_plans.index, name="index"),
    path("bring/", importing.bring, name="bring"),
    path("import/<uuid:uuid>/", importing.review_page, name="review"),
    path("import/<uuid:uuid>/progress/", importing.progress, name="progress"),
    path("import/<uuid:uuid>/state/", reviewing.state, name="state"),
    path("import/<uuid:uuid>/step/", reviewing.step, name="step"),
    path("import/<uuid:uuid>/unit/", reviewing.new_unit, name="new_unit"),
    path("import/<uuid:uuid>/plan/", importing.set_plan, name="set_plan"),
    path("import/<uuid:uuid>/compare/", importing.compare, name="compare"),
    path("import/<uuid:uuid>/accept/", importing.accept, name="accept"),
    path("import/<uuid:uuid>/discard/", importing.discard, name="discard"),
    path("tasks/", reading_plans.tasks, name="tasks"),
    path("units/", reviewing.unit_search, name="unit_search"),
    path("<uuid:uuid>/", reading_plans.outline, name="outline"),
    path("<uuid:uuid>/table/", reading_plans.table, name="table"),
    path("<uuid:uuid>/documents/", reading_plans.document_graph, name="document_graph"),
    path("task/<uuid:uuid>/", reading_plans.task, name="task"),
]
