"""The tables of the publishing room."""

from nhipcau.publishing.models.clearances import (
    ApprovalLink,
    Clearance,
    ClearanceItem,
    ConfirmedReason,
    Decision,
    OpenStep,
    deciding,
)
from nhipcau.publishing.models.releases import (
    Bundle,
    BundleItem,
    BundleVersion,
    Release,
    ReleasedFile,
    ReleasedVersion,
    releasing,
)
from nhipcau.publishing.models.renditions import Rendition, RenditionSource
from nhipcau.publishing.models.routes import Route, RouteStep

__all__ = [
    "ApprovalLink",
    "Bundle",
    "BundleItem",
    "BundleVersion",
    "Clearance",
    "ClearanceItem",
    "ConfirmedReason",
    "Decision",
    "OpenStep",
    "Release",
    "ReleasedFile",
    "ReleasedVersion",
    "Rendition",
    "RenditionSource",
    "Route",
    "RouteStep",
    "deciding",
    "releasing",
]
