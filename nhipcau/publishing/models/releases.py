"""What goes out together, and what is public: the only public state of the house."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.models import Revision

from nhipcau.kernel.doors import BehindADoor, BehindADoorQuerySet, Door
from nhipcau.media.models import PublicCopy, StoredFile
from nhipcau.people.models import Person
from nhipcau.plans.models import Task
from nhipcau.publishing.enums import BundleState, ReleaseKind, WithdrawalReason
from nhipcau.publishing.errors import OnlyReleasesPublish
from nhipcau.publishing.models.renditions import Rendition
from nhipcau.registry.models import Area, Language, Unit
from nhipcau.translation.enums import Mode, VersionState
from nhipcau.translation.manuscript import words_to_search
from nhipcau.translation.models import LanguageVersion, Subject
from nhipcau.works.models import Programme, Topic

releasing = Door(
    "releasing",
    OnlyReleasesPublish,
    _("What is public changes by a release, a correction or a withdrawal only."),
)


class Bundle(models.Model):
    """Works and languages that go out in the same minute, or not at all.

    With `goes_out_at` it waits for its minute (`is_embargoed` says so to everybody who sees it);
    `late_by` is how many seconds after its minute it went out. `trouble` are the sentences for
    which it was held back. `serial` counts the schedules, so that an old one wakes nothing.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="bundles", verbose_name=_("unit")
    )
    state = models.CharField(max_length=10, choices=BundleState.choices, default=BundleState.DRAFT)
    goes_out_at = models.DateTimeField(_("goes out at"), null=True, blank=True)
    is_embargoed = models.BooleanField(_("under embargo until then"), default=False)
    serial = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    scheduled_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    went_out_at = models.DateTimeField(null=True, blank=True)
    late_by = models.PositiveIntegerField(null=True, blank=True)
    trouble = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_bundle_that_waits_has_its_minute",
                condition=~Q(state=BundleState.SCHEDULED) | Q(goes_out_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_bundle_that_is_out_says_when",
                condition=~Q(state=BundleState.OUT) | Q(went_out_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "goes_out_at"], name="publishing_bundles_due")]

    def __str__(self) -> str:
        return self.title


class BundleItem(models.Model):
    """One subject in a bundle: which of its versions and forms go out, and what the public is told.

    `note` is the public note of a correction. The approved revision of each version on the day of
    choosing is pinned by `BundleVersion`.
    """

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="items")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="bundle_items")
    note = models.TextField(_("what the public is told"), blank=True, max_length=2000)
    renditions = models.ManyToManyField(Rendition, blank=True, related_name="+")

    class Meta:
        verbose_name = _("item of a bundle")
        verbose_name_plural = _("items of a bundle")
        ordering = ["bundle", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bundle", "subject"], name="a_subject_is_once_in_a_bundle"
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)


class BundleVersion(models.Model):
    """A version chosen to go out, with the approved revision that was meant."""

    item = models.ForeignKey(BundleItem, on_delete=models.CASCADE, related_name="versions")
    version = models.ForeignKey(LanguageVersion, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "version"], name="a_version_is_once_in_a_bundle"
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)


class Guarded(BehindADoor):
    """A row of the public state: written while releasing, by nothing else."""

    door = releasing

    class Meta:
        abstract = True


