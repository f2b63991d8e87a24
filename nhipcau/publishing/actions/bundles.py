"""Putting together what goes out in one minute, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.people.models import Person
from nhipcau.publishing.enums import BundleState, Obstacle
from nhipcau.publishing.errors import NotPossible, NotReadyToRelease
from nhipcau.publishing.models import Bundle, BundleItem, BundleVersion, Rendition
from nhipcau.publishing.queries.bundles import locked_bundle, only_publishers
from nhipcau.publishing.queries.obstacles import dry_run, reasons_of
from nhipcau.publishing.renderers.contract import Purpose
from nhipcau.registry.models import Unit
from nhipcau.translation.models import LanguageVersion, Subject
from nhipcau.translation.queries import stopped_titles, without_titles

CHANGEABLE = frozenset({BundleState.DRAFT, BundleState.HELD})


@transaction.atomic
def make_bundle(*, title: str, unit: Unit, by: Person, at: datetime) -> Bundle:
    """An empty bundle of the unit."""
    only_publishers(unit.pk, by=by, at=at)
    if not title.strip():
        raise NotPossible(_("Give the bundle a title."))
    bundle = Bundle.objects.create(title=title.strip()[:200], unit=unit, made_by=by, made_at=at)
    record(event="publishing.bundle.made", target=bundle, by=by, at=at)
    return bundle


@transaction.atomic
def choose(
    *,
    bundle: Bundle,
    subject: Subject,
    versions: Sequence[LanguageVersion],
    by: Person,
    at: datetime,
    renditions: Sequence[Rendition] = (),
    note: str = "",
) -> BundleItem:
    """Put a subject into the bundle with these versions and forms; choosing again replaces them.

    Each version's approved revision of this moment is pinned. Raises NotPossible for a version
    without one, what is not approved cannot even be chosen; and for an archive copy, which carries
    no credential (a PDF/A-2a holds no other file) and so never leaves.
    """
    fresh = locked_bundle(bundle, CHANGEABLE)
    only_publishers(fresh.unit_id, by=by, at=at)
    only_publishers(subject.unit_id, by=by, at=at)
    if any(each.subject_id != subject.pk for each in (*versions, *renditions)):
        raise NotPossible(_("These texts and forms belong to another work."))
    if any(each.purpose != Purpose.PUBLIC for each in renditions):
        raise NotPossible(_("An archive copy stays in the house; choose the public one."))
    standing = {
        version.pk: version
        for version in LanguageVersion.objects.filter(
            pk__in=[each.pk for each in versions]
        ).select_related("approved_revision")
    }
    bare = [version for version in standing.values() if version.approved_revision is None]
    if bare or not standing:
        raise NotPossible(
            _("“%(title)s” has no approved text.") % {"title": bare[0] if bare else subject}
        )
    item, _new = BundleItem.objects.update_or_create(
        bundle=fresh, subject=subject, defaults={"note": note.strip()[:2000]}
    )
    item.versions.all().delete()
    BundleVersion.objects.bulk_create(
        BundleVersion(item=item, version=version, revision=version.approved_revision)
        for version in standing.values()
    )
    item.renditions.set(renditions)
    record(
        event="publishing.bundle.chosen",
        target=fresh,
        by=by,
        at=at,
        after={
            "subject": subject.short_id,
            "revisions": sorted(version.approved_revision_id for version in standing.values()),
            "forms": sorted(str(form.uuid) for form in renditions),
        },
    )
    return item


@transaction.atomic
def leave_out(*, bundle: Bundle, subject: Subject, by: Person, at: datetime) -> None:
    """Take a subject out of the bundle."""
    fresh = locked_bundle(bundle, CHANGEABLE)
    only_publishers(fresh.unit_id, by=by, at=at)
    BundleItem.objects.filter(bundle=fresh, subject=subject).delete()
    record(
        event="publishing.bundle.left_out",
        target=fresh,
        by=by,
        at=at,
        before={"subject": subject.short_id},
    )


@transaction.atomic
def schedule_bundle(
    *, bundle: Bundle, goes_out_at: datetime, by: Person, at: datetime, is_embargoed: bool = False
) -> Bundle:
    """Let the bundle wait for its minute; the worker releases it then, or later if it was down.

    It is looked through now, so that nobody goes home with a bundle that cannot leave, and once
    more at its minute. Raises NotReadyToRelease with all reasons.
    """
    fresh = locked_bundle(bundle, CHANGEABLE | {BundleState.SCHEDULED})
    only_publishers(fresh.unit_id, by=by, at=at)
    if goes_out_at <= at:
        raise NotPossible(_("Choose a minute that lies ahead, or release at once."))
    found = dry_run(fresh, at=goes_out_at)
    if not found.may_leave:
        raise NotReadyToRelease(
            _("The bundle cannot leave as it is."), reasons_of(found.hindrances)
        )
    fresh.state = BundleState.SCHEDULED
    fresh.goes_out_at, fresh.is_embargoed = goes_out_at, is_embargoed
    fresh.serial += 1
    fresh.scheduled_by = by
    fresh.trouble = []
    fresh.save()
    record(
        event="publishing.bundle.scheduled",
        target=fresh,
        by=by,
        at=at,
        after={"goes_out_at": goes_out_at, "is_embargoed": is_embargoed},
    )
    return fresh


def forget_names(*, subject: Subject, by: Actor, at: datetime) -> None:
    """Why a bundle was held names its works; of one that was stopped, only that it was.

    A bundle of one work is called as the work was: by its short address from now on.
    """
    titles = stopped_titles(subject.pk)
    for bundle in Bundle.objects.select_for_update().filter(items__subject=subject):
        bundle.title = without_titles(bundle.title, titles)
        if bundle.trouble:
            bundle.trouble = [f"{subject.short_id}: {Obstacle.STOPPED.label}"]
        bundle.save(update_fields=["title", "trouble"])
        record(event="publishing.bundle.names_forgotten", target=bundle, by=by, at=at)


@transaction.atomic
def call_off_bundle(*, bundle: Bundle, by: Person, at: datetime) -> Bundle:
    """It does not go out; it can be changed and scheduled again."""
    fresh = locked_bundle(bundle, frozenset({BundleState.SCHEDULED}))
    only_publishers(fresh.unit_id, by=by, at=at)
    fresh.state, fresh.goes_out_at, fresh.is_embargoed = BundleState.DRAFT, None, False
    fresh.serial += 1
    fresh.save()
    record(event="publishing.bundle.called_off", target=fresh, by=by, at=at)
    return fresh
