"""Long lists of keys as one condition of a statement, in the words of each engine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

FEW = 500


def keys_within(
    queryset: QuerySet[Any], keys: Sequence[Any], *, ordered: bool = False
) -> list[Any]:
    """Those of the keys whose rows are in the queryset; in its order, or in that of `keys`.

    One statement, however many there are.
    """
    if not keys:
        return []
    rows = queryset.filter(pk__in=_listed(queryset, keys))
    if not ordered:
        rows = rows.order_by()
    found = list(dict.fromkeys(rows.values_list("pk", flat=True)))
    if ordered:
        return found
    there = set(found)
    return [key for key in keys if key in there]


def _listed(queryset: QuerySet[Any], keys: Sequence[Any]) -> Any:
    """The keys as they are, or where they are many as one parameter that the engine unfolds."""
    if len(keys) <= FEW:
        return list(keys)
    connection = connections[queryset.db]
    field: Any = queryset.model._meta.pk
    while field.remote_field is not None:
        field = field.target_field
    plain = [field.get_db_prep_value(key, connection) for key in keys]
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(plain)])
    type_name = field.cast_db_type(connection)
    # The name of the type is Django's own; the keys are one parameter.
    return RawSQL(f"SELECT unnest(%s::{type_name}[])", [plain])  # noqa: S611 -- as said
