"""How Django asks who somebody is and what he may do: allauth's sign-in, rights by role."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef

from nhipcau.people.models import User
from nhipcau.people.queries import rights_of_user


class RoleBackend(AuthenticationBackend):  # type: ignore[misc] # -- allauth is untyped
    """Signs in by verified e-mail and password; every permission comes from a role held today."""

    def get_user(self, user_id: int) -> User | None:
        # One query for what every page of the desk asks about its user.
        user = (
            User.objects.select_related("person", "wagtail_userprofile")
            .annotate(has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"))))
            .filter(pk=user_id)
            .first()
        )
        return user if user is not None and user.is_active else None

    def get_all_permissions(
        self, user_obj: User | AnonymousUser, obj: models.Model | None = None
    ) -> set[str]:
        # Rights on one row are the rooms' own question: nhipcau.people.queries.
        return set() if obj is not None else set(rights_of_user(user_obj).django_permissions)

    def get_group_permissions(self, user_obj: Any, obj: models.Model | None = None) -> set[str]:
        return set()

    def get_user_permissions(self, user_obj: Any, obj: models.Model | None = None) -> set[str]:
        return set()

    def has_perm(
        self, user_obj: User | AnonymousUser, perm: str, obj: models.Model | None = None
    ) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        return any(
            permission.partition(".")[0] == app_label
            for permission in self.get_all_permissions(user_obj)
        )
