"""Has a draft read by every proofreader that the settings list."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from django.conf import settings
from django.utils.module_loading import import_string

from nhipcau.translation.proofreading.contract import (
    GRAVITY,
    MOST_FINDINGS,
    Consequence,
    Finding,
    Proofreader,
    Severity,
)
from nhipcau.translation.proofreading.draft import Draft

logger = logging.getLogger(__name__)
_MOST_LOOKED_AT = 5_000  # of one check: a text made to be found fault with ends here


@dataclass(frozen=True, slots=True)
class Report:
    """What all checks found, gravest first, then in the order of the list and of the text.

    `cut` names the checks that found more than MOST_FINDINGS; `failed` those that broke down on
    this draft, which is a defect of theirs: a draft that was not inspected is not a clean one.
    """

    findings: tuple[Finding, ...]
    cut: frozenset[str] = frozenset()
    failed: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """A mark of secrecy: the work is to be locked at once and taken offline."""
        return any(finding.consequence == Consequence.STOP for finding in self.findings)

    @property
    def needs_foreign_affairs(self) -> bool:
        return any(f.consequence == Consequence.FOREIGN_AFFAIRS for f in self.findings)

    def unanswered(self, answered: Collection[str] = ()) -> tuple[Finding, ...]:
        """What stands in the way: `answered` are the keys of findings overruled with a reason."""
        return tuple(
            finding
            for finding in self.findings
            if finding.severity == Severity.NEVER_OVERRULED
            or (finding.severity == Severity.MUST_BE_ANSWERED and finding.key not in answered)
        )

    def clear(self, answered: Collection[str] = ()) -> bool:
        """Whether it may be submitted: everything answered, and every check could do its work."""
        return not self.failed and not self.unanswered(answered)


def _gravest_first(finding: Finding) -> int:
    return -GRAVITY[finding.severity]


@cache
def _loaded(paths: tuple[str, ...]) -> tuple[Proofreader, ...]:
    readers = tuple(import_string(path)() for path in paths)
    doubled = [slug for slug, times in Counter(r.slug for r in readers).items() if times > 1]
    if doubled:
        raise ValueError(f"Two proofreaders bear the slug {doubled[0]}.")
    return readers


def proofreaders() -> tuple[Proofreader, ...]:
    """The listed checks, in the order of the setting PROOFREADERS."""
    return _loaded(tuple(settings.PROOFREADERS))


def proofread(draft: Draft, readers: Iterable[Proofreader] | None = None) -> Report:
    """Every listed check that applies; `readers` names others. Nothing outside is touched."""
    found: list[Finding] = []
    cut: set[str] = set()
    failed: list[str] = []
    for reader in proofreaders() if readers is None else readers:
        if not reader.applies(draft.kind, draft.language):
            continue
        try:
            own = sorted(islice(reader.inspect(draft), _MOST_LOOKED_AT), key=_gravest_first)
        except Exception:
            # One check that breaks down must not hide what the others find, nor pass for one
            # that found nothing.
            logger.exception(
                "a proofreader broke down",
                extra={"event": "translation.proofreader.failed", "proofreader": reader.slug},
            )
            failed.append(reader.slug)
            continue
        if len(own) > MOST_FINDINGS:
            cut.add(reader.slug)
        found += own[:MOST_FINDINGS]
    found.sort(key=_gravest_first)
    return Report(tuple(found), frozenset(cut), tuple(failed))
