"""The grammar's regular expressions, compiled once for a machine instead of at every start.

Three hundred expressions take longer to compile than a plan of ten pages to read. Python keeps
its modules as byte code beside their source; the set-up keeps the code of their expressions there
too, with `keep_grammar`. Without the file, after another Python, or for an expression that has
changed since, `expression` compiles as ever.
"""

from __future__ import annotations

import importlib
import marshal
import os
import pkgutil
import re
import sys
import zlib
from typing import Any

from nhipcau.plans import reading

FILE = os.path.join(  # noqa: PTH118 -- pathlib costs a tenth of the start of `plan read`
    os.path.dirname(__file__),  # noqa: PTH120 -- as above
    "__pycache__",
    f"expressions.{sys.implementation.cache_tag}.kept",
)
_Key = tuple[str, int]
# Flags, code, number of groups, groups by name, names by group: what the engine makes one from.
_Code = tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]
_asked: set[_Key] = set()


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` answers; at once where the code is kept."""
    key = (pattern, int(flags))
    _asked.add(key)
    code = _KEPT.get(key)
    if code is not None:
        try:
            made: re.Pattern[str] = _ENGINE.compile(pattern, *code)
        except (RuntimeError, TypeError, ValueError):  # the engine looks at code before it takes it
            pass
        else:
            return made
    return re.compile(pattern, flags)


def keep(path: str = FILE) -> int:
    """Write the code of every expression that this process has asked for; how many they are."""
    codes = {key: _code_of(*key) for key in sorted(_asked)}
    body = marshal.dumps(codes)
    head = marshal.dumps((_engine_version(), zlib.crc32(body), body))
    os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 -- as above
    unfinished = f"{path}.{os.getpid()}"
    with open(unfinished, "wb") as stream:  # noqa: PTH123 -- as above
        stream.write(head)
    os.replace(unfinished, path)  # noqa: PTH105 -- as above
    return len(codes)


def kept(path: str = FILE) -> dict[_Key, _Code]:
    """What `keep` wrote with this very Python; nothing where the file is not there or not whole."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 -- as above
            version, checksum, body = marshal.loads(stream.read())  # noqa: S302 -- as byte code is
        if version != _engine_version() or checksum != zlib.crc32(body):
            return {}
        codes: dict[_Key, _Code] = marshal.loads(body)  # noqa: S302 -- as above
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return codes


def _engine_version() -> tuple[int, str]:
    return (_ENGINE.MAGIC, sys.version)


def _code_of(pattern: str, flags: int) -> _Code:
    """As the standard library compiles it, stopped before the last step (3.11 to 3.13 alike)."""
    parser, compiler = (importlib.import_module(f"re.{name}") for name in ("_parser", "_compiler"))
    parsed = parser.parse(pattern, flags)
    groups: dict[str, int] = dict(parsed.state.groupdict)
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in groups.items():
        names[number] = name
    code = [int(word) for word in compiler._code(parsed, flags)]  # noqa: SLF001 -- its last step but one
    return int(flags | parsed.state.flags), code, parsed.state.groups - 1, groups, tuple(names)


_ENGINE: Any = importlib.import_module("_sre")
_KEPT = kept()


def keep_grammar(path: str = FILE) -> int:
    """Keep every expression of the grammar and of the formats; how many they are."""
    for module in pkgutil.walk_packages(reading.__path__, f"{reading.__name__}."):
        importlib.import_module(module.name)
    return keep(path)
