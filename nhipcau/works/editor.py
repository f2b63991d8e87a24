"""The panels of the editor of words that are not as Wagtail makes them."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from nhipcau.translation.enums import Mode

# What the editor says beside the alternative text of a picture that was just chosen.
SAID_OF_TEXTS = {
    "data-alt-taken": _("Taken from the library. Change it if this text needs other words."),
    "data-alt-decorative": _("The library calls this picture decorative."),
    "data-alt-kept": _(
        "These are your own words and were kept. See whether they say what this picture shows."
    ),
    "data-alt-write": _("Write it in the library"),
}


class VietnameseTitlePanel(FieldPanel):
    """Asked where a version is spoken, or where it has been given."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            is_wanted = self.instance.mode == Mode.SPOKEN or bool(self.instance.title_vi)
            return is_wanted and bool(super().is_shown())


class BodyPanel(FieldPanel):
    """The body, with what its script needs to offer the library's words for a chosen picture."""

    class BoundPanel(FieldPanel.BoundPanel):
        @property
        def attrs(self) -> dict[str, str]:
            return {
                **self.panel.attrs,
                "data-alt-language": str(self.instance.language_id),
                **{name: str(sentence) for name, sentence in SAID_OF_TEXTS.items()},
                "data-alt-none": gettext(
                    "The library has no text for this picture in %(language)s yet. Written there "
                    "once, it is offered to every work:"
                )
                % {"language": self.instance.language},
            }
