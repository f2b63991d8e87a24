"""Blocks with which an editor chooses something from the library; each offers one kind.

The value is a `MediaItem` (its number in the database), never a version of its file: what is
replaced in the library is replaced in every draft that shows it; what was cleared shows the file
that was looked at, or nothing before it is cleared again.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks import ChooserBlock

from nhipcau.media.enums import ItemKind


def told_of(picture: Any) -> dict[str, Any]:
    """What the library says of a picture, for the editor's script: texts by language, the mark.

    One query, unless the `alt_texts` of the picture were fetched before.
    """
    return {
        "texts": {str(each.language_id): each.text for each in picture.alt_texts.all()},
        "is_decorative": picture.is_decorative,
    }


class MediaChooser(BaseChooser):
    """The button that opens the library, narrowed to one kind."""

    chooser_modal_url_name = "media_chooser:choose"
    choose_one_text = _("Choose from the library")
    choose_another_text = _("Choose another one")
    link_to_chosen_text = _("Open in the library")

    class Media:
        css = {"all": ["media/media.css"]}  # the grid of the library, inside the chooser

    def __init__(self, kind: ItemKind, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    @cached_property
    def model_class(self) -> Any:
        return apps.get_model("media", "MediaItem")

    def get_chooser_modal_url(self) -> str:
        return f"{reverse(self.chooser_modal_url_name)}?kind={self.kind.value}"

    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "edit_url": reverse("media:item", args=[instance.uuid]),
            self.display_title_key: str(instance),
            **(told_of(instance) if self.kind is ItemKind.PICTURE else {}),
        }


class _LibraryBlock(ChooserBlock):
    kind: ItemKind
    target_model = "media.MediaItem"

    @cached_property
    def widget(self) -> MediaChooser:
        return MediaChooser(self.kind, icon=self.meta.icon)

    @cached_property
    def field(self) -> forms.ModelChoiceField[Any]:
        return forms.ModelChoiceField(
            queryset=self.model_class.objects.filter(kind=self.kind),
            widget=self.widget,
            required=self._required,
            validators=self._validators,
            help_text=self._help_text,
        )

    class Meta:
        icon = "image"


class PictureChooserBlock(_LibraryBlock):
    kind = ItemKind.PICTURE

    def bulk_to_python(self, values: Any) -> Any:
        """The pictures with what the library says of them. Two queries."""
        found = super().bulk_to_python(values)
        prefetch_related_objects([each for each in found if each is not None], "alt_texts")
        return found

    class Meta:
        icon = "image"


class FileChooserBlock(_LibraryBlock):
    kind = ItemKind.DOCUMENT

    class Meta:
        icon = "doc-full"


class AudioChooserBlock(_LibraryBlock):
    kind = ItemKind.AUDIO

    class Meta:
        icon = "media"


class VideoChooserBlock(_LibraryBlock):
    kind = ItemKind.VIDEO

    class Meta:
        icon = "media"
