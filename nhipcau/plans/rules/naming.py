"""What the registry knows of a unit's name in a plan, as a proposal holds it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nhipcau.plans.enums import NameState
from nhipcau.plans.rules.lines import OWED, Json, name_of_one
from nhipcau.registry.enums import Verdict
from nhipcau.registry.rules.resolution import NameIndex


def named(
    words: str, *, names: NameIndex, on: date, scope: int | None, known: dict[str, Json]
) -> Json:
    """What the registry says of a unit's name, as the body of a proposal holds it.

    `known` remembers answers, so that ten thousand tasks ask for each name once.
    """
    if words not in known:
        found = names.resolve(words, on=on, scope=scope)
        only = found.only
        state = NameState.UNKNOWN if not found.candidates else NameState.AMBIGUOUS
        if only is not None:
            state = NameState.GROUP if only.is_group else NameState.KNOWN
        known[words] = {
            "state": state.value,
            "unit": only.id if only is not None and not only.is_group else None,
            "group": only.id if only is not None and only.is_group else None,
            "label": only.label if only is not None else "",
            "why": str(found.why),
            "candidates": [
                {
                    "kind": "group" if candidate.is_group else "unit",
                    "id": candidate.id,
                    "label": candidate.label,
                }
                for candidate in found.candidates
            ],
        }
    return dict(known[words])


def named_surely(
    words: str, *, names: NameIndex, on: date, scope: int | None, known: dict[str, Json]
) -> Json:
    """What the registry says beyond doubt of who owes a duty; the rest is only offered.

    `known` remembers the answers, as for `named`.
    """
    if words not in known:
        name = named(words, names=names, on=on, scope=scope, known={})
        if sure_unit(words, told=set(), names=names, on=on, scope=scope) is None:
            name |= {"state": NameState.AS_WRITTEN.value, "unit": None}
        known[words] = name_of_one(name)
    return dict(known[words])


def with_names_of_owing(
    header: Json,
    *,
    in_tasks: Mapping[str, Json],
    names: NameIndex,
    on: date,
    scope: int | None,
) -> Json:
    """The header in which each duty says what the registry knows of who owes it.

    A name that the tasks use as well (`in_tasks`) is looked at there, whatever it turned out to be.
    """
    known = {words: name_of_one(name) for words, name in in_tasks.items()}
    return header | {
        part: [
            {
                **line,
                "name": named_surely(line["unit"], names=names, on=on, scope=scope, known=known)
                if line["unit"]
                else None,
            }
            for line in header[part]
        ]
        for part in OWED
    }


def sure_unit(
    words: str, *, told: set[int | None], names: NameIndex, on: date, scope: int | None
) -> int | None:
    """The unit that `words` name beyond doubt, where no person will look at the answer.

    `told` holds what the reviewed tasks say of the same words: one unit there decides. Else the
    registry does, but never in spite of a typing error, of several answers, or for a group.
    """
    if told:
        return next(iter(told)) if len(told) == 1 else None
    found = names.resolve(words, on=on, scope=scope)
    if found.only is None or found.only.is_group or found.verdict == Verdict.TYPO:
        return None
    return found.only.id
