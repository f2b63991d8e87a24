"""The few tables, as drawn in docs/architecture.md, with the constraints that matter."""

import contextlib
import uuid
from contextvars import ContextVar

from django.db import models
from wagtail.models import DraftStateMixin, Revision, RevisionMixin

from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.models import StoredFile
from nhipcau.people.models import Person
from nhipcau.plans.models import Task
from nhipcau.registry.models import Area, Language, Unit

_releasing = ContextVar("_releasing", default=False)


class OnlyReleasesPublish(RuleBroken):
    """Public is a Release row; nothing else makes a version public."""


@contextlib.contextmanager
def releasing():
    """Held by the release action alone."""
    token = _releasing.set(True)
    try:
        yield
    finally:
        _releasing.reset(token)


class Subject(models.Model):
    """Whatever has words in languages: a work, an event, a course. Its short id is never reused."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    short_id = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=20)


class LanguageVersion(DraftStateMixin, RevisionMixin, models.Model):
    """The words of a subject in one language, written or spoken."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="versions")
    language = models.ForeignKey(Language, on_delete=models.PROTECT)
    mode = models.CharField(max_length=8, default="written")
    title = models.CharField(max_length=300)
    title_vi = models.CharField(max_length=300, blank=True)
    body = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, default="draft")
    made_from = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="translated_as"
    )
    out_of_date_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "language", "mode"], name="one_version_per_language_and_mode"
            ),
            models.CheckConstraint(
                name="a_spoken_version_of_the_trial_has_a_title",
                condition=~models.Q(mode="spoken") | ~models.Q(title_vi=""),
            ),
        ]

    def publish(self, revision, *args, **kwargs):
        if not _releasing.get():
            raise OnlyReleasesPublish("A version goes public by a release only.")
        return super().publish(revision, *args, **kwargs)


class Approval(models.Model):
    """A person clears one revision; four eyes compares persons."""

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="approval")
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()


class Work(models.Model):
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="work")
    kind = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    tasks = models.ManyToManyField(Task, related_name="+")


class Rendition(models.Model):
    """A file made from approved revisions by a renderer, named by its slug in settings."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="renditions")
    renderer = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    sources = models.ManyToManyField(Revision, related_name="renditions")

    @property
    def is_stale(self):
        """Whether any of the revisions it was made of has been succeeded."""
        newest = {
            version.latest_revision_id
            for version in LanguageVersion.objects.filter(subject=self.subject)
        }
        return any(source.pk not in newest for source in self.sources.all())

    @property
    def may_go_out(self):
        return not self.is_stale and all(
            hasattr(source, "approval") for source in self.sources.all()
        )


class Bundle(models.Model):
    """Things that go out in the same minute, or not at all."""

    title = models.CharField(max_length=200)
    goes_out_at = models.DateTimeField()
    went_out_at = models.DateTimeField(null=True)


class Release(models.Model):
    """A subject before the public, with everything as it was then. The only public state."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="releases")
    bundle = models.ForeignKey(Bundle, null=True, on_delete=models.PROTECT, related_name="releases")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    versions = models.ManyToManyField(Revision, related_name="releases")
    files = models.ManyToManyField(Rendition, related_name="releases")
    tasks = models.ManyToManyField(Task, related_name="+")
    areas = models.ManyToManyField(Area, related_name="+")
    languages = models.JSONField(default=list)
    released_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    notice = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_withdrawal_tells_the_public_why",
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(notice=""),
            ),
        ]


class HandOff(models.Model):
    """A pinned source sent to an outside translator, and the file that came back."""

    version = models.ForeignKey(LanguageVersion, on_delete=models.PROTECT)
    source = models.ForeignKey(Revision, on_delete=models.PROTECT)
    to = models.ForeignKey(Person, on_delete=models.PROTECT)
    returned = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT)


class Synonym(models.Model):
    """Expanded when a query is asked, so a new one needs no new index."""

    word = models.CharField(max_length=100, unique=True)
    means = models.CharField(max_length=200)