class Release(Guarded):
    """A subject before the public: unit, tasks, areas, topics, programmes as they were then.

    Whoever counts, counts releases per subject. `public_note` of a correction says what changed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ReleaseKind.choices)
    work_kind = models.CharField(max_length=14)
    bundle = models.ForeignKey(
        Bundle, null=True, blank=True, on_delete=models.PROTECT, related_name="releases"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="releases")
    unit_name = models.CharField(max_length=300)
    tasks = models.ManyToManyField(Task, related_name="releases")
    areas = models.ManyToManyField(Area, related_name="releases")
    topics = models.ManyToManyField(Topic, related_name="releases")
    programmes = models.ManyToManyField(Programme, related_name="releases")
    audiences = models.JSONField(default=list)
    public_note = models.TextField(blank=True)
    released_at = models.DateTimeField()
    late_by = models.PositiveIntegerField(default=0)
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(BehindADoorQuerySet["Release"])()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-released_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "number"], name="releases_of_a_subject_are_counted"
            ),
            models.CheckConstraint(
                name="a_correction_tells_what_was_changed",
                condition=~Q(kind=ReleaseKind.CORRECTION) | ~Q(public_note=""),
            ),
        ]
        indexes = [models.Index(fields=["-released_at"], name="publishing_newest_releases")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.number})"


class ReleasedVersionQuerySet(BehindADoorQuerySet["ReleasedVersion"]):
    def public(self, *, at: datetime) -> Self:
        """What the public may read then: released by the moment, not replaced, not taken back."""
        return self.filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at),
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=at),
            release__released_at__lte=at,
        )

    def standing(self, subject: int) -> Self:
        """What is neither replaced nor taken back of the subject, as it is written."""
        return self.filter(
            release__subject=subject, superseded_at__isnull=True, withdrawn_at__isnull=True
        )

    def noticed(self, *, at: datetime) -> Self:
        """What was taken back by the moment and leaves a notice under its address."""
        return self.filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=at),
            withdrawn_at__lte=at,
            release__released_at__lte=at,
        )


class ReleasedVersion(index.Indexed, Guarded):
    """One language of a release: the revision with its digest, and its address as it was then.

    The public searches in these: in the words that went out, never in those of a draft. A later
    release of the same language supersedes it; a withdrawal leaves `notice`, and `redirect_to`
    where there is something better to read.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="versions")
    version = models.ForeignKey(LanguageVersion, on_delete=models.PROTECT, related_name="released")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    title = models.CharField(max_length=300)
    slug = models.CharField(max_length=80, blank=True)
    source_language = models.CharField(max_length=35, blank=True)
    machine_helped = models.BooleanField(default=False)
    superseded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(
        max_length=10, choices=WithdrawalReason.choices, blank=True
    )
    notice = models.TextField(blank=True)
    redirect_to = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = models.Manager.from_queryset(ReleasedVersionQuerySet)()

    search_fields = [
        index.SearchField("title", boost=3),
        index.SearchField("searched_summary", boost=1.5),
        index.SearchField("searched_words", alone=False),
        index.AutocompleteField("title"),
        index.FilterField("language"),
        index.RelatedFields("language", [index.FilterField("tag")]),
        index.FilterField("mode"),
        index.FilterField("version"),
        index.FilterField("superseded_at"),
        index.FilterField("withdrawn_at"),
        index.RelatedFields(
            "release",
            [
                index.FilterField("subject"),
                index.FilterField("work_kind"),
                index.FilterField("unit"),
                index.FilterField("released_at"),
                index.FilterField("areas"),
                index.FilterField("topics"),
                index.RelatedFields("topics", [index.FilterField("key")]),
                index.FilterField("programmes"),
                index.RelatedFields("programmes", [index.FilterField("key")]),
            ],
        ),
    ]

    class Meta:
        verbose_name = _("released language version")
        verbose_name_plural = _("released language versions")
        constraints = [
            models.UniqueConstraint(
                fields=["release", "version"], name="a_version_is_once_in_a_release"
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(superseded_at__isnull=True, withdrawn_at__isnull=True),
                name="a_version_is_public_once_at_a_time",
            ),
            models.CheckConstraint(
                name="a_withdrawal_tells_the_public_why",
                condition=Q(withdrawn_at__isnull=True) | ~Q(notice="") & ~Q(withdrawal_reason=""),
            ),
            models.CheckConstraint(
                name="a_version_is_superseded_after_it_went_out",
                condition=Q(withdrawn_at__isnull=True)
                | Q(superseded_at__isnull=True)
                | Q(superseded_at__gte=F("withdrawn_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["language", "release"], name="publishing_released_language"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet[ReleasedVersion]:
        """What stands before the public: neither replaced nor taken back."""
        return (
            cls.objects.filter(superseded_at__isnull=True, withdrawn_at__isnull=True)
            .select_related("release", "language", "revision")
            .prefetch_related("release__areas", "release__topics", "release__programmes")
        )

    @property
    def search_language(self) -> str:
        return self.language.tag

    @property
    def searched_summary(self) -> str:
        return str(self.revision.content.get("summary") or "")

    @property
    def searched_words(self) -> str:
        return words_to_search(self.revision.content)

    @property
    def shown_title(self) -> str:
        """The title for pages of the desk; of what was stopped since, its short address.

        No query when `version` and the release's subject were fetched.
        """
        stopped = self.version.state == VersionState.STOPPED
        return self.release.subject.short_id if stopped else self.title


class ReleasedFile(Guarded):
    """A file that left with a release: a form, or a picture or recording shown in a version.

    `media_key` is the key in the manuscript ("picture/12") for what the words show; a form has
    its rendition instead. `language` is that of subtitles and transcripts; empty for what serves
    the readers of every language. `withdrawn_at` is when no public words needed it any more
    (`rules.releases`); the public copy goes with its last holder.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    rendition = models.ForeignKey(
        Rendition, null=True, blank=True, on_delete=models.PROTECT, related_name="released"
    )
    media_key = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=80, blank=True)
    language = models.ForeignKey(
        Language, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    public_copy = models.ForeignKey(
        PublicCopy, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(BehindADoorQuerySet["ReleasedFile"])()

    class Meta:
        verbose_name = _("released file")
        verbose_name_plural = _("released files")
        constraints = [
            models.UniqueConstraint(
                fields=["release", "rendition", "role"],
                condition=Q(rendition__isnull=False),
                name="a_form_is_once_in_a_release",
            ),
            models.UniqueConstraint(
                fields=["release", "media_key", "role"],
                condition=Q(rendition__isnull=True),
                name="a_picture_or_recording_is_once_in_a_release",
            ),
        ]

    def __str__(self) -> str:
        return self.name
