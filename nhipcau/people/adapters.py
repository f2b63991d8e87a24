"""Our answers to allauth's questions: nobody signs up, secrets at rest are encrypted."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # -- allauth is untyped
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are invited (actions.invite)."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of signing in: the person has just shown who he or she is."""
        records = get_authentication_records(context.request, context.request.user)
        just_now = bool(records) and (
            time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        )
        return super().is_reauthentication_required(app=app, **kwargs) and not just_now


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # -- as above
    """Sign-in at the province's own identity service opens existing accounts only."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse, with a sentence, whoever has no account under a verified address.

        The issuer inside the token must be the one in the settings; the discovery document is
        only as trustworthy as the network it came over.
        """
        token = (sociallogin.account.extra_data or {}).get("id_token") or {}
        if token.get("iss") != settings.OIDC_ISSUER:
            self._refuse(request, _("The identity service gave an answer that cannot be trusted."))
        if token.get("sub") != sociallogin.account.uid:
            self._refuse(request, _("The identity service gave an answer that cannot be trusted."))
        if not sociallogin.is_existing:
            self._refuse(
                request,
                _(
                    "There is no account here for your verified e-mail address. "
                    "Ask the operator of your unit for an invitation."
                ),
            )

    def _refuse(self, request: HttpRequest, sentence: str) -> None:
        messages.error(request, sentence)
        raise ImmediateHttpResponse(redirect("account_login"))


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc] # -- as above
    """Keeps second factors encrypted with a key made from the secret key, which no backup holds."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Nhịp Cầu"}


def _cipher() -> MultiFernet:
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(hashlib.sha256(b"second factor\0" + key.encode()).digest())
            )
            for key in map(str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
        ]
    )
