"""Credentials in what leaves: every kind, sizes with their parent, and every change is seen."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from nhipcau.audit.models import Entry
from nhipcau.media import store
from nhipcau.media.actions import make_derivatives, sign_file
from nhipcau.media.errors import NoProvenanceKey
from nhipcau.media.provenance.authority import (
    Authority,
    authority,
    sample_authority,
)
from nhipcau.media.provenance.signing import Claim, sign
from nhipcau.media.provenance.verifying import Standing, verify
from nhipcau.media.rules.credentials import Said
from nhipcau.media.tests.intake.samples import (
    decoded,
    film,
    pdf,
    picture_bytes,
    sound,
    svg,
    told_by_exiftool,
    word_bytes,
)
from nhipcau.people.tests.factories import AT, TEST

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
CLAIM = Claim(title="Cầu biên giới", issuer="UBND xã Na Chương", at=AT)
MAKE = {
    "image/jpeg": lambda path: path.write_bytes(picture_bytes("JPEG")),
    "image/png": lambda path: path.write_bytes(picture_bytes("PNG")),
    "image/webp": lambda path: path.write_bytes(picture_bytes("WEBP")),
    "image/avif": lambda path: path.write_bytes(picture_bytes("AVIF")),
    "image/gif": lambda path: path.write_bytes(picture_bytes("GIF")),
    "image/svg+xml": lambda path: path.write_bytes(svg("<text>a</text>")),
    "application/pdf": pdf,
    "video/mp4": lambda path: film(path, "-f", "mp4"),
    "video/quicktime": lambda path: film(path, "-f", "mov"),
    "audio/mp4": lambda path: sound(path, "-f", "ipod"),
    "audio/mpeg": lambda path: sound(path, "-f", "mp3"),
    "audio/wav": lambda path: sound(path, "-f", "wav"),
    "audio/flac": lambda path: sound(path, "-f", "flac"),
}


@pytest.fixture
def keys(tmp_path, settings):
    """A sample authority that holds at the real now: the checker reads the clock."""
    from django.utils import timezone

    settings.KEYS, settings.IS_LOCAL = tmp_path / "keys", True
    return authority(at=timezone.now())


@pytest.mark.parametrize("mime", MAKE)
def test_every_kind_says_who_issued_it_and_a_changed_byte_is_seen(mime, keys, tmp_path):
    source, signed = tmp_path / "source", tmp_path / "signed"
    MAKE[mime](source)
    sign(source, signed, mime=mime, claim=CLAIM, authority=keys)

    verdict = verify(signed, mime=mime, anchors=keys.anchors)
    assert verdict.standing is Standing.TRUSTED
    assert (verdict.title, verdict.publisher) == (CLAIM.title, CLAIM.issuer)
    assert signed.stat().st_size - source.stat().st_size < 20_000, "no thumbnail"
    assert verify(source, mime=mime, anchors=keys.anchors).standing is Standing.NONE
    data = bytearray(signed.read_bytes())
    data[len(data) - 30 if mime != "image/svg+xml" else data.index(b"#23407a") + 1] ^= 1
    signed.write_bytes(data)
    changed = verify(signed, mime=mime, anchors=keys.anchors).standing
    assert changed is Standing.CHANGED


@pytest.mark.parametrize("mime", ["video/mp4", "audio/mpeg", "audio/wav", "image/jpeg"])
def test_what_is_signed_still_plays_and_shows_the_same(mime, keys, tmp_path):
    source, signed = tmp_path / "source", tmp_path / "signed"
    MAKE[mime](source)
    sign(source, signed, mime=mime, claim=CLAIM, authority=keys)

    assert decoded(signed) == decoded(source)
    if mime == "image/jpeg":
        assert any("JUMBF" in tag or "JUMD" in tag for tag in told_by_exiftool(signed))


def test_a_signer_that_nobody_knows_is_said_to_be_unknown(keys, tmp_path):
    from django.utils import timezone

    stranger = sample_authority(tmp_path / "stranger", at=timezone.now())
    source, signed = tmp_path / "a.jpg", tmp_path / "b.jpg"
    source.write_bytes(picture_bytes("JPEG"))
    sign(source, signed, mime="image/jpeg", claim=CLAIM, authority=stranger)

    verdict = verify(signed, mime="image/jpeg", anchors=keys.anchors)
    assert verdict.standing is Standing.UNKNOWN_SIGNER


def test_a_file_leaves_signed_and_its_sizes_name_it_as_their_parent(keys, picture):
    file = picture.current
    said = Said(picture.title, "UBND xã Na Chương", picture.licence)
    signed = sign_file(stored=file.stored, mime=file.mime, said=said, by=TEST, at=AT)
    small = make_derivatives(file=file, specs=["w160.webp"], by=TEST, at=AT)[0]
    child = sign_file(
        stored=small.stored,
        mime="image/webp",
        said=said,
        made_of=(signed, file.mime),
        by=TEST,
        at=AT,
    )

    verdict = verify(store.path_of(child.sha256), mime="image/webp", anchors=keys.anchors)
    assert verdict.standing is Standing.TRUSTED
    assert verdict.publisher == "UBND xã Na Chương"
    assert verdict.parents == (picture.title,)
    kept = verify(store.path_of(file.stored.sha256), mime=file.mime, anchors=keys.anchors)
    assert kept.standing is Standing.NONE, "what is kept is not touched"


def test_what_says_the_same_is_signed_once(keys, picture):
    file = picture.current

    def signed(said):
        return sign_file(stored=file.stored, mime=file.mime, said=said, by=TEST, at=AT)

    first = signed(Said("Chợ phiên", "UBND xã Na Chương"))
    assert signed(Said("Chợ phiên", "UBND xã Na Chương")) == first
    assert signed(Said("Chợ phiên", "Sở Ngoại vụ")) != first
    assert signed(Said("Chợ đêm", "UBND xã Na Chương")) != first
    assert Entry.objects.filter(event="media.file.signed").count() == 3


def test_a_kind_that_carries_no_credential_leaves_as_it_is(keys, bring):
    paper = bring(word_bytes(), "a.docx").item.current

    left = sign_file(stored=paper.stored, mime=paper.mime, said=Said("x", "y"), by=TEST, at=AT)

    assert left == paper.stored


def test_without_a_key_a_real_house_signs_nothing_and_says_so(settings, picture):
    settings.IS_LOCAL = False
    file = picture.current

    with pytest.raises(NoProvenanceKey, match="NHIPCAU_PROVENANCE_KEY"):
        sign_file(stored=file.stored, mime=file.mime, said=Said("x", "y"), by=TEST, at=AT)


def test_a_key_from_settings_is_used_and_a_wrong_one_is_refused(settings, keys, tmp_path, picture):
    folder = Path(settings.KEYS) / "provenance-sample"
    settings.IS_LOCAL = False
    settings.PROVENANCE_KEY = str(folder / "signer.key")
    settings.PROVENANCE_CERT = str(folder / "chain.pem")
    assert authority(at=AT) == Authority(keys.key, keys.chain, keys.anchors)
    (tmp_path / "wrong.key").write_text("no key")
    settings.PROVENANCE_KEY = str(tmp_path / "wrong.key")
    with pytest.raises(NoProvenanceKey):
        sign_file(
            stored=picture.current.stored,
            mime=picture.current.mime,
            said=Said("x", "y"),
            by=TEST,
            at=AT,
        )
    settings.PROVENANCE_KEY = str(tmp_path / "missing.key")
    with pytest.raises(NoProvenanceKey):
        authority(at=AT)


def test_the_key_of_the_sample_is_read_by_its_owner_alone(keys, settings):
    key = Path(settings.KEYS) / "provenance-sample" / "signer.key"

    assert key.stat().st_mode & 0o077 == 0


def test_media_verify_says_of_a_file_who_issued_it_and_whether_it_was_changed(keys, tmp_path):
    source, good, bad = (tmp_path / name for name in ("a.jpg", "b.jpg", "c.jpg"))
    source.write_bytes(picture_bytes("JPEG"))
    sign(source, good, mime="image/jpeg", claim=CLAIM, authority=keys)
    data = bytearray(good.read_bytes())
    data[-30] ^= 1
    bad.write_bytes(data)
    out = StringIO()

    call_command("media_verify", str(good), stdout=out)
    assert "UBND xã Na Chương" in out.getvalue()
    for path in (bad, source, tmp_path / "missing.jpg"):
        with pytest.raises(CommandError):
            call_command("media_verify", str(path), stdout=out)
    assert "dataHash.mismatch" in out.getvalue()
