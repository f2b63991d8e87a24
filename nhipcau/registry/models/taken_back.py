"""Shipped facts that people took off the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models


class TakenBack(models.Model):
    """A name, code or trait that people took off the record: no load of shipped facts tells it.

    `fact` holds what told it apart from others of its table, days as text.
    """

    TOLD_APART_BY = ("unit_id", "area_id", "kind", "text", "code", "trait", "valid_from")

    table = models.CharField(max_length=80)
    fact = models.JSONField()

    def __str__(self) -> str:
        return f"{self.table} {self.fact}"

    @classmethod
    def fact_of(cls, row: models.Model) -> dict[str, Any]:
        """What a row says of itself, as it is kept."""
        columns = {field.attname for field in row._meta.concrete_fields}
        return cls.as_kept(
            {name: getattr(row, name) for name in cls.TOLD_APART_BY if name in columns}
        )

    @staticmethod
    def as_kept(values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in values.items()
        }
