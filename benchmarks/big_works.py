"""A house with very many works on their ways, for the benchmarks of pages and releases.

One work is made, cleared and released by the house's own actions; the others are copies of its
rows, written by the database itself with their own numbers, units, days and states. That takes
seconds where a hundred thousand works made one by one would take hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from wagtail.models import Revision

from nhipcau.kernel.folding import unaccented
from nhipcau.people.tests.factories import AT, make_member, make_unit
from nhipcau.plans.models import Task
from nhipcau.publishing.actions import release_bundle
from nhipcau.publishing.models import (
    Bundle,
    BundleItem,
    BundleVersion,
    Clearance,
    ClearanceItem,
    Decision,
    OpenStep,
    Release,
    ReleasedVersion,
)
from nhipcau.publishing.tests.factories import House
from nhipcau.registry.models import Unit
from nhipcau.translation.models import Approval, Contribution, LanguageVersion, Subject
from nhipcau.translation.rules.addresses import ALPHABET, SHORT_ID_LENGTH
from nhipcau.works.actions import load_lists
from nhipcau.works.enums import WorkKind
from nhipcau.works.models import Topic, Work
from nhipcau.works.tests.factories import make_task

UNITS, AUTHORS, TASKS, IN_A_BUNDLE = 60, 60, 1_000, 20
FAR = 10_000_000  # the n-th copy has number FAR + n; further languages stand as far again
LANGUAGES = (("en", 2), ("lo", 5), ("zh-Hans", 10))  # and how many works go for one with it

# Where the Vietnamese words stand: of a hundred works six are drafts, one was returned, two are
# under review, one is approved and waits, ninety are out.
STATE = (
    "CASE WHEN n % 100 < 6 THEN 'draft' WHEN n % 100 = 6 THEN 'returned' "
    "WHEN n % 100 < 9 THEN 'in_clearance' ELSE 'approved' END"
)
WAITS = "n % 100 IN (7, 8)"
IS_OUT = "n % 100 > 9"
# Translations of approved words: of twenty one is being written, one is under review.
STATE_OF_TRANSLATION = (
    "CASE n / 100 % 20 WHEN 0 THEN 'draft' WHEN 1 THEN 'in_clearance' ELSE 'approved' END"
)
TRANSLATION_WAITS = "n / 100 % 20 = 1"
TRANSLATION_IS_OUT = f"{IS_OUT} AND n / 100 % 20 > 1"
KINDS_OF_STEPS = ("unit_head", "secrecy", "foreign_affairs", "publisher")
PLACES = ("Bản Lát", "Nà Chang", "Pò Peo", "Khuổi Slao", "Lũng Vài", "Thung Nai", "Cốc Pàng")
THINGS = ("Chợ phiên", "Lễ hội", "Thủ tục cửa khẩu", "Nghề chàm", "Nước sạch", "Hội chợ")


@dataclass(slots=True)
class BigHouse:
    """Who and what the pages are asked for; the copies lie beside the works of the cast."""

    cast: House
    units: list[Unit]
    busy_task: Task
    work: Work
    bundle: Bundle
    release: Release
    clearance: Clearance


# --- the same in both engines -------------------------------------------------------------------


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _uuid(salt: str) -> str:
    return f"md5('{salt}' || n)::uuid" if _is_postgresql() else "lower(hex(randomblob(16)))"


def _day(days: str) -> str:
    """So many days from today."""
    if _is_postgresql():
        return f"(CURRENT_DATE + ({days}))"
    return f"date('now', ({days}) || ' days')"


def _ago(minutes: str) -> str:
    if _is_postgresql():
        return f"(now() - ({minutes}) * interval '1 minute')"
    return f"strftime('%Y-%m-%d %H:%M:%f000', 'now', '-' || ({minutes}) || ' minutes')"


def _one_of(values: tuple[Any, ...], number: str) -> str:
    told = [f"'{value}'" if isinstance(value, str) else str(value) for value in values]
    cases = " ".join(f"WHEN {place} THEN {value}" for place, value in enumerate(told))
    return f"(CASE ({number}) % {len(values)} {cases} END)"


def _short_id() -> str:
    return (
        " || ".join(
            f"substr('{ALPHABET}', 1 + n / {len(ALPHABET) ** place} % {len(ALPHABET)}, 1)"
            for place in range(min(SHORT_ID_LENGTH, 5))
        )
        + f" || '{ALPHABET[0] * (SHORT_ID_LENGTH - 5)}'"
    )


def copies(pattern: models.Model, *, count: int, where: str = "1 = 1", **values: str) -> None:
    """Rows like `pattern`, one for each n below `count` for which `where` holds.

    `values` are expressions of n by attribute; the other columns are the pattern's.
    """
    meta = pattern._meta
    fields = [field for field in meta.concrete_fields if field.attname != "id" or "id" in values]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    told = ", ".join(values.get(field.attname, f't."{field.column}"') for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series "  # noqa: S608 -- our own words
            f'WHERE n < {count - 1}) INSERT INTO "{meta.db_table}" ({columns}) SELECT {told} '
            f'FROM series, "{meta.db_table}" AS t '
            f'WHERE t."{meta.pk.column}" = {pattern.pk} AND ({where})'
        )


# --- what stands in the house -------------------------------------------------------------------


def build(works: int) -> BigHouse:
    """So many works, nine tenths of them out, with translations, clearances and bundles."""
    cast = House()
    units = [make_unit(f"UBND xã số {number}") for number in range(UNITS)]
    authors = [make_member(unit=unit, full_name=f"Nông Văn {unit.pk}") for unit in units]
    load_lists(by=cast.author, at=AT)
    task = make_task()
    with transaction.atomic():
        copies(
            task,
            count=TASKS,
            id=f"{FAR} + n",
            uuid=_uuid("task"),
            path="'IX.' || n",
            order="100 + n",
        )
    work = cast.work(title="Chợ phiên vùng biên", tasks=[task])
    work.topics.add(Topic.objects.all()[0])
    original = cast.approved(work)
    translated = {tag: cast.translated(work, tag) for tag, _step in LANGUAGES}
    for version in translated.values():
        cast.hand_in(version, by=cast.translator)
        cast.clear(version)
    bundle = cast.bundle(work)
    release_bundle(bundle=bundle, by=cast.publisher, at=AT)
    with transaction.atomic():
        _works(work, works, units[0].pk, authors[0].pk)
        _words(original, works, step=1, far=FAR, state=STATE, waits=WAITS, out=IS_OUT)
        for place, (tag, step) in enumerate(LANGUAGES, 2):
            _words(
                translated[tag],
                works,
                step=step,
                far=place * FAR,
                state=STATE_OF_TRANSLATION,
                waits=TRANSLATION_WAITS,
                out=TRANSLATION_IS_OUT,
            )
    _settle()
    newest = Clearance.objects.get(items__version=FAR + 7)
    return BigHouse(
        cast, units, task, Work.objects.get(pk=FAR + 20), bundle,
        Release.objects.get(pk=FAR + 20), newest,
    )  # fmt: skip


def _works(work: Work, count: int, first_unit: int, first_author: int) -> None:
    """The things themselves with their bundles and releases."""
    subject, unit = work.subject, f"{first_unit} + n % {UNITS}"
    title = f"{_one_of(THINGS, 'n')} || ' ' || {_one_of(PLACES, 'n / 7')} || ' ' || n"
    folded = (
        f"{_one_of(_bare(THINGS), 'n')} || ' ' || {_one_of(_bare(PLACES), 'n / 7')} || ' ' || n"
    )
    copies(
        subject,
        count=count,
        id=f"{FAR} + n",
        uuid=_uuid("subject"),
        short_id=_short_id(),
        unit_id=unit,
    )
    copies(
        work,
        count=count,
        subject_id=f"{FAR} + n",
        kind=_one_of(tuple(WorkKind.values), "n / 3"),
        title=title,
        folded=folded,
        due_on=f"CASE WHEN n % 100 < 9 THEN {_day('n / 100 % 60 - 20')} "
        f"WHEN n % 3 = 0 THEN {_day('- n % 700')} END",
        assignee_id=f"CASE WHEN n % 3 < 2 THEN {first_author} + n % {AUTHORS} END",
        public_since=f"CASE WHEN {IS_OUT} AND n % 1000 <> 500 THEN {_ago('n * 5')} END",
        changed_at=_ago("n * 5"),
    )
    copies(
        Work.tasks.through.objects.get(work=work),
        count=count,
        where="n % 2 = 0",
        work_id=f"{FAR} + n",
        task_id=f"CASE WHEN n % 100 = 10 THEN t.task_id ELSE {FAR} + n / 2 % {TASKS} END",
    )
    copies(Work.topics.through.objects.get(work=work), count=count, work_id=f"{FAR} + n")
    release = Release.objects.get(subject=subject)
    bundle, item = release.bundle, BundleItem.objects.get(subject=subject)
    copies(
        bundle,
        count=count // IN_A_BUNDLE,
        id=f"{FAR} + n",
        uuid=_uuid("bundle"),
        title="'Gói tin số ' || n",
        unit_id=unit,
        made_at=_ago("n * 100"),
    )
    copies(
        item,
        count=count,
        where=IS_OUT,
        id=f"{FAR} + n",
        bundle_id=f"{FAR} + n / {IN_A_BUNDLE}",
        subject_id=f"{FAR} + n",
    )
    copies(
        release,
        count=count,
        where=IS_OUT,
        id=f"{FAR} + n",
        uuid=_uuid("release"),
        subject_id=f"{FAR} + n",
        unit_id=unit,
        bundle_id=f"{FAR} + n / {IN_A_BUNDLE}",
        released_at=_ago("n * 5"),
        late_by="CASE WHEN n % 50 = 11 THEN 600 ELSE 0 END",
    )


def _bare(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unaccented(name) for name in names)


def _words(
    version: LanguageVersion,
    count: int,
    *,
    step: int,
    far: int,
    state: str,
    waits: str,
    out: str,
) -> None:
    """One language of every `step`-th work: words, who wrote them, reviews, what went out."""
    is_first = version.source_id is None
    which = f"n % {step} = 0" if is_first else f"n % {step} = 0 AND n % 100 > 8"
    number, subject = f"{far} + n", f"{FAR} + n"
    revision = version.latest_revision
    copies(
        revision,
        count=count,
        where=which,
        id=number,
        object_id=f"CAST({number} AS varchar(255))",
        created_at=_ago("n * 5"),
    )
    of_source = {} if is_first else {
        "source_id": f"{FAR} + n",
        "made_from_id": f"{FAR} + n",
        "out_of_date_since": f"CASE WHEN n % 14 = 0 THEN {_ago('n')} END",
    }  # fmt: skip
    title = f"{_one_of(THINGS, 'n')} || ' ' || {_one_of(PLACES, 'n / 7')} || ' ' || n"
    copies(
        version,
        count=count,
        where=which,
        id=number,
        uuid=_uuid(f"version {far}"),
        subject_id=subject,
        title=title,
        state=state,
        saved_at=_ago("n * 5"),
        latest_revision_id=number,
        approved_revision_id=f"CASE WHEN {state} = 'approved' THEN {number} END",
        ready_since=f"CASE WHEN {state} = 'approved' AND NOT ({out}) THEN {_ago('n * 5')} END",
        **of_source,
    )
    copies(
        Contribution.objects.filter(version=version)[0],
        count=count,
        where=which,
        version_id=number,
    )
    copies(
        Approval.objects.get(version=version),
        count=count,
        where=f"{which} AND {state} = 'approved'",
        version_id=number,
        revision_id=number,
    )
    _reviews(version, count, number=number, subject=subject, which=which, state=state, waits=waits)
    released = ReleasedVersion.objects.get(version=version)
    copies(
        BundleVersion.objects.get(version=version),
        count=count,
        where=f"{which} AND {out}",
        item_id=subject,
        version_id=number,
        revision_id=number,
    )
    copies(
        released,
        count=count,
        where=f"{which} AND {out}",
        id=number,
        release_id=subject,
        version_id=number,
        revision_id=number,
        title=title,
        withdrawn_at=f"CASE WHEN n % 1000 = 500 THEN {_ago('n')} END",
        withdrawal_reason="CASE WHEN n % 1000 = 500 THEN 'outdated' ELSE '' END",
        notice="CASE WHEN n % 1000 = 500 THEN 'Hết hiệu lực.' ELSE '' END",
    )


def _reviews(
    version: LanguageVersion,
    count: int,
    *,
    number: str,
    subject: str,
    which: str,
    state: str,
    waits: str,
) -> None:
    """Each text that is no draft has one review; of what waits a step is open."""
    handed_in = f"{which} AND {state} <> 'draft'"
    item = version.clearance_items.get()
    step = item.steps.order_by("number").last()
    copies(
        item.clearance,
        count=count,
        where=handed_in,
        id=number,
        uuid=_uuid(f"clearance {number}"),
        subject_id=subject,
        opened_at=_ago("n * 5 + 60"),
    )
    copies(
        item,
        count=count,
        where=handed_in,
        id=number,
        clearance_id=number,
        version_id=number,
        revision_id=number,
        state=f"CASE WHEN {waits} THEN 'open' WHEN {state} = 'returned' THEN 'returned' "
        "ELSE 'cleared' END",
        closed_at=f"CASE WHEN {waits} THEN NULL ELSE t.closed_at END",
    )
    copies(
        step,
        count=count,
        where=handed_in,
        id=number,
        item_id=number,
        subject_id=subject,
        version_id=number,
        kind=f"CASE WHEN {waits} THEN {_one_of(KINDS_OF_STEPS, 'n / 100')} ELSE t.kind END",
        opened_at=_ago("n * 5 + 60"),
        due_on=_day("n / 100 % 30 - 10"),
        closed_at=f"CASE WHEN {waits} THEN NULL ELSE t.closed_at END",
    )
    copies(step.decision, count=count, where=f"{handed_in} AND NOT ({waits})", step_id=number)


def _settle() -> None:
    """Numbers go on behind the copies; the planner knows how much there is, as after a while."""
    written = [
        Subject, LanguageVersion, Revision, Clearance, ClearanceItem, OpenStep, Decision, Bundle,
        BundleItem, BundleVersion, Release, ReleasedVersion, Task,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), written):
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE" if _is_postgresql() else "PRAGMA optimize")
