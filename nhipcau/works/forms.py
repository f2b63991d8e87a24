"""What people type about works."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.people.models import Person
from nhipcau.plans.models import Task
from nhipcau.registry.enums import LanguageMode
from nhipcau.registry.models import Area, Language, Unit
from nhipcau.translation.enums import Mode
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.enums import Ask, Audience, CostState, Mark, StopDecision, WorkKind
from nhipcau.works.imports.record_workbook import LARGEST_FILE
from nhipcau.works.models import CostLine, Permit, PrintRun, Programme, Topic, Work
from nhipcau.works.queries.lists import MISSING, SORTS
from nhipcau.works.rules.kinds import spec_of


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **kwargs,
    )


class WorkFilterForm(forms.Form):
    """Filters of the matrix; they live in the address."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Any kind")), *WorkKind.choices]
    )
    unit = forms.IntegerField(label=_("Unit"), required=False, min_value=1)
    language = forms.IntegerField(label=_("Language"), required=False, min_value=1)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Any state")), *Mark.choices, (MISSING, _("Missing"))],
    )
    task = forms.UUIDField(label=_("Task"), required=False)
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    mine = forms.BooleanField(label=_("In my hands"), required=False)
    sort = forms.ChoiceField(required=False, choices=[(sort, "") for sort in ("", *SORTS)])


