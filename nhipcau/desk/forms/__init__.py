"""What people choose and bring on the desk's own pages."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.enums import UnitKind
from nhipcau.registry.queries.unit_sheets import LARGEST_FILE


class UnitFilterForm(forms.Form):
    """Filters of the list of units; they live in the address."""

    q = forms.CharField(label=_("Words of a name"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Every kind")), *UnitKind.choices]
    )
    on = forms.DateField(label=_("As of"), required=False)
    all = forms.BooleanField(label=_("Also units that are no more"), required=False)
    sort = forms.CharField(required=False, max_length=8)


class UnitSheetForm(forms.Form):
    """A workbook of units."""

    file = forms.FileField(
        label=_("Workbook of units"),
        help_text=_("An .xlsx file with a header row; export the list to see its columns."),
        max_length=255,
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is not None and file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB; split it."),
                params={"limit": LARGEST_FILE // 1024 // 1024},
            )
        return file
