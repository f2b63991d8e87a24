"""What people bring and type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.widgets import LongSelect
from nhipcau.plans.enums import PartyRole, Recurrence
from nhipcau.plans.queries.tables import SORTS
from nhipcau.plans.reading.limits import DEFAULT
from nhipcau.registry.models import Unit


class BringForm(forms.Form):
    """A plan's file and the unit that issued it."""

    file = forms.FileField(
        label=_("File of the plan"),
        help_text=_("Word (.docx), PDF with text, web page or plain text; 50 MB at most."),
        max_length=255,
    )
    unit = forms.ModelChoiceField(
        label=_("Issuing unit"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Leave empty when the plan comes from a body that is not on record."),
        widget=LongSelect,
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["unit"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = units

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is not None and file.size > DEFAULT.bytes:
            raise forms.ValidationError(
                _(
                    "This file is too large for a plan (%(size)d MB; %(most)d MB at most). "
                    "Save it without pictures and bring it again."
                ),
                params={
                    "size": -(-file.size // 1_000_000),  # a byte too many is a megabyte too many
                    "most": DEFAULT.bytes // 1_000_000,
                },
            )
        return file


class TaskFilterForm(forms.Form):
    """Filters of the table of tasks; they live in the address.

    What units and products can be chosen is set with `offer`; others may stand in the address.
    """

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    unit = forms.IntegerField(label=_("Unit"), required=False, min_value=1, widget=LongSelect)
    role = forms.ChoiceField(
        label=_("As"), required=False, choices=[("", _("Any part")), *PartyRole.choices]
    )
    kind = forms.CharField(label=_("Product"), required=False, max_length=40, widget=LongSelect)
    recurrence = forms.ChoiceField(
        label=_("How often"),
        required=False,
        choices=[("", _("Any frequency")), *[c for c in Recurrence.choices if c[0]]],
    )
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("To"), required=False)
    sort = forms.ChoiceField(
        required=False,
        choices=[(sort, "") for sort in ("", *SORTS)],
    )

    def offer(self, *, units: Iterable[tuple[int, str]], kinds: Iterable[tuple[str, str]]) -> None:
        """Let a person choose among these units and kinds of products."""
        for name, any_of_them, choices in (
            ("unit", _("Any unit"), units),
            ("kind", _("Any product"), kinds),
        ):
            widget = self.fields[name].widget
            if isinstance(widget, LongSelect):
                widget.choices = [("", any_of_them), *choices]
