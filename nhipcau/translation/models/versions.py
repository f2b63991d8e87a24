"""The words of a subject in one language, their revisions, and who wrote and cleared them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.locks import BaseLock
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, Revision, RevisionMixin

from nhipcau.kernel.canonical import canonical, plain
from nhipcau.kernel.doors import BehindADoor, BehindADoorQuerySet, Door
from nhipcau.kernel.folding import unaccented
from nhipcau.people.models import Person, User
from nhipcau.registry.models import Language
from nhipcau.translation.blocks import BodyField
from nhipcau.translation.enums import ContributionKind, Mode, VersionState
from nhipcau.translation.errors import (
    OnlyAClearanceApproves,
    OnlyReleasesPublish,
    VersionClosed,
    WordsMovedOn,
)
from nhipcau.translation.models.searched import SearchedWords
from nhipcau.translation.models.subjects import Subject
from nhipcau.translation.rules.states import may_write

# What a revision keeps: the words. Everything else belongs to the version as a whole.
TEXT_FIELDS = (
    "title",
    "title_vi",
    "summary",
    "body",
    "slug",
    "search_description",
    "machine_helped",
)


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over the words of a revision's content, 64 hexadecimal digits."""
    return hashlib.sha256(
        canonical(plain({name: content.get(name) for name in TEXT_FIELDS}))
    ).hexdigest()


class WithReviewers(BaseLock):
    """Nobody writes while a reviewer holds the text, nor after it was stopped."""

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        if self.object.state == VersionState.STOPPED:
            return gettext(
                "This text was stopped because it may hold a state secret. It cannot be changed; "
                "go on as the procedure says, outside the platform."
            )
        return gettext("This text is in clearance. It can be changed when it is returned.")

    def get_locked_by(self, user: Any) -> str:
        return str(self.object.get_state_display())

    def get_description(self, user: Any) -> str:
        return self.get_message(user)


