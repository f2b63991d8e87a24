"""Addresses of the publishing room; they stand under /admin/."""

from __future__ import annotations

from django.urls import path

from nhipcau.publishing.views import board, clearing, handing_in, renditions

app_name = "publishing"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("clearance/", clearing.index, name="clearances"),
    path("clearance/hand-in/<uuid:uuid>/", handing_in.hand_in, name="hand_in"),
    path("clearance/take-back/<int:pk>/", handing_in.take_back, name="take_back"),
    path("clearance/<uuid:uuid>/", clearing.review, name="review"),
    path("clearance/<uuid:uuid>/decision/", clearing.say, name="say"),
    path("clearance/<uuid:uuid>/give/", clearing.give, name="give"),
    path("forms/<uuid:uuid>/order/", renditions.order, name="order_forms"),
    path("forms/<uuid:uuid>/file/", renditions.download, name="form_file"),
    path("releases/<uuid:uuid>/correction/", handing_in.ask_correction, name="ask_correction"),
]
