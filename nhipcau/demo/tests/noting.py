"""What the loading left behind in the rooms of media, works and publishing, as plain values.

Short ids and numbers of rows are left out: they differ from loading to loading.
"""

from nhipcau.media.models import MediaItem
from nhipcau.publishing.enums import BundleState
from nhipcau.publishing.models import (
    Bundle,
    Decision,
    Release,
    ReleasedFile,
    ReleasedVersion,
    Rendition,
)
from nhipcau.publishing.queries.inspection import raw_body
from nhipcau.translation.models import Approval, Contribution, LanguageVersion
from nhipcau.works.models import CostLine, Permit, PrintRun, Work


def noted_works():
    return {
        "works": [_work(work) for work in Work.objects.order_by("title")],
        "versions": list(
            LanguageVersion.objects.order_by("title", "language__tag").values_list(
                "title", "language__tag", "summary", "state", "out_of_date_since"
            )
        ),
        "releases": [
            {
                "kind": release.kind,
                "unit": release.unit_name,
                "at": release.released_at,
                "note": release.public_note,
                "titles": sorted(release.versions.values_list("title", flat=True)),
                "tasks": sorted(release.tasks.values_list("path", flat=True)),
            }
            for release in Release.objects.order_by("released_at", "pk")
        ],
        "released_versions": [_released(each) for each in ReleasedVersion.objects.all()],
        "withdrawn": Release.objects.filter(versions__withdrawn_at__isnull=False)
        .values("subject")
        .distinct()
        .count(),
        "embargoed": [
            (bundle.title, bundle.goes_out_at, bundle.items.count())
            for bundle in Bundle.objects.filter(state=BundleState.SCHEDULED, is_embargoed=True)
        ],
        "items": [_item(item) for item in MediaItem.objects.order_by("title")],
        "money": {
            "costs": CostLine.objects.count(),
            "permits": Permit.objects.count(),
            "print_runs": PrintRun.objects.count(),
        },
        "files": sorted(
            ReleasedFile.objects.filter(withdrawn_at=None)
            .exclude(public_copy=None)
            .values_list("name", "media_type", "language__tag")
        ),
        "blocks": _blocks_that_left(),
        "forms": {
            state: sorted(Rendition.objects.filter(state=state).values_list("renderer", flat=True))
            for state in ("ordered", "made", "failed")
        },
    }


def _blocks_that_left():
    """The kinds of blocks that the public reads."""
    public = ReleasedVersion.objects.filter(superseded_at=None, withdrawn_at=None)
    bodies = (raw_body(each.revision.content) for each in public.select_related("revision"))
    return {block["type"] for body in bodies for block in body}


def _work(work):
    return {
        "title": work.title,
        "kind": work.kind,
        "unit": work.subject.unit.key,
        "is_sample": work.subject.is_sample,
        "in_trash": work.is_in_trash,
        "changed_at": work.changed_at,
        "tasks": sorted(work.tasks.values_list("path", flat=True)),
        "topics": sorted(work.topics.values_list("key", flat=True)),
        "areas": sorted(work.areas.values_list("key", flat=True)),
        "versions": {
            version.language.tag: {
                "state": version.state,
                "is_public": ReleasedVersion.objects.filter(
                    version=version, superseded_at__isnull=True, withdrawn_at__isnull=True
                ).exists(),
                "is_out_of_date": version.out_of_date_since is not None,
            }
            for version in LanguageVersion.objects.filter(subject=work.subject_id)
        },
    }


def _released(each):
    approval = Approval.objects.get(revision=each.revision)
    decisions = Decision.objects.filter(step__item__revision=each.revision)
    return {
        "title": each.title,
        "holds": approval.holds,
        "writers": set(
            Contribution.objects.filter(version=each.version).values_list("person_id", flat=True)
        ),
        "deciders": {
            approval.by_id,
            each.release.released_by_id,
            *decisions.values_list("by_id", flat=True),
        },
        "handed_in_at": decisions.earliest("at").step.opened_at,
        "approved_at": approval.at,
        "released_at": each.release.released_at,
    }


def _item(item):
    return {
        "title": item.title,
        "kind": item.kind,
        "unit": item.unit.key,
        "credit": item.credit,
        "licence": item.licence,
        "source": item.source,
        "origin": item.origin,
        "consent": item.consent,
        "is_map": item.is_map,
        "file": item.current.stored.sha256,
        "alt": dict(item.alt_texts.values_list("language__tag", "text")),
    }
