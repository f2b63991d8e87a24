"""Who does something. Nobody changes anything anonymously: every action takes `by`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@runtime_checkable
class Actor(Protocol):
    """A person (people.Person fulfils it) or a named machine.

    `actor_key` is permanent and unique ("person:41", "machine:retention"); four eyes compares
    it. `actor_name` is what the diary shows. `actor_unit` names the unit on whose behalf the
    actor acts at this moment, as (key, name); ("", "") where there is none.
    """

    @property
    def actor_key(self) -> str: ...

    @property
    def actor_name(self) -> str: ...

    @property
    def actor_unit(self) -> tuple[str, str]: ...


MACHINE = "machine:"  # how the keys of machines begin


@dataclass(frozen=True, slots=True)
class Machine:
    """A job of the house itself, such as the sealer or the retention job."""

    name: str

    @property
    def actor_key(self) -> str:
        return f"{MACHINE}{self.name}"

    @property
    def actor_name(self) -> str:
        return self.name

    @property
    def actor_unit(self) -> tuple[str, str]:
        return ("", "")
