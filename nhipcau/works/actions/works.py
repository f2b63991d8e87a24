"""Beginning, changing, handing on, duplicating and putting away works."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.folding import unaccented
from nhipcau.people.actions import write_to
from nhipcau.people.models import Person
from nhipcau.plans.models import Task
from nhipcau.registry.models import Language, Unit
from nhipcau.translation.actions import copy_words, start_subject, start_version
from nhipcau.translation.enums import Mode
from nhipcau.translation.models import LanguageVersion, Subject
from nhipcau.translation.queries import refuse_stopped
from nhipcau.works.enums import Audience, WorkKind
from nhipcau.works.errors import NotPossible
from nhipcau.works.models import Assignment, Topic, Work
from nhipcau.works.signals import work_changed, work_restored, work_started, work_trashed

# What `change_work` takes: plain columns, and lists of related rows.
COLUMNS = ("kind", "audiences", "expires_on", "due_on")
RELATED = ("tasks", "topics", "areas", "programmes")


@transaction.atomic
def start_work(
    *,
    kind: str,
    unit: Unit,
    language: Language,
    title: str,
    by: Person,
    at: datetime,
    mode: str = Mode.WRITTEN,
    title_vi: str = "",
    summary: str = "",
    body: Sequence[Mapping[str, Any]] = (),
    tasks: Collection[Task] = (),
    topics: Iterable[Topic] = (),
    audiences: Collection[str] = (),
    template: str = "",
    copied_from: Iterable[Person] = (),
    is_sample: bool = False,
) -> Work:
    """A new work with its first words in its original language. It is in its author's hands.

    `template` is the key of what it starts from, `copied_from` who wrote that.
    """
    if kind not in WorkKind.values:
        raise NotPossible(_("There is no such kind of work."))
    if timezone.localdate(at) not in unit.interval:
        raise NotPossible(_("“%(unit)s” does not exist on this day.") % {"unit": unit})
    subject = start_subject(kind="work", unit=unit, by=by, at=at, is_sample=is_sample)
    work = Work.objects.create(
        subject=subject,
        kind=kind,
        title=title[:300],
        folded=unaccented(f"{title} {title_vi}")[:700],
        original_language=language,
        audiences=list(audiences),
        assignee=by,
        template=template,
        started_by=by,
        started_at=at,
        changed_at=at,
    )
    work.tasks.set(tasks)
    work.topics.set(topics)
    start_version(
        subject=subject,
        language=language,
        mode=mode,
        by=by,
        at=at,
        title=title,
        title_vi=title_vi,
        summary=summary,
        body=body,
        copied_from=copied_from,
    )
    record(
        event="works.work.started",
        target=work,
        by=by,
        at=at,
        after={
            "kind": kind,
            "unit": unit.key,
            "tasks": [str(task.uuid) for task in tasks],
            "template": template,
        },
    )
    work_started.send(Work, work=work, by=by, at=at)
    return work


@transaction.atomic
def change_work(*, work: Work, by: Person, at: datetime, changes: Mapping[str, Any]) -> None:
    """Change what is asked of a work beside its words; the diary keeps what it was.

    `changes` may name kind, audiences, expires_on, due_on, and tasks, topics, areas, programmes
    as collections of rows.
    """
    fresh = Work.objects.select_for_update().select_related("subject").get(pk=work.pk)
    _not_in_trash(fresh)
    refuse_stopped(fresh.pk)
    if unknown := set(changes) - {*COLUMNS, *RELATED}:
        raise TypeError(f"A work has no {', '.join(sorted(unknown))} to change.")
    if not set(changes.get("audiences", ())) <= set(Audience.values):
        raise NotPossible(_("There is no such audience."))
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name in COLUMNS:
        if name in changes and getattr(fresh, name) != changes[name]:
            before[name], after[name] = getattr(fresh, name), changes[name]
            setattr(fresh, name, changes[name])
    for name in RELATED:
        if name in changes:
            relation = getattr(fresh, name)
            old = sorted(relation.values_list("pk", flat=True))
            new = sorted(row.pk for row in changes[name])
            if old != new:
                before[name], after[name] = old, new
                relation.set(changes[name])
    if not after:
        return
    fresh.changed_at = at
    fresh.save(update_fields=[*(name for name in COLUMNS if name in after), "changed_at"])
    record(event="works.work.changed", target=fresh, by=by, at=at, before=before, after=after)
    work_changed.send(Work, work=fresh, by=by, at=at)
    work.refresh_from_db()


@transaction.atomic
def follow_title(*, version: LanguageVersion, by: Person, at: datetime) -> None:
    """The work is called as its words in the original language are called now."""
    work = Work.objects.filter(
        subject=version.subject_id, original_language=version.language_id
    ).first()
    if work is None:
        Work.objects.filter(subject=version.subject_id).update(changed_at=at)
        return
    work.title = version.title or version.title_vi
    work.folded = unaccented(f"{version.title} {version.title_vi}")[:700]
    work.changed_at = at
    work.save(update_fields=["title", "folded", "changed_at"])


@transaction.atomic
def assign(
    *,
    work: Work,
    to: Person,
    by: Person,
    at: datetime,
    due_on: date | None = None,
    words: str = "",
    link: str = "",
) -> Assignment:
    """Give the work to somebody, or back, with a word and a day; that person gets a letter.

    `link` is the whole address of the work's page, which the edge knows.
    """
    fresh = Work.objects.select_for_update().select_related("subject__unit").get(pk=work.pk)
    _not_in_trash(fresh)
    refuse_stopped(fresh.pk)
    to = Person.objects.get(pk=to.pk)
    if to.has_left(on=timezone.localdate(at)):
        raise NotPossible(_("%(person)s has left.") % {"person": to})
    given = Assignment.objects.create(
        work=fresh, to=to, by=by, at=at, due_on=due_on, words=words.strip()[:2000]
    )
    fresh.assignee, fresh.due_on, fresh.changed_at = to, due_on or fresh.due_on, at
    fresh.save(update_fields=["assignee", "due_on", "changed_at"])
    record(
        event="works.work.assigned",
        target=fresh,
        by=by,
        at=at,
        after={"to": to.actor_key, "due_on": due_on},
    )
    if to != by:
        write_to(
            person=to,
            template="works/mail/assigned.txt",
            subject=_("[Nhịp Cầu] A work for you: %(title)s") % {"title": fresh},
            values={"given": given, "work": fresh, "link": link},
            by=by,
            at=at,
            about=f"subject:{fresh.pk}",
        )
    work.refresh_from_db()
    return given


@transaction.atomic
def duplicate_work(*, work: Work, unit: Unit, by: Person, at: datetime) -> Work:
    """A new work with the words, topics and areas of this one, all languages; nothing cleared.

    Raises TextStopped for what may hold a state secret: no copy carries it on, unlocked.
    """
    Subject.objects.select_for_update().get(pk=work.pk)
    refuse_stopped(work.pk)
    original = (
        LanguageVersion.objects.filter(subject=work.subject_id)
        .select_related("language")
        .order_by("pk")
    )
    subject = start_subject(kind="work", unit=unit, by=by, at=at, is_sample=work.subject.is_sample)
    copy = Work.objects.create(
        subject=subject,
        kind=work.kind,
        title=work.title,
        folded=work.folded,
        original_language=work.original_language,
        audiences=work.audiences,
        assignee=by,
        template=work.template,
        started_by=by,
        started_at=at,
        changed_at=at,
    )
    for name in ("topics", "areas", "programmes"):
        getattr(copy, name).set(getattr(work, name).all())
    for version in original:
        copy_words(version=version, to=subject, by=by, at=at)
    record(
        event="works.work.duplicated",
        target=copy,
        by=by,
        at=at,
        after={"from": work.subject.short_id},
    )
    work_started.send(Work, work=copy, by=by, at=at)
    return copy


@transaction.atomic
def trash_work(*, work: Work, by: Person, at: datetime) -> None:
    """Put a work away, whole. A room above refuses while it is public or in clearance.

    Raises TextStopped: what was stopped stays where its reviewers look.
    """
    fresh = Work.objects.select_for_update().get(pk=work.pk)
    refuse_stopped(fresh.pk)
    if fresh.is_in_trash:
        return
    fresh.trashed_at, fresh.trashed_by = at, by
    fresh.save(update_fields=["trashed_at", "trashed_by"])
    record(event="works.work.trashed", target=fresh, by=by, at=at)
    work_trashed.send(Work, work=fresh, by=by, at=at)
    work.refresh_from_db()


@transaction.atomic
def restore_work(*, work: Work, by: Person, at: datetime) -> None:
    """Take a work out of the trash, as it was."""
    fresh = Work.objects.select_for_update().get(pk=work.pk)
    if not fresh.is_in_trash:
        return
    fresh.trashed_at = fresh.trashed_by = None
    fresh.save(update_fields=["trashed_at", "trashed_by"])
    record(event="works.work.restored", target=fresh, by=by, at=at)
    work_restored.send(Work, work=fresh, by=by, at=at)
    work.refresh_from_db()


def _not_in_trash(work: Work) -> None:
    if work.is_in_trash:
        raise NotPossible(_("“%(work)s” is in the trash; take it out first.") % {"work": work})
