"""The library inside the editor: choosing an item, and bringing one on the way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.actions import begin_upload, change_item, examine_upload, receive_piece
from nhipcau.media.blocks import told_of
from nhipcau.media.enums import ItemKind, UploadState
from nhipcau.media.errors import ScannerSilent, UploadRefused
from nhipcau.media.forms import ChooserUploadForm
from nhipcau.media.models import MediaItem, Upload
from nhipcau.media.permissions import may_add, may_look
from nhipcau.media.phrases import refusal_sentence
from nhipcau.media.queries.lists import LibraryFilter, items_listed
from nhipcau.media.queries.room import units_to_bring_for
from nhipcau.media.queries.uploads import received
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of_user


def person_of(request: HttpRequest) -> Person:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user.person


class _SearchForm(BaseFilterForm):
    """Words of title, credit, source or file name, with or without marks."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)

    @property
    def search_words(self) -> str:
        return str(getattr(self, "cleaned_data", {}).get("q") or "")

    def filter(self, objects: QuerySet[MediaItem]) -> QuerySet[MediaItem]:
        self.is_searching = bool(self.search_words)
        self.search_query = self.search_words
        return objects


class _Door(View):
    """Nobody without the right to look comes in; the items are those that the person sees."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_look(rights_of_user(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def visible(self, words: str = "") -> QuerySet[MediaItem]:
        kind = self.request.GET.get("kind", "")
        return items_listed(
            rights_of_user(self.request.user),
            LibraryFilter(words=words, kind=kind if kind in ItemKind.values else ""),
            on=timezone.localdate(),
        )


class _Offering(_Door):
    """What the list and the form for bringing share."""

    results_template_name = "media/chooser_results.html"
    creation_tab_id = "bring"
    per_page = 12

    def get_object_list(self) -> QuerySet[MediaItem]:
        return self.visible(self.request.GET.get("q", "")[:200])

    def can_create(self) -> bool:
        return may_add(rights_of_user(self.request.user), unit_id=None)

    def get_filter_form_class(self) -> type[_SearchForm]:
        return _SearchForm

    def get_creation_form(self) -> ChooserUploadForm:
        is_sent = self.request.method == "POST"
        return ChooserUploadForm(
            self.request.POST if is_sent else None,
            self.request.FILES if is_sent else None,
            units=units_to_bring_for(rights_of_user(self.request.user), on=timezone.localdate()),
        )


class ChooseView(_Offering, chooser.ChooseView):
    pass


class ChooseResultsView(_Offering, chooser.ChooseResultsView):
    pass


class _Answer:
    """What the editor is told of the chosen item."""

    def get_chosen_response_data(self, item: MediaItem) -> dict[str, Any]:
        is_picture = item.kind == ItemKind.PICTURE
        return {
            "id": str(item.pk),
            "title": item.title,
            "edit_url": reverse("media:item", args=[item.uuid]),
            "preview": reverse("media:size", args=[item.uuid, "w320.webp"]) if is_picture else "",
            **(told_of(item) if is_picture else {}),
        }


class ChosenView(_Door, _Answer, chooser.ChosenView):
    def get_object(self, pk: str) -> MediaItem:
        return self.visible().get(pk=int(pk) if pk.isdecimal() and len(pk) < 19 else 0)


class ChosenMultipleView(_Door, _Answer, chooser.ChosenMultipleView):
    def get_objects(self, pks: list[str]) -> QuerySet[MediaItem]:
        return self.visible().filter(pk__in=[int(pk) for pk in pks[:100] if pk.isdecimal()])


class CreateView(_Offering, _Answer, chooser.CreateView):
    """Bring a file and choose it, in one step; what is wrong is said beside the field."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        self.form = self.get_creation_form()
        if self.form.is_valid():
            try:
                answer: HttpResponseBase = self.get_chosen_response(self.bring(self.form))
            except ScannerSilent:
                self.form.add_error(
                    "file",
                    _("The file waits in quarantine until the virus scanner answers; then it is "
                      "found in the library."),
                )  # fmt: skip
            except RuleBroken as refusal:
                self.form.add_error("file", str(refusal))
            else:
                return answer
        shown: HttpResponseBase = self.get_reshow_creation_form_response()
        return shown

    def bring(self, form: ChooserUploadForm) -> MediaItem:
        file, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
        person, at = person_of(self.request), timezone.now()
        upload = begin_upload(
            unit=unit, file_name=file.name, size_bytes=file.size, by=person, at=at
        )
        upload = receive_piece(
            upload=upload, offset=received(upload), pieces=file.chunks(), by=person, at=at
        )
        upload = examine_upload(upload=upload, by=person, at=at)
        item = self._item(upload)
        title = form.cleaned_data["title"].strip()
        if title and not upload.is_duplicate:
            item = change_item(item=item, changes={"title": title}, by=person, at=at)
        return item

    def _item(self, upload: Upload) -> MediaItem:
        if upload.state == UploadState.REFUSED or upload.item is None:
            raise UploadRefused(refusal_sentence(upload))
        kind = self.request.GET.get("kind", "")
        if kind in ItemKind.values and upload.item.kind != kind:
            raise UploadRefused(
                _("This is “%(found)s”; it is in the library now, but here “%(wanted)s” is wanted.")
                % {"found": upload.item.get_kind_display(), "wanted": ItemKind(kind).label}
            )
        return upload.item


def library_chooser() -> ChooserViewSet:
    """The chooser's addresses, named `media_chooser`."""
    return ChooserViewSet(
        "media_chooser",
        url_prefix="media/chooser",
        model=MediaItem,
        icon="image",
        choose_one_text=gettext_lazy("Choose from the library"),
        choose_another_text=gettext_lazy("Choose another one"),
        edit_item_text=gettext_lazy("Open in the library"),
        create_action_label=gettext_lazy("Bring and choose"),
        create_action_clicked_label=gettext_lazy("Being examined…"),
        creation_tab_label=gettext_lazy("Bring a file"),
        search_tab_label=gettext_lazy("The library"),
        preserve_url_parameters=["multiple", "kind"],
        register_widget=False,
        choose_view_class=ChooseView,
        choose_results_view_class=ChooseResultsView,
        chosen_view_class=ChosenView,
        chosen_multiple_view_class=ChosenMultipleView,
        create_view_class=CreateView,
    )
