"""Why words were not taken in; each a whole sentence for the person who brought them."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.errors import RuleBroken
from nhipcau.plans.reading.errors import Refusal


class Reason(StrEnum):
    STAMPED = "stamped"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    BOMB = "bomb"
    NOT_WORD = "not_word"
    TOO_SLOW = "too_slow"


SENTENCES: dict[Reason, str | Promise] = {
    Reason.STAMPED: _(
        "The document bears a mark of secrecy. It was not taken in and nothing of it was kept. Do "
        "not send it over the network; tell the head of your unit and go on offline, as the law on "
        "state secrets demands."
    ),
    Reason.EMPTY: _("There are no words in it; check what you chose or copied."),
    Reason.TOO_LARGE: _(
        "It is larger than what can be taken in at once; leave out pictures or split it."
    ),
    Reason.ENCRYPTED: _(
        "The document is locked with a password; remove the password in Word and bring it again."
    ),
    Reason.DAMAGED: _(
        "The document is damaged or not whole; open it in Word, save it as a new file and bring "
        "that."
    ),
    Reason.BOMB: _(
        "The document is built in a way that no ordinary document is and was not opened; tell the "
        "person in charge of information security."
    ),
    Reason.NOT_WORD: _("This is no Word document (.docx); save it as .docx in Word and try again."),
    Reason.TOO_SLOW: _(
        "Reading the document took too long and was stopped; save it anew as a simpler .docx or "
        "split it."
    ),
}
_OF_REFUSAL = {
    Refusal.EMPTY: Reason.EMPTY,
    Refusal.TOO_LARGE: Reason.TOO_LARGE,
    Refusal.ENCRYPTED: Reason.ENCRYPTED,
    Refusal.DAMAGED: Reason.DAMAGED,
    Refusal.BOMB: Reason.BOMB,
    Refusal.TOO_SLOW: Reason.TOO_SLOW,
}


class NotTaken(RuleBroken):
    """Nothing was taken in and nothing was kept."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(SENTENCES[reason])
        self.reason = reason

    @classmethod
    def because(cls, refusal: Refusal) -> NotTaken:
        return cls(_OF_REFUSAL.get(refusal, Reason.NOT_WORD))
