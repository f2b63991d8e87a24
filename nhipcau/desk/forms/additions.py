"""What people add to the registry: an area, a gate, a language, a group, the trait of an area."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.desk.forms.chosen import LinesField
from nhipcau.desk.forms.places import GateForm
from nhipcau.kernel.widgets import DayInput, LongSelect
from nhipcau.registry.enums import AreaKind, AreaTrait, GateKind, LanguageMode, UnitKind
from nhipcau.registry.models import Area

HOLDING = (AreaKind.PROVINCE, AreaKind.DISTRICT, AreaKind.COMMUNE)


class PlacedForm(forms.Form):
    """Something that lies in an area."""

    parent = forms.ModelChoiceField(
        label=_("Lies in"), queryset=Area.objects.none(), required=False, widget=LongSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["parent"]
        if isinstance(choice, forms.ModelChoiceField):
            standing = Area.objects.filter(kind__in=HOLDING, valid_to__isnull=True)
            choice.queryset = standing.order_by("label", "pk")


class AddAreaForm(PlacedForm):
    """An area that is not on record yet; one that a merger makes comes with the merger."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("With its form: Xã Đồng Đăng, Thôn Nà Lầu.")
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[each for each in AreaKind.choices if each[0] != AreaKind.BORDER_GATE],
        initial=AreaKind.COMMUNE,
    )
    valid_from = forms.DateField(label=_("Since"), required=False, widget=DayInput)
    source = forms.CharField(label=_("By which document"), required=False, max_length=300)

    field_order = ("name", "kind", "parent", "valid_from", "source")


class AddGateForm(PlacedForm, GateForm):
    """A border gate with its kind, where it lies and whom it faces."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=GateKind.choices)
    valid_from = forms.DateField(label=_("Since"), required=False, widget=DayInput)
    source = forms.CharField(label=_("By which document"), required=False, max_length=300)

    field_order = (
        "name",
        "kind",
        "parent",
        "valid_from",
        "neighbour_country",
        "neighbour_area",
        "neighbour_gate",
        "source",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].required = True


class AddLanguageForm(forms.Form):
    """A content language in one script."""

    tag = forms.CharField(
        label=_("BCP-47 tag"), max_length=35, help_text=_("vi, tyz, zh-Hans; of RFC 5646.")
    )
    name = forms.CharField(label=_("Vietnamese name"), max_length=100)
    english_name = forms.CharField(label=_("English name"), max_length=100)
    own_name = forms.CharField(label=_("Own name"), max_length=100, required=False)
    mode = forms.ChoiceField(label=_("Mode"), choices=LanguageMode.choices)
    script = forms.CharField(
        label=_("Script"),
        max_length=4,
        required=False,
        help_text=_("Four letters of ISO 15924: Latn, Hans, Laoo. A written language needs one."),
    )
    spaces_between_words = forms.BooleanField(
        label=_("puts spaces between words"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("mode") == LanguageMode.WRITTEN and not cleaned.get("script"):
            self.add_error("script", gettext("Name the script of a written language."))
        return cleaned


class AddGroupForm(forms.Form):
    """A group of units by its rule."""

    name = forms.CharField(
        label=_("Name"), max_length=300, help_text=_("As plans write it: UBND các xã biên giới.")
    )
    aliases = LinesField(label=_("Also written"), required=False)
    open_ended = forms.BooleanField(
        label=_("Names no members: a person decides each time"), required=False
    )
    unit_kind = forms.ChoiceField(
        label=_("Kind of units"),
        required=False,
        choices=[("", _("None: a person decides")), *UnitKind.choices],
    )
    area_kind = forms.ChoiceField(
        label=_("In areas of the kind"),
        required=False,
        choices=[("", _("Every kind")), *AreaKind.choices],
    )
    area_trait = forms.ChoiceField(
        label=_("In areas marked"),
        required=False,
        choices=[("", _("Any area")), *AreaTrait.choices],
    )
    within = forms.ModelChoiceField(
        label=_("Inside"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("The whole country"),
        widget=LongSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["within"]
        if isinstance(choice, forms.ModelChoiceField):
            standing = Area.objects.filter(kind__in=HOLDING[:2], valid_to__isnull=True)
            choice.queryset = standing.order_by("label", "pk")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if bool(cleaned.get("unit_kind")) == bool(cleaned.get("open_ended")):
            self.add_error(
                "unit_kind", gettext("Choose the kind of units, or say that a person decides.")
            )
        return cleaned


class TraitForm(forms.Form):
    """That an area lies at the border, from a day on."""

    trait = forms.ChoiceField(label=_("Border"), choices=AreaTrait.choices)
    valid_from = forms.DateField(label=_("From"), required=False, widget=DayInput)
    source = forms.CharField(label=_("By which document"), required=False, max_length=300)
