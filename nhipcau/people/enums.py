"""Kinds of persons, roles, permissions, and how far a role reaches."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonKind(models.TextChoices):
    STAFF = "staff", _("Officer of a unit")
    TRANSLATOR = "translator", _("Outside translator")
    REVIEWER = "reviewer", _("Outside reviewer")
    LEADER = "leader", _("Leader without an account")


class Verification(models.TextChoices):
    """How somebody was shown to be reached under an address."""

    LINK_OPENED = "link_opened", _("Opened the link in a letter to the address")
    CALLED_BACK = "called_back", _("Called back at the number of the office or agency")
    IN_PERSON = "in_person", _("Named the address face to face")
    OFFICIAL_LETTER = "official_letter", _("Named in a signed letter of the unit or agency")


class Role(models.TextChoices):
    """What somebody is in a unit. What each may do: permissions.py."""

    PLANNER = "planner", _("Planner")
    UNIT_OFFICER = "unit_officer", _("Unit officer")
    AUTHOR = "author", _("Author")
    TRANSLATOR = "translator", _("Translator")
    REVISER = "reviser", _("Reviser")
    APPROVER = "approver", _("Approver")
    SECRECY_REVIEWER = "secrecy_reviewer", _("Secrecy and foreign affairs reviewer")
    PUBLISHER = "publisher", _("Publisher")
    OPERATOR = "operator", _("Operator")


class Reach(models.TextChoices):
    """For which units a role counts."""

    UNIT = "unit", _("This unit only")
    HOUSE = "house", _("Every unit of the province")


class Permission(StrEnum):
    """Every right that the house knows, named after the room and the act."""

    DESK_ENTER = "desk.enter"
    REGISTRY_READ = "registry.read"
    REGISTRY_CHANGE = "registry.change"
    PROVINCE_CHANGE = "registry.change_province"
    PLANS_READ = "plans.read"
    PLANS_IMPORT = "plans.import"
    PLANS_ACCEPT = "plans.accept"
    TASKS_CHANGE = "tasks.change"
    TASKS_REPORT = "tasks.report"
    MEDIA_READ = "media.read"
    MEDIA_ADD = "media.add"
    WORKS_READ = "works.read"
    WORKS_WRITE = "works.write"
    WORKS_TEMPLATES = "works.templates"
    WORKS_TRANSLATE = "works.translate"
    WORKS_REVISE = "works.revise"
    WORKS_APPROVE = "works.approve"
    WORKS_CLEAR_SECRECY = "works.clear_secrecy"
    RELEASES_PUBLISH = "releases.publish"
    RELEASES_WITHDRAW = "releases.withdraw"
    CHANNELS_OPERATE = "channels.operate"
    PORTAL_ARRANGE = "portal.arrange"
    SEARCH_WORDS = "search.words"
    EVIDENCE_SUBMIT = "evidence.submit"
    EVIDENCE_CONFIRM = "evidence.confirm"
    REPORTS_BUILD = "reports.build"
    PEOPLE_READ = "people.read"
    PEOPLE_MANAGE = "people.manage"
    DELEGATE = "people.delegate"
    AUDIT_READ = "audit.read"
    OPERATIONS_WATCH = "operations.watch"


class SessionKey(StrEnum):
    """What we keep in a session beside what Django and allauth keep."""

    ACTING_UNIT = "people_acting_unit"
    SECOND_FACTOR_SET_UP = "people_second_factor_set_up"


class InvitationState(models.TextChoices):
    """Computed from the row and the moment, never stored."""

    OPEN = "open", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")


class Obstacle(models.TextChoices):
    """Why something about persons and roles cannot be done; the label is the sentence."""

    ENDS_BEFORE_IT_BEGINS = (
        "ends_before_it_begins",
        _("The last day lies before the first day."),
    )
    HELD_ALREADY = (
        "held_already",
        _("This person already holds the role in this unit at that time."),
    )
    CHARGE_TAKEN = (
        "charge_taken",
        _("Somebody else is in charge of the unit at that time; end that first."),
    )
    HAS_LEFT = "has_left", _("This person has left; somebody who left takes on nothing new.")
    TO_ONESELF = "to_oneself", _("Nobody delegates to or hands over to himself or herself.")
    OWN_ROLE = (
        "own_role",
        _("Nobody gives a role to himself or herself; ask another operator."),
    )
    NO_ROLE_NAMED = "no_role_named", _("Name at least one role.")
    ROLE_NOT_HELD = (
        "role_not_held",
        _("Only a role that the giver holds in this unit over the whole time can be delegated."),
    )
    UNIT_NOT_THERE = (
        "unit_not_there",
        _("The unit does not exist during the whole of that time."),
    )
    HAS_AN_ACCOUNT = (
        "has_an_account",
        _("This person already has an account; give the role directly."),
    )
    NO_CONTACT = (
        "no_contact",
        _("There is no e-mail address; enter one first."),
    )
    ADDRESS_OF_AN_ACCOUNT = (
        "address_of_an_account",
        _("This person signs in with the address and changes it under “My account”."),
    )
    ADDRESS_IS_ANOTHER = (
        "address_is_another",
        _("The address was changed in the meantime; look at it again."),
    )
    ALREADY_LEFT = "already_left", _("This person has already left.")
    STILL_HERE = (
        "still_here",
        _("Personal data are erased only after the person has left."),
    )
    LAST_OPERATOR = (
        "last_operator",
        _("This is the last operator; appoint another one first."),
    )
    OPEN_WITHOUT_SUCCESSOR = (
        "open_without_successor",
        _("There are open responsibilities; name the person who takes them over."),
    )
