"""The tables of the registry; each module tells of one thing."""

from nhipcau.registry.models.areas import (
    Area,
    AreaChange,
    AreaChangePart,
    AreaCode,
    AreaName,
    AreaPlacement,
    AreaTag,
    BorderGate,
    GateStanding,
)
from nhipcau.registry.models.documents import Document, DocumentLink, ReferenceLoad
from nhipcau.registry.models.languages import Language, LanguageArea
from nhipcau.registry.models.province import FormerLook, Province
from nhipcau.registry.models.taken_back import TakenBack
from nhipcau.registry.models.units import (
    GroupAlias,
    GroupSnapshot,
    SnapshotMember,
    Unit,
    UnitChange,
    UnitChangePart,
    UnitCode,
    UnitGroup,
    UnitName,
    UnitParent,
)

__all__ = [
    "Area",
    "AreaChange",
    "AreaChangePart",
    "AreaCode",
    "AreaName",
    "AreaPlacement",
    "AreaTag",
    "BorderGate",
    "Document",
    "DocumentLink",
    "FormerLook",
    "GateStanding",
    "GroupAlias",
    "GroupSnapshot",
    "Language",
    "LanguageArea",
    "Province",
    "ReferenceLoad",
    "SnapshotMember",
    "TakenBack",
    "Unit",
    "UnitChange",
    "UnitChangePart",
    "UnitCode",
    "UnitGroup",
    "UnitName",
    "UnitParent",
]
