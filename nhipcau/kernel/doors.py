"""Doors: rows that one kind of action alone may write.

What is public, approved or said by a reviewer changes by an action that asks who may. A form, a
bulk change, a fixture or a script that writes such a row in passing is refused: rows behind a door
are written while it is held open, and a test lists which modules hold it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models.signals import pre_delete, pre_save
from django.utils.functional import Promise

from nhipcau.kernel.errors import RuleBroken


class Door:
    """`with door():` holds it open for this thread or task; `ask()` raises `refusal` otherwise."""

    def __init__(self, name: str, refusal: type[RuleBroken], sentence: str | Promise) -> None:
        self.name = name
        self._is_open: ContextVar[bool] = ContextVar(name, default=False)
        self._refusal = refusal
        self._sentence = sentence

    @contextmanager
    def __call__(self) -> Iterator[None]:
        token = self._is_open.set(True)
        try:
            yield
        finally:
            self._is_open.reset(token)

    def ask(self) -> None:
        if not self._is_open.get():
            raise self._refusal(self._sentence)


_Row = TypeVar("_Row", bound="BehindADoor")


class BehindADoorQuerySet(models.QuerySet[_Row]):
    """Bulk changes send no signal, or late, so they ask here."""

    def update(self, **kwargs: Any) -> int:
        self.model.door.ask()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.model.door.ask()
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        self.model.door.ask()
        return super().bulk_create(*args, **kwargs)


class BehindADoor(models.Model):
    """A row that is saved and deleted while its `door` is open, and not otherwise.

    Its manager is built from a `BehindADoorQuerySet`; a test holds it.
    """

    door: ClassVar[Door]

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # A fixture (`loaddata`) saves rows without their own `save`, but not without the signal.
        pre_save.connect(_ask, sender=cls)
        pre_delete.connect(_ask, sender=cls)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Asks before Django looks what hangs on the row and says that instead."""
        self.door.ask()
        return super().delete(*args, **kwargs)


def _ask(sender: type[BehindADoor], **_kwargs: Any) -> None:
    sender.door.ask()
