"""What a new version changes in a plan, task by task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.plans.enums import BECOMES_A_TASK, Change, PartyRole
from nhipcau.plans.models import Party, Plan, PlanImport, TaskProduct
from nhipcau.plans.rules import versions
from nhipcau.registry.queries.languages import names_of_languages

Row = tuple[Change, versions.TaskFace | None, versions.TaskFace | None]
READ_AT_ONCE = 500
PAGE = 100


def comparison(plan_import: PlanImport, plan: Plan) -> list[versions.Match]:
    """What the new version changes; a task that had left the plan goes on where it comes back.

    Four queries, and a fifth where the version has tasks that those in force do not know.
    """
    new = _faces_of_review(plan_import)
    told = versions.matches(_faces_of_plan(plan), new)
    if not any(match.change == Change.NEW for match in told):
        return told
    left = plan.tasks.filter(left_the_plan_at__isnull=False).order_by("-left_the_plan_at", "order")
    gone = [versions.TaskFace(*row) for row in left.values_list("pk", "path", "title")]
    return versions.with_those_come_back(told, gone, new)


def _faces_of_plan(plan: Plan) -> list[versions.TaskFace]:
    """The plan's tasks in force, as the comparison of versions sees them. Three queries."""
    parties = defaultdict[int, list[tuple[str, str]]](list)
    named = Party.objects.filter(task__plan=plan, task__left_the_plan_at__isnull=True).order_by()
    for key, role, words, remark in named.values_list("task_id", "role", "words", "qualifier"):
        parties[key].append((role, _with_remark(words, remark)))
    products = defaultdict[int, list[tuple[str, tuple[str, ...]]]](list)
    made = TaskProduct.objects.filter(task__plan=plan, task__left_the_plan_at__isnull=True)
    for row in made.order_by("task", "order").values("task_id", *PRODUCT):
        products[row["task_id"]].append(_product(row))
    tasks = plan.tasks.filter(left_the_plan_at__isnull=True).order_by("order")
    return [
        versions.TaskFace(
            row["pk"],
            row["path"],
            row["title"],
            (
                tuple(sorted(parties[row["pk"]])),
                row["timing_words"],
                tuple(products[row["pk"]]),
                *_lists(row),
            ),
        )
        for row in tasks.values("pk", "path", "title", "timing_words", *LISTS)
    ]


def _faces_of_review(plan_import: PlanImport) -> list[versions.TaskFace]:
    """The kept proposals, as the comparison of versions sees them. One query."""
    rows = plan_import.tasks.filter(state__in=BECOMES_A_TASK).order_by("order", "pk")
    return [
        versions.TaskFace(
            key,
            path,
            title,
            (
                tuple(
                    sorted(
                        (party["role"], _with_remark(party["words"], party.get("qualifier")))
                        for party in body.get("parties", ())
                    )
                ),
                (body.get("timing") or {}).get("words", ""),
                tuple(_product(product) for product in body.get("products", ())),
                *_lists(body),
            ),
        )
        for key, path, title, body in rows.values_list("pk", "path", "title", "body").iterator(
            chunk_size=READ_AT_ONCE
        )
    ]


PRODUCT = ("words", "at_least", "at_most", "counted_in", "languages")
LISTS = ("targets", "audiences", "languages", "items")


def _product(product: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The words of a product with how many of it there are, and the tags of its languages."""
    ends = (product.get("at_least"), product.get("at_most"))
    number = "–".join(dict.fromkeys("…" if end is None else str(end) for end in ends))
    counted = "" if ends == (None, None) else f"{number} {product.get('counted_in') or ''}".strip()
    return _with_remark(product["words"], counted), tuple(product.get("languages") or ())


def _lists(told: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Targets, audiences, languages and points of a task or a proposal."""
    items = [
        _with_remark(item["text"], ", ".join(item.get("actors") or ()))
        for item in told.get("items") or ()
    ]
    return (*(tuple(told.get(key) or ()) for key in LISTS[:-1]), tuple(items))


def _with_remark(words: str, remark: str | None) -> str:
    return f"{words} ({remark})" if remark else words


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a task beside the other: its place, and its lines with changed words."""

    path: str
    lines: tuple[list[versions.Words], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    change: Change
    old: Side | None
    new: Side | None


@dataclass(frozen=True, slots=True)
class Differences:
    """Every task that differs between the versions, and how many there are of each kind."""

    rows: list[Row]
    totals: dict[Change, int]
    languages: dict[str, str]  # what to call their tags


def differences(plan_import: PlanImport, plan: Plan) -> Differences:
    """What differs between the plan and its new version. Five queries."""
    before = {face.key: face for face in _faces_of_plan(plan)}
    after = {face.key: face for face in _faces_of_review(plan_import)}
    told = versions.matches(list(before.values()), list(after.values()))
    rows: list[Row] = [
        (match.change, before.get(match.old or 0), after.get(match.new or 0))
        for match in told
        if match.change != Change.SAME
    ]
    tags = {tag for _change, *faces in rows for face in faces if face for tag in _tags(face)}
    return Differences(rows, versions.count(told), names_of_languages(tags))


def _tags(face: versions.TaskFace) -> Iterator[str]:
    _parties, _timing, products, _targets, _audiences, languages, _items = face.details
    yield from languages
    for _words, tags in products:
        yield from tags


def side_by_side(
    rows: Iterable[Row],
    languages: Mapping[str, str],
) -> list[Difference]:
    """Rows of `differences` with their changed words, as a page shows them. No query."""
    return [
        _difference(change, old, new, (_lines(old, languages), _lines(new, languages)))
        for change, old, new in rows
    ]


def _difference(
    change: Change,
    old: versions.TaskFace | None,
    new: versions.TaskFace | None,
    lines: tuple[tuple[str, ...], tuple[str, ...]],
) -> Difference:
    pairs = [versions.changed_words(one, other) for one, other in zip(*lines, strict=True)]
    marked = change == Change.CHANGED
    olds = tuple(_marked([*pair[0]], marked=marked) for pair in pairs)
    news = tuple(_marked([*pair[1]], marked=marked) for pair in pairs)
    return Difference(
        change,
        None if old is None else Side(old.path, olds),
        None if new is None else Side(new.path, news),
    )


def _marked(pieces: list[versions.Words], *, marked: bool) -> list[versions.Words]:
    """Words are marked where both versions have the task; a new one is new as a whole."""
    return pieces if marked else [versions.Words(piece.text, is_changed=False) for piece in pieces]


def _lines(face: versions.TaskFace | None, names: Mapping[str, str]) -> tuple[str, ...]:
    """Title, units, time, and then products and all else that a task says, a line of text each."""
    labels = (_("Products"), _("Targets"), _("Audiences"), _("Languages"), _("Points"))
    if face is None:
        return ("",) * (3 + len(labels))
    parties, timing, products, targets, audiences, languages, items = face.details
    made = [_with_remark(words, ", ".join(names[tag] for tag in tags)) for words, tags in products]
    lists = (made, targets, audiences, [names[tag] for tag in languages], items)
    units = "; ".join(f"{PartyRole(role).label}: {words}" for role, words in parties)
    more = [
        f"{label}: {'; '.join(values)}" if values else ""
        for label, values in zip(labels, lists, strict=True)
    ]
    return (face.title, units, timing, *more)
