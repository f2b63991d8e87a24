"""What stands about one work beside its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, QuerySet, Sum, Value
from django.db.models.functions import Cast

from nhipcau.registry.models import Area
from nhipcau.works.enums import CostState
from nhipcau.works.models import CostLine, Permit, PrintRun, Programme, Topic, Work


@dataclass(frozen=True, slots=True)
class Facts:
    """What was chosen for a work, its money by how it stands, its permits and print runs.

    The rows are for showing: they have their words, and no keys.
    """

    topics: Sequence[Topic]
    areas: Sequence[Area]
    programmes: Sequence[Programme]
    sums: Sequence[tuple[str, int]]
    permits: Sequence[Permit]
    print_runs: Sequence[PrintRun]


def facts_of(work: Work) -> Facts:
    """Six short lists, each in its order. One query for all of them."""
    listed = ("order", "key", "name", "english_name", *_REST)
    parts = [  # the first has columns of every type: from it the others are understood
        _part(
            "permit", Permit.objects.filter(work=work),
            "pk", "number", "issuer", _EMPTY, "issued_on", _NONE,
        ),
        _part(
            "print run", PrintRun.objects.filter(work=work),
            "pk", "printer", _EMPTY, _EMPTY, "printed_on", "ordered",
        ),
        _part("topic", Topic.objects.filter(works=work), *listed),
        _part("programme", Programme.objects.filter(works=work), *listed),
        _part("area", Area.objects.filter(works=work), _NONE, "label", "label", _EMPTY, *_REST),
        _part(
            "cost",
            CostLine.objects.filter(work=work).values("state").annotate(total=Sum("amount")),
            _NONE, "state", _EMPTY, _EMPTY, _NEVER, Cast("total", BigIntegerField()),
        ),
    ]  # fmt: skip
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for kind, *row in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[:3]):
        found[kind].append(tuple(row))
    sums = {state: total for _order, state, _name, _other, _day, total in found["cost"]}
    return Facts(
        topics=[Topic(name=row[2], english_name=row[3]) for row in found["topic"]],
        areas=[Area(label=row[2]) for row in found["area"]],
        programmes=[Programme(name=row[2], english_name=row[3]) for row in found["programme"]],
        sums=[(str(state.label), sums[state]) for state in CostState if sums.get(state)],
        permits=[Permit(number=row[1], issuer=row[2], issued_on=row[4]) for row in found["permit"]],
        print_runs=[
            PrintRun(printer=row[1], printed_on=row[4], ordered=row[5])
            for row in found["print run"]
        ],
    )


_EMPTY = Value("", CharField())
_NONE = Value(0, BigIntegerField())
_NEVER = Value(None, DateField())
_REST = (_NEVER, _NONE)


def _part(kind: str, rows: QuerySet[Any, Any], *columns: Any) -> QuerySet[Any, Any]:
    """The rows as columns that are alike in all parts, told apart by the first."""
    return rows.order_by().values_list(Value(kind, CharField()), *columns)
