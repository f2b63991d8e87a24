"""Examinations of the house: settings, database, diary, workers, backups."""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from nhipcau.audit import queries as diary
from nhipcau.media.queries import why_nothing_is_signed
from nhipcau.media.queries.room import items_out_of_step
from nhipcau.operations.doctor.findings import Finding, warning, well, wrong
from nhipcau.operations.models import Backup
from nhipcau.operations.queries import pending_migrations, sample_accounts, unknown_migrations
from nhipcau.outbox import queries as outbox
from nhipcau.publishing.queries.repeated import versions_out_of_step, works_out_of_step
from nhipcau.search.enums import IndexState
from nhipcau.search.queries import index_states

OLDEST_BACKUP = timedelta(days=2)
MAIL_SECONDS = 3


def debug(at: datetime) -> Finding:
    if settings.DEBUG:
        return wrong(
            "debug",
            _("Errors are shown to everybody, with settings and data."),
            mend="NHIPCAU_DEBUG=no",
        )
    return well("debug", _("off"))


def tls(at: datetime) -> Finding:
    """A house that others reach must be reached through TLS."""
    if not settings.IS_LOCAL and not settings.BEHIND_TLS:
        return wrong(
            "tls",
            _("People reach this house without TLS: passwords travel openly."),
            mend="NHIPCAU_PUBLIC_URL=https://…",
        )
    return well("tls", _("this machine only") if settings.IS_LOCAL else settings.PUBLIC_URL)


def provenance(at: datetime) -> Finding:
    """Pictures, sound, film and PDF leave signed or not at all."""
    if why := why_nothing_is_signed(at=at):
        return warning("provenance", why, mend="NHIPCAU_PROVENANCE_KEY, NHIPCAU_PROVENANCE_CERT")
    return well("provenance", _("released files can be signed"))


def migrations(at: datetime) -> Finding:
    unknown = unknown_migrations()
    if unknown:
        return wrong(
            "migrations",
            _("The database is newer than this code: it has %(name)s.") % {"name": unknown[-1]},
            mend=_("bring the newer version back"),
        )
    pending = pending_migrations()
    if pending:
        return wrong(
            "migrations",
            _("%(count)d migrations are not applied.") % {"count": len(pending)},
            mend="nhipcau upgrade",
        )
    return well("migrations", _("all applied"))


def journal(at: datetime) -> Finding:
    """SQLite in WAL mode: readers and the one writer do not wait for each other."""
    if connection.vendor != "sqlite":
        return well("journal", connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = str(cursor.fetchone()[0])
    if mode != "wal":
        return wrong(
            "journal",
            _("SQLite's journal is “%(mode)s”.") % {"mode": mode},
            mend=_("keep NHIPCAU_DATA on a local disk, not on a network share"),
        )
    return well("journal", "WAL")


def guards(at: datetime) -> Finding:
    missing = diary.missing_guards()
    if missing:
        return wrong(
            "guards",
            _("The database does not guard the diary: %(names)s.") % {"names": ", ".join(missing)},
            mend="nhipcau prepare",
        )
    return well("guards", _("the diary can be added to only"))


def lists(at: datetime) -> Finding:
    """What lists repeat of other rows, so that they need not look at all of them, is so."""
    wrong_rows = (
        items_out_of_step().count() + versions_out_of_step().count() + works_out_of_step().count()
    )
    if wrong_rows:
        return wrong(
            "lists",
            _("%(count)d rows are shown in lists as what they are not.") % {"count": wrong_rows},
            mend="nhipcau lists mend",
        )
    return well("lists", _("they show what there is"))


def workers(at: datetime) -> Finding:
    present = outbox.workers_present(at=at)
    if not present:
        return wrong(
            "workers",
            _("No worker has given a sign of life for two minutes."),
            mend="nhipcau serve",
        )
    return well("workers", _("%(count)d at work") % {"count": len(present)})


def index(at: datetime) -> Finding:
    """What is searched can be read, on this machine."""
    states = index_states()
    found = {state: label for label, state in states.items()}
    if IndexState.BROKEN in found:
        return wrong(
            "index",
            _("The index “%(name)s” cannot be read: nothing is found in it.")
            % {"name": found[IndexState.BROKEN]},
            mend=f"nhipcau search rebuild {found[IndexState.BROKEN]}",
        )
    if IndexState.MISSING in found:  # the worker builds it when it comes round
        return warning(
            "index",
            _("There is no index “%(name)s” yet: nothing is found in it.")
            % {"name": found[IndexState.MISSING]},
            mend="nhipcau search rebuild",
        )
    if IndexState.BUILDING in found:
        return warning(
            "index",
            _("The index “%(name)s” is being built.") % {"name": found[IndexState.BUILDING]},
            mend="nhipcau search rebuild",
        )
    return well("index", _("%(count)d can be searched") % {"count": len(states)})


def deliveries(at: datetime) -> Finding:
    board = outbox.consumers_board(at=at)
    given_up = sum(row.given_up for row in board)
    failing = sum(row.failing for row in board)
    if given_up:
        return wrong(
            "deliveries",
            _("%(count)d messages were given up.") % {"count": given_up},
            mend="nhipcau outbox status; nhipcau outbox retry",
        )
    if failing:
        return warning(
            "deliveries",
            _("%(count)d messages fail and are tried again.") % {"count": failing},
            mend="nhipcau outbox status; nhipcau outbox retry",
        )
    return well("deliveries", _("%(count)d owed") % {"count": sum(row.owed for row in board)})


def tasks(at: datetime) -> Finding:
    given_up = [trouble for trouble in outbox.task_queue(at=at).troubles if trouble.given_up_at]
    if given_up:
        return wrong(
            "tasks",
            _("%(count)d background tasks were given up.") % {"count": len(given_up)},
            mend="nhipcau outbox status; nhipcau outbox retry",
        )
    return well("tasks", _("none given up"))


def backups(at: datetime) -> Finding:
    newest = Backup.objects.order_by("-taken_at").values_list("taken_at", flat=True).first()
    mend = "nhipcau backup FILE"
    if newest is None:
        return warning("backups", _("There has never been a backup."), mend=mend)
    if at - newest > OLDEST_BACKUP:
        return warning(
            "backups",
            _("The last backup is %(days)d days old.") % {"days": (at - newest).days},
            mend=mend,
        )
    return well("backups", newest.isoformat(timespec="minutes"))


def mail(at: datetime) -> Finding:
    if "smtp" not in settings.EMAIL_BACKEND:
        return well("mail", _("kept in this process"))
    address = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=MAIL_SECONDS) as server:
            server.noop()
    except (OSError, smtplib.SMTPException):
        words = _("No mail server answers at %(address)s.") % {"address": address}
        mend = "NHIPCAU_SMTP_HOST=…"
        if settings.IS_LOCAL:
            return warning("mail", words, mend=mend)
        return wrong("mail", words, mend=mend)
    return well("mail", address)


def samples(at: datetime) -> Finding:
    count = sample_accounts().count()
    if count and not settings.SAMPLE_ACCOUNTS_ALLOWED:
        return wrong(
            "samples",
            _("%(count)d sample accounts, whose passwords everybody knows.") % {"count": count},
            mend=_("start with an empty place: nhipcau init"),
        )
    return well("samples", _("%(count)d sample accounts") % {"count": count})
