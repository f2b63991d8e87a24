"""Beginning many subjects at once, with a statement where one by one there were hundreds."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from wagtail.models import Revision

from nhipcau.audit.actions import record
from nhipcau.kernel.folding import unaccented
from nhipcau.people.models import Person
from nhipcau.registry.models import Language, Unit
from nhipcau.search.contract import tell_new
from nhipcau.translation.enums import ContributionKind
from nhipcau.translation.models import Contribution, LanguageVersion, MediaUse, Subject
from nhipcau.translation.queries import told_of_pictures
from nhipcau.translation.rules.addresses import new_short_id, slug_of
from nhipcau.translation.rules.library_texts import untold_pictures, with_told
from nhipcau.translation.rules.media_numbers import numbers_in


@dataclass(frozen=True, slots=True)
class FirstWords:
    """The words with which a subject begins; `body` as raw blocks whose media are on record."""

    language: Language
    title: str
    summary: str
    body: Sequence[Mapping[str, Any]]


@transaction.atomic
def start_many(
    *, kind: str, unit: Unit, words: Sequence[FirstWords], by: Person, at: datetime
) -> list[LanguageVersion]:
    """New subjects of the unit, each with its first words, in this order. Nine statements.

    Two more where the words say nothing of a picture.
    As `start_subject` and `start_version`, except that the diary has one line for all of them and
    `version_saved` is not sent: whoever calls has just made what would listen.
    """
    if not words:
        return []
    subjects = Subject.objects.bulk_create(
        Subject(short_id=short_id, kind=kind, unit=unit, made_at=at)
        for short_id in _new_short_ids(len(words))
    )
    bodies = _told_bodies(words)
    block = LanguageVersion._meta.get_field("body").stream_block
    versions = LanguageVersion.objects.bulk_create(
        LanguageVersion(
            subject=subject,
            language=told.language,
            title=told.title[:300],
            summary=told.summary,
            body=block.to_python(body),
            slug=slug_of(told.title),
            saved_at=at,
            folded=unaccented(told.title)[:700],
            has_unpublished_changes=True,
        )
        for subject, told, body in zip(subjects, words, bodies, strict=True)
    )
    tell_new(model=LanguageVersion, keys=[version.pk for version in versions])
    content_type = ContentType.objects.get_for_model(LanguageVersion)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=content_type,
            base_content_type=content_type,
            object_id=str(version.pk),
            content=version.serializable_data(),
            object_str=str(version),
            user=getattr(by, "user", None),
            created_at=at,
        )
        for version in versions
    )
    for version, revision in zip(versions, revisions, strict=True):
        version.latest_revision = revision
    # Each looks its own up by Wagtail's index; a CASE of hundreds costs more than the rest of this.
    newest = Revision.objects.filter(
        content_type=content_type, object_id=Cast(OuterRef("pk"), CharField(max_length=255))
    )
    LanguageVersion.objects.filter(subject__in=subjects).update(
        latest_revision=Subquery(newest.values("pk")[:1])
    )
    Contribution.objects.bulk_create(
        Contribution(version=version, person=by, kind=ContributionKind.WROTE)
        for version in versions
    )
    MediaUse.objects.bulk_create(
        MediaUse(version=version, revision=revision, item_id=number)
        for version, revision, told in zip(versions, revisions, words, strict=True)
        for number in dict.fromkeys(numbers_in(list(told.body)))
    )
    record(
        event="translation.subjects.started",
        target=unit,
        by=by,
        at=at,
        after={
            "kind": kind,
            "subjects": [subject.short_id for subject in subjects],
            "revisions": [revisions[0].pk, revisions[-1].pk],
        },
    )
    return versions


def _told_bodies(words: Sequence[FirstWords]) -> list[list[Any]]:
    """The bodies, with what the library says of pictures of which they say nothing."""
    bodies = [list(told.body) for told in words]
    numbers = {number for body in bodies for number in untold_pictures(body)}
    if not numbers:
        return bodies
    said = told_of_pictures(numbers, languages={told.language.pk for told in words})
    return [
        with_told(body, said[told.language.pk]) for body, told in zip(bodies, words, strict=True)
    ]


def _new_short_ids(count: int) -> list[str]:
    """So many short ids that were never used before."""
    fresh: dict[str, None] = {}
    while len(fresh) < count:
        drawn = {new_short_id(secrets.choice) for _ in range(count - len(fresh))}
        taken = Subject.objects.filter(short_id__in=drawn).values_list("short_id", flat=True)
        fresh |= dict.fromkeys(drawn - set(taken))
    return list(fresh)