class LanguageVersion(
    SearchedWords, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model
):
    """The words of a subject in one language, written or spoken.

    The row is the newest draft; every saved state is a Wagtail revision that holds the words
    alone (`TEXT_FIELDS`). Wagtail's draft state gives the editor its unfinished drafts, but a
    version never goes live: `publish` refuses, and the database refuses what goes round it.
    Public is a Release of an approved revision. `ready_since` is when that was approved, until it
    goes out.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="versions", editable=False
    )
    language = models.ForeignKey(
        Language, on_delete=models.PROTECT, related_name="+", editable=False
    )
    mode = models.CharField(
        _("mode"), max_length=8, choices=Mode.choices, default=Mode.WRITTEN, editable=False
    )
    title = models.CharField(pgettext_lazy("words", "title"), max_length=300)
    title_vi = models.CharField(
        _("title in Vietnamese"),
        max_length=300,
        blank=True,
        help_text=_("For languages that are only spoken: what lists and captions show."),
    )
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    body = BodyField(verbose_name=_("text"), blank=True)
    slug = models.SlugField(
        _("words in the address"),
        max_length=80,
        allow_unicode=True,
        blank=True,
        help_text=_("Made from the title when left empty."),
    )
    search_description = models.CharField(
        _("description for search engines"), max_length=300, blank=True
    )
    machine_helped = models.BooleanField(_("a machine helped to write or translate"), default=False)

    state = models.CharField(
        _("state"),
        max_length=12,
        choices=VersionState.choices,
        default=VersionState.DRAFT,
        editable=False,
    )
    source = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="translations",
        editable=False,
    )
    made_from = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    out_of_date_since = models.DateTimeField(null=True, blank=True, editable=False)
    approved_revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    ready_since = models.DateTimeField(null=True, blank=True, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)
    folded = models.CharField(max_length=700, blank=True, editable=False)
    live = models.BooleanField(default=False, editable=False)

    # What words show of the library is noted as they are saved (`MediaUse`); Wagtail's own index
    # would be a task of the worker for every draft.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("language version")
        verbose_name_plural = _("language versions")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "language", "mode"],
                name="a_subject_has_one_version_per_language_and_mode",
            ),
            models.CheckConstraint(
                name="a_spoken_version_has_a_vietnamese_title",
                condition=~Q(mode=Mode.SPOKEN) | ~Q(title_vi=""),
            ),
            models.CheckConstraint(
                name="what_is_ready_was_approved",
                condition=Q(ready_since__isnull=True) | Q(approved_revision__isnull=False),
            ),
            models.CheckConstraint(
                name="a_version_is_in_a_known_state", condition=Q(state__in=VersionState.values)
            ),
            models.CheckConstraint(
                name="a_translation_names_its_source_and_the_revision_it_was_made_from",
                condition=Q(source__isnull=True, made_from__isnull=True)
                | Q(source__isnull=False, made_from__isnull=False),
            ),
            # Public is a Release row: no bulk update, fixture or schedule makes a version live.
            models.CheckConstraint(
                name="a_version_never_goes_live_by_itself",
                condition=Q(live=False, go_live_at__isnull=True, live_revision__isnull=True),
            ),
        ]
        indexes = [
            # With the subject: whether its work is in the trash is asked of tens of thousands.
            models.Index(
                fields=["state", "-saved_at", "-id", "subject"],
                name="translation_version_by_state",
            ),
            models.Index(fields=["state", "subject"], name="translation_subjects_by_state"),
            models.Index(fields=["language", "state", "subject"], name="translation_in_a_language"),
            models.Index(fields=["-saved_at"], name="translation_version_newest"),
            models.Index(
                fields=["state", "-saved_at", "-id", "subject"],
                condition=Q(ready_since__isnull=False),
                name="translation_version_ready",
            ),
            models.Index(
                fields=["subject"],
                condition=Q(out_of_date_since__isnull=False),
                name="translation_out_of_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.title_vi or self.subject.short_id

    # --- what Wagtail asks --------------------------------------------------------------------

    def serializable_data(self) -> dict[str, Any]:
        """What a revision keeps: the words, and whose they are."""
        kept = {name: getattr(self, name) for name in TEXT_FIELDS}
        kept["body"] = LanguageVersion._meta.get_field("body").value_to_string(self)
        return {"pk": self.pk, "subject": self.subject_id, "language": self.language_id, **kept}

    @classmethod
    def from_serializable_data(
        cls,
        data: Mapping[str, Any],
        check_fks: bool = True,  # noqa: FBT001, FBT002 -- Wagtail calls it so
        strict_fks: bool = False,  # noqa: FBT001, FBT002 -- as above
    ) -> LanguageVersion:
        """What a version names is protected, so it is there: no query for each to see whether."""
        made = super().from_serializable_data(data, check_fks=False, strict_fks=strict_fks)
        return cast("LanguageVersion", made)

    def with_content_json(self, content: Mapping[str, Any]) -> LanguageVersion:
        """This version with the words of a revision; all else as it is now. No query of its own.

        Rows that were fetched with this one are those of the other, too.
        """
        now = super().serializable_data()
        words = {name: content[name] for name in TEXT_FIELDS if name in content}
        found = cast("LanguageVersion", super().with_content_json({**now, **words}))
        for field in self._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.is_cached(self):
                field.set_cached_value(found, field.get_cached_value(self))
        return found

    def get_latest_revision_as_object(self) -> LanguageVersion:
        """This version with its newest words; those of its row where none were ever saved."""
        revision = self.latest_revision
        return self if revision is None else self.with_content_json(revision.content)

    @property
    def scheduled_revision(self) -> None:
        """Nothing is scheduled: the database refuses a version that would go live."""

    def get_lock(self) -> Any:
        """A lock while the text is with reviewers or was stopped; else Wagtail's own."""
        return super().get_lock() if may_write(self.state) else WithReviewers(self)

    @cached_property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The forms in which the words can be looked at, from the room above that makes them."""
        forms: list[tuple[str, str]] = import_string(settings.WORDS_PREVIEW_FORMS)(self)
        return forms

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The words as readers will see them, drawn by the room above that makes the forms."""
        preview: HttpResponse = import_string(settings.WORDS_PREVIEW)(request, self, mode_name)
        return preview

    def publish(self, *_args: Any, **_kwargs: Any) -> None:
        raise OnlyReleasesPublish(
            _("A text goes public by a release only: hand it in for clearance.")
        )

    def unpublish(self, *_args: Any, **_kwargs: Any) -> None:
        raise OnlyReleasesPublish(_("What is public is taken back by withdrawing its release."))

    @transaction.atomic
    def save_revision(
        self,
        user: User | None = None,
        *args: Any,
        by: Person | None = None,
        kind: str = ContributionKind.WROTE,
        **kwargs: Any,
    ) -> Revision:
        """Keep the words as a revision, with their author; what was cleared is never overwritten.

        The author is `by`, a person who may have no account, or the user's person; nobody writes
        anonymously. Raises VersionClosed while a reviewer holds the text, WordsMovedOn when what
        is to be overwritten is not the newest revision any more.
        """
        author = by or (user.person if user is not None else None)
        if author is None:
            raise TypeError("Words have an author: pass `user` or `by`.")
        standing = (
            LanguageVersion.objects.select_for_update()
            .values_list("state", "latest_revision_id")
            .get(pk=self.pk)
        )
        state, latest = standing
        if not may_write(state):
            raise VersionClosed(
                _("This text is with a reviewer or was stopped; it can be changed when it returns.")
            )
        overwritten = kwargs.get("overwrite_revision")
        if overwritten is not None:
            if overwritten.pk != latest:
                raise WordsMovedOn(
                    _(
                        "Somebody else has saved this text since you opened it; compare before you "
                        "save."
                    )
                )
            # What reviewers have seen stays as they saw it.
            if state != VersionState.DRAFT or overwritten.approvals.exists():
                kwargs["overwrite_revision"] = None
        self.state = VersionState.DRAFT
        revision: Revision = super().save_revision(user, *args, **kwargs)
        Contribution.objects.get_or_create(version=self, person=author, kind=kind)
        return revision

    def _update_from_revision(self, revision: Revision, changed: bool = True) -> None:  # noqa: FBT001, FBT002 -- Wagtail calls it so
        """The row follows its newest draft, so that lists and searches see what people see."""
        self.latest_revision = revision
        self.has_unpublished_changes = True
        self.saved_at = timezone.now()  # Wagtail's edge gives no moment
        self.folded = unaccented(f"{self.title} {self.title_vi}")[:700]
        self.save(
            update_fields=[
                *TEXT_FIELDS,
                "state",
                "latest_revision",
                "has_unpublished_changes",
                "saved_at",
                "folded",
            ]
        )


