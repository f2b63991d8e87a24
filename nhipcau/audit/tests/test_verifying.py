import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from nhipcau.audit import heads
from nhipcau.audit.actions import record, seal, seal_all, sign_head
from nhipcau.audit.chain import Finding
from nhipcau.audit.enums import Flaw
from nhipcau.audit.guards import lift_guards, make_guards
from nhipcau.audit.models import Entry, Seal, SignedHead, Unsealed
from nhipcau.audit.queries import latest_head
from nhipcau.audit.rules import link, sign
from nhipcau.audit.verification import Verification
from nhipcau.kernel.actor import Machine

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def diary(django_capture_on_commit_callbacks):
    """Ten sealed entries under two signed heads, at positions 5 and 10; the guards are away.

    Whoever attacks it owns the database, but not the key.
    """
    entries = []
    for half in (0, 5):
        entries += [
            record(
                event="plans.plan.accepted",
                target=Seal(position=number),
                by=Machine("test"),
                at=NOON + timedelta(minutes=number),
                before={"title": "cũ"},
                after={"title": f"mới {number}", "days": [1, 2]},
            )
            for number in range(half, half + 5)
        ]
        with django_capture_on_commit_callbacks(execute=True):
            assert seal_all(at=NOON) == 5
            sign_head(at=NOON + timedelta(minutes=half))
    lift_guards(connection)
    return [entry.pk for entry in entries]


def findings(*extra):
    return list(Verification(extra_heads=list(extra)).findings())


def reseal(first):
    """What an attacker without the key can do: compute the chain anew from `first` on."""
    seals = list(Seal.objects.order_by("position"))
    for before, each in zip([None, *seals], seals, strict=False):
        if each.position >= first:
            each.hash = link(
                before=before.hash,
                position=each.position,
                entry_id=each.entry_id,
                digest=each.digest,
            )
            each.save()


def test_a_diary_that_nobody_touched_is_whole(diary):
    verification = Verification()

    assert list(verification.findings()) == []
    assert (verification.links, verification.heads, verification.unsealed) == (10, 4, 0)


def test_entries_that_wait_for_the_sealer_are_counted(diary):
    record(event="a.b.done", target=Seal(position=1), by=Machine("test"), at=NOON)
    verification = Verification()

    assert list(verification.findings()) == []
    assert verification.unsealed == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("by_name", "somebody else"),
        ("at", NOON + timedelta(microseconds=1)),
        ("after", {"title": "mới 3", "days": [2, 1]}),
        ("words", ""),
        ("request_id", "forged"),
    ],
)
def test_a_changed_entry_is_named(diary, column, value):
    Entry.objects.filter(pk=diary[3]).update(**{column: value})

    assert findings() == [Finding(Flaw.ENTRY_CHANGED, diary[3], 4)]


def test_each_of_many_changed_entries_is_named(diary):
    Entry.objects.filter(pk__in=diary[2:9:2]).update(by_name="somebody else")

    assert findings() == [Finding(Flaw.ENTRY_CHANGED, diary[n], n + 1) for n in (2, 4, 6, 8)]


def test_a_missing_entry_is_named(diary):
    Entry.objects.filter(pk=diary[6]).delete()

    assert findings() == [Finding(Flaw.ENTRY_MISSING, diary[6], 7)]


def test_an_entry_deleted_before_it_was_sealed_is_named(diary):
    entry = record(event="a.b.done", target=Seal(position=1), by=Machine("test"), at=NOON)
    number = entry.pk
    entry.delete()

    assert findings() == [Finding(Flaw.ENTRY_MISSING, number)]
    assert seal(at=NOON) == 0


def test_a_missing_seal_is_named_and_so_is_its_entry(diary):
    Seal.objects.filter(position=4).delete()

    assert findings() == [
        Finding(Flaw.SEAL_MISSING, position=4, last=4),
        Finding(Flaw.ENTRY_SLIPPED_IN, diary[3]),
    ]


