"""Templates: loading the shipped ones, keeping a work as one, retiring, and starting from one."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.people.models import Person
from nhipcau.plans.models import Task
from nhipcau.registry.models import Language, Unit
from nhipcau.translation.enums import Mode
from nhipcau.translation.manuscript import FindingKind, from_body
from nhipcau.translation.models import LanguageVersion
from nhipcau.translation.queries import refuse_stopped
from nhipcau.works.actions.works import start_work
from nhipcau.works.enums import Audience, WorkKind
from nhipcau.works.errors import ListsBroken, NotPossible
from nhipcau.works.models import Topic, Work, WorkTemplate
from nhipcau.works.rules.templates import as_template

FOLDER = Path(__file__).resolve().parent.parent / "data" / "templates"
COLUMNS = (
    "kind", "name", "english_name", "purpose", "order", "valid_from", "valid_to", "source",
    "title", "summary", "body", "audiences",
)  # fmt: skip


@transaction.atomic
def load_templates(
    *, topics: Mapping[str, Topic], by: Actor, at: datetime, folder: Path = FOLDER
) -> int:
    """Bring in the shipped templates; one file each, its name is the key.

    Answers how many were added or corrected; what people kept or retired is left alone. Raises
    ListsBroken, which names the file, for what is no template. Two queries, and those of changes.
    """
    known = {row.key: row for row in WorkTemplate.objects.prefetch_related("topics")}
    changed: list[WorkTemplate] = []
    for key, given, keys in _shipped(folder):
        if unknown := [name for name in keys if name not in topics]:
            raise ListsBroken(f"{key}.toml: no topic {', '.join(unknown)}")
        row = known.get(key)
        wanted = {topics[name] for name in keys}
        wrong = [name for name in COLUMNS if row is None or getattr(row, name) != given[name]]
        if row is None:
            row = WorkTemplate.objects.create(key=key, **given)
            row.topics.set(wanted)
        elif wrong or set(row.topics.all()) != wanted:
            for name in wrong:
                setattr(row, name, given[name])
            row.save(update_fields=wrong or None)
            row.topics.set(wanted)
        else:
            continue
        changed.append(row)
    if changed:
        record(
            event="works.templates.loaded",
            target=changed[0],  # the first one stands for all
            by=by,
            at=at,
            after={"templates": len(changed)},
        )
    return len(changed)


def _shipped(folder: Path) -> Iterator[tuple[str, dict[str, Any], list[str]]]:
    """Key, columns and topics of each file, in the order of their names."""
    for path in sorted(folder.glob("*.toml")):
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
            raise ListsBroken(f"{path.name}: {trouble}") from trouble
        topics = told.pop("topics", [])
        given = {
            "english_name": "", "purpose": "", "order": 0, "valid_from": None, "valid_to": None,
            "summary": "", "body": [], "audiences": [], **told,
        }  # fmt: skip
        if set(given) != set(COLUMNS):
            odd = sorted(set(given) ^ set(COLUMNS))
            raise ListsBroken(f"{path.name}: {', '.join(odd)} missing or unknown")
        if given["kind"] not in WorkKind.values:
            raise ListsBroken(f"{path.name}: unknown kind {given['kind']}")
        if unknown := set(given["audiences"]) - set(Audience.values):
            raise ListsBroken(f"{path.name}: unknown audience {', '.join(sorted(unknown))}")
        # A chart of a template has its headings; the numbers are whoever writes to put in.
        found = from_body(given["body"], lambda _kind, _number: None).findings
        if lost := [each for each in found if each.kind is not FindingKind.UNEVEN_ROWS]:
            raise ListsBroken(f"{path.name}: {lost[0].kind}: {lost[0].shown}")
        yield path.stem, given, topics


@transaction.atomic
def keep_as_template(
    *,
    work: Work,
    name: str,
    purpose: str,
    for_every_unit: bool,
    by: Person,
    at: datetime,
) -> WorkTemplate:
    """Keep the newest words of a work, in its original language, as a template.

    Pictures, recordings and files become gaps. Raises NotPossible for a work in the trash and one
    without words, TextStopped for one that may hold a state secret.
    """
    fresh = Work.objects.select_for_update().select_related("subject__unit").get(pk=work.pk)
    if fresh.is_in_trash:
        raise NotPossible(_("“%(work)s” is in the trash; take it out first.") % {"work": fresh})
    refuse_stopped(fresh.pk)
    version = (
        LanguageVersion.objects.filter(
            subject=fresh.subject_id, language=fresh.original_language_id, mode=Mode.WRITTEN
        )
        .select_related("language", "latest_revision")
        .first()
    )
    body = [] if version is None else as_template(version.body.raw_data)
    if version is None or not body:
        raise NotPossible(_("The work has no text yet that others could start from."))
    template = WorkTemplate.objects.create(
        key=f"kept-{uuid4().hex}",
        name=name.strip()[:300],
        purpose=purpose.strip()[:300],
        kind=fresh.kind,
        language=version.language.tag,
        title=version.title,
        summary=version.summary,
        body=body,
        audiences=fresh.audiences,
        order=1000,
        valid_from=timezone.localdate(at),
        unit=None if for_every_unit else fresh.subject.unit,
        kept_from=fresh.subject,
        kept_by=by,
        kept_at=at,
    )
    template.topics.set(fresh.topics.all())
    template.writers.set(Person.objects.filter(contributions__version=version).distinct())
    record(
        event="works.template.kept",
        target=template,
        by=by,
        at=at,
        after={
            "from": fresh.subject.short_id,
            "kind": fresh.kind,
            "unit": template.unit.key if template.unit else "",
        },
    )
    return template


@transaction.atomic
def retire_template(*, template: WorkTemplate, by: Person, at: datetime) -> None:
    """Offer the template no longer. Works that started from it stay as they are."""
    fresh = WorkTemplate.objects.select_for_update().get(pk=template.pk)
    if fresh.retired_at is not None:
        return
    fresh.retired_at, fresh.retired_by = at, by
    fresh.save(update_fields=["retired_at", "retired_by"])
    record(event="works.template.retired", target=fresh, by=by, at=at)


@transaction.atomic
def offer_template_again(*, template: WorkTemplate, by: Person, at: datetime) -> None:
    """Offer a retired template again."""
    fresh = WorkTemplate.objects.select_for_update().get(pk=template.pk)
    if fresh.retired_at is None:
        return
    fresh.retired_at = fresh.retired_by = None
    fresh.save(update_fields=["retired_at", "retired_by"])
    record(event="works.template.offered_again", target=fresh, by=by, at=at)


def start_from_template(
    *,
    template: WorkTemplate,
    unit: Unit,
    language: Language,
    title: str,
    by: Person,
    at: datetime,
    tasks: Collection[Task] = (),
) -> Work:
    """A new work with the template's words, topics and audiences; its title is the given one.

    Raises NotPossible in another language than the template's, and for one that is not offered to
    the unit on that day.
    """
    on = timezone.localdate(at)
    offered = WorkTemplate.objects.in_force(on).filter(pk=template.pk).first()
    if offered is None or offered.unit_id not in {None, unit.pk}:
        raise NotPossible(_("This template is not offered any more; choose another one."))
    if language.tag != offered.language:
        raise NotPossible(
            _(
                "The template is written in another language than the work. Choose the language of "
                "the template, or begin empty."
            )
        )
    return start_work(
        kind=offered.kind,
        unit=unit,
        language=language,
        title=title,
        summary=offered.summary,
        body=offered.body,
        tasks=tasks,
        topics=offered.topics.all(),
        audiences=offered.audiences,
        template=offered.key,
        copied_from=offered.writers.all(),
        by=by,
        at=at,
    )
