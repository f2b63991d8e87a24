"""Ordered lists of what plugs into the house, by dotted path."""

from __future__ import annotations

from django.urls import reverse

# Who hears what the rooms put into the outbox: classes of outbox.contract.Handler.
OUTBOX_CONSUMERS: list[str] = [
    "nhipcau.people.mail.Postman",
    "nhipcau.media.workshop.Workshop",
    "nhipcau.media.tasks.Examiner",
    "nhipcau.works.tasks.SheetBringer",
    "nhipcau.website.store.tasks.PageStore",
    "nhipcau.search.tasks.Indexer",
]

# What the worker does every second beside that: functions with the moment as `at`, which answer
# whether there may be more to do at once, and bear being killed and being run twice.
OUTBOX_CHORES: list[str] = [
    "nhipcau.publishing.tasks.release_what_is_due",
    "nhipcau.website.store.tasks.make_old_pages",
    "nhipcau.search.tasks.build_what_is_missing",
]

# How the diary reads to people: each room's events, with a sentence for each.
DIARY_SENTENCES = [
    "nhipcau.outbox.diary.SENTENCES",
    "nhipcau.registry.diary.SENTENCES",
    "nhipcau.people.diary.SENTENCES",
    "nhipcau.search.diary.SENTENCES",
    "nhipcau.media.diary.SENTENCES",
    "nhipcau.plans.diary.SENTENCES",
    "nhipcau.translation.diary.SENTENCES",
    "nhipcau.works.diary.SENTENCES",
    "nhipcau.publishing.diary.SENTENCES",
    "nhipcau.operations.diary.SENTENCES",
    "nhipcau.website.diary.SENTENCES",
    "nhipcau.demo.diary.SENTENCES",
]

# What is checked before a draft is submitted: classes of translation.proofreading.contract.
PROOFREADERS: list[str] = [
    "nhipcau.translation.proofreading.checks.secrecy.Secrecy",
    "nhipcau.translation.proofreading.checks.gaps_left.GapsLeft",
    "nhipcau.translation.proofreading.checks.consent.ConsentHolds",
    "nhipcau.translation.proofreading.checks.machine_made.MachineMade",
    "nhipcau.translation.proofreading.checks.invisible.Invisible",
    "nhipcau.translation.proofreading.checks.links_formed.LinksFormed",
    "nhipcau.translation.proofreading.checks.titles.Titles",
    "nhipcau.translation.proofreading.checks.maps.Maps",
    "nhipcau.translation.proofreading.checks.personal_data.PersonalData",
    "nhipcau.translation.proofreading.checks.rights.MediaRights",
    "nhipcau.translation.proofreading.checks.sources.Sources",
    "nhipcau.translation.proofreading.checks.alt_text.AltText",
    "nhipcau.translation.proofreading.checks.alt_language.AltLanguage",
    "nhipcau.translation.proofreading.checks.numbers_within.NumbersWithin",
    "nhipcau.translation.proofreading.checks.numbers_across.NumbersAcross",
    "nhipcau.translation.proofreading.checks.days.Days",
    "nhipcau.translation.proofreading.checks.links_alive.LinksAlive",
    "nhipcau.translation.proofreading.checks.tables.Tables",
    "nhipcau.translation.proofreading.checks.names.Names",
    "nhipcau.translation.proofreading.checks.number_format.NumberFormat",
    "nhipcau.translation.proofreading.checks.length.Length",
    "nhipcau.translation.proofreading.checks.long_sentences.LongSentences",
    "nhipcau.translation.proofreading.checks.headings.Headings",
    "nhipcau.translation.proofreading.checks.foreign_words.ForeignWords",
    "nhipcau.translation.proofreading.checks.capitals.Capitals",
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

# What rooms above add to the page of a work and of a task: functions (request, work) and
# (request, task), which answer rendered HTML, or "" where they have nothing to say.
WORK_PANELS: list[str] = [
    "nhipcau.publishing.views.panels.publishing_of_work",
]
TASK_PANELS: list[str] = [
    "nhipcau.works.views.panels.works_of_task",
]

# Which versions are public, as the room says that releases: a function with the moment as `at`,
# which answers the keys of the public LanguageVersions as a queryset.
PUBLIC_VERSIONS = "nhipcau.publishing.queries.releases.public_version_keys"

# What became of the texts of a version (reviews, releases), for its history: a function with the
# version, which answers sentences by the key of the revision.
HISTORY_NOTES = "nhipcau.publishing.queries.history.notes_of_texts"

# Where the pages of the registry's rows stand, so that a room below the desk can lead there.
ABSOLUTE_URL_OVERRIDES = {
    "registry.document": lambda document: reverse("desk:document", args=[document.uuid]),
    "registry.unit": lambda unit: reverse("desk:unit", args=[unit.uuid]),
    "registry.area": lambda area: reverse("desk:area", args=[area.pk]),
}

# Who takes files in: small ones into memory, others onto the disk, which may be full.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "nhipcau.operations.uploads.TemporaryFiles",
]

# How the words of a version look to readers, for the editor's preview: a function with the version,
# which answers the names of the forms that can be looked at, with what they are called; and one
# (request, version, name), which answers a page.
WORDS_PREVIEW_FORMS = "nhipcau.publishing.queries.drafts.forms_to_look_at"
WORDS_PREVIEW = "nhipcau.publishing.views.preview.preview"
