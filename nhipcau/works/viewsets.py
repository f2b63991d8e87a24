"""The editor of words: Wagtail's, with our own rights, lock and saving, and no way to publish.

Of a snippet's addresses only those exist that an author needs: editing and preview. History,
comparing and going back to an earlier text are pages of ours (`views/earlier.py`). Nobody
publishes, copies or deletes a version.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.locks import BaseLock
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.snippets.views import snippets

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.models import Person, User
from nhipcau.people.queries import rights_of_user
from nhipcau.translation.actions import keep_draft
from nhipcau.translation.enums import Mode, VersionState
from nhipcau.translation.errors import TextStopped
from nhipcau.translation.models import LanguageVersion
from nhipcau.translation.queries import with_library_texts
from nhipcau.translation.rules.states import may_write
from nhipcau.works.editor import BodyPanel, VietnameseTitlePanel
from nhipcau.works.permissions import WRITING, may_write_words
from nhipcau.works.queries import source_words, threads_of


class WordsPolicy(BasePermissionPolicy):
    """Who may write the words of a work; nobody may do anything else with a version."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        rights = rights_of_user(user)
        return action == "change" and any(rights.may(permission) for permission in WRITING)

    def user_has_permission_for_instance(
        self, user: User | AnonymousUser, action: str, instance: LanguageVersion
    ) -> bool:
        return action == "change" and may_write_words(
            rights_of_user(user),
            unit_id=instance.subject.unit_id,
            is_translation=instance.source_id is not None,
        )

    def users_with_any_permission(self, actions: Any) -> QuerySet[User]:
        """Asked by Wagtail's workflows alone, which versions do not have."""
        return User.objects.none()


POLICY = WordsPolicy(LanguageVersion)


def _person_of(request: HttpRequest) -> Person:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user.person


class ForWriters:
    """A view of one version, for whoever may write its words."""

    request: HttpRequest
    object: LanguageVersion

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if not POLICY.user_has_permission(request.user, "change"):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)  # type: ignore[misc] # -- the view's

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not hasattr(self.object.subject, "work"):
            raise Http404
        if self.object.state == VersionState.STOPPED:
            raise TextStopped(self.object.subject_id)
        if not POLICY.user_has_permission_for_instance(request.user, "change", self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc] # -- the view's


class SourcePanel(BaseSidePanel):
    """The approved words that a translation is made from, beside it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("The source")  # type: ignore[assignment] # -- said in the reader's language
        icon_name = "doc-full"

    name = "source"
    title = _("The source")
    template_name = "works/source_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        return {
            **context,
            "version": self.object,
            "words": source_words(self.object),
            "csrf_token": parent_context["csrf_token"],
        }


class RemarksPanel(BaseSidePanel):
    """What was said about the words."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        icon_name = "comment"

        def get_context_data(self, parent_context: Any) -> Any:
            count = len([thread for thread in self.panel.threads if not thread.settled_at])
            # What is seen is heard, too: the number stands on the button.
            self.aria_label = gettext("Remarks, open: %(count)d") % {"count": count}
            return {**super().get_context_data(parent_context), "count": count}

    class Media:
        css = {"all": ["works/works.css"]}

    name = "remarks"
    title = pgettext_lazy("on a text", "Remarks")
    template_name = "works/remarks.html"
    order = 60

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.threads = list(threads_of(self.object))

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        return {
            **context,
            "version": self.object,
            "threads": self.threads,
            "in_editor": True,
            "csrf_token": parent_context["csrf_token"],
        }


