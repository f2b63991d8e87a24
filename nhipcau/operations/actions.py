"""What the operator does: back up, restore, upgrade."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from nhipcau.audit.actions import record, seal_all, sign_head
from nhipcau.audit.queries import missing_guards
from nhipcau.kernel.actor import Actor
from nhipcau.operations.backup import archive, keys, restoring, taking
from nhipcau.operations.backup.engines import EngineFailed, engine
from nhipcau.operations.errors import BackupRefused, RestoreRefused, UpgradeFailed
from nhipcau.operations.models import Backup
from nhipcau.operations.queries import pending_migrations, rules_in_force
from nhipcau.operations.retention import ERASERS
from nhipcau.operations.serving.place import why_unusable

Say = Callable[[str], None]


def take_backup(*, file: Path, by: Actor, at: datetime) -> Backup:
    """Write database and files of this moment into one file; people may go on working.

    Raises BackupRefused when the name is taken, the disk full or the database unreachable;
    nothing is left under the name then. Keys are not in it.
    """
    try:
        taken = taking.take(file, engine=engine(), head=_signed_head(at=at), at=at)
    except FileExistsError as error:
        raise BackupRefused(
            _("%(file)s exists already; a backup never replaces a file.") % {"file": file}
        ) from error
    except OSError as error:
        raise BackupRefused(why_unusable(error, file.parent)) from error
    except EngineFailed as error:
        raise BackupRefused(
            _("The database could not be copied: %(reason)s") % {"reason": error}
        ) from error
    with transaction.atomic():
        backup = Backup.objects.create(
            taken_at=at, bytes=taken.bytes, sha256=taken.digest, members=taken.members
        )
        record(event="operations.backup.taken", target=backup, by=by, at=at)
    return backup


def take_keys(*, file: Path, by: Actor, at: datetime) -> list[str]:
    """Write the keys into a file of their own, to be kept elsewhere than the backups.

    Raises BackupRefused when the name is taken, the disk full, or the diary cannot be written:
    whoever holds the keys can sign as the province, so nobody takes them unseen. No file is left
    then.
    """
    try:
        names = keys.take(file)
    except FileExistsError as error:
        raise BackupRefused(
            _("%(file)s exists already; a backup never replaces a file.") % {"file": file}
        ) from error
    except OSError as error:
        raise BackupRefused(why_unusable(error, file.parent)) from error
    try:
        with transaction.atomic():
            house = Site.objects.get(is_default_site=True)
            record(event="operations.keys.taken", target=house, by=by, at=at, after={"keys": names})
    except (DatabaseError, Site.DoesNotExist) as error:
        file.unlink()
        raise BackupRefused(
            _(
                "The diary could not be written, so the keys were not taken: %(reason)s. "
                "In an emergency copy the folder %(folder)s by hand."
            )
            % {"reason": error, "folder": settings.KEYS}
        ) from error
    return names


def restore_backup(*, file: Path, by: Actor, at: datetime, say: Say) -> Backup:
    """Make this empty place the house of the backup, whole and proved.

    Raises RestoreRefused when the place is not empty, the file is not whole, or the copy does
    not pass the diary's and the files' checks; the place is as empty as before then.
    """
    restoring.clear_what_a_cut_off_restore_left()
    connections.close_all()
    chosen = engine()
    try:
        if not restoring.is_empty(chosen):
            raise RestoreRefused(
                _("There is a house in %(folder)s already; a restore needs an empty place.")
                % {"folder": settings.DATA}
            )
        summary = restoring.restore(file, engine=chosen, say=say)
    except (archive.Damaged, restoring.ProofFailed, EngineFailed) as error:
        raise RestoreRefused(
            _("%(file)s is not a whole backup: %(reason)s. Nothing was restored.")
            % {"file": file, "reason": error}
        ) from error
    except restoring.WrongEngine as error:
        raise RestoreRefused(
            _("This backup is of a %(engine)s database; set NHIPCAU_DATABASE_URL to such a one.")
            % {"engine": error}
        ) from error
    except OSError as error:
        folder = file if error.filename == str(file) else Path(settings.DATA)
        raise RestoreRefused(why_unusable(error, folder)) from error
    return _write_down(summary, file=file, by=by, at=at)


def _write_down(summary: dict[str, Any], *, file: Path, by: Actor, at: datetime) -> Backup:
    connections.close_all()
    with transaction.atomic():
        backup = Backup.objects.create(
            taken_at=datetime.fromisoformat(summary["moment"]),
            bytes=file.stat().st_size,
            sha256=summary["manifest_sha256"],
            members=summary["members"],
        )
        record(event="operations.backup.restored", target=backup, by=by, at=at)
    return backup


def restore_keys(*, file: Path, by: Actor, at: datetime) -> list[str]:
    """Put the keys back, before the backup itself; RestoreRefused once there is a house."""
    if not engine().is_empty():
        raise RestoreRefused(
            _("There is a house in %(folder)s already; a restore needs an empty place.")
            % {"folder": settings.DATA}
        )
    try:
        return keys.put_back(file)
    except archive.Damaged as error:
        raise RestoreRefused(
            _("%(file)s holds no keys of a house: %(reason)s.") % {"file": file, "reason": error}
        ) from error
    except OSError as error:
        raise RestoreRefused(why_unusable(error, file.parent)) from error


def upgrade(*, folder: Path, by: Actor, at: datetime, say: Say) -> list[str]:
    """Bring the database to this code: backup, migrate, check; back again when one fails.

    The migrations that were applied; [] when there were none. Raises UpgradeFailed after the
    database was put back as the backup holds it.
    """
    pending = pending_migrations()
    if not pending:
        return []
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BackupRefused(why_unusable(error, folder)) from error
    file = folder / f"before-upgrade-{at:%Y%m%d-%H%M%S}.nhipcau"
    # The diary that this code knows cannot be signed while its own tables wait to be changed.
    waits = any(name.startswith("audit.") for name in pending)
    try:
        head = {} if waits else _signed_head(at=at)
        taken = taking.take(file, engine=engine(), head=head, at=at)
    except OSError as error:
        raise BackupRefused(why_unusable(error, folder)) from error
    except EngineFailed as error:
        raise BackupRefused(
            _("The database could not be copied: %(reason)s") % {"reason": error}
        ) from error
    say(str(file))
    try:
        call_command("migrate", interactive=False, verbosity=0)
        _check()
        with transaction.atomic():
            backup = Backup.objects.create(
                taken_at=at, bytes=taken.bytes, sha256=taken.digest, members=taken.members
            )
            record(
                event="operations.house.upgraded",
                target=backup,
                by=by,
                at=at,
                after={"migrations": pending},
            )
    except Exception as error:
        # Whatever a migration raises, the house must be as it was.
        restoring.put_database_back(file, engine=engine())
        raise UpgradeFailed(
            _("The upgrade failed and the database is as it was before: %(reason)s")
            % {"reason": error}
        ) from error
    return pending


def apply_retention(*, by: Actor, at: datetime) -> dict[str, int]:
    """Erase what is older than its rule allows today; kind -> how much. Told to the diary.

    Each kind in a transaction of its own: what one cannot erase does not keep the others. The
    rule that counts is the newest that has begun.
    """
    erased: dict[str, int] = {}
    for rule in rules_in_force(on=timezone.localdate(at)):
        eraser = ERASERS.get(rule.kind)
        if eraser is None:
            continue
        with transaction.atomic():
            count = eraser(at - timedelta(days=rule.days), by, at)
            if count:
                record(
                    event="operations.retention.applied",
                    target=rule,
                    by=by,
                    at=at,
                    after={"erased": count},
                )
        erased[rule.kind] = count
    return erased


def _check() -> None:
    call_command("check", verbosity=0)
    if pending_migrations():
        raise DatabaseError("; ".join(pending_migrations()))
    missing = missing_guards()
    if missing:
        raise DatabaseError("; ".join(missing))


def _signed_head(*, at: datetime) -> dict[str, Any]:
    """The diary's head, to stand outside the database with the backup; {} of an empty diary."""
    seal_all(at=at)
    head = sign_head(at=at)
    return head.as_dict() if head else {}
