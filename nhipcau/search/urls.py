"""Addresses of the search room; they stand under /admin/search-words/."""

from __future__ import annotations

from django.urls import path

from nhipcau.search import views

app_name = "search"
urlpatterns = [
    path("", views.index, name="synonyms"),
    path("list.xlsx", views.as_spreadsheet, name="synonyms_xlsx"),
    path("add/", views.add, name="add_synonyms"),
    path("<int:key>/", views.change, name="change_synonyms"),
    path("<int:key>/drop/", views.drop, name="drop_synonyms"),
]
