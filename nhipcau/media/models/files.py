"""Files by their content, and the copies of them that the public may fetch."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.doors import BehindADoor, BehindADoorQuerySet, Door
from nhipcau.media.errors import OnlyReleasesShow


class StoredFile(models.Model):
    """A file that the house keeps, named by its content. Never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField()
    kept_by_key = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.sha256[:12]


class SignedCopy(models.Model):
    """What a kept file became when it was signed to leave: the same file with its credential.

    `mark` is the SHA-256 of what the credential says and of whose key vouches for it.
    """

    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="signed_copies")
    mark = models.CharField(max_length=64)
    signed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="signed_from")
    issuer = models.CharField(max_length=255)
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "signed copies"
        constraints = [
            models.UniqueConstraint(
                fields=["original", "mark"], name="what_says_the_same_is_signed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.original} → {self.signed}"


showing = Door(
    "showing", OnlyReleasesShow, _("Files come before the public with what is released only.")
)


class PublicCopy(BehindADoor):
    """A copy of a kept file under a name that nobody can guess; gone when nobody holds it.

    `name` is 32 hexadecimal digits of chance and the ending of the file's kind. After a
    withdrawal the name is never used again: the next release has another one.
    """

    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="public_copy")
    name = models.CharField(max_length=60, unique=True)
    mime = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    door = showing

    objects = models.Manager.from_queryset(BehindADoorQuerySet["PublicCopy"])()

    class Meta:
        verbose_name_plural = "public copies"

    def __str__(self) -> str:
        return self.name


class PublicHolding(BehindADoor):
    """One release (or whatever else is public) that needs the copy; counted, so named.

    The public gets the file from `opens_at` on: a copy is staged before its release.
    """

    copy = models.ForeignKey(PublicCopy, on_delete=models.CASCADE, related_name="holdings")
    holder_key = models.CharField(max_length=80)
    opens_at = models.DateTimeField()

    door = showing

    objects = models.Manager.from_queryset(BehindADoorQuerySet["PublicHolding"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["copy", "holder_key"], name="a_holder_holds_a_copy_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder_key} {self.copy_id}"
