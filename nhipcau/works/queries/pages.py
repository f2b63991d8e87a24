"""What the page of one work shows, and what the page of a task shows of works."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from wagtail.models import Revision

from nhipcau.media.models import MediaItem
from nhipcau.media.signals import Usage
from nhipcau.people.queries import Rights
from nhipcau.plans.models import Task
from nhipcau.registry.models import Language
from nhipcau.translation.errors import TextStopped
from nhipcau.translation.manuscript import Block, Table, block_lines, from_body, runs_text
from nhipcau.translation.models import LanguageVersion, Remark
from nhipcau.translation.queries import (
    keep_versions,
    stopped_texts,
    versions_of,
    versions_showing,
)
from nhipcau.works.enums import CostState
from nhipcau.works.models import CostLine, Work
from nhipcau.works.permissions import may_write_words
from nhipcau.works.queries.lists import Cell, cell_of, public_keys, with_public

MOST_USES = 200  # places where an item is used, told on its page


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version on its work's page, and whether the person may write its words."""

    cell: Cell
    version: LanguageVersion
    may_write: bool


def work_of(uuid: UUID) -> QuerySet[Work]:
    """The work of the subject, with what its page tells. One query.

    `is_stopped` says whether a text of it was.
    """
    return (
        Work.objects.filter(subject__uuid=uuid)
        .select_related(
            "subject__unit", "assignee", "original_language", "started_by", "trashed_by"
        )
        .annotate(is_stopped=Exists(stopped_texts()))
    )


def in_sight(work: Work) -> Work:
    """A work of `work_of`; raises TextStopped for one that may hold a state secret. No query."""
    if vars(work)["is_stopped"]:
        raise TextStopped(work.pk)
    return work


def version_lines(work: Work, rights: Rights, *, at: datetime) -> list[VersionLine]:
    """The work's versions, Vietnamese first. One query; what follows knows them, too."""
    versions = with_public(versions_of(work.subject).select_related("source__language"), at=at)
    return [
        VersionLine(
            cell_of(version),
            version,
            not work.is_in_trash
            and may_write_words(
                rights, unit_id=work.unit.pk, is_translation=version.source_id is not None
            ),
        )
        for version in keep_versions(work.subject, versions)
    ]


def costs_by_state(costs: QuerySet[CostLine]) -> list[tuple[str, int]]:
    """The sums of these cost lines by how the money stands, in đồng. One query."""
    sums = dict(costs.order_by().values_list("state").annotate(total=Sum("amount")))
    return [(str(state.label), sums[state]) for state in CostState if sums.get(state)]


def works_of_task(task: Task) -> QuerySet[Work]:
    """The works that the task ordered, newest first; those in the trash are left out."""
    return task.works.not_in_trash().order_by("-changed_at", "-pk")


def costs_of_tasks(tasks: Collection[Task]) -> QuerySet[CostLine]:
    """Cost lines that these tasks pay.

    A line that names no task is paid by the only task of its work.
    """
    keys = [task.pk for task in tasks]
    alone = (
        Work.objects.filter(tasks__in=keys)
        .exclude(pk__in=Work.tasks.through.objects.exclude(task__in=keys).values("work"))
        .values("pk")
    )
    return CostLine.objects.filter(
        Q(task__in=keys) | Q(task__isnull=True, work__in=alone), work__trashed_at__isnull=True
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """A block for reading: lines of plain text, or the head and rows of a table.

    `kind` is the block's name in the manuscript, in small letters.
    """

    kind: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a revision for reading: title, summary, and the text as passages."""

    language: Language
    title: str
    summary: str
    passages: tuple[Passage, ...]


def _passage(block: Block) -> Passage:
    kind = type(block).__name__.lower()
    if isinstance(block, Table):
        rows = tuple(tuple(runs_text(cell) for cell in row) for row in block.rows)
        return Passage(kind, (block.caption,) if block.caption else (), block.head, rows)
    return Passage(kind, tuple(line for line in block_lines(block) if line))


def words_of(version: LanguageVersion, revision: Revision | None) -> Words:
    """The words of a revision of this version; empty without one. No query."""
    return words_in({} if revision is None else revision.content, version.language)


def words_in(content: Mapping[str, Any], language: Language) -> Words:
    """The words of a revision's content, or of what is like one, for reading. No query."""
    body = content.get("body") or "[]"
    read = from_body(
        json.loads(body) if isinstance(body, str) else body,
        lambda _kind, _number: None,
        language=language.tag,
    )
    return Words(
        language=language,
        title=content.get("title") or "",
        summary=content.get("summary") or "",
        passages=tuple(_passage(block) for block in read.blocks),
    )


def source_words(version: LanguageVersion) -> Words | None:
    """The approved words that a translation is made from. Two queries."""
    if version.source is None:
        return None
    return words_of(version.source, version.made_from)


def threads_of(version: LanguageVersion) -> QuerySet[Remark]:
    """Remarks with their replies, open ones first, oldest first. Two queries."""
    replies = Remark.objects.select_related("by").order_by("at", "pk")
    return (
        Remark.objects.filter(version=version, answers__isnull=True)
        .select_related("by", "settled_by")
        .prefetch_related(Prefetch("replies", replies))
        .order_by(F("settled_at").asc(nulls_first=True), "at", "pk")
    )


def usage_of_item(item: MediaItem, *, at: datetime) -> list[Usage]:
    """The works that show an item of the library, one line a version. Two queries.

    Approved words of a version that is public count as public, until it is withdrawn: which of
    its approved texts went out, the room above knows.
    """
    versions = list(
        versions_showing(item)
        .filter(subject__work__trashed_at__isnull=True)
        .select_related("language", "subject__work")
        .defer("body")
        .order_by("-shows_approved", "-saved_at")[:MOST_USES]
    )
    public = set(public_keys(at).filter(version__in=[version.pk for version in versions]))
    return [
        Usage(
            kind=str(version.subject.work.get_kind_display()),
            name=f"{version.subject.work} ({version.language})",
            address=reverse("works:work", args=[version.subject.uuid]),
            is_public=version.pk in public and version.shows_approved,
        )
        for version in versions
    ]
