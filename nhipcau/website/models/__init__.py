"""The tables of the portal: its pages, and what surrounds them."""

from nhipcau.website.models.pages import (
    HomePage,
    PlacePage,
    PlainPage,
    PortalPage,
    SectionPage,
    TopicPage,
)
from nhipcau.website.models.surroundings import Account, Alarm, GateHours, OldAddress

__all__ = [
    "Account",
    "Alarm",
    "GateHours",
    "HomePage",
    "OldAddress",
    "PlacePage",
    "PlainPage",
    "PortalPage",
    "SectionPage",
    "TopicPage",
]
