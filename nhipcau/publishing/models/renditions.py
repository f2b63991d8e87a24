"""Forms made of approved words: files with all the revisions that they were made of."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from nhipcau.media.models import StoredFile
from nhipcau.people.models import Person
from nhipcau.translation.models import LanguageVersion, Subject


class Rendition(models.Model):
    """One form (leaflet PDF, EPUB, radio script ...) of one or more language versions.

    `renderer` is a slug in settings. `versions` and `sources` go in pairs by `order` of
    RenditionSource; whether a rendition is stale is asked of them and of `shown`, the pins of
    what was drawn from the library (`rules.pins`; None: made before there were pins), and of
    `house`, the pin of the province's look (`queries.pins.look_pin`), never stored. `state`:
    ordered, made, failed with a sentence. The first file of a rendition is `file`, the others
    are `further` (name, media type, role, size in bytes, digest).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="renditions")
    renderer = models.CharField(max_length=40)
    purpose = models.CharField(max_length=10, default="public")
    state = models.CharField(max_length=8, default="ordered")
    trouble = models.TextField(blank=True)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    further = models.JSONField(default=list, blank=True)
    shown = models.JSONField(null=True, blank=True)
    house = models.JSONField(default=dict, blank=True)
    findings = models.JSONField(default=list, blank=True)
    measures = models.JSONField(default=dict, blank=True)
    ordered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["subject", "renderer", "-ordered_at"]
        constraints = [
            models.CheckConstraint(
                name="a_made_form_has_its_file",
                condition=~Q(state="made") | Q(file__isnull=False, made_at__isnull=False),
            ),
            # A look at a draft is shown and never kept.
            models.CheckConstraint(
                name="a_form_is_kept_for_the_public_or_the_archive",
                condition=Q(purpose__in=["public", "archive"]),
            ),
            models.CheckConstraint(
                name="a_form_is_in_a_known_state",
                condition=Q(state__in=["ordered", "made", "failed"]),
            ),
        ]
        indexes = [models.Index(fields=["subject", "renderer"], name="publishing_forms_of_a_work")]

    def __str__(self) -> str:
        return self.name or self.renderer


class RenditionSource(models.Model):
    """One revision that a form was made of; `order` is its place (left and right column)."""

    rendition = models.ForeignKey(Rendition, on_delete=models.CASCADE, related_name="made_of")
    order = models.PositiveSmallIntegerField()
    version = models.ForeignKey(LanguageVersion, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["rendition", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["rendition", "order"], name="a_form_has_one_source_in_each_place"
            ),
            models.UniqueConstraint(
                fields=["rendition", "version"], name="a_form_is_made_once_of_each_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rendition} ← {self.version}"
