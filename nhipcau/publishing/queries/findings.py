"""Findings of a text under review as people read them, with answers and who confirmed those."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nhipcau.people.queries import Rights
from nhipcau.publishing.enums import ItemState
from nhipcau.publishing.models import ClearanceItem, ConfirmedReason
from nhipcau.publishing.queries.reasons import confirmable, roles_for
from nhipcau.translation.proofreading.contract import Finding

BESIDE = frozenset({"key", "later"})  # what a kept finding has beside itself


@dataclass(frozen=True, slots=True)
class FindingShown:
    """What a check found, in the reader's language, and what the author said about it.

    `is_later`: it was found when the text was under review already. `confirmed` is who confirmed
    the answer, None while nobody did; `needs` the right that it takes, "" for the author's own.
    """

    sentence: str
    severity: str
    quotation: str
    answer: str
    is_later: bool = False
    needs: str = ""
    confirmed: ConfirmedReason | None = None
    key: str = ""

    @property
    def waits_for(self) -> str:
        """The roles of which one has to confirm the answer and has not; "" for none."""
        return "" if self.confirmed else roles_for(self.needs)


def findings_of(item: ClearanceItem) -> list[FindingShown]:
    """What the checks found when the text was handed in, gravest first, with the answers.

    One query, none where no answer waits for a right.
    """
    asked = ConfirmedReason.objects.filter(item=item) if item.rights_asked else ()
    return shown_of(item.findings, item, confirmed_of(asked).get(item.pk, {}))


def confirmed_of(rows: Iterable[ConfirmedReason]) -> dict[int, dict[str, ConfirmedReason]]:
    """Confirmed reasons by text and key."""
    found: dict[int, dict[str, ConfirmedReason]] = {}
    for each in rows:
        found.setdefault(each.item_id, {})[each.key] = each
    return found


def confirms_of(
    item: ClearanceItem,
    findings: Sequence[FindingShown],
    *,
    rights: Rights,
    written_by: Collection[int],
) -> list[FindingShown]:
    """Those of the findings whose answers this person may confirm now. No query."""
    if item.state != ItemState.OPEN:
        return []
    waiting = {each.key: each.needs for each in findings if each.needs and not each.confirmed}
    mine = confirmable(item, waiting, rights=rights, written_by=written_by)
    return [each for each in findings if each.key in mine]


def shown_of(
    findings: Sequence[Mapping[str, Any]],
    item: ClearanceItem,
    confirmed: Mapping[str, ConfirmedReason],
) -> list[FindingShown]:
    """The findings with what this text's author said of them, and who confirmed that."""
    shown = []
    for told in findings:
        finding = Finding.from_json({name: told[name] for name in told if name not in BESIDE})
        shown.append(
            FindingShown(
                sentence=finding.sentence,
                severity=str(finding.severity),
                quotation=finding.quotation,
                answer=item.answers.get(told["key"], ""),
                is_later=bool(told.get("later")),
                needs=item.rights_asked.get(told["key"], ""),
                confirmed=confirmed.get(told["key"]),
                key=told["key"],
            )
        )
    return shown
