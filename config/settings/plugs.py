"""Ordered lists of what plugs into the house, by dotted path."""

from __future__ import annotations

# Who hears what the rooms put into the outbox: classes of outbox.contract.Handler.
OUTBOX_CONSUMERS: list[str] = [
    "nhipcau.people.mail.Postman",
]

# How the diary reads to people: each room's events, with a sentence for each.
DIARY_SENTENCES = [
    "nhipcau.outbox.diary.SENTENCES",
    "nhipcau.registry.diary.SENTENCES",
    "nhipcau.people.diary.SENTENCES",
    "nhipcau.media.diary.SENTENCES",
    "nhipcau.plans.diary.SENTENCES",
    "nhipcau.translation.diary.SENTENCES",
    "nhipcau.works.diary.SENTENCES",
    "nhipcau.operations.diary.SENTENCES",
    "nhipcau.demo.diary.SENTENCES",
]

# What is checked before a draft is submitted: classes of translation.proofreading.contract.
PROOFREADERS: list[str] = [
    "nhipcau.translation.proofreading.checks.secrecy.Secrecy",
    "nhipcau.translation.proofreading.checks.consent.Consent",
    "nhipcau.translation.proofreading.checks.rights.MediaRights",
    "nhipcau.translation.proofreading.checks.alt_text.AltText",
    "nhipcau.translation.proofreading.checks.alt_language.AltLanguage",
]
