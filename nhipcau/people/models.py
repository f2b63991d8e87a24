"""Persons, and the users among them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


class Person(models.Model):
    """Somebody who acts or is named in the house's work.

    Personal data: name and contact. No citizens are kept here, and no ethnicity or belief.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    full_name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    email_verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self) -> str:
        return self.full_name

    @property
    def actor_key(self) -> str:
        return f"person:{self.pk}"

    @property
    def actor_name(self) -> str:
        return self.full_name

    @property
    def actor_unit(self) -> tuple[str, str]:
        return ("", "")


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by e-mail address."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    email = models.EmailField(_("e-mail"), unique=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.person.full_name

    def get_full_name(self) -> str:
        return self.person.full_name

    def get_short_name(self) -> str:
        return self.person.full_name.rsplit(" ", 1)[-1]
