"""Wagtail's image and document models, owned by us from the first migration on.

They are called Picture and Attachment: “document” is an official paper here (registry). Nobody
writes them: pictures and files with their rights are `MediaItem`s (decision 10).
"""

from __future__ import annotations

from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class Picture(AbstractImage):
    """A picture with its credit."""

    credit = models.CharField(max_length=300, blank=True)
    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")


class PictureSize(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_file_per_picture_and_filter",
            ),
        ]


class Attachment(AbstractDocument):
    """A file that is offered as it is."""

    credit = models.CharField(max_length=300, blank=True)
    admin_form_fields = (*WagtailDocument.admin_form_fields, "credit")
