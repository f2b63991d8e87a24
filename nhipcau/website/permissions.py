"""Who arranges the portal: by role, as everywhere in the house.

Wagtail asks groups for rights over pages; the house gives none to groups. So Wagtail's one question
(`PagePermissionPolicy.get_all_permissions_for_user`) is answered from the roles that a person holds
today: whoever may arrange the portal may do so in every language's tree, others nowhere.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.auth.models import Permission as DjangoPermission
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from nhipcau.people.enums import Permission
from nhipcau.people.models import User
from nhipcau.people.queries import Rights, rights_of_user

ACTS = ("add", "change", "publish")


def may_arrange(rights: Rights) -> bool:
    """Whether somebody may arrange home, sections, pages and what surrounds them."""
    return rights.may(Permission.PORTAL_ARRANGE)


def rights_over_pages(user: User | AnonymousUser) -> list[GroupPagePermission]:
    """What Wagtail is told: rights over the whole tree, or none. Two queries, one for none."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if not may_arrange(rights_of_user(user)):
        return []
    root = Page.objects.filter(depth=1).first()
    if root is None:
        return []
    return [
        GroupPagePermission(
            group=Group(), page=root, permission=DjangoPermission(codename=f"{act}_page")
        )
        for act in ACTS
    ]


def ask_roles_for_pages() -> None:
    """Have Wagtail ask the roles instead of groups; done once, when the house starts."""

    def get_all_permissions_for_user(_policy: Any, user: Any) -> list[GroupPagePermission]:
        return rights_over_pages(user)

    PagePermissionPolicy.get_all_permissions_for_user = get_all_permissions_for_user  # type: ignore[method-assign] # -- as said above
