"""Looks at a restored copy before it takes its place; run as a process of its own on the copy.

Everything that a house can say about its own soundness, each where its room brings it.
"""

from __future__ import annotations

import sys

import django
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError

PROOFS = ("audit_verify", "media_verify")


def main() -> int:
    """0 when the copy is sound; else 1 and one sentence on stderr."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    known = get_commands()
    for proof in PROOFS:
        try:
            if proof in known:
                call_command(proof)
        except CommandError as failure:
            sys.stderr.write(f"{proof}: {failure}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
