"""The tables of the works room."""

from nhipcau.works.models.brought import BroughtRecord, RecordSheet, RecordSheetRow
from nhipcau.works.models.costs import CostLine, Permit, PrintRun
from nhipcau.works.models.lists import Programme, SpendingItem, Topic
from nhipcau.works.models.templates import WorkTemplate
from nhipcau.works.models.works import Assignment, Work

__all__ = [
    "Assignment",
    "BroughtRecord",
    "CostLine",
    "Permit",
    "PrintRun",
    "Programme",
    "RecordSheet",
    "RecordSheetRow",
    "SpendingItem",
    "Topic",
    "Work",
    "WorkTemplate",
]
