"""What can be wrong with a diary."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Flaw(TextChoices):
    ENTRY_CHANGED = "entry changed", _("entry changed")
    ENTRY_MISSING = "entry missing", _("entry missing")
    ENTRY_SLIPPED_IN = "entry slipped in", _("entry slipped in")
    SEAL_CHANGED = "seal changed", _("seal changed")
    SEAL_MISSING = "seal missing", _("seal missing")
    SEAL_INSERTED = "seal inserted", _("seal inserted")
    REORDERED = "re-ordered", _("re-ordered")
    REWRITTEN = "rewritten", _("rewritten")
    TAIL_CUT = "tail cut off", _("tail cut off")
    BAD_SIGNATURE = "bad signature", _("bad signature")
    UNKNOWN_KEY = "unknown key", _("unknown key")
