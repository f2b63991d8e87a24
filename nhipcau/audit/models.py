"""The diary's lines, the chain that seals them and the signatures under it.

The database refuses to change or delete any of these rows (see guards.py), but for `Unsealed`,
which is the sealer's tray of work.
"""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One thing that somebody did. Never changed, never deleted.

    Personal data: `by_name` is the official name under which the person acted; personal values
    in `before` and `after` are kept as salted hashes only, and a target that is itself a person
    says through `diary_name` how the diary may call it.
    """

    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=80)
    by_key = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    unit_key = models.CharField(max_length=80, blank=True)
    unit_name = models.CharField(max_length=300, blank=True)
    target_kind = models.CharField(max_length=80)
    target_key = models.CharField(max_length=80)
    target_name = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    words = models.TextField(blank=True)  # names without accents, for the search

    class Meta:
        indexes = [
            # Each ends with id: a page of history is one walk down the index.
            models.Index(fields=["target_kind", "target_key", "id"], name="audit_of_a_target"),
            models.Index(fields=["by_key", "id"], name="audit_of_an_actor"),
            models.Index(fields=["event", "id"], name="audit_of_an_event"),
            models.Index(fields=["unit_key", "id"], name="audit_of_a_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.target_name}"


class Unsealed(models.Model):
    """An entry that the sealer has yet to seal; written with the entry, in its transaction.

    A late commit is therefore found however low its number is, without a look at the whole diary.
    """

    entry_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"entry {self.entry_id}"


class Seal(models.Model):
    """One link of the chain: positions 1, 2, 3 … in the order of sealing.

    `digest` is the hash of the entry alone, `hash` that of the link before, the position, the
    entry's id and its digest (rules.link). The entry is named by number, not by a foreign key,
    so that a missing one can be named.
    """

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"seal {self.position} of entry {self.entry_id}"


class SignedHead(models.Model):
    """The chain's head at one moment, signed with the house's key.

    The same words stand outside the database (NHIPCAU_DATA/heads, backups, digests), so that a
    cut-off tail is found. `key` is the public key, `signature` Ed25519 over
    rules.words_of_a_head; both base64.
    """

    position = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    key = models.CharField(max_length=44)
    signature = models.CharField(max_length=88)

    class Meta:
        indexes = [models.Index(fields=["position"], name="audit_head_at_a_position")]

    def __str__(self) -> str:
        return f"head at {self.position}, {self.at:%Y-%m-%d %H:%M}"
