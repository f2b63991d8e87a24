"""The interface for machines: how much one caller may ask."""

from __future__ import annotations

from config import env

API_QUESTIONS_A_MINUTE = env.number(
    "NHIPCAU_API_QUESTIONS_A_MINUTE",
    default=300,
    help="What one address may ask /api/v1/ in a minute, of each web process.",
    least=1,
)
