"""Fields in which a unit or a document on record is named in words, helped by a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django import forms
from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nhipcau.desk.queries.changes import MARK, Choice, words_of_document
from nhipcau.registry.models import Document
from nhipcau.registry.rules.citations import parsed

Row = TypeVar("Row", bound=Model)
SPARE = 3  # empty lines offered beyond what was filled
MOST_LINES = 60


class Offered(forms.TextInput):
    """A line with a list of what may stand in it; the list is written once per page."""

    def __init__(self, list_id: str) -> None:
        super().__init__(attrs={"list": list_id, "autocomplete": "off"})


class Lines(forms.Widget):
    """Several lines under one name, each with the same list; empty ones say nothing."""

    def __init__(self, list_id: str = "") -> None:
        super().__init__({"list": list_id, "autocomplete": "off"} if list_id else {})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """What was typed, line by line."""
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [line for line in given if line.strip()][:MOST_LINES]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        filled = list(value or [])
        lines = [*filled, *[""] * SPARE]
        own = self.build_attrs(self.attrs, attrs)
        first = own.pop("id", name)
        extra = format_html_join("", ' {}="{}"', ((k, v) for k, v in own.items() if v is not True))
        return format_html_join(
            "",
            '<input type="text" class="line" name="{}" id="{}" value="{}" maxlength="400"{}{}>',
            (
                (
                    name,
                    first if number == 0 else f"{first}_{number}",
                    line,
                    extra,
                    format_html(' aria-label="{}"', f"{number + 1}") if number else "",
                )
                for number, line in enumerate(lines)
            ),
        )


class LinesField(forms.Field):
    """A list of texts, one a line."""

    def __init__(self, *, list_id: str = "", **kwargs: Any) -> None:
        super().__init__(widget=Lines(list_id), **kwargs)

    def to_python(self, value: Any) -> list[str]:
        return [" ".join(line.split())[:400] for line in value or []]


def each_meant(lines: Sequence[str], meant: Callable[[str], Row]) -> list[Row]:
    """The rows that the lines name, each once. Raises ValidationError with every sentence."""
    found: dict[int, Row] = {}
    wrong: list[Any] = []
    for line in lines:
        try:
            row = meant(line)
        except forms.ValidationError as error:
            wrong += error.messages
        else:
            found[row.pk] = row
    if wrong:
        raise forms.ValidationError(wrong)
    return list(found.values())


def document_meant(words: str, offered: Sequence[Choice]) -> Document:
    """The document that the words name: as offered, or by its number alone.

    Raises ValidationError when none or more than one bears the number.
    """
    keys = [choice.key for choice in offered if choice.words == words]
    if len(keys) == 1:
        return Document.objects.get(pk=keys[0])
    citation = parsed(words.partition(MARK)[0].strip())
    found = list(Document.objects.cited_as(citation.key)) if citation else []
    exact = [document for document in found if words_of_document(document) == words]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        raise forms.ValidationError(
            _("Several documents bear the number %(number)s: choose one from the list.")
            % {"number": words[:120]}
        )
    raise forms.ValidationError(
        _("No document on record bears the number “%(number)s”. Add it under Documents first.")
        % {"number": words[:120]}
    )
