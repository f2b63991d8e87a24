"""What templates of allauth ask the people room."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.people.models import User
from nhipcau.people.queries import demanded_second_factor

register = template.Library()

# The order matters: Edge and Cốc Cốc call themselves Chrome as well, Chrome calls itself Safari.
BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.simple_tag
def second_factor_demanded(user: User) -> list[str]:
    """The names of the user's roles that demand a second factor today."""
    return sorted(
        str(role.label) for role in demanded_second_factor(user.person, on=timezone.localdate())
    )


@register.filter
def device(user_agent: str) -> str:
    """A browser's own words, as people would say it; what is unknown is shown as it came."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), None)
    system = next((name for mark, name in SYSTEMS if mark in user_agent), None)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return user_agent[:80] or _("Unknown device")
