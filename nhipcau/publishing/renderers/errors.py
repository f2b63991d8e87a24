"""Why a manuscript cannot take this form."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.errors import RuleBroken
from nhipcau.translation.manuscript import Manuscript, plain_text, word_count


class NothingToShow(RuleBroken):
    """The manuscript lacks what the form is made of."""


class WrongNumberOfSources(RuleBroken):
    def __init__(self, wanted: int) -> None:
        super().__init__(
            _("This form is made of %(wanted)d language versions.") % {"wanted": wanted}
        )


def require_sources(given: int, wanted: int) -> None:
    if given != wanted:
        raise WrongNumberOfSources(wanted)


class TooLong(RuleBroken):
    def __init__(self, words: int, most: int) -> None:
        super().__init__(
            _(
                "The text has %(words)d words; this form holds about %(most)d. Please shorten it, "
                "or choose a form for long texts."
            )
            % {"words": words, "most": most}
        )


def require_room(source: Manuscript, *, words: int) -> None:
    """Raises TooLong where the text can never fit, before any page is set."""
    counted = word_count(plain_text(source))
    if counted > words:
        raise TooLong(counted, words)
