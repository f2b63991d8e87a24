"""What the registry refuses."""

from __future__ import annotations

from nhipcau.kernel.errors import RuleBroken


class ChangeRefused(RuleBroken):
    """A change of units or areas that cannot have happened so; the sentence names every reason."""


class NameRefused(RuleBroken):
    """The name is empty, or the day on which it begins contradicts the names on record."""


class DocumentAmbiguous(RuleBroken):
    """Several documents on record fit what was cited; a person has to choose."""


class DocumentRefused(RuleBroken):
    """The document or link contradicts what is on record."""


class CorrectionRefused(RuleBroken):
    """The correction contradicts itself, or cannot be taken back any more."""


class GroupRefused(RuleBroken):
    """The group names no members, so that there is nothing to freeze."""


class LanguageRefused(RuleBroken):
    """The language is described wrongly, or on record already."""


class WorkbookRefused(RuleBroken):
    """The file as a whole cannot be read as a list of units."""


class ProvinceRefused(RuleBroken):
    """The province cannot be set up, or show itself, like this."""


class LookMoved(ProvinceRefused):
    """Somebody else has changed the look since it was seen; the sentence names what."""


class ReferenceDataBroken(Exception):
    """Shipped data contradict themselves: a defect of the data, no refusal."""
