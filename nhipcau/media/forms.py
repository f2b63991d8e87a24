"""What people type and bring."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nhipcau.media.enums import Consent, ItemKind
from nhipcau.media.models import MediaItem
from nhipcau.media.queries.lists import SORTS
from nhipcau.media.rules.alt_texts import is_in_script, seems_vietnamese
from nhipcau.media.rules.licences import Licence, licences, offered_on
from nhipcau.registry.models import Language, Unit

EXPIRIES = [
    ("", _("Any expiry")),
    ("past", _("Expired")),
    ("soon", _("Expires within 30 days")),
    ("none", _("No expiry")),
]


def _named(known: list[Licence]) -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [(licence.code, licence.name_in(language)) for licence in known]


class LibraryFilterForm(forms.Form):
    """Filters of the library; they live in the address."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Any kind")), *ItemKind.choices]
    )
    unit = forms.IntegerField(required=False, min_value=1)
    licence = forms.ChoiceField(label=_("Licence"), required=False)
    expiry = forms.ChoiceField(label=_("Expiry"), required=False, choices=EXPIRIES)
    consent = forms.ChoiceField(
        label=_("Consent"),
        required=False,
        choices=[("", _("Any consent")), ("missing", _("Not given"))],
    )
    unused = forms.BooleanField(label=_("Used nowhere"), required=False)
    trash = forms.BooleanField(label=_("In the trash"), required=False)
    sort = forms.ChoiceField(required=False, choices=[(sort, "") for sort in ("", *SORTS)])
    look = forms.ChoiceField(required=False, choices=[("", ""), ("table", "")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["licence"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [
                ("", _("Any licence")),
                ("none", _("No licence stated")),
                *_named(list(licences().values())),
            ]


class ItemForm(forms.ModelForm[MediaItem]):
    """An item's title, rights, consent and provenance."""

    class Meta:
        model = MediaItem
        fields = [
            "title", "credit", "rights_holder", "licence", "source", "expires_on", "is_shared",
            "consent", "consent_reference", "consent_scope", "consent_until", "is_map", "origin",
            "made_in_year", "archive_mark", "is_decorative", "focal_x", "focal_y",
        ]  # fmt: skip
        widgets = {
            "expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "consent_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "focal_x": forms.HiddenInput,
            "focal_y": forms.HiddenInput,
        }

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = offered_on(on)
        standing = licences().get(self.instance.licence)
        if standing is not None and standing not in offered:
            offered = [*offered, standing]
        self.fields["licence"] = forms.ChoiceField(
            label=_("licence"),
            required=False,
            choices=[("", _("Not stated yet")), *_named(offered)],
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        needs_place = cleaned.get("consent") == Consent.GIVEN
        if needs_place and not (cleaned.get("consent_reference") or "").strip():
            self.add_error(
                "consent_reference",
                _("Say where the consent is kept, such as the number of the paper and its file."),
            )
        return cleaned


class AltTextsForm(forms.Form):
    """What a picture shows, in each language that is in use."""

    def __init__(
        self, *args: Any, languages: list[Language], texts: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.languages = {f"text-{language.pk}": language for language in languages}
        for name, language in self.languages.items():
            self.fields[name] = forms.CharField(
                label=language.name,
                required=False,
                max_length=500,
                initial=texts.get(language.pk, ""),
                widget=forms.Textarea(attrs={"rows": 2, "lang": language.tag}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, language in self.languages.items():
            text = cleaned.get(name) or ""
            if not is_in_script(text, language.script) or (
                language.tag == "vi" and not seems_vietnamese(text)
            ):
                self.add_error(
                    name,
                    forms.ValidationError(
                        _("This does not seem to be written in the language “%(language)s”."),
                        params={"language": language.name},
                    ),
                )
        return cleaned

    def texts(self) -> list[tuple[Language, str]]:
        return [(language, self.cleaned_data[name]) for name, language in self.languages.items()]


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files at once, each of them looked at as one is."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(_FilesField, self).clean(file, initial) for file in files]


class BringForm(forms.Form):
    """Files for the library and the unit that they belong to, where no script runs."""

    chosen = _FilesField(label=_("Files"), max_length=255)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["unit"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = units
            choice.empty_label = None


class ChooserUploadForm(forms.Form):
    """One file, brought from within the chooser."""

    file = forms.FileField(label=_("File"), max_length=255)
    title = forms.CharField(label=pgettext_lazy("media", "Title"), required=False, max_length=300)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["unit"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = units


class QuotaForm(forms.Form):
    """How much room a unit has from today on."""

    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Every unit without a quota of its own"),
    )
    megabytes = forms.IntegerField(label=_("Megabytes"), min_value=1, max_value=100_000_000)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["unit"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = units
