"""How a finding reads to the person who wrote the body."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.translation.manuscript.findings import Finding, FindingKind

SENTENCES: dict[FindingKind, str | Promise] = {
    FindingKind.UNKNOWN_BLOCK: _(
        "Block %(number)d is of an unknown kind (“%(shown)s”); its words were kept as paragraphs."
    ),
    FindingKind.BROKEN_BLOCK: _(
        "Block %(number)d is damaged (“%(shown)s”); its words were kept as paragraphs."
    ),
    FindingKind.UNKNOWN_TAG: _(
        "Block %(number)d uses %(shown)s, which no form can show; the words inside were kept."
    ),
    FindingKind.DROPPED_MARKUP: _(
        "Block %(number)d contained hidden code or a comment, which was left out: “%(shown)s”."
    ),
    FindingKind.UNSAFE_LINK: _(
        "Block %(number)d links to “%(shown)s”, which is no safe address; the words were kept "
        "without the link."
    ),
    FindingKind.TOO_DEEP: _(
        "Block %(number)d has lists nested more than %(shown)s deep; the deeper ones were joined."
    ),
    FindingKind.DIRECTION_MARK: _(
        "Block %(number)d contained marks that turn the direction of writing; they were taken out, "
        "please read its words again."
    ),
    FindingKind.MISSING_MEDIUM: _(
        "Block %(number)d needs a picture or file that is not there: %(shown)s."
    ),
    FindingKind.UNREADABLE_NUMBER: _(
        "“%(shown)s” in block %(number)d is not a number; the chart has a gap there."
    ),
    FindingKind.UNEVEN_ROWS: _(
        "A row in block %(number)d is longer or shorter than the head (“%(shown)s”); empty cells "
        "were added."
    ),
}


def sentence(finding: Finding) -> str:
    """One whole sentence in the interface's language; blocks are counted from 1."""
    return str(SENTENCES[finding.kind]) % {"number": finding.block + 1, "shown": finding.shown}
