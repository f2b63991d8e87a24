"""What people type about themselves and others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any, cast

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.db.models import QuerySet
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.widgets import DayInput, LongSelect
from nhipcau.people.enums import PersonKind, Reach, Role, Verification
from nhipcau.people.models import Invitation, Person, User
from nhipcau.registry.models import Unit


class AcceptForm(forms.Form):
    """The invited person's own name and first password."""

    full_name = forms.CharField(
        label=_("Your full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three or four words that nobody guesses are best."),
    )
    again = forms.CharField(
        label=_("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = User(person=invitation.person, email=invitation.person.email)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self._user)
        return password

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if "password" in cleaned and cleaned["password"] != cleaned.get("again"):
            self.add_error("again", _("The two passwords are not the same."))
        return cleaned


class UnitChoiceForm(forms.Form):
    """For which unit the person acts in this session."""

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.TypedChoiceField(
            label=_("Unit"),
            coerce=int,
            choices=[(unit.pk, unit.label) for unit in units],
            widget=forms.RadioSelect,
        )


class SpanForm(forms.Form):
    """A first day and a last one; `until` is the day after the last, as the actions want it."""

    start = forms.DateField(label=_("First day"), widget=DayInput)
    last = forms.DateField(label=_("Last day (empty: open)"), widget=DayInput, required=False)

    def until(self) -> date | None:
        last: date | None = self.cleaned_data["last"]
        return None if last is None else last + timedelta(days=1)


class RoleForm(SpanForm):
    """A role in one of the units that the person at the desk looks after."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), widget=LongSelect)
    role = forms.TypedChoiceField(label=_("Role"), choices=Role.choices, coerce=Role)
    reach = forms.TypedChoiceField(label=_("Counts for"), choices=Reach.choices, coerce=Reach)
    field_order = ("unit", "role", "reach", "start", "last")

    def __init__(self, *args: Any, units: QuerySet[Unit], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choice_among(self, "unit", units)
        _choice_of_reach(self, everywhere=everywhere)


class ChargeForm(SpanForm):
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), widget=LongSelect)
    field_order = ("unit", "start", "last")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choice_among(self, "unit", units)


class DelegationForm(SpanForm):
    """Roles of the person that another exercises for a time."""

    taker = forms.ModelChoiceField(
        label=_("To whom"), queryset=Person.objects.none(), widget=LongSelect
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), widget=LongSelect)
    roles = forms.TypedMultipleChoiceField(
        label=_("Roles"), choices=Role.choices, coerce=Role, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("taker", "unit", "roles", "start", "last")

    def __init__(
        self,
        *args: Any,
        units: QuerySet[Unit],
        persons: QuerySet[Person],
        roles: Collection[Role] = tuple(Role),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.TypedMultipleChoiceField", self.fields["roles"]).choices = [
            (role.value, role.label) for role in Role if role in roles
        ]
        _choice_among(self, "unit", units)
        _choice_among(self, "taker", persons)
        self.fields["last"].required = True
        self.fields["last"].label = _("Last day")

    def last_excluded(self) -> date:
        """The first day without the delegation: one always ends."""
        last: date = self.cleaned_data["last"]
        return last + timedelta(days=1)


class LeaveForm(forms.Form):
    on = forms.DateField(label=_("First day without this person"), widget=DayInput)
    successor = forms.ModelChoiceField(
        label=_("Who takes over what is open"),
        queryset=Person.objects.none(),
        required=False,
        widget=LongSelect,
    )

    def __init__(self, *args: Any, persons: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choice_among(self, "successor", persons)


class InviteForm(forms.Form):
    full_name = forms.CharField(label=_("Full name"), max_length=200)
    email = forms.EmailField(label=_("Official e-mail address"))
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), widget=LongSelect)
    roles = forms.TypedMultipleChoiceField(
        label=_("Roles"), choices=Role.choices, coerce=Role, widget=forms.CheckboxSelectMultiple
    )
    reach = forms.TypedChoiceField(label=_("Counts for"), choices=Reach.choices, coerce=Reach)

    def __init__(self, *args: Any, units: QuerySet[Unit], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choice_among(self, "unit", units)
        _choice_of_reach(self, everywhere=everywhere)


class KindForm(forms.Form):
    """Which persons a list shows; a kind that does not exist narrows nothing."""

    kind = forms.TypedChoiceField(
        label=_("Kind"),
        choices=[("", _("Every kind")), *PersonKind.choices],
        coerce=PersonKind,
        empty_value=None,
        required=False,
    )


class PersonForm(forms.Form):
    """What is kept about somebody; `signs_in`: the account's address is his or her own affair."""

    kind = forms.TypedChoiceField(label=_("Kind"), choices=PersonKind.choices, coerce=PersonKind)
    full_name = forms.CharField(label=_("Full name"), max_length=200)
    affiliation = forms.CharField(
        label=_("Where the person works"),
        max_length=200,
        required=False,
        help_text=_("For people from outside: school, association, agency."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Letters go to it once it is verified; a new one counts as not verified."),
    )

    def __init__(self, *args: Any, signs_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signs_in:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _(
                "This person signs in with the address and changes it under “My account”."
            )


class VerifyForm(forms.Form):
    """How the person was reached; `email` is the address that was looked at."""

    email = forms.CharField(widget=forms.HiddenInput)
    how = forms.TypedChoiceField(
        label=_("How was the person reached?"),
        choices=[
            (each.value, each.label) for each in Verification if each != Verification.LINK_OPENED
        ],
        coerce=Verification,
        widget=forms.RadioSelect,
    )


def _choice_among(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field choose among the rows; a query for all forms of a page that are given them."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    field.choices = _Rows(str(field.empty_label), rows)


class _Rows(BaseChoiceIterator):
    """Choices that are read when they are shown, and kept with the rows that were given."""

    def __init__(self, empty_label: str, rows: QuerySet[Any]) -> None:
        self.empty_label, self.rows = empty_label, rows

    def __iter__(self) -> Iterator[tuple[object, str]]:
        yield "", self.empty_label
        for row in self.rows:
            yield row.pk, str(row)


def _choice_of_reach(form: forms.Form, *, everywhere: bool) -> None:
    """Who looks after one unit cannot give a role that counts in all."""
    if not everywhere:
        field = cast("forms.TypedChoiceField", form.fields["reach"])
        field.choices = [(Reach.UNIT.value, Reach.UNIT.label)]


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc] # -- allauth is untyped
    """allauth leaves the label of the name in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")


class EditKeyForm(EditWebAuthnForm):  # type: ignore[misc] # -- as above
    """allauth leaves the label of the name in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
