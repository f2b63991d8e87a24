"""Ordered lists of what plugs into the house, by dotted path."""

from __future__ import annotations

# Who hears what the rooms put into the outbox: classes of outbox.contract.Handler.
OUTBOX_CONSUMERS: list[str] = [
    "nhipcau.people.mail.Postman",
    "nhipcau.media.workshop.Workshop",
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

# The forms in which approved words leave the house, in the order in which they are offered.
RENDERERS = [
    "nhipcau.publishing.renderers.web_page.WebPage",
    "nhipcau.publishing.renderers.sheet.Sheet",
    "nhipcau.publishing.renderers.leaflet.Leaflet",
    "nhipcau.publishing.renderers.handbook.Handbook",
    "nhipcau.publishing.renderers.epub.Epub",
    "nhipcau.publishing.renderers.poster.Poster",
    "nhipcau.publishing.renderers.parallel.Parallel",
    "nhipcau.publishing.renderers.infographic.Infographic",
    "nhipcau.publishing.renderers.radio.RadioScript",
    "nhipcau.publishing.renderers.short_text.ShortText",
    "nhipcau.publishing.renderers.card.Card",
    "nhipcau.publishing.renderers.qr.QR",
]
