"""Wagtail's own account page, without what is ours: name, e-mail, password."""

from __future__ import annotations

from typing import Any

from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import (
    AccountView,
    LocaleSettingsPanel,
    NotificationsSettingsPanel,
    ThemeSettingsPanel,
)
from wagtail.users.models import UserProfile


class PreferencesView(AccountView):
    """Language, time zone, colours and notices of the desk."""

    def get_panels(self) -> list[Any]:
        request, user = self.request, self.request.user
        profile = UserProfile.get_for_user(user)
        panels = [
            panel(request, user, profile)
            for panel in (NotificationsSettingsPanel, LocaleSettingsPanel, ThemeSettingsPanel)
        ]
        panels += [
            made
            for make in hooks.get_hooks("register_account_settings_panel")
            if (made := make(request, user, profile))
        ]
        return [panel for panel in panels if panel.is_active()]


preferences = require_admin_access(PreferencesView.as_view())
