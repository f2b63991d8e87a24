"""Bundles: as actions need them, locked and by somebody who may; as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.kernel.folding import unaccented
from nhipcau.people.enums import Permission
from nhipcau.people.models import Person
from nhipcau.people.queries import Rights, rights_of
from nhipcau.publishing.enums import BundleState
from nhipcau.publishing.errors import NotPossible, NotYours
from nhipcau.publishing.models import Bundle, BundleItem, BundleVersion, RenditionSource
from nhipcau.publishing.permissions import may_release
from nhipcau.publishing.queries.obstacles import name_of
from nhipcau.publishing.queries.standing import FormLine, Standing, forms_of, standings_of
from nhipcau.registry.models import Unit
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.models import Work

OFFERED = 12  # works that a search for something to put into a bundle answers


def only_publishers(unit_id: int, *, by: Person, at: datetime) -> None:
    """Raises NotYours for whoever may not release for the unit. Two queries."""
    if not may_release(rights_of(by, on=timezone.localdate(at)), unit_id=unit_id):
        raise NotYours(_("Only a publisher of the unit releases its works."))


def locked_bundle(bundle: Bundle, states: frozenset[BundleState]) -> Bundle:
    """The bundle, locked, when it is in one of these states; else NotPossible. One query."""
    fresh = Bundle.objects.select_for_update().select_related("unit").get(pk=bundle.pk)
    if fresh.state not in states:
        raise NotPossible(
            _("“%(bundle)s” is “%(state)s” now; this cannot be done with it.")
            % {"bundle": fresh, "state": fresh.get_state_display()}
        )
    return fresh


def is_under_embargo(bundle: Bundle, *, at: datetime) -> bool:
    """Whether the bundle waits for a minute before which nobody may see it. No query."""
    return (
        bundle.state == BundleState.SCHEDULED
        and bundle.is_embargoed
        and bundle.goes_out_at is not None
        and bundle.goes_out_at > at
    )


def bundles_listed(*, words: str = "", state: str = "", rights: Rights) -> QuerySet[Bundle]:
    """Bundles of the units for which somebody releases, newest first, each with how much it holds.

    One query when it is read.
    """
    # Counted for the bundles of a page alone; grouped, every bundle there is would be counted.
    bundles = Bundle.objects.select_related("unit", "made_by", "scheduled_by").annotate(
        works=_counted(BundleItem.objects.filter(bundle=OuterRef("pk"))),
        texts=_counted(BundleVersion.objects.filter(item__bundle=OuterRef("pk"))),
    )
    if not rights.reaches_every_unit(Permission.RELEASES_PUBLISH):
        bundles = bundles.filter(unit__in=rights.unit_ids(Permission.RELEASES_PUBLISH))
    if words:
        bundles = bundles.filter(title__icontains=words)
    if state:
        bundles = bundles.filter(state=state)
    return bundles.order_by("-made_at", "-pk")


def _counted(rows: QuerySet[Any]) -> Coalesce:
    count = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(count.values("n")), 0)


def units_to_release_for(rights: Rights) -> QuerySet[Unit]:
    """Units whose works somebody may release. One query when it is read."""
    units = Unit.objects.order_by("label", "pk")
    if rights.reaches_every_unit(Permission.RELEASES_PUBLISH):
        return units.filter(Exists(Work.objects.filter(subject__unit=OuterRef("pk"))))
    return units.filter(pk__in=rights.unit_ids(Permission.RELEASES_PUBLISH))


@dataclass(frozen=True, slots=True)
class BundleLine:
    """A work in a bundle with the texts and forms that were chosen."""

    item: BundleItem
    work: Work | None
    texts: Sequence[BundleVersion]
    forms: Sequence[str]


def lines_of(bundle: Bundle) -> list[BundleLine]:
    """What a bundle holds, in the order in which it was put in. Four queries."""
    texts = BundleVersion.objects.select_related("version__language").defer("version__body")
    sources = RenditionSource.objects.select_related("version").defer("version__body")
    return [
        BundleLine(
            item,
            getattr(item.subject, "work", None),
            list(item.versions.all()),
            [name_of(form) for form in item.renditions.all()],
        )
        for item in BundleItem.objects.filter(bundle=bundle)
        .select_related("subject__work", "subject__unit")
        .prefetch_related(
            Prefetch("versions", texts.order_by("version__language__name", "pk")),
            Prefetch("renditions__made_of", sources),
        )
        .order_by("pk")
    ]


def works_to_choose(bundle: Bundle, *, words: str, rights: Rights) -> list[Work]:
    """Works with an approved text that bear the words and may be put in. One query."""
    approved = LanguageVersion.objects.filter(
        subject=OuterRef("pk"), approved_revision__isnull=False
    ).exclude(state=VersionState.STOPPED)
    works = Work.objects.filter(Exists(approved), trashed_at__isnull=True).exclude(
        subject__bundle_items__bundle=bundle
    )
    if not rights.reaches_every_unit(Permission.RELEASES_PUBLISH):
        works = works.filter(subject__unit__in=rights.unit_ids(Permission.RELEASES_PUBLISH))
    for word in unaccented(words).split():
        works = works.filter(folded__contains=word)
    return list(works.select_related("subject__unit").order_by("-changed_at", "-pk")[:OFFERED])


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen of one work: its approved texts, and its forms that can go out."""

    texts: Sequence[Standing]
    forms: Sequence[FormLine]


def choice_of(work: Work, *, at: datetime) -> Choice:
    """The approved texts and made forms of a work. Seven queries."""
    return Choice(
        [
            each
            for each in standings_of(work.subject, at=at)
            if each.version.approved_revision_id is not None
        ],
        [
            line
            for line in forms_of(work.subject)
            if line.form.state == "made" and not line.is_for_archive
        ],
    )


def open_bundles(rights: Rights) -> QuerySet[Bundle]:
    """Bundles that are being put together, newest first. One query when it is read."""
    return bundles_listed(rights=rights).filter(state__in=[BundleState.DRAFT, BundleState.HELD])
