"""Addresses of the library; they stand under /admin/media/."""

from __future__ import annotations

from django.urls import path

from nhipcau.media.views import library, serving, uploading

app_name = "media"
urlpatterns = [
    path("", library.index, name="index"),
    path("bring/", uploading.bring, name="bring"),
    path("uploads/", uploading.begin, name="begin"),
    path("uploads/<uuid:uuid>/", uploading.upload, name="upload"),
    path("room/", library.quotas, name="quotas"),
    path("<uuid:uuid>/", library.item, name="item"),
    path("<uuid:uuid>/words/", library.alt_texts, name="alt_texts"),
    path("<uuid:uuid>/trash/", library.trash, name="trash"),
    path("<uuid:uuid>/replace/", uploading.replace, name="replace"),
    path("<uuid:uuid>/file/", serving.original, name="original"),
    path("<uuid:uuid>/size/<str:spec>", serving.size, name="size"),
]
