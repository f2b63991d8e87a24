"""Roles held in units, who is in charge, what is delegated: rows with days."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.intervals import Interval
from nhipcau.people.enums import Reach, Role
from nhipcau.people.models.persons import Person
from nhipcau.registry.models import Document, Unit

Row = TypeVar("Row", bound="models.Model")


class HeldQuerySet(models.QuerySet[Row]):
    def on(self, day: date) -> Self:
        """Rows that hold on the day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def lasting(self) -> Self:
        """Rows of at least one day: what was given by mistake and ended the same day stays out."""
        return self.exclude(valid_to=F("valid_from"))

    def ending_after(self, day: date) -> Self:
        """Rows that hold on the day or begin later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


HeldManager = models.Manager.from_queryset(HeldQuerySet)


class Held(models.Model):
    """Holds from `valid_from` up to, not including, `valid_to` (empty: until further notice)."""

    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("up to (excluded)"), null=True, blank=True)
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decision"),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
            ),
        ]

    @property
    def interval(self) -> Interval:
        return Interval(self.valid_from, self.valid_to)


class Membership(Held):
    """A role that a person holds in a unit."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    reach = models.CharField(_("reach"), max_length=8, choices=Reach.choices, default=Reach.UNIT)

    objects = HeldManager()

    class Meta(Held.Meta):
        abstract = False
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            *Held.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="a_membership_is_of_a_known_role"
            ),
            models.CheckConstraint(
                condition=Q(reach__in=Reach.values), name="a_membership_is_of_a_known_reach"
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "role"],
                condition=Q(valid_to__isnull=True),
                name="a_role_is_held_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.unit}"

    @property
    def diary_name(self) -> str:
        return f"{self.person.diary_name}: {self.role}, {self.unit}"


class Charge(Held):
    """The named person in charge of a unit's work here; one at a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="charges")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="charges")

    objects = HeldManager()

    class Meta(Held.Meta):
        abstract = False
        verbose_name = _("person in charge")
        verbose_name_plural = _("persons in charge")
        constraints = [
            *Held.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(valid_to__isnull=True),
                name="a_unit_has_one_person_in_charge_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.person}"

    @property
    def diary_name(self) -> str:
        return f"{self.unit}: {self.person.diary_name}"


class Delegation(Held):
    """Roles that one person lets another exercise in a unit for a time (ủy quyền).

    It carries only as far as the giver's own memberships on the day, is not passed on, and
    never lets anybody clear what he or she, or the giver, wrote.
    """

    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_received")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="delegations")

    objects = HeldManager()

    class Meta(Held.Meta):
        abstract = False
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            *Held.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_to__isnull=False), name="a_delegation_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("taker")), name="nobody_delegates_to_himself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}, {self.unit}"

    @property
    def diary_name(self) -> str:
        return f"{self.giver.diary_name} → {self.taker.diary_name}, {self.unit}"


class DelegatedRole(models.Model):
    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delegation", "role"], name="a_role_is_delegated_once"),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="a_delegated_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class SecondFactorRule(Held):
    """From this day on, whoever holds the role signs in with a second factor."""

    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    objects = HeldManager()

    class Meta(Held.Meta):
        abstract = False
        verbose_name = _("rule on the second factor")
        verbose_name_plural = _("rules on the second factor")
        constraints = [
            *Held.Meta.constraints,
            models.UniqueConstraint(
                fields=["role"],
                condition=Q(valid_to__isnull=True),
                name="a_role_has_one_rule_on_the_second_factor",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
