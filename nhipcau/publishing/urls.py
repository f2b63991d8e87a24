"""Addresses of the publishing room; they stand under /admin/."""

from __future__ import annotations

from django.urls import path

from nhipcau.publishing.views import (
    board,
    bundles,
    clearing,
    handing_in,
    preview,
    releases,
    renditions,
)

app_name = "publishing"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("clearance/", clearing.index, name="clearances"),
    path("clearance/hand-in/<uuid:uuid>/", handing_in.hand_in, name="hand_in"),
    path("clearance/take-back/<int:pk>/", handing_in.take_back, name="take_back"),
    path("clearance/<uuid:uuid>/", clearing.review, name="review"),
    path("clearance/<uuid:uuid>/decision/", clearing.say, name="say"),
    path("clearance/<uuid:uuid>/give/", clearing.give, name="give"),
    path("clearance/<uuid:uuid>/reasons/", clearing.confirm, name="confirm"),
    path("forms/look/<int:pk>/", preview.looks, name="looks"),
    path("forms/look/<int:pk>/drawn/", preview.drawn, name="draft_drawn"),
    path("forms/<uuid:uuid>/order/", renditions.order, name="order_forms"),
    path("forms/<uuid:uuid>/file/", renditions.download, name="form_file"),
    path("bundles/", bundles.index, name="bundles"),
    path("bundles/start/", bundles.start, name="start_bundle"),
    path("bundles/<uuid:uuid>/", bundles.bundle, name="bundle"),
    path("bundles/<uuid:uuid>/release/", bundles.go, name="release_bundle"),
    path("bundles/<uuid:uuid>/schedule/", bundles.schedule, name="schedule"),
    path("bundles/<uuid:uuid>/call-off/", bundles.call_off, name="call_off"),
    path("bundles/<uuid:uuid>/<uuid:work_uuid>/", bundles.choose_texts, name="choose"),
    path("bundles/<uuid:uuid>/<uuid:work_uuid>/leave-out/", bundles.leave, name="leave_out"),
    path("releases/", releases.index, name="releases"),
    path("releases/<uuid:uuid>/", releases.release, name="release"),
    path("releases/correct/<uuid:uuid>/", handing_in.ask_correction, name="ask_correction"),
    path("releases/withdraw/<uuid:uuid>/", releases.take_back, name="withdraw"),
]
