"""Which role may do what: the one table, to be read from top to bottom; and rights made of it.

A role counts in the unit in which it is held, or in every unit when its reach says so. Rights
are never given to accounts, groups or pages. Four eyes: `Rights.may_clear`.
`nhipcau people roles` prints this table in the reader's language.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.people.enums import Permission, Reach, Role

P = Permission

# Whoever holds any role may look at what the work hangs on.
EVERY_ROLE: frozenset[Permission] = frozenset(
    {P.DESK_ENTER, P.REGISTRY_READ, P.PLANS_READ, P.WORKS_READ, P.MEDIA_READ, P.PEOPLE_READ}
)


@dataclass(frozen=True, slots=True)
class Charter:
    """What a role is for and what it may do, in words and as permissions."""

    description: str | Promise
    permissions: frozenset[Permission]


CHARTERS: Mapping[Role, Charter] = {
    Role.PLANNER: Charter(
        _("Reads plans into tasks, follows them, assembles the reports."),
        EVERY_ROLE
        | {
            P.PLANS_IMPORT,
            P.PLANS_ACCEPT,
            P.TASKS_CHANGE,
            P.TASKS_REPORT,
            P.REGISTRY_CHANGE,
            P.EVIDENCE_SUBMIT,
            P.EVIDENCE_CONFIRM,
            P.REPORTS_BUILD,
            P.WORKS_TEMPLATES,
            P.MEDIA_ADD,
            P.DELEGATE,
        },
    ),
    Role.UNIT_OFFICER: Charter(
        _("Carries out the unit's tasks and reports on them."),
        EVERY_ROLE | {P.TASKS_REPORT, P.EVIDENCE_SUBMIT, P.MEDIA_ADD, P.DELEGATE},
    ),
    Role.AUTHOR: Charter(
        _("Writes works and hands them in for review."),
        EVERY_ROLE | {P.WORKS_WRITE, P.MEDIA_ADD},
    ),
    Role.TRANSLATOR: Charter(
        _("Translates works into the languages entrusted to him or her."),
        EVERY_ROLE | {P.WORKS_TRANSLATE},
    ),
    Role.REVISER: Charter(
        _("Revises translations against their source."),
        EVERY_ROLE | {P.WORKS_REVISE},
    ),
    Role.APPROVER: Charter(
        _("Approves content, language by language; never his or her own text."),
        EVERY_ROLE
        | {
            P.WORKS_APPROVE,
            P.PLANS_ACCEPT,
            P.EVIDENCE_CONFIRM,
            P.SEARCH_WORDS,
            P.DELEGATE,
        },
    ),
    Role.SECRECY_REVIEWER: Charter(
        _("Says whether a text touches on state secrets or foreign affairs: cleared or returned."),
        EVERY_ROLE | {P.WORKS_CLEAR_SECRECY, P.DELEGATE},
    ),
    Role.PUBLISHER: Charter(
        _(
            "Releases what was cleared, to the channels; corrects and withdraws; "
            "arranges the portal."
        ),
        EVERY_ROLE
        | {
            P.RELEASES_PUBLISH,
            P.RELEASES_WITHDRAW,
            P.CHANNELS_OPERATE,
            P.PORTAL_ARRANGE,
            P.SEARCH_WORDS,
            P.MEDIA_ADD,
            P.DELEGATE,
        },
    ),
    Role.OPERATOR: Charter(
        _("Keeps the house running: persons, roles, units, the diary. Decides on no content."),
        EVERY_ROLE
        | {
            P.PEOPLE_MANAGE,
            P.REGISTRY_CHANGE,
            P.PROVINCE_CHANGE,
            P.AUDIT_READ,
            P.OPERATIONS_WATCH,
        },
    ),
}

# What Django's and Wagtail's own screens ask for; everything else asks for a Permission.
DJANGO_PERMISSIONS: Mapping[Permission, frozenset[str]] = {
    P.DESK_ENTER: frozenset({"wagtailadmin.access_admin"}),
}


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles whose charter holds the permission."""
    return frozenset(
        role for role, charter in CHARTERS.items() if permission in charter.permissions
    )


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody exercises on a day: his own, or `on_behalf_of` another person.

    `wants_second_factor` tells whether a rule of that day demands one for the role.
    """

    person_id: int
    unit_id: int
    role: Role
    reach: Reach
    on_behalf_of: int | None = None
    wants_second_factor: bool = False

    @property
    def permissions(self) -> frozenset[Permission]:
        return CHARTERS[self.role].permissions

    def covers(self, unit_id: int | None) -> bool:
        """Whether it counts in the unit; None asks for any unit at all."""
        return unit_id is None or self.reach is Reach.HOUSE or self.unit_id == unit_id


@dataclass(frozen=True, slots=True)
class Rights:
    """Everything that one person may do on one day."""

    grants: tuple[Grant, ...]

    def may(self, permission: Permission, unit_id: int | None = None) -> bool:
        """Whether the permission counts in the unit; without a unit: in any."""
        return any(
            permission in grant.permissions and grant.covers(unit_id) for grant in self.grants
        )

    def may_clear(
        self, permission: Permission, unit_id: int | None, *, written_by: Collection[int]
    ) -> bool:
        """As `may`, under four eyes: `written_by` holds the ids of all persons who wrote.

        Nobody clears what he or she wrote, nor does a delegate in the name of one who wrote:
        the delegated power is no wider than the giver's.
        """
        return any(
            permission in grant.permissions
            and grant.covers(unit_id)
            and grant.person_id not in written_by
            and grant.on_behalf_of not in written_by
            for grant in self.grants
        )

    def reaches_every_unit(self, permission: Permission) -> bool:
        return any(
            grant.reach is Reach.HOUSE and permission in grant.permissions for grant in self.grants
        )

    def unit_ids(self, permission: Permission) -> frozenset[int]:
        """The units in which a role with the permission is held; reach is asked separately."""
        return frozenset(grant.unit_id for grant in self.grants if permission in grant.permissions)

    @property
    def to_delegate(self) -> Mapping[int, frozenset[Role]]:
        """Unit -> the own roles that the person may let others exercise there.

        Where one of them says so; what was delegated is not passed on.
        """
        own = [grant for grant in self.grants if grant.on_behalf_of is None]
        units = {grant.unit_id for grant in own if Permission.DELEGATE in grant.permissions}
        return {
            unit: frozenset(grant.role for grant in own if grant.unit_id == unit) for unit in units
        }

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset().union(*(grant.permissions for grant in self.grants))

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def demanding_second_factor(self) -> frozenset[Role]:
        """The roles whose holders sign in with a second factor on that day."""
        return frozenset(grant.role for grant in self.grants if grant.wants_second_factor)

    @property
    def units_in_order(self) -> tuple[int, ...]:
        """The keys of the units on whose behalf the person can act, each once, own roles first."""
        return tuple(dict.fromkeys(grant.unit_id for grant in self.grants))

    @property
    def django_permissions(self) -> frozenset[str]:
        """What Django's `has_perm` answers."""
        return frozenset().union(
            *(DJANGO_PERMISSIONS.get(permission, frozenset()) for permission in self.permissions)
        )
