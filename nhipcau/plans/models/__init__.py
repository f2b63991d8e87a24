"""The tables of the plans room."""

from nhipcau.plans.models.importing import PlanImport, ProposedTask, ReviewStep
from nhipcau.plans.models.plan import (
    Duty,
    FundingSource,
    Party,
    Plan,
    PlanVersion,
    Task,
    TaskProduct,
)

__all__ = [
    "Duty",
    "FundingSource",
    "Party",
    "Plan",
    "PlanImport",
    "PlanVersion",
    "ProposedTask",
    "ReviewStep",
    "Task",
    "TaskProduct",
]