class StartForm(forms.Form):
    """The first words of a work and the unit whose work it is."""

    title = forms.CharField(label=pgettext_lazy("words", "Title"), max_length=300)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    language = forms.ModelChoiceField(
        label=_("Language in which it is written first"),
        queryset=Language.objects.none(),
        empty_label=None,
    )
    title_vi = forms.CharField(
        label=_("Title in Vietnamese"),
        required=False,
        max_length=300,
        help_text=_("For languages that are only spoken: what lists and captions show."),
    )
    task = forms.UUIDField(required=False, widget=forms.HiddenInput)
    template = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", units)
        _offer(self, "language", Language.objects.filter(in_use=True).order_by("pk"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        language = cleaned.get("language")
        if language is not None:
            cleaned["mode"] = _mode_of(language)
            _needs_vietnamese_title(self, cleaned)
        return cleaned


class AddLanguageForm(forms.Form):
    """A language to be added, made from a source's approved text or written anew."""

    language = forms.ModelChoiceField(
        label=_("Language"), queryset=Language.objects.none(), empty_label=None
    )
    mode = forms.ChoiceField(label=_("How it reaches people"), choices=Mode.choices)
    source = forms.ModelChoiceField(
        label=_("Translated from"),
        queryset=LanguageVersion.objects.none(),
        required=False,
        empty_label=_("Written anew"),
        help_text=_("A translation is made from an approved text; the newest one is pinned."),
    )
    title = forms.CharField(label=pgettext_lazy("words", "Title"), required=False, max_length=300)
    title_vi = forms.CharField(
        label=_("Title in Vietnamese"),
        required=False,
        max_length=300,
        help_text=_("For versions that are spoken: what lists and captions show."),
    )

    def __init__(self, *args: Any, sources: QuerySet[LanguageVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "language", Language.objects.filter(in_use=True).order_by("pk"))
        _offer(self, "source", sources)
        choice = self.fields["source"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.label_from_instance = _with_language  # type: ignore[method-assign] # -- as Django says

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        language = cleaned.get("language")
        if language is not None and _mode_of(language) == Mode.SPOKEN:
            cleaned["mode"] = Mode.SPOKEN
        if cleaned.get("mode") == Mode.SPOKEN:
            _needs_vietnamese_title(self, cleaned)
        return cleaned


class AboutForm(forms.ModelForm[Work]):
    """What is asked of a work beside its words: only what its kind needs."""

    audiences = forms.MultipleChoiceField(
        label=_("Whom it addresses"),
        required=False,
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    more_tasks = forms.ModelMultipleChoiceField(
        label=_("Add tasks of the plans"),
        queryset=Task.objects.none(),
        required=False,
        help_text=_("Tasks of the plans in force that name the unit."),
    )

    class Meta:
        model = Work
        fields = ["kind", "due_on", "expires_on", "topics", "areas", "programmes", "tasks"]
        widgets = {
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "topics": forms.CheckboxSelectMultiple,
            "tasks": forms.CheckboxSelectMultiple,
            "programmes": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, on: date, unit_tasks: QuerySet[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        work = self.instance
        self.initial["audiences"] = work.audiences
        if Ask.EXPIRY not in spec_of(work.kind).asks and work.expires_on is None:
            del self.fields["expires_on"]
        _offer(self, "tasks", work.tasks.all())
        _offer(self, "more_tasks", unit_tasks.exclude(pk__in=work.tasks.values("pk")))
        _offer(self, "topics", _valid(Topic.objects.all(), on, chosen=work.topics))
        _offer(self, "programmes", _valid(Programme.objects.all(), on, chosen=work.programmes))
        _offer(self, "areas", _valid(Area.objects.order_by("label"), on, chosen=work.areas))
        _leave_out_if_empty(self, "tasks", known=self.initial["tasks"])
        for name in ("programmes", "more_tasks"):
            _leave_out_if_empty(self, name)

    def changes(self) -> dict[str, Any]:
        """What `change_work` takes; a relation that was not asked is left as it is."""
        changes = {name: value for name, value in self.cleaned_data.items() if name != "more_tasks"}
        if more := list(self.cleaned_data.get("more_tasks") or ()):
            kept = self.cleaned_data.get("tasks")
            changes["tasks"] = [*(self.instance.tasks.all() if kept is None else kept), *more]
        return changes

    def _post_clean(self) -> None:
        """The row is written by the action alone."""


class AssignForm(forms.Form):
    """Who gets the work, until when, with which word."""

    to = forms.ModelChoiceField(label=_("To"), queryset=Person.objects.none())
    due_on = _day(_("Due on"))
    words = forms.CharField(
        label=_("A word to go with it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, persons: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "to", persons)


class StopForm(forms.Form):
    """What the secrecy reviewer says of a stop; the reason tells nothing of the words."""

    decision = forms.ChoiceField(
        label=_("Your decision"), choices=StopDecision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why the stop is lifted"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At least ten letters, without a word of the text. Confirming needs none."),
    )


class CostForm(forms.ModelForm[CostLine]):
    """A sum for one thing."""

    amount = forms.IntegerField(label=_("Amount in đồng"), min_value=1, max_value=10**15)

    class Meta:
        model = CostLine
        fields = ["item", "amount", "origin", "state", "task", "programme", "words"]

    def __init__(self, *args: Any, work: Work, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "task", work.tasks.all())
        _offer(self, "programme", _valid(Programme.objects.all(), on))
        for name in ("task", "programme"):
            _leave_out_if_empty(self, name)


class CostStateForm(forms.Form):
    """How the money of a line stands now."""

    state = forms.ChoiceField(label=_("State"), choices=CostState.choices)


class PermitForm(forms.ModelForm[Permit]):
    class Meta:
        model = Permit
        fields = ["number", "issuer", "issued_on", "valid_to", "copies"]
        widgets = {
            "issued_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "valid_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


class PrintRunForm(forms.ModelForm[PrintRun]):
    class Meta:
        model = PrintRun
        fields = ["permit", "printer", "size", "pages", "ordered", "delivered", "printed_on"]
        widgets = {"printed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "permit", work.permits.all())


class KeepTemplateForm(forms.Form):
    """What a work is called and is for as a template, and to whom it is offered."""

    name = forms.CharField(
        label=_("Name of the template"),
        max_length=300,
        help_text=_("What others look for: kind and occasion, without the name of this year."),
    )
    purpose = forms.CharField(
        label=_("What it is for, in one sentence"), required=False, max_length=300
    )
    for_every_unit = forms.BooleanField(
        label=_("Offer it to every unit of the province"), required=False
    )

    def __init__(self, *args: Any, may_offer_widely: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_offer_widely:
            del self.fields["for_every_unit"]


class DuplicateForm(forms.Form):
    """The unit whose work the copy will be."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", units)


def _with_language(obj: Any) -> str:
    return f"{obj.language}: {obj}"


def _offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


def _leave_out_if_empty(form: forms.BaseForm, name: str, *, known: Any = None) -> None:
    """A choice among nothing is not asked. One query for all there is; none where it is known."""
    choice = cast("forms.ModelChoiceField[Any]", form.fields[name])
    if not (rows := list(choice.queryset or ()) if known is None else known):
        del form.fields[name]
        return
    nothing = [("", choice.empty_label)] if choice.empty_label is not None else []
    choice.choices = [*nothing, *((row.pk, choice.label_from_instance(row)) for row in rows)]


def _valid(rows: QuerySet[Any], on: date, *, chosen: Any = None) -> QuerySet[Any]:
    """Rows of a dated list that count on the day, and those that were chosen; each once."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    kept = Q() if chosen is None else Q(pk__in=chosen.values("pk"))
    return rows.filter(begun & lasting | kept)


def _mode_of(language: Language) -> str:
    return Mode.SPOKEN if language.mode == LanguageMode.AUDIO_ONLY else Mode.WRITTEN


def _needs_vietnamese_title(form: forms.Form, cleaned: dict[str, Any]) -> None:
    if cleaned.get("mode") == Mode.SPOKEN and not (cleaned.get("title_vi") or "").strip():
        form.add_error("title_vi", _("A spoken version needs a title in Vietnamese too."))


class BringWordsForm(forms.Form):
    """A Word document, or what was copied elsewhere and pasted here."""

    file = forms.FileField(
        label=_("Word document (.docx)"),
        required=False,
        max_length=255,
        widget=forms.FileInput(
            attrs={
                "accept": ".docx,application/vnd.openxmlformats-officedocument."
                "wordprocessingml.document"
            }
        ),
    )
    pasted = forms.CharField(
        label=_("Or paste here what you copied"),
        required=False,
        help_text=_(
            "From Word, a web page or a letter; headings, lists, tables and pictures stay."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "class": "paste-source"}),
    )
    instead = forms.BooleanField(
        label=_("In place of the text that is there; the earlier text stays in the history"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("pasted", "").strip():
            raise forms.ValidationError(_("Choose a Word document or paste something."))
        return cleaned


class SheetForm(forms.Form):
    """A sheet of records, the .zip of its files, and the unit whose works they become."""

    sheet = forms.FileField(
        label=_("Sheet of records"),
        max_length=255,
        help_text=_("An .xlsx file; the first sheet counts, 50,000 rows at most."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    archive = forms.FileField(
        label=_("Their files, as a .zip"),
        required=False,
        max_length=255,
        help_text=_("Only needed where the column “Tệp” names files."),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", units)

    def clean_sheet(self) -> UploadedFile:
        return _no_larger(self.cleaned_data["sheet"], LARGEST_FILE)

    def clean_archive(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["archive"]
        return _no_larger(file, settings.UPLOAD_MAX_BYTES) if file else None


def _no_larger(file: UploadedFile, most: int) -> UploadedFile:
    if file.size is not None and file.size > most:
        raise forms.ValidationError(
            _("“%(name)s” has %(size)d MB; %(most)d MB at most are taken."),
            params={
                "name": file.name,
                "size": file.size // 1_000_000,
                "most": most // 1_000_000,
            },
        )
    return file
