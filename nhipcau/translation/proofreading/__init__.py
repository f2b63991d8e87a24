"""Checks of a draft before it is submitted: each explains itself, some are never overruled.

    report = proofread(draft)
    report.findings          gravest first
    report.stops             a mark of secrecy: lock the work, send it nowhere
    report.unanswered(keys)  what still stands in the way of submitting

Pure: the caller brings rights, names, links and other language versions within the `Draft`.
"""

from nhipcau.translation.proofreading.context import (
    LinkState,
    NameAnswer,
    NameBook,
    NameVerdict,
    Rights,
    Visit,
)
from nhipcau.translation.proofreading.contract import (
    Consequence,
    Finding,
    Proofreader,
    Severity,
)
from nhipcau.translation.proofreading.draft import Draft, Passage, Place, Version
from nhipcau.translation.proofreading.reading import Report, proofread, proofreaders

__all__ = [
    "Consequence",
    "Draft",
    "Finding",
    "LinkState",
    "NameAnswer",
    "NameBook",
    "NameVerdict",
    "Passage",
    "Place",
    "Proofreader",
    "Report",
    "Rights",
    "Severity",
    "Version",
    "Visit",
    "proofread",
    "proofreaders",
]
