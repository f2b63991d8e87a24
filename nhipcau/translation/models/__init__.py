"""The tables of the translation room."""

from nhipcau.translation.models.remarks import Remark
from nhipcau.translation.models.stops import Stop
from nhipcau.translation.models.subjects import Subject
from nhipcau.translation.models.uses import MediaUse
from nhipcau.translation.models.versions import (
    TEXT_FIELDS,
    Approval,
    Contribution,
    LanguageVersion,
    approving,
    digest_of,
)

__all__ = [
    "TEXT_FIELDS",
    "Approval",
    "Contribution",
    "LanguageVersion",
    "MediaUse",
    "Remark",
    "Stop",
    "Subject",
    "approving",
    "digest_of",
]
