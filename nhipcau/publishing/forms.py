"""What reviewers and leaders type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.people.models import Person
from nhipcau.publishing.enums import StepKind, Verdict
from nhipcau.publishing.queries.board import BoardScope
from nhipcau.publishing.queries.clearances import Scope
from nhipcau.publishing.renderers.contract import Renderer
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.enums import WorkKind


class StepFilterForm(forms.Form):
    """The filters of the list of waiting steps."""

    scope = forms.ChoiceField(choices=[(scope.value, "") for scope in Scope], required=False)
    q = forms.CharField(max_length=200, required=False, label=_("Words of the title"))
    kind = forms.ChoiceField(choices=[("", ""), *StepKind.choices], required=False)
    language = forms.CharField(max_length=35, required=False)
    unit = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)


class BoardFilterForm(forms.Form):
    """The filters of the board."""

    scope = forms.ChoiceField(choices=[(scope.value, "") for scope in BoardScope], required=False)
    q = forms.CharField(max_length=200, required=False, label=_("Words of the title"))
    kind = forms.ChoiceField(choices=[("", ""), *WorkKind.choices], required=False)
    unit = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)


class DecisionForm(forms.Form):
    """One word on one or more texts of a clearance; a return says why, and to which step."""

    verdict = forms.ChoiceField(choices=Verdict.choices)
    reason = forms.CharField(max_length=4000, required=False)
    back_to = forms.IntegerField(min_value=0, max_value=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Which steps there are is asked when they are read: unknown numbers name nothing.
        given = self.data.getlist("steps") if hasattr(self.data, "getlist") else []
        self.fields["steps"] = forms.TypedMultipleChoiceField(
            coerce=int,
            choices=[(each, each) for each in given if each.isdecimal() and len(each) < 10],
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("verdict") == Verdict.RETURNED and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why the text is returned."))
        if "steps" in self.errors:
            self.add_error(None, _("Choose at least one text."))
        return given


class PersonForm(forms.Form):
    """One of those who may take a step."""

    def __init__(self, *args: Any, persons: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons = {person.pk: person for person in persons}
        self.fields["person"] = forms.TypedChoiceField(
            coerce=int, choices=[(key, str(person)) for key, person in self.persons.items()]
        )

    def clean_person(self) -> Person:
        return self.persons[self.cleaned_data["person"]]


class HandInForm(forms.Form):
    """Texts of one work that are handed in together, and what the reviewers are told."""

    words = forms.CharField(
        label=_("Words to the reviewers"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    planned_for = forms.DateField(
        label=_("Planned for"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Consents and rights are checked for this day."),
    )

    def __init__(self, *args: Any, versions: Sequence[LanguageVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["v"] = TextsField(versions, label=_("Languages"))


class TextsField(forms.TypedMultipleChoiceField):
    """Some language versions among those that are offered, in the order in which they are."""

    def __init__(self, versions: Sequence[LanguageVersion], **kwargs: Any) -> None:
        self.versions = {version.pk: version for version in versions}
        super().__init__(
            coerce=int,
            choices=[(key, str(version.language)) for key, version in self.versions.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one text.")},
            **kwargs,
        )

    def clean(self, value: Any) -> list[LanguageVersion]:
        """The chosen versions themselves."""
        chosen = set(super().clean(value))
        return [version for key, version in self.versions.items() if key in chosen]


class OrderFormsForm(forms.Form):
    """A form of some approved texts of a work."""

    def __init__(
        self,
        *args: Any,
        offered: Sequence[Renderer],
        versions: Sequence[LanguageVersion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"] = forms.ChoiceField(
            label=_("Form"), choices=[(form.slug, form.name) for form in offered]
        )
        self.fields["v"] = TextsField(versions, label=_("Languages"))


class CorrectionForm(forms.Form):
    """What is wrong in public texts of a work."""

    words = forms.CharField(
        label=_("What is wrong, and what would be right"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, versions: Sequence[LanguageVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["v"] = TextsField(versions, label=_("Languages"))


class LinkDecisionForm(forms.Form):
    """A leader's one decision, with the code that was sent."""

    code = forms.CharField(
        max_length=12,
        label=_("Code from your e-mail"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    verdict = forms.ChoiceField(choices=Verdict.choices, label=_("Your decision"))
    reason = forms.CharField(
        max_length=4000,
        required=False,
        label=_("Reason (when the text is returned)"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("verdict") == Verdict.RETURNED and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why the text is returned."))
        return given
