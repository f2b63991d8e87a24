"""What reviewers and leaders type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nhipcau.people.models import Person
from nhipcau.publishing.enums import (
    BundleState,
    ReleaseKind,
    StepKind,
    Verdict,
    WithdrawalReason,
)
from nhipcau.publishing.models import Rendition
from nhipcau.publishing.queries.board import BoardScope
from nhipcau.publishing.queries.clearances import Scope
from nhipcau.publishing.queries.releases import is_public
from nhipcau.publishing.renderers.contract import Purpose, Renderer
from nhipcau.registry.models import Unit
from nhipcau.translation.models import LanguageVersion, Subject
from nhipcau.works.enums import WorkKind

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StepFilterForm(forms.Form):
    """The filters of the list of waiting steps."""

    scope = forms.ChoiceField(choices=[(scope.value, "") for scope in Scope], required=False)
    q = forms.CharField(max_length=200, required=False, label=_("Words in the title"))
    kind = forms.ChoiceField(choices=[("", ""), *StepKind.choices], required=False)
    language = forms.CharField(max_length=35, required=False)
    unit = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)


class BoardFilterForm(forms.Form):
    """The filters of the board."""

    scope = forms.ChoiceField(choices=[(scope.value, "") for scope in BoardScope], required=False)
    q = forms.CharField(max_length=200, required=False, label=_("Words in the title"))
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
        self.fields = {"v": TextsField(versions, label=_("Languages")), **self.fields}


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
    """A form of some approved texts of a work, for the public or as the copy of an archive."""

    purpose = forms.ChoiceField(
        choices=[(each.value, "") for each in (Purpose.PUBLIC, Purpose.ARCHIVE)], required=False
    )

    def clean_purpose(self) -> Purpose:
        """What is ordered without a word about it is for the public."""
        return Purpose(self.cleaned_data["purpose"] or Purpose.PUBLIC)

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
        self.fields = {"v": TextsField(versions, label=_("Languages")), **self.fields}


class CorrectionForm(forms.Form):
    """What is wrong in public texts of a work."""

    words = forms.CharField(
        label=_("What is wrong, and what would be right"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, versions: Sequence[LanguageVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"v": TextsField(versions, label=_("Languages")), **self.fields}


class BundleFilterForm(forms.Form):
    """The filters of the list of bundles."""

    q = forms.CharField(max_length=200, required=False, label=_("Words in the title"))
    state = forms.ChoiceField(choices=[("", ""), *BundleState.choices], required=False)


class BundleForm(forms.Form):
    """A new bundle: what it is called, and the unit that releases it."""

    title = forms.CharField(label=_("Name of the bundle"), max_length=200)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = units


class ChooseForm(forms.Form):
    """Which texts and forms of a work go out, and what the public is told of a correction."""

    note = forms.CharField(
        label=_("What the public is told"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A correction tells the public what was changed."),
    )

    def __init__(
        self,
        *args: Any,
        versions: Sequence[LanguageVersion],
        renditions: Sequence[tuple[Rendition, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.renditions = {rendition.pk: rendition for rendition, _label in renditions}
        texts = TextsField(versions, label=_("Languages"))
        forms_ = forms.TypedMultipleChoiceField(
            label=_("Forms"),
            coerce=int,
            required=False,
            choices=[(rendition.pk, label) for rendition, label in renditions],
            widget=forms.CheckboxSelectMultiple,
        )
        fields = {"v": texts} | ({"f": forms_} if renditions else {})
        self.fields = {**fields, **self.fields}

    def chosen_forms(self) -> list[Rendition]:
        return [self.renditions[key] for key in self.cleaned_data.get("f") or []]


class ScheduleForm(forms.Form):
    """The minute at which a bundle goes out, in the province's time."""

    goes_out_at = forms.DateTimeField(
        label=_("Goes out at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    is_embargoed = forms.BooleanField(
        label=_("Under embargo: nobody may see anything of it before that minute"), required=False
    )


class ReleaseFilterForm(forms.Form):
    """The filters of the list of releases."""

    q = forms.CharField(max_length=200, required=False, label=_("Words in the title"))
    kind = forms.ChoiceField(choices=[("", ""), *ReleaseKind.choices], required=False)
    unit = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    since = forms.DateField(required=False, label=_("From"), widget=DAY)
    until = forms.DateField(required=False, label=_("Until"), widget=DAY)
    withdrawn = forms.BooleanField(required=False, label=_("Withdrawn"))
    late = forms.BooleanField(required=False, label=_("Went out late"))


class WithdrawForm(forms.Form):
    """Why something is taken back, and what the public reads in its place."""

    reason = forms.ChoiceField(label=_("Reason"), choices=WithdrawalReason.choices)
    notice = forms.CharField(
        label=_("What the public reads instead"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands under the address of the text, which stays."),
    )
    redirect_to = forms.CharField(
        label=_("Lead readers to (short address of another public work)"),
        required=False,
        max_length=300,
    )

    def __init__(
        self,
        *args: Any,
        versions: Sequence[LanguageVersion],
        subject: Subject,
        at: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.at = subject, at
        self.fields = {"v": TextsField(versions, label=_("Languages")), **self.fields}

    def clean_redirect_to(self) -> Subject | None:
        typed = self.cleaned_data["redirect_to"].strip().strip("/").rpartition("/")[2]
        if not typed:
            return None
        short_id = typed.rpartition("-")[2]
        found = Subject.objects.filter(short_id=short_id).first()
        if found is None or found == self.subject or not is_public(found, at=self.at):
            raise forms.ValidationError(_("No other public work has this address."))
        return found


class LinkDecisionForm(forms.Form):
    """A leader's one decision, with the code that was sent."""

    code = forms.CharField(
        max_length=12,
        label=_("Code from your e-mail"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    verdict = forms.ChoiceField(
        choices=Verdict.choices, label=_("Your decision"), widget=forms.RadioSelect
    )
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
