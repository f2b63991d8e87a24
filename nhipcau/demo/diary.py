"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "demo.sample.loaded": _("%(who)s filled the empty house with the sample: %(what)s."),
}
