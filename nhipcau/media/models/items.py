"""Pictures, documents, sound and video with their rights, their versions and what is made of them.

The tables for moving pictures and sound (`nhipcau.media.moving`) hang on `MediaFile`.
"""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.media.enums import Consent, ItemKind
from nhipcau.media.models.files import StoredFile
from nhipcau.people.enums import Permission
from nhipcau.people.queries import Rights
from nhipcau.registry.models import Language, Unit

SEEN_BY = ("trashed_at", "unit", "is_shared")  # what `visible_to` and the trash ask of an item


class MediaItemQuerySet(models.QuerySet["MediaItem"]):
    def not_in_trash(self) -> Self:
        return self.filter(trashed_at__isnull=True)

    def visible_to(self, rights: Rights) -> Self:
        """What the person may see: items of the units that he or she serves, and shared ones."""
        if rights.reaches_every_unit(Permission.MEDIA_READ):
            return self.all()
        units = rights.unit_ids(Permission.MEDIA_READ)
        return self.filter(Q(unit__in=units) | Q(is_shared=True)) if units else self.none()


MediaItemManager = models.Manager.from_queryset(MediaItemQuerySet)


class MediaItem(models.Model):
    """One thing in the library, whatever file it has just now.

    `current` is the newest of `files`; it is empty only inside the transaction that makes the
    item. `consent_reference` says where the consent is kept ("Biên bản số 12, lưu tại xã"): the
    house keeps no phone book of those who were photographed. `folded` holds title, credit,
    source and file name without marks, for lists, which sort by its beginning (`sorted_as`). A
    focal point is told in thousandths of width and height. `size_bytes` repeats the size of
    `current`, `kept_bytes` the sum of all `files`: lists sort and sum a hundred thousand of them.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind.choices)
    title = models.CharField(pgettext_lazy("media", "title"), max_length=300)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="media_items", verbose_name=_("unit")
    )
    is_shared = models.BooleanField(_("every unit may use it"), default=False)
    current = models.OneToOneField(
        "media.MediaFile", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    credit = models.CharField(_("credit"), max_length=300, blank=True)
    rights_holder = models.CharField(_("rights holder"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    expires_on = models.DateField(_("may be used until"), null=True, blank=True)
    consent = models.CharField(
        _("consent"), max_length=12, choices=Consent.choices, default=Consent.UNKNOWN
    )
    consent_reference = models.CharField(_("where the consent is kept"), max_length=300, blank=True)
    consent_scope = models.CharField(_("what was agreed to"), max_length=300, blank=True)
    consent_until = models.DateField(_("consent valid until"), null=True, blank=True)
    consent_document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_map = models.BooleanField(_("shows a map"), default=False)
    origin = models.CharField(_("origin"), max_length=300, blank=True)
    made_in_year = models.CharField(_("year made"), max_length=40, blank=True)
    archive_mark = models.CharField(_("archive mark"), max_length=120, blank=True)
    is_decorative = models.BooleanField(_("decorative, says nothing"), default=False)
    focal_x = models.PositiveSmallIntegerField(null=True, blank=True)
    focal_y = models.PositiveSmallIntegerField(null=True, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    kept_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    folded = models.TextField(blank=True, editable=False)
    # A key of an index may be so long in PostgreSQL, in whatever script; a whole one may not.
    sorted_as = models.GeneratedField(
        expression=Left("folded", 200),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )
    owner_key = models.CharField(max_length=80, editable=False)
    made_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)
    trashed_by_key = models.CharField(max_length=80, blank=True, editable=False)

    objects = MediaItemManager()

    class Meta:
        verbose_name = _("media item")
        verbose_name_plural = _("media items")
        ordering = ["-made_at", "-pk"]
        indexes = [
            # With what tells who sees it: a page's keys, and their number, come from an index.
            models.Index(fields=["-made_at", "-id", *SEEN_BY], name="media_newest_first"),
            models.Index(fields=["kind", "-made_at", "-id", *SEEN_BY], name="media_of_a_kind"),
            models.Index(fields=["sorted_as", "id", *SEEN_BY], name="media_by_title"),
            models.Index(fields=["-size_bytes", "id", *SEEN_BY], name="media_by_size"),
            models.Index(fields=["unit", "-made_at"], name="media_of_a_unit"),
            models.Index(fields=["unit", "kept_bytes"], name="media_room_of_units"),
            models.Index(fields=["licence"], name="media_under_a_licence"),
            models.Index(
                fields=["expires_on"],
                condition=Q(expires_on__isnull=False),
                name="media_that_expire",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ItemKind.values), name="a_media_item_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(consent__in=Consent.values), name="a_consent_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(focal_x__isnull=True, focal_y__isnull=True)
                | Q(focal_x__lte=1000, focal_y__lte=1000),
                name="a_focal_point_lies_in_the_picture",
            ),
            models.CheckConstraint(
                condition=Q(trashed_at__isnull=True, trashed_by_key="")
                | Q(trashed_at__isnull=False) & ~Q(trashed_by_key=""),
                name="somebody_puts_an_item_into_the_trash",
            ),
            models.CheckConstraint(
                condition=~Q(consent=Consent.GIVEN) | ~Q(consent_reference=""),
                name="a_consent_that_was_given_is_kept_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_trash(self) -> bool:
        return self.trashed_at is not None


class MediaFile(models.Model):
    """One version of an item's file, cleaned of private data. Never changed.

    `original_sha256` is the hash of what was sent, before cleaning, so that sending it again is
    recognised. `look` is a perceptual hash (64 bits as a signed number), empty where there is
    none; `look_a` to `look_d` are its four quarters, by which look-alikes are found. `taken_out`
    names what cleaning removed ("place", "serial"), never the values. Width and height are as
    shown, orientation applied; a duration is in milliseconds.
    """

    item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="media_files")
    original_sha256 = models.CharField(max_length=64, db_index=True)
    file_name = models.CharField(_("file name"), max_length=255)
    mime = models.CharField(max_length=100)
    ending = models.CharField(max_length=10)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    duration_ms = models.PositiveBigIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    taken_out = models.JSONField(default=list, blank=True)
    look = models.BigIntegerField(null=True, blank=True)
    look_a = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    look_b = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    look_c = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    look_d = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    made_at = models.DateTimeField()
    made_by_key = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("version of a media file")
        verbose_name_plural = _("versions of media files")
        ordering = ["item_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="versions_of_an_item_count_up"),
            models.CheckConstraint(
                condition=Q(width__isnull=True, height__isnull=True)
                | Q(width__isnull=False, height__isnull=False),
                name="a_width_has_a_height",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Derivative(models.Model):
    """What a machine made of a file: a smaller picture, a poster, a web rendition of a video.

    `spec` says what it is ("w800.webp", "cover1200x630@500-300.jpeg", "poster.webp"); the bytes
    can always be made again from the file.
    """

    file = models.ForeignKey(MediaFile, on_delete=models.CASCADE, related_name="derivatives")
    spec = models.CharField(max_length=80)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="derivatives")
    mime = models.CharField(max_length=100)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "spec"], name="a_derivative_is_made_once")
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.spec}"


class AltText(models.Model):
    """What a picture says, for those who do not see it, in one language."""

    item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="alt_texts")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("alternative text"), max_length=500)
    changed_at = models.DateTimeField()
    changed_by_key = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("alternative text")
        verbose_name_plural = _("alternative texts")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "language"], name="an_item_has_one_alternative_text_per_language"
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="an_alternative_text_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.text
