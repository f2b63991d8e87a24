"""What the registry knows of a unit's name in a plan, as a proposal holds it. Pure."""

from __future__ import annotations

from datetime import date

from nhipcau.plans.enums import NameState
from nhipcau.plans.rules.proposals import Json
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
