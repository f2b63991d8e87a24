"""The way of a version through clearance. Called by the clearance, which knows who may."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.people.models import Person
from nhipcau.translation.enums import VersionState
from nhipcau.translation.errors import NotPossible
from nhipcau.translation.models import Approval, LanguageVersion, approving, digest_of
from nhipcau.translation.queries import writers_of
from nhipcau.translation.rules.states import may_become
from nhipcau.translation.signals import version_approved, version_out_of_date


def _become(version: LanguageVersion, state: VersionState) -> LanguageVersion:
    fresh = LanguageVersion.objects.select_for_update().get(pk=version.pk)
    if not may_become(fresh.state, state):
        raise NotPossible(
            _("“%(title)s” is “%(state)s” now; this cannot be done with it.")
            % {"title": fresh, "state": fresh.get_state_display()}
        )
    fresh.state = state
    fresh.save(update_fields=["state"])
    version.state = state
    return fresh


@transaction.atomic
def hand_in(*, version: LanguageVersion, by: Actor, at: datetime) -> Revision:
    """The author lets go of the text; answers the revision that is now with the reviewers."""
    fresh = _become(version, VersionState.IN_CLEARANCE)
    revision: Revision | None = fresh.latest_revision
    if revision is None:
        raise NotPossible(_("Nothing has been written yet."))
    record(
        event="translation.version.handed_in",
        target=fresh,
        by=by,
        at=at,
        after={"revision": fresh.latest_revision_id},
    )
    return revision


@transaction.atomic
def give_back(*, version: LanguageVersion, by: Actor, at: datetime) -> None:
    """A reviewer returns the text; the reason stands with the clearance."""
    fresh = _become(version, VersionState.RETURNED)
    record(event="translation.version.given_back", target=fresh, by=by, at=at)


@transaction.atomic
def take_back(*, version: LanguageVersion, by: Actor, at: datetime) -> None:
    """The author takes the text out of clearance again, before anybody approved it."""
    fresh = LanguageVersion.objects.select_for_update().get(pk=version.pk)
    if fresh.state != VersionState.IN_CLEARANCE:
        raise NotPossible(_("“%(title)s” is not in clearance.") % {"title": fresh})
    fresh.state = VersionState.RETURNED
    fresh.save(update_fields=["state"])
    version.state = fresh.state
    record(event="translation.version.taken_back", target=fresh, by=by, at=at)


@transaction.atomic
def approve(
    *,
    version: LanguageVersion,
    revision: Revision,
    by: Person,
    at: datetime,
    shown: Mapping[str, Mapping[str, str]] | None = None,
) -> Approval:
    """The last step of a clearance: this revision's words are approved, with what they showed.

    Four eyes are asked here once more, whoever calls: nobody who had a hand in the words, by
    whatever account, approves them. Translations made from an older revision become out of date.
    """
    fresh = _become(version, VersionState.APPROVED)
    if revision.pk != fresh.latest_revision_id:
        raise NotPossible(_("The text has changed since it was handed in."))
    if by.pk in writers_of(fresh):
        raise NotPossible(_("Nobody clears what he or she has written."))
    with approving():
        approval, is_new = Approval.objects.get_or_create(
            revision=revision,
            defaults={
                "version": fresh,
                "digest": digest_of(revision.content),
                "shown": shown,
                "at": at,
                "by": by,
            },
        )
    fresh.approved_revision = revision
    if is_new:  # else it may have gone out already
        fresh.ready_since = at
    fresh.save(update_fields=["approved_revision", "ready_since"])
    version.approved_revision = revision
    record(
        event="translation.version.approved",
        target=fresh,
        by=by,
        at=at,
        after={"revision": revision.pk, "digest": approval.digest},
    )
    _tell_translations(fresh, revision, at)
    version_approved.send(LanguageVersion, version=fresh, revision=revision, by=by, at=at)
    return approval


def note_going_out(*, revisions: Collection[int], by: Actor, at: datetime) -> None:
    """These approved revisions go out: their versions are ready no more.

    In the transaction of the release, which has the line in the diary.
    """
    LanguageVersion.objects.filter(approved_revision__in=revisions).update(ready_since=None)


def _tell_translations(source: LanguageVersion, revision: Revision, at: datetime) -> None:
    """Translations of an older revision are out of date from now on, if they were not already."""
    behind = LanguageVersion.objects.filter(source=source, out_of_date_since__isnull=True)
    for translation in behind.exclude(made_from=revision):
        translation.out_of_date_since = at
        translation.save(update_fields=["out_of_date_since"])
        version_out_of_date.send(LanguageVersion, version=translation, at=at)
