"""Looks at a restored copy before it takes its place; run as a process of its own on the copy.

The first argument names the file with the diary's head that the backup carries: it shows a tail
that was cut off.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.core.management.base import CommandError


def main() -> int:
    """0 when the copy is sound; else 1 and one sentence on stderr."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    try:
        call_command("audit_verify", head=[Path(sys.argv[1])])
        call_command("media_verify")
    except CommandError as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
