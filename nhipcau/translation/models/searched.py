"""How the desk's search sees the words of a version: its newest draft, never what was stopped."""

from __future__ import annotations

from typing import Any

from django.db import models
from modelsearch import index

from nhipcau.translation.enums import VersionState
from nhipcau.translation.manuscript import words_to_search


class SearchedWords(index.Indexed):
    """For staff who may read works. The public searches in releases, in an index of their own."""

    search_fields = [
        index.SearchField("title", boost=3),
        index.SearchField("title_vi", boost=3),
        index.SearchField("summary", boost=1.5),
        index.SearchField("searched_words", alone=False),
        index.AutocompleteField("title"),
        index.AutocompleteField("title_vi"),
        index.FilterField("language"),
        index.FilterField("mode"),
        index.FilterField("state"),
        index.FilterField("saved_at"),
        index.FilterField("subject"),
        index.RelatedFields("subject", [index.FilterField("unit"), index.FilterField("kind")]),
    ]

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet[Any]:
        """What was stopped is in no index: its words are out of sight."""
        rows: models.QuerySet[Any] = super().get_indexed_objects()
        return rows.exclude(state=VersionState.STOPPED).select_related("language")

    @property
    def search_language(self: Any) -> str:
        return str(self.language.tag)

    @property
    def searched_words(self: Any) -> str:
        return words_to_search({"body": list(self.body.raw_data)})
