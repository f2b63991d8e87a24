"""What an operator types to change how the province shows itself."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.errors import RuleBroken
from nhipcau.kernel.folding import canonical
from nhipcau.media.queries.emblems import emblem_from, refuse_large
from nhipcau.registry.rules.colours import as_colour
from nhipcau.registry.rules.looks import LONGEST_NAME, Look, Part, flaws_of

TYPED = (Part.NAME, Part.COLOUR, Part.ACCENT)


class ColourField(forms.CharField):
    """# and six digits; capitals and a missing # are put right."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(
            {"class": "colour", "spellcheck": "false", "autocomplete": "off", "size": 9}
        )
        super().__init__(max_length=40, widget=widget, **more)

    def to_python(self, value: Any) -> str:
        return as_colour(super().to_python(value) or "")


class LookForm(forms.Form):
    """Name, emblem and colours; `seen` is the version that the page showed.

    `kept` brings back the emblem of a preview, since browsers send a file once. It is examined
    like a file: what a page brings back is as strange as what it brings.
    """

    name = forms.CharField(
        label=_("Name of the province"),
        max_length=LONGEST_NAME,
        help_text=_(
            "As the public reads it: at the head of every form, in the menu of the desk, as the "
            "publisher of e-books."
        ),
    )
    emblem = forms.FileField(
        label=_("New emblem"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".png,.svg,image/png,image/svg+xml"}),
        help_text=_(
            "PNG or SVG, at most 2 MB; best with a transparent ground, at least 600 points high, "
            "letters turned into outlines. It is kept as a PNG. Without a file the emblem stays."
        ),
    )
    without = forms.BooleanField(label=_("Show no emblem"), required=False)
    colour = ColourField(
        label=_("Main colour"),
        help_text=_("Grounds of covers, titles and links: # and six digits."),
    )
    accent = ColourField(
        label=_("Accent colour"), help_text=_("Lines and the woven band: # and six digits.")
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, now: Look, **more: Any) -> None:
        super().__init__(data, files, label_suffix="", **more)
        self.now = now
        if not now.emblem:
            del self.fields["without"]

    @classmethod
    def filled_with(cls, look: Look, *, version: int, kept: bytes | None = None) -> LookForm:
        """The form with this look typed in; `kept` is an emblem that is not saved yet."""
        initial = {part.value: getattr(look, part) for part in TYPED} | {"seen": version}
        if kept:
            initial["kept"] = _carried(kept)
        return cls(now=look, initial=initial)

    def clean_name(self) -> str:
        return canonical(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """The look that is wanted stands under `look` when every part of it is sound."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "seen" in self.errors:
            self.add_error(None, gettext("This page is not whole. Load it again, then save."))
        emblem = self._emblem(cleaned)
        typed = {part.value: cleaned.get(part.value, "") for part in TYPED}
        wanted = Look(emblem=self.now.emblem if emblem is None else emblem, **typed)
        for part, flaw in flaws_of(wanted).items():
            if part.value not in self.errors:
                self.add_error(part.value, flaw)
        return cleaned | {"look": wanted, "is_new": emblem is not None}

    def _emblem(self, cleaned: dict[str, Any]) -> bytes | None:
        """What was brought, b"" for none; None: it stays as it is."""
        brought = cleaned.get("emblem")
        if cleaned.get("without"):
            if brought:
                self.add_error(
                    "without", gettext("Either bring an emblem, or have none shown; not both.")
                )
            return b""
        try:
            content = _content_of(brought, cleaned.get("kept", ""))
            return None if content is None else emblem_from(content)
        except RuleBroken as refusal:
            self.add_error("emblem", str(refusal))
        return None

    def keep_emblem(self) -> None:
        """Shown again, the form brings back the emblem that was brought, and the file no more."""
        if self.cleaned_data["is_new"] and "emblem" not in self.errors:
            self.data = {**self.data.dict(), "kept": _carried(self.cleaned_data["look"].emblem)}


def _content_of(brought: UploadedFile | None, kept: str) -> bytes | None:
    if brought is not None:
        refuse_large(brought.size or 0)
        return bytes(brought.read())
    if not kept:
        return None
    try:
        return base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        return b""  # no page of ours sends that; it is refused as an empty file


def _carried(emblem: bytes) -> str:
    return base64.b64encode(emblem).decode()