class WordsForm(WagtailAdminModelForm):
    """The words of a version; whatever is incomplete is kept, too."""

    class Media:
        js = ["works/alt-texts.js", "works/leaving.js"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.instance.mode == Mode.SPOKEN and not (cleaned.get("title_vi") or "").strip():
            self.add_error("title_vi", _("A spoken version needs a title in Vietnamese too."))
        return cleaned


class InTrash(BaseLock):
    """Nobody writes the words of a work that was put away."""

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return gettext("This work is in the trash. Take it out to go on writing.")


class EditWords(ForWriters, snippets.EditView):
    """Writing. Saved is a draft, always; see `translation.actions.keep_draft`.

    What the page saves by itself never goes over another's words. Whoever presses the button has
    seen the warning: both texts are kept, and the sentence says whose the other one is.
    """

    success_message = _("Saved.")

    def get_queryset(self) -> QuerySet[LanguageVersion]:
        """With all that the page tells of it. One query."""
        return LanguageVersion.objects.select_related(
            "subject__work", "subject__unit", "language", "latest_revision", "source__language",
            "made_from",
        )  # fmt: skip

    def get_available_actions(self) -> list[str]:
        return ["edit"]

    def get_object(self, queryset: Any = None) -> LanguageVersion:
        """The newest words, with what the library says by now: the next saving takes it over."""
        version: LanguageVersion = super().get_object(queryset)
        if not may_write(version.state):
            return version
        raw = list(version.body.get_prep_value())
        told = with_library_texts(raw, language_id=version.language_id)
        if told is not raw:
            version.body = version.body.stream_block.to_python(told)
        return version

    def get_lock(self) -> Any:
        return InTrash(self.object) if self.object.subject.work.is_in_trash else super().get_lock()

    def is_valid(self, form: Any) -> bool:
        is_fine: bool = super().is_valid(form)
        if not is_fine and self.expects_json_response and self.is_out_of_date:
            self.produced_error_message = self._whose_is_newer(
                _(
                    "%(person)s saved this text at %(moment)s, after you opened it. What you wrote "
                    "stays in this window; press “Save draft” to keep both."
                )
            )
        return is_fine

    def save_instance(self) -> LanguageVersion:
        version: LanguageVersion = self.form.save(commit=False)
        self.has_content_changes = self.form.has_changed()
        warning = ""
        if self.is_out_of_date:
            warning = self._whose_is_newer(
                _(
                    "Yours is the newest text now. %(person)s saved another one at %(moment)s "
                    "while you were writing; both are kept. Compare them in the history and take "
                    "over what is missing."
                )
            )
        try:
            self.new_revision = keep_draft(
                version=version,
                by=_person_of(self.request),
                at=timezone.now(),
                overwrite=None if warning else self._own_autosave(version),
                seen=self.latest_revision.pk if self.expects_json_response else None,
            )
        except RuleBroken as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        log(
            instance=version,
            action="wagtail.edit",
            revision=self.new_revision,
            content_changed=self.has_content_changes,
        )
        if warning:
            messages.warning(self.request, warning)
        return version

    def _whose_is_newer(self, sentence: Any) -> str:
        newest = self.latest_revision
        return str(sentence) % {
            "person": newest.user or gettext("Somebody"),
            "moment": date_format(timezone.localtime(newest.created_at), "H:i d/m/Y"),
        }

    def _own_autosave(self, version: LanguageVersion) -> Revision | None:
        """The revision that this page has saved by itself before and saves over now."""
        given = self.request.POST.get("overwrite_revision_id", "")
        if not given:
            return None
        found: Revision | None = version.revisions.filter(
            pk=int(given) if given.isdecimal() and len(given) < 19 else 0
        ).first()
        if found is None:
            raise PermissionDenied(gettext("Saving will overwrite a newer version."))
        return found

    def get_side_panels(self) -> Any:
        # Status and checks of Wagtail's speak of publishing, which nobody does here.
        given = super().get_side_panels()
        panels = MediaContainer([panel for panel in given if panel.name == "preview"])
        if not self.expects_json_response:
            panels.append(RemarksPanel(self.object, self.request))
            if self.object.source_id is not None:
                panels.append(SourcePanel(self.object, self.request))
        return panels

    def get_success_buttons(self) -> list[Any]:
        return []  # the page is where they would lead

    def get_history_url(self) -> str:
        return reverse("works:history", args=[self.object.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        subject = self.object.subject
        return [
            {"url": reverse("works:index"), "label": _("Works")},
            {"url": reverse("works:work", args=[subject.uuid]), "label": str(subject.work)},
            {"url": "", "label": str(self.object.language)},
        ]


class InFrame:
    """A look at words, made for a request of its own: the desk's policies hold for it.

    Wagtail sends that request through all middlewares once more, as one of the public.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc] # -- the view's
        for header in ("Content-Security-Policy", "X-Frame-Options"):
            response.headers.pop(header, None)
        return response


class WordsPreview(InFrame, ForWriters, snippets.PreviewOnEditView):
    """The words as they would look; for their writers alone, never for the public."""


class WordsViewSet(snippets.SnippetViewSet):
    model = LanguageVersion  # type: ignore[assignment] # -- Wagtail's stub says None
    url_namespace = "words"
    url_prefix = "works/words"
    icon = "doc-full"
    permission_policy = POLICY
    edit_view_class = EditWords
    preview_on_edit_view_class = WordsPreview
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None  # lists of works are the house's own (decision 19)
    breadcrumbs_items: list[dict[str, Any]] = []
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            VietnameseTitlePanel("title_vi"),
            FieldPanel("summary"),
            BodyPanel("body"),
            MultiFieldPanel(
                [
                    FieldPanel("slug"),
                    FieldPanel("search_description"),
                    FieldPanel("machine_helped"),
                ],
                heading=_("Address and search"),
                classname="collapsed",
            ),
        ],
        base_form_class=WordsForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        closed = dict.fromkeys(
            (
                "index_url_name",
                "index_results_url_name",
                "add_url_name",
                "delete_url_name",
                "usage_url_name",
                "copy_url_name",
                "inspect_url_name",
                "lock_url_name",
                "unlock_url_name",
                "revisions_unschedule_url_name",
                "revisions_compare_url_name",
                "revisions_revert_url_name",
                "revisions_view_url_name",
                "history_results_url_name",
                "unpublish_url_name",
            )
        )
        given: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {name: value for name, value in given.items() if name not in closed}

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        history = RedirectView.as_view(pattern_name="works:history")
        return [
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("preview/<int:pk>/", self.preview_on_edit_view, name="preview_on_edit"),
            # Our own page tells the history; Wagtail's address of it leads there.
            path("history/<int:pk>/", history, name="history"),
        ]

    def register_chooser_viewset(self) -> None:
        """Nothing chooses a version from a list of all."""

    def register_snippet_model(self) -> None:
        """Versions do not stand in Wagtail's list of snippets."""
