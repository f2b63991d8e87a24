"""People who write and upload: run as a process of its own, until it is told to stop.

Prints the digest of every file and the number of every entry once they are committed.
"""

import os
import secrets
import sys

import django


def main(count):
    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from nhipcau.audit.actions import record
    from nhipcau.kernel.actor import Machine
    from nhipcau.media.actions import keep_file
    from nhipcau.outbox.models import Message

    by = Machine("writer")
    for _ in range(count):
        stored = keep_file(chunks=[secrets.token_bytes(2000)], by=by, at=timezone.now())
        with transaction.atomic():
            message = Message.objects.create(
                topic="drill", key=secrets.token_hex(8), written_at=timezone.now()
            )
            record(event="drill.message.written", target=message, by=by, at=timezone.now())
        sys.stdout.write(f"{stored.sha256}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")  # noqa: TID251 -- a process's start
    main(int(sys.argv[1]))
