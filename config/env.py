"""The only code that reads the environment.

Each reader names its setting, its default and one sentence of help; `DECLARED` collects them,
and docs/settings.md is held equal to it by a test. A secret may also come as `<NAME>_FILE`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


class SettingUnusable(Exception):
    """A setting has a value that cannot be.

    One sentence in each language names the setting and what it may be: nothing of the house is
    loaded yet that could translate, and nobody has told his language.
    """

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(vietnamese, english)
        self.vietnamese = vietnamese
        self.english = english

    def __str__(self) -> str:
        return f"{self.vietnamese}\n{self.english}"


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table in docs/settings.md."""

    name: str
    default: str
    help: str


DECLARED: dict[str, Setting] = {}

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off", ""})


def _raw(name: str, *, default: str, help: str) -> str:  # noqa: A002 -- the word of argparse
    DECLARED[name] = Setting(name, default, help)
    return os.environ.get(name, default).strip()


def text(name: str, *, default: str = "", help: str) -> str:  # noqa: A002
    """The words as given."""
    return _raw(name, default=default, help=help)


def words(name: str, *, default: str = "", help: str) -> list[str]:  # noqa: A002
    """A list, parted by commas."""
    return [
        word.strip() for word in _raw(name, default=default, help=help).split(",") if word.strip()
    ]


def flag(name: str, *, default: bool, help: str) -> bool:  # noqa: A002
    """Yes or no: 1/true/yes/on or 0/false/no/off."""
    raw = _raw(name, default="yes" if default else "no", help=help).lower()
    if raw in _YES:
        return True
    if raw in _NO:
        return False
    raise SettingUnusable(
        f"{name} đang là “{raw}”; chỉ nhận yes hoặc no.",
        f"{name} is “{raw}”; it may be yes or no.",
    )


def number(name: str, *, default: int, help: str, least: int = 0) -> int:  # noqa: A002
    """A whole number, `least` or more."""
    raw = _raw(name, default=str(default), help=help)
    if not raw.isdecimal() or int(raw) < least:
        raise SettingUnusable(
            f"{name} đang là “{raw}”; phải là số nguyên từ {least} trở lên.",
            f"{name} is “{raw}”; it must be a whole number from {least}.",
        )
    return int(raw)


def folder(name: str, *, default: Path, shown_default: str, help: str) -> Path:  # noqa: A002
    """A folder; a relative one stands under the project."""
    DECLARED[name] = Setting(name, shown_default, help)
    raw = os.environ.get(name, "").strip()
    return Path(raw).expanduser().resolve() if raw else default


def secret(name: str, *, help: str) -> str:  # noqa: A002
    """A secret from the variable or from the file that `<name>_FILE` names; "" when neither."""
    DECLARED[name] = Setting(name, "", help + " Also as a file: " + name + "_FILE.")
    path = os.environ.get(name + "_FILE", "").strip()
    if path:
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise SettingUnusable(
                f"{name}_FILE chỉ tới {path}, nhưng không đọc được tệp này.",
                f"{name}_FILE names {path}, which cannot be read.",
            ) from error
    return os.environ.get(name, "").strip()
