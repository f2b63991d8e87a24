"""Areas: provinces, districts that were, communes, villages, border gates; all by date."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.enums import AreaKind, AreaTrait, ChangeKind, GateKind, NameKind, Side
from nhipcau.registry.models.dated import Corrected, Dated, Sourced, choice_constraint
from nhipcau.registry.models.querysets import DatedManager


class Area(Corrected, Dated, Sourced):
    """One area for as long as it lasted. What a merger makes is a new area, even of the same name.

    `key` is permanent and readable ("tinh/lang-son"); shipped data and imports find rows by it.
    `label` is the latest official name, kept so that lists need no join.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=AreaKind.choices)
    label = models.CharField(_("name"), max_length=200)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    objects = DatedManager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            *Dated.Meta.constraints,
            choice_constraint("kind", AreaKind, name="an_area_is_of_a_known_kind"),
            models.CheckConstraint(
                name="an_area_has_both_coordinates_or_none",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class AreaName(Corrected, Dated, Sourced):
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(_("kind"), max_length=20, choices=NameKind.choices)
    text = models.CharField(_("name"), max_length=200)
    folded = models.CharField(max_length=200, db_index=True)

    objects = DatedManager()

    class Meta(Dated.Meta):
        abstract = False
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(kind=NameKind.OFFICIAL, valid_to__isnull=True),
                name="an_area_bears_one_official_name_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["area", "kind", "text"], name="an_area_name_is_told_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class AreaCode(Corrected, Dated, Sourced):
    """The administrative code by date: Decision 124/2004/QĐ-TTg, since 2025 19/2025/QĐ-TTg."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(_("code"), max_length=10, db_index=True)

    objects = DatedManager()

    class Meta(Dated.Meta):
        abstract = False
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_to__isnull=True),
                name="a_code_belongs_to_one_area_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(valid_to__isnull=True),
                name="an_area_bears_one_code_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class AreaPlacement(Corrected, Dated, Sourced):
    """Which area an area lies in; it changes when the tier above does."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="inside")

    objects = DatedManager()

    class Meta(Dated.Meta):
        abstract = False
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="an_area_does_not_lie_in_itself", condition=~Q(area=F("parent"))
            ),
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(valid_to__isnull=True),
                name="an_area_lies_in_one_area_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} → {self.parent_id}"


class AreaTag(Corrected, Dated, Sourced):
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="tags")
    trait = models.CharField(_("trait"), max_length=20, choices=AreaTrait.choices)

    objects = DatedManager()

    class Meta(Dated.Meta):
        abstract = False
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["area", "trait"],
                condition=Q(valid_to__isnull=True),
                name="an_area_has_a_trait_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.get_trait_display()


class BorderGate(Corrected):
    """What an area of kind border gate has besides: whom it faces."""

    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="gate")
    neighbour_country = models.CharField(
        _("country across the border (ISO 3166)"), max_length=2, blank=True
    )
    neighbour_area = models.CharField(_("area across the border"), max_length=200, blank=True)
    neighbour_gate = models.CharField(_("gate across the border"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("border gate")
        verbose_name_plural = _("border gates")

    def __str__(self) -> str:
        return str(self.area)


class GateStanding(Corrected, Dated, Sourced):
    """The kind of a gate by date; a clearance route belongs to another gate."""

    gate = models.ForeignKey(BorderGate, on_delete=models.CASCADE, related_name="standings")
    kind = models.CharField(_("kind"), max_length=20, choices=GateKind.choices)
    part_of = models.ForeignKey(
        BorderGate, on_delete=models.PROTECT, null=True, blank=True, related_name="routes"
    )

    objects = DatedManager()

    class Meta(Dated.Meta):
        abstract = False
        constraints = [
            *Dated.Meta.constraints,
            choice_constraint("kind", GateKind, name="a_gate_is_of_a_known_kind"),
            models.UniqueConstraint(
                fields=["gate"],
                condition=Q(valid_to__isnull=True),
                name="a_gate_is_of_one_kind_at_a_time",
            ),
            models.CheckConstraint(
                name="only_a_clearance_route_belongs_to_another_gate",
                condition=Q(part_of__isnull=True) | Q(kind=GateKind.CLEARANCE_ROUTE),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class AreaChange(Sourced):
    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ChangeKind.choices)
    on = models.DateField(_("on"))
    document = models.ForeignKey(
        "registry.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="area_changes",
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("change of areas")
        verbose_name_plural = _("changes of areas")
        constraints = [
            choice_constraint("kind", ChangeKind, name="an_area_change_is_of_a_known_kind")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"


class AreaChangePart(models.Model):
    change = models.ForeignKey(AreaChange, on_delete=models.CASCADE, related_name="parts")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="changes")
    side = models.CharField(max_length=4, choices=Side.choices)

    class Meta:
        constraints = [
            choice_constraint("side", Side, name="an_area_stands_on_a_side_of_a_change"),
            models.UniqueConstraint(
                fields=["change", "area", "side"], name="an_area_is_once_on_a_side_of_a_change"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.area_id}"
