"""What a proofreader is: one check of a draft, which explains itself and proves itself by examples.

To add one: a class in a file of its own under `checks/`, listed in the setting PROOFREADERS. Its
`good` and `bad` examples are its tests; docs/proofreading.md is held equal to the list by another.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.canonical import canonical
from nhipcau.kernel.folding import folded
from nhipcau.people.enums import Permission
from nhipcau.translation.proofreading.draft import Draft, Passage, Place, Role
from nhipcau.translation.proofreading.examples import Bad, Good

LONGEST_QUOTATION = 160
MOST_FINDINGS = 60  # of one check in one draft: who has sixty to mend reads no more of them


class Severity(TextChoices):
    """How much stands in the way; from a word of advice to a closed gate."""

    NOTE = "note", _("Worth knowing")
    WARNING = "warning", _("Better mended")
    MUST_BE_ANSWERED = "must_be_answered", _("Mend it, or say why not")
    NEVER_OVERRULED = "never_overruled", _("Must be mended")


GRAVITY = {severity: place for place, severity in enumerate(Severity.values)}


class Consequence(TextChoices):
    """What a finding sets going beside its sentence."""

    NONE = "", _("Nothing further")
    FOREIGN_AFFAIRS = "foreign_affairs", _("The foreign-affairs reviewer must see it")
    STOP = "stop", _("The work is locked and kept out of search, mail and every service")


# Where words of a film stand, said behind the sentence of what was found in them.
SPOKEN = {
    Role.SUBTITLES.value: gettext_noop(
        "It stands in the subtitles (%(spoken_language)s) of “%(film)s” at %(time)s."
    ),
    Role.TRANSCRIPT.value: gettext_noop(
        "It stands in the transcript (%(spoken_language)s) of “%(film)s”."
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found: where, in which words, and what to do about it.

    `template` is the English sentence as it stands in the catalogue, `values` fill it (a `unit` is
    a word of the catalogue as well); so a finding can be stored and read in another language than
    it was made in.
    """

    check: str
    template: str
    place: Place
    quotation: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    severity: str = Severity.WARNING.value
    consequence: str = Consequence.NONE.value

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in the language of who reads it now."""
        told = {
            name: gettext(value) if name == "unit" and isinstance(value, str) else value
            for name, value in self.values.items()
        }
        sentence = gettext(self.template) % told
        where = SPOKEN.get(str(self.values.get("spoken", "")))
        return sentence if where is None else f"{sentence} {gettext(where) % told}"

    @property
    def key(self) -> str:
        """The same while the words are the same, wherever in its block they stand.

        What a person answered is kept under it: other words are another finding.
        """
        told = [self.check, self.template, self.place.block, self.place.part]
        words = [folded(self.quotation), sorted(self.values.items())]
        return hashlib.sha256(canonical([*told, *words])).hexdigest()[:32]

    @property
    def may_be_overruled(self) -> bool:
        return self.severity != Severity.NEVER_OVERRULED

    def as_json(self) -> dict[str, Any]:
        """For a row; `from_json` reads it back."""
        return {
            "check": self.check,
            "template": self.template,
            "place": [self.place.block, self.place.part, self.place.start, self.place.end],
            "quotation": self.quotation,
            "values": dict(self.values),
            "severity": str(self.severity),
            "consequence": str(self.consequence),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        return cls(**{**told, "place": Place(*told["place"])})


class Proofreader(ABC):
    """One check. `inspect` looks at nothing but the draft: no rows, no clock, no network."""

    slug: ClassVar[str]
    title: ClassVar[str | Promise]
    explanation: ClassVar[str | Promise]
    """One sentence: what it looks for, and why that matters."""
    severity: ClassVar[Severity]
    """The gravest that its findings can be."""
    overruled_by: ClassVar[Permission | None] = Permission.WORKS_WRITE
    """Who may overrule with a reason what must be answered; None: nobody ever."""
    consequence: ClassVar[Consequence] = Consequence.NONE
    good: ClassVar[tuple[Good, ...]]
    """Drafts in which it finds nothing."""
    bad: ClassVar[tuple[Bad, ...]]
    """Drafts in which it finds exactly the words that the example names."""

    def applies(self, kind: str, language: str) -> bool:
        """Whether works of this kind in this language are inspected at all."""
        return True

    @abstractmethod
    def inspect(self, draft: Draft) -> Iterable[Finding]:
        """Everything it finds, in reading order."""

    def found(
        self,
        template: str,
        passage: Passage | Place,
        span: tuple[int, int] | None = None,
        *,
        severity: Severity | None = None,
        consequence: Consequence | None = None,
        quotation: str | None = None,
        **values: str | int,
    ) -> Finding:
        """A finding over `span` of a passage, or over the whole of it or of a place."""
        if isinstance(passage, Place):
            place, words = passage, quotation or ""
        else:
            start, end = span or (0, len(passage.text))
            place = passage.place_of(start, end)
            words = passage.text[start:end] if quotation is None else quotation
            values |= _where(passage, start)
        return Finding(
            check=self.slug,
            template=template,
            place=place,
            quotation=shortened(words),
            values=values,
            severity=(severity or self.severity).value,
            consequence=(self.consequence if consequence is None else consequence).value,
        )


def _where(passage: Passage, start: int) -> dict[str, str | int]:
    """Of what a film says: the film, the language and the time, for the finding's sentence."""
    said = passage.spoken
    if said is None:
        return {}
    return {
        "spoken": str(said.role),
        "film": said.film,
        "spoken_language": said.language,
        "time": said.time_at(start),
    }


def shortened(words: str) -> str:
    """One line of it, cut to what a person takes in at a glance."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTATION else line[: LONGEST_QUOTATION - 1].rstrip() + "…"
