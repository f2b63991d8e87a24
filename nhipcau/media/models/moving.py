"""Sound and film: what was found in a file, the renditions made of it, its subtitles and words."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.media.enums import RENDITION_UNSETTLED, RenditionState, SubtitlesKind
from nhipcau.media.models.files import StoredFile
from nhipcau.media.models.items import MediaFile, MediaItem
from nhipcau.people.models import Person
from nhipcau.registry.models import Language


class MovingFile(models.Model):
    """What a version of an item's file holds, where it is sound or film.

    `look` is `moving.looks.Look` as plain values, empty until the file was looked at; `trouble`
    says why it could not be used, with numbers for the sentence. `poster_ms` is the moment that a
    person chose for the poster. A file that breaks off is rendered only after a person has said
    so (`takes_cut`): half a film must not go out by oversight.
    """

    file = models.OneToOneField(MediaFile, on_delete=models.CASCADE, related_name="moving")
    look = models.JSONField(default=dict, blank=True)
    trouble = models.CharField(max_length=20, blank=True)
    trouble_values = models.JSONField(default=dict, blank=True)
    poster_ms = models.PositiveBigIntegerField(null=True, blank=True)
    takes_cut = models.BooleanField(default=False)
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sound or film")
        verbose_name_plural = _("sounds and films")
        constraints = [
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True, look={}, trouble="")
                | Q(looked_at__isnull=False),
                name="a_file_that_tells_something_was_looked_at",
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)


class MediaRenditionQuerySet(models.QuerySet["MediaRendition"]):
    def unsettled(self) -> Self:
        return self.filter(state__in=RENDITION_UNSETTLED)

    def free(self, at: datetime) -> Self:
        """What may be taken in hand: queued, or left behind by a worker that died."""
        return self.filter(
            Q(state=RenditionState.QUEUED) | Q(state=RenditionState.RUNNING, leased_until__lte=at)
        )


MediaRenditionManager = models.Manager.from_queryset(MediaRenditionQuerySet)


class MediaRendition(models.Model):
    """One thing that is made of one original: ordered, being made, made, failed or cancelled.

    An original's bytes and a recipe with all its numbers (`recipe_key`) name it, so ordering it
    twice is ordering it once, whichever item the bytes belong to. `turn_at` is the moment of the
    order plus the seconds that the work will take: short work goes first, and no long work waits
    for ever. `share` is how much is done, in thousandths. `result` is set when it is done and
    only then.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="renditions")
    name = models.CharField(max_length=40)
    recipe_key = models.CharField(max_length=60)
    recipe = models.JSONField()
    state = models.CharField(
        max_length=10, choices=RenditionState.choices, default=RenditionState.QUEUED
    )
    share = models.PositiveSmallIntegerField(default=0)
    turn_at = models.DateTimeField()
    ordered_at = models.DateTimeField()
    ordered_by_key = models.CharField(max_length=80)
    leased_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=20, blank=True)
    trouble_values = models.JSONField(default=dict, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    result = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="made_as"
    )

    objects = MediaRenditionManager()

    class Meta:
        verbose_name = _("rendition of a sound or film")
        verbose_name_plural = _("renditions of sounds and films")
        ordering = ["turn_at", "pk"]
        indexes = [
            models.Index(
                fields=["turn_at", "id"],
                condition=Q(state__in=["queued", "running"]),
                name="media_renditions_to_make",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["original", "recipe_key"], name="an_original_has_one_rendition_per_recipe"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RenditionState.values),
                name="a_rendition_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=Q(state=RenditionState.DONE, result__isnull=False)
                | ~Q(state=RenditionState.DONE) & Q(result__isnull=True),
                name="a_rendition_has_a_file_when_it_is_done",
            ),
            models.CheckConstraint(
                condition=~Q(state=RenditionState.FAILED) | ~Q(trouble=""),
                name="a_failed_rendition_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=RenditionState.RUNNING, leased_until__isnull=False)
                | ~Q(state=RenditionState.RUNNING) & Q(leased_until__isnull=True),
                name="a_rendition_is_leased_while_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(share__lte=1000), name="a_rendition_is_made_up_to_the_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.original}"


class Subtitles(models.Model):
    """The lines of a sound or film in one language, as they stand now.

    `cues` is a list of `{"start", "end", "text"}` with milliseconds, in order. `revision` counts
    the saves; who saves over a newer one is told so and loses nothing.
    """

    item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="subtitles")
    language = models.ForeignKey(
        Language, on_delete=models.PROTECT, related_name="+", verbose_name=_("language")
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=SubtitlesKind.choices,
        default=SubtitlesKind.SUBTITLES,
    )
    cues = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by_key = models.CharField(max_length=80)
    changed_by_name = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("subtitles")
        verbose_name_plural = _("subtitles")
        ordering = ["item_id", "language__tag", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "language", "kind"],
                name="an_item_has_subtitles_once_per_language_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SubtitlesKind.values),
                name="subtitles_are_of_a_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.language})"


class SubtitlesSave(models.Model):
    """Subtitles as they once were. What one person saves within ten minutes is one row."""

    subtitles = models.ForeignKey(Subtitles, on_delete=models.CASCADE, related_name="saves")
    revision = models.PositiveIntegerField()
    cues = models.JSONField()
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by_key = models.CharField(max_length=80)
    saved_by_name = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("earlier subtitles")
        verbose_name_plural = _("earlier subtitles")
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["subtitles", "revision"], name="a_revision_of_subtitles_is_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subtitles_id} {self.revision}"


class Transcript(models.Model):
    """The words of a sound or film in one language, typed or made from its subtitles.

    `made_from` is the revision of the subtitles that it was made from; null where it was typed,
    or changed by hand since.
    """

    item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="transcripts")
    language = models.ForeignKey(
        Language, on_delete=models.PROTECT, related_name="+", verbose_name=_("language")
    )
    text = models.TextField(_("words"), blank=True)
    made_from = models.PositiveIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by_key = models.CharField(max_length=80)
    changed_by_name = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        ordering = ["item_id", "language__tag"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "language"], name="an_item_has_one_transcript_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.language})"


class SpokenWriter(models.Model):
    """A person had a hand in the subtitles or the transcript of an item in a language.

    Never removed while there is the item, whatever is saved over it: four eyes rests on it.
    Personal data: who it was.
    """

    item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="spoken_writers")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("hand in subtitles and transcripts")
        verbose_name_plural = _("hands in subtitles and transcripts")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "language", "person"],
                name="a_hand_in_what_is_said_is_noted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.item_id} ({self.language_id})"