approving = Door(
    "approving", OnlyAClearanceApproves, _("A text is approved by its clearance only.")
)


class Approval(BehindADoor):
    """One revision was cleared: its words, by their digest. Written by a clearance only.

    Whoever asks whether a revision is approved compares the digest: a revision whose content was
    changed behind our back is not. `shown` are the pins of what the words showed of the library
    when they were handed in, as the room of clearance made them; None: nobody pinned anything.
    """

    version = models.ForeignKey(LanguageVersion, on_delete=models.PROTECT, related_name="approvals")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64)
    shown = models.JSONField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    door = approving

    objects = models.Manager.from_queryset(BehindADoorQuerySet["Approval"])()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            models.UniqueConstraint(fields=["revision"], name="a_revision_is_approved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.at:%Y-%m-%d})"

    @property
    def holds(self) -> bool:
        """Whether the revision still has the words that were approved."""
        return self.digest == digest_of(self.revision.content)


class Contribution(models.Model):
    """A person had a hand in the words of a version. Never removed: four eyes rests on it."""

    version = models.ForeignKey(
        LanguageVersion, on_delete=models.PROTECT, related_name="contributions"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=12, choices=ContributionKind.choices)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person", "kind"], name="a_hand_in_the_words_is_noted_once"
            ),
            models.CheckConstraint(
                name="a_contribution_is_of_a_known_kind",
                condition=Q(kind__in=ContributionKind.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
