"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "search.synonyms.dropped": _("%(who)s struck “%(what)s” from the words that mean the same."),
    "search.synonyms.kept": _("%(who)s noted that these words mean the same: “%(what)s”."),
}
