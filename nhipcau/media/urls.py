"""Addresses of the library; they stand under /admin/media/."""

from __future__ import annotations

from django.urls import path

from nhipcau.media.views import library, moving, serving, subtitles, uploading

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
    path("<uuid:uuid>/moving/", moving.moving_page, name="moving"),
    path("<uuid:uuid>/moving/state/", moving.moving_state, name="moving_state"),
    path("<uuid:uuid>/moving/poster/", moving.choose_poster, name="choose_poster"),
    path("<uuid:uuid>/moving/cut/", moving.take_cut, name="take_cut"),
    path("<uuid:uuid>/moving/order/", moving.order_all, name="order_all"),
    path("<uuid:uuid>/moving/<uuid:rendition>/stop/", moving.rendition_stop, name="rendition_stop"),
    path(
        "<uuid:uuid>/moving/<uuid:rendition>/again/", moving.rendition_again, name="rendition_again"
    ),
    path("<uuid:uuid>/subtitles/", subtitles.subtitles_begin, name="subtitles_begin"),
    path("<uuid:uuid>/subtitles/<int:pk>/", subtitles.subtitles_editor, name="subtitles"),
    path("<uuid:uuid>/subtitles/<int:pk>/cues/", subtitles.subtitles_cues, name="cues"),
    path("<uuid:uuid>/subtitles/<int:pk>/file/", subtitles.subtitles_file, name="track"),
    path(
        "<uuid:uuid>/subtitles/<int:pk>/bring/", subtitles.subtitles_bring, name="subtitles_bring"
    ),
    path(
        "<uuid:uuid>/subtitles/<int:pk>/back/",
        subtitles.subtitles_take_back,
        name="subtitles_take_back",
    ),
    path(
        "<uuid:uuid>/subtitles/<int:pk>/words/", subtitles.transcript_from, name="transcript_from"
    ),
    path("<uuid:uuid>/transcript/<slug:tag>/", subtitles.transcript_page, name="transcript"),
]
