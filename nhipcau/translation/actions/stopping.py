"""Words that may hold a state secret: out of sight at once, and back when it was a false alarm.

What is stopped is the subject: a secret told in one language is told in all of them, and its
title stands on every list. The words leave every row that lists, searches, letters and sheets
read, and stay in the revisions alone, whose doors ask `TextStopped`. So a list that somebody
writes next year shows nothing either.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import unaccented
from nhipcau.people.models import Person
from nhipcau.translation.enums import Mode, VersionState
from nhipcau.translation.errors import NotPossible
from nhipcau.translation.models import TEXT_FIELDS, LanguageVersion, Stop, Subject
from nhipcau.translation.queries import standing_stop, writers_of_subject
from nhipcau.translation.signals import subject_stop_lifted, subject_stopped

SHOWN = (*TEXT_FIELDS, "folded", "state")
LEAST_REASON = 10  # characters: "ok" is no reason


@transaction.atomic
def stop(*, version: LanguageVersion, by: Actor, at: datetime) -> Stop:
    """Lock the words of the version's subject, all languages, and put them out of sight, at once.

    Stopping again changes nothing. The title may be part of what must not spread, so the diary's
    line names the subject alone. What is public stays so until it is withdrawn.
    """
    subject = Subject.objects.select_for_update().get(pk=version.subject_id)
    standing = standing_stop(subject.pk)
    if standing is None:
        standing = Stop.objects.create(
            subject=subject, stopped_at=at, stopped_by=by if isinstance(by, Person) else None
        )
        for each in LanguageVersion.objects.select_for_update().filter(subject=subject):
            _put_out_of_sight(each, subject)
        record(event="translation.version.stopped", target=subject, by=by, at=at)
        subject_stopped.send(Subject, subject=subject, by=by, at=at)
    version.refresh_from_db()
    return standing


@transaction.atomic
def confirm_stop(*, subject: Subject, by: Person, at: datetime) -> Stop:
    """The secrecy reviewer has looked: the words stay locked; the rest happens offline.

    Raises NotPossible without a stop, and for whoever had a hand in the words. Confirming again
    changes nothing.
    """
    standing = _stop_before(subject, by)
    if standing.confirmed_at is None:
        standing.confirmed_at, standing.confirmed_by = at, by
        standing.save(update_fields=["confirmed_at", "confirmed_by"])
        record(event="translation.version.stop_confirmed", target=standing.subject, by=by, at=at)
    return standing


def keep_letter_back(*, subject: Subject, by: Actor, at: datetime) -> None:
    """A letter that was written before the stop is not carried; this line is all that is left."""
    record(event="translation.letter.kept_back", target=subject, by=by, at=at)


@transaction.atomic
def lift_stop(*, subject: Subject, reason: str, by: Person, at: datetime) -> Stop:
    """The secrecy reviewer has looked: it was a false alarm. The words come back as drafts.

    Four eyes are asked here, whoever calls: nobody lifts the stop of what he or she had a hand
    in. `reason` says why, in ten letters at least; it is kept with the stop and stays out of the
    diary. Raises NotPossible.
    """
    standing = _stop_before(subject, by)
    reason = reason.strip()[:1000]
    if len(reason) < LEAST_REASON:
        raise NotPossible(_("Say why the stop is lifted (at least ten letters)."))
    standing.lifted_at, standing.lifted_by, standing.reason = at, by, reason
    standing.save(update_fields=["lifted_at", "lifted_by", "reason"])
    for version in LanguageVersion.objects.select_for_update().filter(
        subject=subject, state=VersionState.STOPPED
    ):
        _bring_back(version)
    record(event="translation.version.stop_lifted", target=standing.subject, by=by, at=at)
    subject_stop_lifted.send(Subject, subject=standing.subject, by=by, at=at)
    return standing


def _stop_before(subject: Subject, by: Person) -> Stop:
    fresh = Subject.objects.select_for_update().get(pk=subject.pk)
    standing = standing_stop(fresh.pk)
    if standing is None:
        raise NotPossible(_("This work is not stopped."))
    if by.pk in writers_of_subject(fresh.pk):
        raise NotPossible(_("Nobody decides on the stop of what he or she has written."))
    return standing


def _put_out_of_sight(version: LanguageVersion, subject: Subject) -> None:
    """The row forgets its words, which stay in its newest revision; labels of them go as well."""
    if version.latest_revision_id is None:
        raise TypeError("A version has had a revision since it was begun.")
    version.state = VersionState.STOPPED
    version.title = version.summary = version.slug = version.search_description = ""
    # Spoken versions have a title in Vietnamese, by a constraint.
    version.title_vi = subject.short_id if version.mode == Mode.SPOKEN else ""
    version.body = _no_blocks()
    version.folded = ""
    version.save(update_fields=SHOWN)
    version.revisions.update(object_str=subject.short_id)
    ModelLogEntry.objects.for_instance(version).update(label=subject.short_id)


def _bring_back(version: LanguageVersion) -> None:
    """The row follows its newest revision again, as a draft."""
    newest = version.latest_revision
    known = newest.as_object()
    for name in TEXT_FIELDS:
        setattr(version, name, getattr(known, name))
    version.folded = unaccented(f"{version.title} {version.title_vi}")[:700]
    version.state = VersionState.DRAFT
    version.save(update_fields=SHOWN)
    for revision in version.revisions.all():
        told = revision.content.get("title") or revision.content.get("title_vi")
        revision.object_str = told or version.subject.short_id
        revision.save(update_fields=["object_str"])
    ModelLogEntry.objects.for_instance(version).update(label=str(version))


def _no_blocks() -> object:
    return LanguageVersion._meta.get_field("body").stream_block.to_python([])
