"""Persons, the users among them, and invitations to become one."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from nhipcau.people.enums import InvitationState, PersonKind, Reach
from nhipcau.people.rules import state_of_invitation
from nhipcau.registry.models import Unit


class PersonQuerySet(models.QuerySet["Person"]):
    def here(self, *, on: date) -> PersonQuerySet:
        """Those who have not left by that day."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=on))


PersonManager = models.Manager.from_queryset(PersonQuerySet)


class Person(models.Model):
    """Somebody who acts or is named in the house's work; fulfils kernel's `Actor`.

    Personal data: name, contact, affiliation. No citizens are kept here, and neither ethnicity
    nor belief. `email` is the verified contact; two persons never share one, so that nobody
    becomes his own second pair of eyes.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        _("kind"), max_length=12, choices=PersonKind.choices, default=PersonKind.STAFF
    )
    full_name = models.CharField(_("full name"), max_length=200)
    affiliation = models.CharField(
        _("where the person works"),
        max_length=200,
        blank=True,
        help_text=_("For people from outside: school, association, agency."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="two_persons_never_share_a_contact"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PersonKind.values), name="a_person_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(email_verified_at__isnull=True) | ~Q(email=""),
                name="only_an_address_is_verified",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(left_on__isnull=False, email=""),
                name="an_erased_person_left_and_has_no_contact",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def has_left(self, *, on: date) -> bool:
        return self.left_on is not None and self.left_on <= on

    def act_for(self, unit: Unit | int | None) -> None:
        """From now on this object acts on behalf of the unit, as the diary will say.

        Of a unit given by its key, name and all are read when somebody asks.
        """
        self._acting_unit = unit

    # Set by the middleware from the session, by jobs and tests with `act_for`; never stored.
    _acting_unit: Unit | int | None = None

    @property
    def acting_unit(self) -> Unit | None:
        """The unit on whose behalf this object acts. One query the first time, at most."""
        if isinstance(self._acting_unit, int):
            self._acting_unit = Unit.objects.get(pk=self._acting_unit)
        return self._acting_unit

    @property
    def diary_name(self) -> str:
        """How the diary calls the person as a target: its lines outlive the right to a name."""
        return f"person {self.pk}"

    @property
    def actor_key(self) -> str:
        return f"person:{self.pk}"

    @property
    def actor_name(self) -> str:
        return self.full_name

    @property
    def actor_unit(self) -> tuple[str, str]:
        unit = self.acting_unit
        return ("", "") if unit is None else (unit.key, unit.label)


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by e-mail address.

    What a user may do comes from the person's roles alone. The groups and permissions that
    Django brings along stay empty; Wagtail's queries need the columns. Nobody is almighty: the
    database refuses a superuser.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    email = models.EmailField(_("e-mail"), unique=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="two_users_never_share_an_address"),
            models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_is_almighty"),
        ]

    def __str__(self) -> str:
        return self.person.full_name

    @property
    def first_name(self) -> str:
        """What Wagtail's menu calls whoever is signed in."""
        return self.person.full_name

    def get_full_name(self) -> str:
        return self.person.full_name

    def get_short_name(self) -> str:
        return self.person.full_name.rsplit(" ", 1)[-1]


class Invitation(models.Model):
    """An invitation by e-mail to open an account and take up roles in a unit; used once.

    The link holds this row's uuid and `serial`, signed. Sending it again raises `serial`, so
    that only the newest link opens. Personal data: the contact is the person's.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    roles = models.JSONField(_("roles"), default=list)
    reach = models.CharField(_("reach"), max_length=8, choices=Reach.choices, default=Reach.UNIT)
    serial = models.PositiveIntegerField(default=1)
    invited_by_key = models.CharField(max_length=80)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at__isnull=True, cancelled_at__isnull=True),
                name="a_person_has_one_open_invitation",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="an_accepted_invitation_is_not_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.unit}"

    @property
    def diary_name(self) -> str:
        return f"{self.person.diary_name} → {self.unit}"

    def state(self, *, at: datetime) -> InvitationState:
        return state_of_invitation(
            accepted_at=self.accepted_at,
            cancelled_at=self.cancelled_at,
            expires_at=self.expires_at,
            at=at,
        )
