"""Our answers to allauth's questions: nobody signs up, secrets at rest are encrypted."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context as requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.people.keys import cipher
from nhipcau.people.mail import send_letter
from nhipcau.people.queries import may_take_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # -- allauth is untyped
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are invited (actions.invite)."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of signing in: the person has just shown who he or she is."""
        records = get_authentication_records(requests.request, requests.request.user)
        just_now = bool(records) and (
            time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        )
        return super().is_reauthentication_required(app=app, **kwargs) and not just_now

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, so that no page waits for a mail server or fails with it."""
        request = requests.request
        words = {"request": request, "email": email, "current_site": get_current_site(request)}
        letter = self.render_mail(template_prefix, email, {**words, **context})
        send_letter(
            to=letter.to, subject=str(letter.subject), body=str(letter.body), at=timezone.now()
        )

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Only while the account is open and nobody else on record has the address."""
        if not may_take_address(email_address.user, email_address.email):
            messages.error(request, _("This address cannot be used for your account."))
            return False
        return bool(super().confirm_email(request, email_address))


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
        return cipher("second factor").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher("second factor").decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Nhịp Cầu"}