def test_a_missing_seal_over_which_the_others_closed_up_is_named(diary):
    Seal.objects.filter(position=4).delete()
    for position in range(5, 11):
        Seal.objects.filter(position=position).update(position=position - 1)

    found = findings()

    assert Finding(Flaw.SEAL_MISSING, position=4) in found
    assert Finding(Flaw.ENTRY_SLIPPED_IN, diary[3]) in found
    assert {finding.flaw for finding in found} == {
        Flaw.SEAL_MISSING,
        Flaw.ENTRY_SLIPPED_IN,
        Flaw.REWRITTEN,  # head 5 now stands over another link
        Flaw.TAIL_CUT,  # and there is no position 10
    }


@pytest.mark.parametrize("column", ["hash", "digest"])
def test_a_changed_seal_is_named(diary, column):
    Seal.objects.filter(position=4).update(**{column: "0" * 64})

    assert findings() == [Finding(Flaw.SEAL_CHANGED, diary[3], 4)]


def test_an_entry_changed_together_with_its_seal_is_named(diary):
    Entry.objects.filter(pk=diary[3]).update(by_name="somebody else")
    forged = next(iter(_links_as_found(4)))
    third = Seal.objects.get(position=3)
    Seal.objects.filter(position=4).update(
        digest=forged,
        hash=link(before=third.hash, position=4, entry_id=diary[3], digest=forged),
    )

    assert findings() == [Finding(Flaw.SEAL_CHANGED, diary[3], 4)]


def _links_as_found(position):
    from nhipcau.audit.verification import _links

    return [each.found for each in _links() if each.position == position]


@pytest.mark.parametrize(("first", "second"), [(3, 8), (3, 4), (1, 9)])
def test_entries_that_changed_places_are_named(diary, first, second):
    Seal.objects.filter(position=first).update(entry_id=-1)
    Seal.objects.filter(position=second).update(entry_id=diary[first - 1])
    Seal.objects.filter(position=first).update(entry_id=diary[second - 1])

    assert findings() == [
        Finding(Flaw.REORDERED, diary[second - 1], first),
        Finding(Flaw.REORDERED, diary[first - 1], second),
    ]


@pytest.mark.parametrize(("first", "second"), [(3, 8), (3, 4), (1, 9)])
def test_seals_that_changed_places_are_named(diary, first, second):
    Seal.objects.filter(position=first).update(position=-1)
    Seal.objects.filter(position=second).update(position=first)
    Seal.objects.filter(position=-1).update(position=second)

    assert findings() == [
        Finding(Flaw.REORDERED, diary[second - 1], first),
        Finding(Flaw.REORDERED, diary[first - 1], second),
    ]


def test_an_entry_written_past_the_diary_is_named(diary):
    entry = Entry.objects.create(at=NOON, event="a.b.done", by_key="person:1", by_name="X")

    assert findings() == [Finding(Flaw.ENTRY_SLIPPED_IN, entry.pk)]


def test_an_entry_inserted_before_others_is_named(diary):
    alien = Entry.objects.create(at=NOON, event="a.b.done", by_key="person:1", by_name="X")
    for position in range(10, 3, -1):
        Seal.objects.filter(position=position).update(position=position + 1)
    Seal.objects.create(
        position=4, entry_id=alien.pk, digest="d" * 64, hash="e" * 64, sealed_at=NOON
    )

    found = findings()

    assert found[0] == Finding(Flaw.SEAL_INSERTED, alien.pk, 4, 4)
    assert {finding.flaw for finding in found} == {Flaw.SEAL_INSERTED, Flaw.REWRITTEN}


def test_a_chain_computed_anew_is_named_by_the_heads_around_it(diary):
    Entry.objects.filter(pk=diary[7]).update(by_name="somebody else")
    Seal.objects.filter(position=8).update(digest=_links_as_found(8)[0])
    reseal(8)

    assert findings() == [Finding(Flaw.REWRITTEN, position=6, last=10)]


