"""Addresses of the works room; they stand under /admin/works/."""

from __future__ import annotations

from django.urls import path

from nhipcau.works.views import (
    bringing,
    earlier,
    listing,
    money,
    sheets,
    starting,
    stopped,
    templates,
    words,
    work,
)

app_name = "works"
urlpatterns = [
    path("", listing.index, name="index"),
    path("trash/", listing.trash, name="trash"),
    path("sheets/", sheets.index, name="sheets"),
    path("sheets/example/", sheets.example, name="sheet_example"),
    path("sheets/<uuid:uuid>/", sheets.sheet, name="sheet"),
    path("sheets/<uuid:uuid>/progress/", sheets.progress, name="sheet_progress"),
    path("sheets/<uuid:uuid>/decision/", sheets.decide, name="decide_sheet"),
    path("start/", starting.start, name="start"),
    path("start/<slug:kind>/", starting.start_kind, name="start_kind"),
    path("templates/", templates.index, name="templates"),
    path("templates/<int:pk>/state/", templates.change_state, name="template_state"),
    path("read/<int:pk>/", words.read, name="read"),
    path("read/<int:pk>/bring/", bringing.bring, name="bring"),
    path("read/<int:pk>/history/", earlier.history, name="history"),
    path("read/<int:pk>/history/compare/", earlier.compared, name="compare"),
    path("read/<int:pk>/history/take/", earlier.take, name="take_earlier"),
    path("read/<int:pk>/remark/", words.make_remark, name="remark"),
    path("read/<int:pk>/follow/", words.follow, name="follow"),
    path("<uuid:uuid>/", work.work, name="work"),
    path("<uuid:uuid>/about/", work.about, name="about"),
    path("<uuid:uuid>/languages/", work.add_language, name="add_language"),
    path("<uuid:uuid>/hand-on/", work.hand_on, name="hand_on"),
    path("<uuid:uuid>/money/", money.money, name="money"),
    path("<uuid:uuid>/duplicate/", starting.duplicate, name="duplicate"),
    path("<uuid:uuid>/keep-template/", templates.keep, name="keep_template"),
    path("<uuid:uuid>/stop/", stopped.decide, name="stop"),
    path("<uuid:uuid>/put-away/", work.put_away, name="put_away"),
]
