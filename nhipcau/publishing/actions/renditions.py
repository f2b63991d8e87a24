"""Forms: ordered by a person, made by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.actions import keep_file
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of
from nhipcau.publishing.errors import NotPossible, NotYours
from nhipcau.publishing.models import Rendition, RenditionSource
from nhipcau.publishing.permissions import may_order_forms
from nhipcau.publishing.queries.inspection import manuscript_of
from nhipcau.publishing.queries.pins import is_stale, pin_of_house, shelf_of
from nhipcau.publishing.queries.rendering import KeptMedia, options_for
from nhipcau.publishing.renderers.contract import Purpose, has_archive_copy
from nhipcau.publishing.renderers.listed import renderer
from nhipcau.publishing.signals import rendition_ordered
from nhipcau.translation.models import LanguageVersion
from nhipcau.translation.queries import standing_approval


@transaction.atomic
def order_rendition(
    *,
    slug: str,
    versions: Sequence[LanguageVersion],
    by: Person,
    at: datetime,
    purpose: str = Purpose.PUBLIC,
) -> Rendition:
    """Have a form made of the approved words of these versions, in this order.

    The same form of the same revisions and pictures that stands already is answered instead. With
    the purpose of an archive it is PDF/A-2a and stays in the house: no release takes it. Raises
    NotPossible when a version has no standing approval, or the form takes another number of them.
    """
    try:
        form = renderer(slug)
    except KeyError as unknown:
        raise NotPossible(_("There is no such form.")) from unknown
    if purpose == Purpose.DRAFT:
        raise NotPossible(_("A draft is looked at, never kept as a form."))
    if purpose == Purpose.ARCHIVE and not has_archive_copy(form):
        raise NotPossible(_("Only forms on paper (PDF) have an archive copy."))
    if len(versions) != form.sources or len({v.subject_id for v in versions}) != 1:
        raise NotPossible(
            _("This form is made of %(count)d language versions of one work.")
            % {"count": form.sources}
        )
    subject = versions[0].subject
    if not may_order_forms(rights_of(by, on=timezone.localdate(at)), unit_id=subject.unit_id):
        raise NotYours(_("Forms are ordered by those who write or release for the unit."))
    sources = [_approved(version) for version in versions]
    pinned = [(version.pk, version.approved_revision_id) for version in sources]
    for standing in Rendition.objects.filter(
        subject=subject, renderer=slug, purpose=purpose
    ).exclude(state="failed"):
        made_of = list(standing.made_of.values_list("version_id", "revision_id"))
        if made_of == pinned and not is_stale(standing):
            return standing
    rendition = Rendition.objects.create(
        subject=subject, renderer=slug, purpose=purpose, ordered_by=by, ordered_at=at
    )
    RenditionSource.objects.bulk_create(
        RenditionSource(
            rendition=rendition, order=place, version=version, revision=version.approved_revision
        )
        for place, version in enumerate(sources)
    )
    record(
        event="publishing.form.ordered",
        target=rendition,
        by=by,
        at=at,
        after={"renderer": slug, "revisions": [revision for _version, revision in pinned]},
    )
    rendition_ordered.send(Rendition, rendition=rendition)
    return rendition


def _approved(version: LanguageVersion) -> LanguageVersion:
    fresh = LanguageVersion.objects.select_related(
        "approved_revision", "language", "subject__unit"
    ).get(pk=version.pk)
    if fresh.approved_revision is None or standing_approval(fresh.approved_revision) is None:
        raise NotPossible(_("“%(title)s” has no approved text.") % {"title": fresh})
    return fresh


def make_rendition(*, rendition: Rendition, by: Actor, at: datetime) -> Rendition:
    """Make the ordered form; doing it again gives the same file. What cannot be made says why."""
    if rendition.state == "made":
        return rendition
    sources = list(
        rendition.made_of.select_related(
            "version__language", "version__subject__unit", "version__source__language", "revision"
        )
    )
    # The library is read once: what the form is drawn with is what its pins say.
    shelf = shelf_of(each.revision.content for each in sources)
    manuscripts = tuple(
        manuscript_of(each.version, each.revision, items=shelf.items, words=shelf.words)
        for each in sources
    )
    options = options_for(rendition, on=timezone.localdate(rendition.ordered_at))
    try:
        rendered = renderer(rendition.renderer).render(manuscripts, KeptMedia(shelf.items), options)
    except RuleBroken as refusal:
        return fail_rendition(rendition=rendition, trouble=str(refusal), by=by, at=at)
    first, *others = rendered.files
    kept = keep_file(chunks=[first.content], by=by, at=at)
    further = [
        {
            "name": other.name,
            "media_type": other.media_type,
            "role": other.role,
            "size_bytes": len(other.content),
            "sha256": keep_file(chunks=[other.content], by=by, at=at).sha256,
        }
        for other in others
    ]
    with transaction.atomic():
        fresh = Rendition.objects.select_for_update().get(pk=rendition.pk)
        fresh.state, fresh.trouble = "made", ""
        fresh.file, fresh.name, fresh.media_type = kept, first.name[:255], first.media_type
        fresh.further, fresh.shown = further, dict(shelf.pins)
        fresh.house = pin_of_house(options.house)
        fresh.findings = [
            {
                "kind": finding.kind,
                "shown": finding.shown,
                "blocking": finding.blocking,
                "details": {name: str(value) for name, value in finding.details.items()},
            }
            for finding in rendered.findings
        ]
        fresh.measures = dict(rendered.measures)
        fresh.made_at = at
        fresh.save()
        record(
            event="publishing.form.made",
            target=fresh,
            by=by,
            at=at,
            after={"renderer": fresh.renderer, "sha256": kept.sha256},
        )
    return fresh


@transaction.atomic
def fail_rendition(*, rendition: Rendition, trouble: str, by: Actor, at: datetime) -> Rendition:
    """The form could not be made; the sentence says why. It may be ordered again."""
    fresh = Rendition.objects.select_for_update().get(pk=rendition.pk)
    fresh.state, fresh.trouble = "failed", trouble
    fresh.save(update_fields=["state", "trouble"])
    record(
        event="publishing.form.failed",
        target=fresh,
        by=by,
        at=at,
        after={"renderer": fresh.renderer},
    )
    return fresh