def test_a_cut_off_tail_is_found_by_the_head_in_the_database(diary):
    Entry.objects.filter(pk__in=diary[7:]).delete()
    Seal.objects.filter(position__gt=7).delete()
    for path in heads.files():
        path.unlink()

    assert findings() == [Finding(Flaw.TAIL_CUT, position=8, last=10)]


def test_a_cut_off_tail_with_its_heads_is_found_by_the_file_outside(diary):
    Entry.objects.filter(pk__in=diary[7:]).delete()
    Seal.objects.filter(position__gt=7).delete()
    SignedHead.objects.filter(position__gt=7).delete()

    assert findings() == [Finding(Flaw.TAIL_CUT, position=8, last=10)]


def test_a_cut_off_tail_is_found_by_a_copy_kept_elsewhere(diary, tmp_path):
    copy = tmp_path / "digest.txt"
    copy.write_text(f"Nhật ký\n\n{json.dumps(latest_head().as_dict())}\n")
    Entry.objects.filter(pk__in=diary[7:]).delete()
    Seal.objects.filter(position__gt=7).delete()
    SignedHead.objects.filter(position__gt=7).delete()
    for path in heads.files():
        path.unlink()

    assert findings() == []
    assert findings(copy) == [Finding(Flaw.TAIL_CUT, position=8, last=10)]


def test_a_whole_diary_emptied_is_found_by_the_file_outside(diary):
    for model in (Entry, Seal, SignedHead, Unsealed):
        model.objects.all().delete()

    assert findings() == [
        Finding(Flaw.TAIL_CUT, position=1, last=5),
        Finding(Flaw.TAIL_CUT, position=6, last=10),
    ]


def test_a_forged_signature_is_named(diary):
    SignedHead.objects.filter(position=5).update(hash="0" * 64)

    assert findings() == [Finding(Flaw.BAD_SIGNATURE, position=5)]


def test_a_head_signed_by_a_stranger_is_named(diary):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    last = Seal.objects.get(position=10)
    stranger = sign(position=10, hash=last.hash, at=NOON, key=Ed25519PrivateKey.generate())
    SignedHead.objects.create(
        position=10, hash=last.hash, at=NOON, key=stranger.key, signature=stranger.signature
    )

    assert findings() == [Finding(Flaw.UNKNOWN_KEY, position=10)]


def test_heads_of_a_former_key_stay_good(diary, settings):
    old = latest_head().key
    (settings.KEYS / "diary_signing_key.pem").unlink()

    assert {finding.flaw for finding in findings()} == {Flaw.UNKNOWN_KEY}

    (settings.KEYS / "diary_signing_2026.pub").write_text(old + "\n")
    assert findings() == []


def test_the_command_says_that_a_diary_is_whole(diary, capsys):
    make_guards(connection)

    call_command("audit_verify")

    assert capsys.readouterr().out == (
        "Read 10 sealed entries and 4 signed heads; 0 entries wait for the sealer.\n"
        "The diary is whole.\n"
    )


def test_the_command_names_flaws_and_missing_guards_and_fails(diary, capsys):
    Entry.objects.filter(pk=diary[3]).update(by_name="somebody else")
    make_guards(connection)

    with pytest.raises(CommandError, match=r"^The diary is not what it was: 1 flaw\.$"):
        call_command("audit_verify")

    assert capsys.readouterr().out.splitlines()[0] == f"entry changed: entry {diary[3]}, position 4"


def test_the_command_refuses_a_file_that_is_no_head(diary, tmp_path):
    torn = tmp_path / "torn.jsonl"
    torn.write_text('{"position": 3,\n')

    with pytest.raises(CommandError, match=r"torn\.jsonl, line 1"):
        call_command("audit_verify", "--head", str(torn))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("audit_verify", "--head", str(tmp_path / "none"))
