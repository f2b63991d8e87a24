"""What editors type about words that mean the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.models import Language
from nhipcau.search.models import SynonymGroup


class SynonymsForm(forms.ModelForm[SynonymGroup]):
    """One group of wordings."""

    class Meta:
        model = SynonymGroup
        fields = ["wordings", "language", "note"]
        widgets = {"wordings": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = Language.objects.filter(in_use=True).order_by("name")
        self.fields["language"] = forms.ModelChoiceField(
            languages,
            required=False,
            label=_("Language"),
            empty_label=_("every language"),
        )
