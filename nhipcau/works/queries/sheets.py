"""What a sheet of records would bring in, row by row."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override

from nhipcau.kernel.canonical import canonical
from nhipcau.kernel.folding import folded, unaccented
from nhipcau.plans.models import Task
from nhipcau.registry.enums import LanguageMode
from nhipcau.registry.models import Language, Unit
from nhipcau.works.enums import WorkKind
from nhipcau.works.imports.record_workbook import RecordRow
from nhipcau.works.models import BroughtRecord, Topic

VIETNAMESE = "vi"


@dataclass(frozen=True, slots=True)
class PlannedRecord:
    """A row that can be brought in: everything it names was found."""

    number: int
    key: str
    digest: str
    kind: str
    title: str
    language_id: int
    summary: str = ""
    body: str = ""
    topics: tuple[int, ...] = ()
    tasks: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    alt: str = ""
    credit: str = ""
    licence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    number: int
    key: str
    sentences: tuple[str, ...]


@dataclass(slots=True)
class RecordPreview:
    """Rows that would be added, those that are here already, those refused and why."""

    add: list[PlannedRecord] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def digest_of_row(row: RecordRow) -> str:
    """The same while the row says the same, wherever in its sheet it stands."""
    return hashlib.sha256(canonical(row.values)).hexdigest()


def standing_records(unit: Unit, keys: Collection[str]) -> dict[str, str]:
    """Digests of the unit's records among these keys, by key. One query for 500 keys."""
    wanted = list(keys)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        found |= dict(
            BroughtRecord.objects.filter(
                unit=unit, key__in=wanted[start : start + 500]
            ).values_list("key", "digest")
        )
    return found


def preview_records(
    rows: Iterable[RecordRow], *, unit: Unit, files: Collection[str]
) -> RecordPreview:
    """What these rows would bring into the unit, with `files` at hand.

    Four queries, one of them again for every 500 rows.
    """
    told = list(rows)
    seen = _Seen(files)
    standing = standing_records(unit, {row.values["key"] for row in told if "key" in row.values})
    preview = RecordPreview()
    taken: dict[str, int] = {}
    for row in told:
        key = row.values.get("key", "")
        digest = digest_of_row(row)
        problems = list(row.problems)
        if key in taken:
            problems.append(
                _("Row %(number)d has this record number as well.") % {"number": taken[key]}
            )
        elif key:
            taken[key] = row.number
        if not problems and standing.get(key) == digest:
            preview.unchanged.append(key)
            continue
        if key in standing and not problems:
            problems.append(
                _("This record was brought in before and says something else now; change the work.")
            )
        planned = None if problems else seen.planned(row, digest, problems)
        if planned is None:
            preview.refused.append(Refused(row.number, key, tuple(problems)))
        else:
            preview.add.append(planned)
    return preview


class _Seen:
    """Everything that rows name, fetched once."""

    def __init__(self, files: Collection[str]) -> None:
        self.files = set(files)
        self.kinds = {kind.value: kind.value for kind in WorkKind}
        for tongue in ("vi", "en"):
            with override(tongue):
                self.kinds |= {unaccented(str(kind.label)): kind.value for kind in WorkKind}
        self.languages: dict[str, int] = {}
        for pk, tag, name in Language.objects.exclude(mode=LanguageMode.AUDIO_ONLY).values_list(
            "pk", "tag", "name"
        ):
            self.languages |= {tag.casefold(): pk, unaccented(name): pk}
        self.topics: dict[str, int] = {}
        for pk, key, name, english in Topic.objects.filter(valid_to__isnull=True).values_list(
            "pk", "key", "name", "english_name"
        ):
            self.topics |= {key: pk, folded(name): pk, folded(english): pk}
        self.tasks = {
            f"{citation} {path}": pk
            for pk, citation, path in Task.objects.filter(
                left_the_plan_at__isnull=True
            ).values_list("pk", "plan__document__citation", "path")
        }

    def planned(self, row: RecordRow, digest: str, problems: list[str]) -> PlannedRecord | None:
        """The row with everything found; None when `problems` grew."""
        values = row.values
        kind = self.kinds.get(values["kind"]) or self.kinds.get(unaccented(values["kind"]))
        if kind is None:
            problems.append(_("“%(kind)s” is no kind of work.") % {"kind": values["kind"]})
        tongue = values.get("language", VIETNAMESE)
        language = self.languages.get(tongue.casefold()) or self.languages.get(unaccented(tongue))
        if language is None:
            problems.append(
                _("“%(language)s” is no written language on record.") % {"language": tongue}
            )
        topics = [
            self.topics.get(name) or self.topics.get(folded(name))
            for name in values.get("topics", ())
        ]
        tasks = [self.tasks.get(name) for name in values.get("tasks", ())]
        for name, found in zip(values.get("topics", ()), topics, strict=True):
            if found is None:
                problems.append(_("“%(topic)s” is no topic on record.") % {"topic": name[:100]})
        for name, found in zip(values.get("tasks", ()), tasks, strict=True):
            if found is None:
                problems.append(
                    _("“%(task)s” is no task of a plan in force.") % {"task": name[:100]}
                )
        problems.extend(
            _("The file “%(name)s” is not in the folder.") % {"name": name[:100]}
            for name in values.get("files", ())
            if name not in self.files
        )
        if kind is None or language is None or problems:
            return None
        return PlannedRecord(
            number=row.number,
            key=values["key"],
            digest=digest,
            kind=kind,
            title=values["title"],
            language_id=language,
            topics=tuple(pk for pk in dict.fromkeys(topics) if pk is not None),
            tasks=tuple(pk for pk in dict.fromkeys(tasks) if pk is not None),
            files=values.get("files", ()),
            **{
                name: values.get(name, "")
                for name in ("summary", "body", "alt", "credit", "licence", "source")
            },
        )
