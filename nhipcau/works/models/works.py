"""The thing itself, and who has it in hand."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.people.enums import Permission
from nhipcau.people.models import Person
from nhipcau.people.queries import Rights
from nhipcau.plans.models import Task
from nhipcau.registry.models import Area, Language, Unit
from nhipcau.translation.models import Subject
from nhipcau.works.enums import WorkKind
from nhipcau.works.models.lists import Programme, Topic


class WorkQuerySet(models.QuerySet["Work"]):
    def not_in_trash(self) -> Self:
        return self.filter(trashed_at__isnull=True)

    def of_units_where(self, rights: Rights, permission: Permission) -> Self:
        """Works of the units in which the permission counts."""
        if rights.reaches_every_unit(permission):
            return self.all()
        units = rights.unit_ids(permission)
        return self.filter(subject__unit__in=units) if units else self.none()


WorkManager = models.Manager.from_queryset(WorkQuerySet)


class Work(models.Model):
    """A product of information work. Its unit, address and languages stand on its subject.

    `title` and `folded` repeat the newest title of the original language, for lists; `audiences`
    are codes of `Audience`. A work in the trash is kept whole and can be taken out again.
    `public_since` repeats for lists since when the public reads any of it.
    """

    subject = models.OneToOneField(
        Subject, primary_key=True, on_delete=models.PROTECT, related_name="work"
    )
    kind = models.CharField(_("kind"), max_length=14, choices=WorkKind.choices)
    title = models.CharField(
        pgettext_lazy("words", "title"), max_length=300, blank=True, editable=False
    )
    folded = models.CharField(max_length=700, blank=True, editable=False)
    original_language = models.ForeignKey(
        Language, on_delete=models.PROTECT, related_name="+", verbose_name=_("original language")
    )
    tasks = models.ManyToManyField(
        Task, blank=True, related_name="works", verbose_name=_("tasks of the plans")
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="works", verbose_name=_("topics")
    )
    areas = models.ManyToManyField(Area, blank=True, related_name="works", verbose_name=_("areas"))
    audiences = models.JSONField(_("audiences"), default=list, blank=True)
    programmes = models.ManyToManyField(
        Programme, blank=True, related_name="works", verbose_name=_("programmes")
    )
    expires_on = models.DateField(_("of use until"), null=True, blank=True)
    assignee = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="works_in_hand",
        verbose_name=_("in the hands of"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    template = models.CharField(max_length=60, blank=True, editable=False)
    started_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", editable=False
    )
    started_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)
    public_since = models.DateTimeField(null=True, blank=True, editable=False)
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)
    trashed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = WorkManager()

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        indexes = [
            # Each holds what its list asks of a work: keys of a page, and their number, come from
            # the index alone. The longest title takes 2,404 bytes; PostgreSQL takes 2,704.
            models.Index(
                fields=["-changed_at", "-subject", "trashed_at", "folded"],
                name="works_newest_first",
            ),
            models.Index(fields=["folded", "subject", "trashed_at"], name="works_by_title"),
            models.Index(
                fields=["kind", "-changed_at", "-subject", "trashed_at"], name="works_of_a_kind"
            ),
            models.Index(fields=["assignee", "due_on"], name="works_in_hand"),
            models.Index(
                fields=["-changed_at", "-subject", "trashed_at", "public_since"],
                condition=Q(public_since__isnull=False),
                name="works_that_are_public",
            ),
            models.Index(
                fields=["-trashed_at", "subject"],
                condition=Q(trashed_at__isnull=False),
                name="works_in_the_trash",
            ),
            models.Index(
                fields=["due_on", "-changed_at", "-subject", "trashed_at"], name="works_due"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_work_is_of_a_known_kind", condition=Q(kind__in=WorkKind.values)
            ),
            models.CheckConstraint(
                name="somebody_puts_a_work_into_the_trash",
                condition=Q(trashed_at__isnull=True, trashed_by__isnull=True)
                | Q(trashed_at__isnull=False, trashed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.subject.short_id

    @property
    def unit(self) -> Unit:
        return self.subject.unit

    @property
    def is_in_trash(self) -> bool:
        return self.trashed_at is not None


class Assignment(models.Model):
    """A work was given to somebody, or handed back; the newest one counts.

    Personal data: who had it in hand, and what was said.
    """

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="assignments")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.work} → {self.to}"
