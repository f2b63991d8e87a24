"""Templates: what a work of a kind may start from."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.people.models import Person
from nhipcau.registry.models import Unit
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion, Subject
from nhipcau.works.enums import WorkKind
from nhipcau.works.models.lists import Listed, Topic


class TemplateQuerySet(models.QuerySet["WorkTemplate"]):
    def in_sight(self) -> Self:
        """All but those that were kept from words which were stopped since."""
        stopped = LanguageVersion.objects.filter(
            subject=OuterRef("kept_from"), state=VersionState.STOPPED
        )
        return self.filter(~Exists(stopped))

    def in_force(self, on: date) -> Self:
        """Templates that count on the day, that nobody has retired, and that are in sight."""
        return self.in_sight().filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gt=on),
            retired_at__isnull=True,
        )


TemplateManager = models.Manager.from_queryset(TemplateQuerySet)


class WorkTemplate(Listed):
    """Words with gaps (“[điền: …]”) that a work of a kind starts from.

    Shipped ones have a source and no unit; loading corrects them, and retiring is never undone by
    it. Those that were kept from a work name it, and everybody who had a hand in its words: whoever
    starts from them inherits the writers, so that a template opens no way round the four eyes.
    Without a unit a template is every unit's. `body` is raw blocks of the stream field.
    """

    kind = models.CharField(_("kind"), max_length=14, choices=WorkKind.choices)
    purpose = models.CharField(_("what it is for"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=35, default="vi")
    title = models.CharField(max_length=300)
    summary = models.TextField(max_length=2000, blank=True)
    body = models.JSONField(default=list, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    audiences = models.JSONField(default=list, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="work_templates"
    )
    kept_from = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField(null=True, blank=True)
    writers = models.ManyToManyField(Person, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TemplateManager()

    class Meta(Listed.Meta):
        abstract = False
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        indexes = [models.Index(fields=["kind", "order"], name="works_templates_of_a_kind")]
        constraints = [
            models.CheckConstraint(
                name="a_template_is_for_a_known_kind", condition=Q(kind__in=WorkKind.values)
            ),
            models.CheckConstraint(
                name="a_kept_template_names_its_work_and_who_kept_it",
                condition=Q(kept_from__isnull=True, kept_by__isnull=True, kept_at__isnull=True)
                | Q(kept_from__isnull=False, kept_by__isnull=False, kept_at__isnull=False),
            ),
            models.CheckConstraint(
                name="somebody_retires_a_template",
                condition=Q(retired_at__isnull=True, retired_by__isnull=True)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
            ),
        ]
