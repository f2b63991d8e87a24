"""Why no page came out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.errors import RuleBroken


class FontsMissing(RuleBroken):
    """The fonts for printing are not on this machine."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The fonts for printing are not installed. The operator installs them with: "
                "apt install fonts-noto-core fonts-noto-cjk"
            )
        )


class TooMuchToSet(RuleBroken):
    """Setting the pages would have taken more time or memory than one document may take."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This text is too long to be set as pages in one go. Please divide it, or choose a "
                "form for long texts."
            )
        )


class Overfull(RuleBroken):
    """The words do not fit into the space that the form has. `part` names the space."""

    def __init__(self, part: str) -> None:
        super().__init__(
            _("The text does not fit into this form. Please shorten it, or choose a larger form.")
        )
        self.part = part


class OthersAreWaiting(RuleBroken):
    """Everybody who may draw at once on this machine is drawing."""

    def __init__(self) -> None:
        super().__init__(
            _("Other drafts are being drawn at this moment. Please try again in a few seconds.")
        )


class TypesettingFailed(Exception):
    """A defect of a template, never of the words: it rises and is logged."""
