"""Units, their names, codes and places by date, what became of them, and groups of them."""

from __future__ import annotations

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.enums import AreaKind, AreaTrait, ChangeKind, NameKind, Side, UnitKind
from nhipcau.registry.models.areas import Area
from nhipcau.registry.models.dated import Corrected, Dated, Sourced, choice_constraint
from nhipcau.registry.models.querysets import DatedManager
from nhipcau.registry.rules.naming import ELECTRONIC_CODE


class Unit(Corrected, Dated, Sourced):
    """One body for as long as it lasted.

    `key` is permanent and readable; `label` is the latest official name, so that lists need no
    join. A unit without an area is a central one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("area"),
    )
    label = models.CharField(_("name"), max_length=300)

    objects = DatedManager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            *Dated.Meta.constraints,
            choice_constraint("kind", UnitKind, name="a_unit_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def kind_label(self) -> str:
        """As Django's `get_kind_display`, which goes through all kinds anew for each row."""
        return str(UnitKind(self.kind).label)


class UnitName(Corrected, Dated, Sourced):
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(_("kind"), max_length=20, choices=NameKind.choices)
    text = models.CharField(_("name"), max_length=300)
    folded = models.CharField(max_length=300, db_index=True)

    objects = DatedManager()

    class Meta(Dated.Meta):
        abstract = False
        constraints = [
            *Dated.Meta.constraints,
            choice_constraint("kind", NameKind, name="a_unit_name_is_of_a_known_kind"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(kind=NameKind.OFFICIAL, valid_to__isnull=True),
                name="a_unit_bears_one_official_name_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "text", "valid_from"], name="a_unit_name_is_told_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class UnitCode(Corrected, Dated, Sourced):
    """The electronic identification code in document exchange (Decision 20/2020/QĐ-TTg)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(
        _("electronic code"), max_length=35, validators=[RegexValidator(ELECTRONIC_CODE)]
    )

    objects = DatedManager()

    class Meta(Dated.Meta):
        abstract = False
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_to__isnull=True),
                name="an_electronic_code_belongs_to_one_unit_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(valid_to__isnull=True),
                name="a_unit_bears_one_electronic_code_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class UnitParent(Corrected, Dated, Sourced):
    """Which unit a unit stands under, by date."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="below")

    objects = DatedManager()

    class Meta(Dated.Meta):
        abstract = False
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="a_unit_does_not_stand_under_itself", condition=~Q(unit=F("parent"))
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(valid_to__isnull=True),
                name="a_unit_stands_under_one_unit_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.parent_id}"


class UnitChange(Sourced):
    """A merger, split, renaming, dissolution, or the transfer of a function without the unit."""

    key = models.CharField(max_length=160, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ChangeKind.choices)
    on = models.DateField(_("on"))
    document = models.ForeignKey(
        "registry.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="unit_changes",
    )
    function = models.CharField(_("function"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("change of units")
        verbose_name_plural = _("changes of units")
        constraints = [
            choice_constraint("kind", ChangeKind, name="a_unit_change_is_of_a_known_kind"),
            models.CheckConstraint(
                name="a_transfer_names_its_function",
                condition=~Q(kind=ChangeKind.TRANSFER_FUNCTION) | ~Q(function=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"


class UnitChangePart(models.Model):
    change = models.ForeignKey(UnitChange, on_delete=models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="changes")
    side = models.CharField(max_length=4, choices=Side.choices)

    class Meta:
        constraints = [
            choice_constraint("side", Side, name="a_unit_stands_on_a_side_of_a_change"),
            models.UniqueConstraint(
                fields=["change", "unit", "side"], name="a_unit_is_once_on_a_side_of_a_change"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.unit_id}"


class UnitGroup(Corrected, Sourced):
    """A group by rule: units of a kind, in areas of a kind and with a trait, inside an area.

    A group that is `open_ended` ("các đơn vị có liên quan") names no members: a person decides.
    """

    key = models.CharField(max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=300)
    unit_kind = models.CharField(
        _("kind of units"), max_length=20, choices=UnitKind.choices, blank=True
    )
    area_kind = models.CharField(
        _("kind of areas"), max_length=20, choices=AreaKind.choices, blank=True
    )
    area_trait = models.CharField(_("trait"), max_length=20, choices=AreaTrait.choices, blank=True)
    within = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="groups"
    )
    open_ended = models.BooleanField(_("names no members"), default=False)

    class Meta:
        verbose_name = _("group of units")
        verbose_name_plural = _("groups of units")
        constraints = [
            models.CheckConstraint(
                name="a_group_has_a_rule_or_is_open_ended",
                condition=Q(open_ended=True) | ~Q(unit_kind=""),
            )
        ]

    def __str__(self) -> str:
        return self.name


class GroupAlias(models.Model):
    group = models.ForeignKey(UnitGroup, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(_("name"), max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "text"], name="a_group_alias_is_told_once")
        ]

    def __str__(self) -> str:
        return self.text


class GroupSnapshot(models.Model):
    """The members of a group as they were on a day, frozen: later changes do not touch them.

    Personal data: `frozen_by_name` is the official name under which somebody acted.
    """

    group = models.ForeignKey(UnitGroup, on_delete=models.PROTECT, related_name="snapshots")
    within = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True)
    on = models.DateField()
    frozen_at = models.DateTimeField()
    frozen_by_key = models.CharField(max_length=80)
    frozen_by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.group} {self.on:%d/%m/%Y}"


class SnapshotMember(models.Model):
    snapshot = models.ForeignKey(GroupSnapshot, on_delete=models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name_then = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "unit"], name="a_unit_is_once_in_a_snapshot"
            )
        ]

    def __str__(self) -> str:
        return self.name_then
