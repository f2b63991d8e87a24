"""What the dry run promises and what is public afterwards are one list: pages, files, hearers."""

from io import BytesIO

import pytest
from django.db.models.signals import post_save
from django.test import Client
from PIL import Image

from nhipcau.media.actions import keep_file
from nhipcau.media.models import Derivative, MediaFile, PublicCopy, SignedCopy
from nhipcau.media.provenance.authority import authority
from nhipcau.media.provenance.verifying import Standing, verify
from nhipcau.media.queries import path_of_file
from nhipcau.media.tests.intake.samples import picture_bytes
from nhipcau.outbox.models import Consumer, Handover
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import make_rendition, order_rendition, release_bundle
from nhipcau.publishing.errors import NotReadyToRelease
from nhipcau.publishing.models import Release, ReleasedFile, ReleasedVersion
from nhipcau.publishing.queries import address_of, dry_run
from nhipcau.publishing.tests.test_releases import picture, with_picture


def form_of(house, slug, *versions):
    ordered = order_rendition(slug=slug, versions=versions, by=house.publisher, at=AT)
    made = make_rendition(rendition=ordered, by=TEST, at=AT)
    assert made.state == "made", made.trouble
    return made


def smaller(item, spec="w4.webp"):
    """A size of the picture, as the library keeps it."""
    whole = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(whole, "WEBP")
    Derivative.objects.create(
        file=item.current,
        spec=spec,
        stored=keep_file(chunks=[whole.getvalue()], by=TEST, at=AT),
        mime="image/webp",
        width=4,
        height=3,
        made_at=AT,
    )


@pytest.fixture
def bundle(house):
    """A work with a picture in two sizes, two forms of two files each and one of one."""
    item = picture(house)
    smaller(item)
    work = house.work(body=with_picture(item))
    version = house.approved(work)
    forms = [form_of(house, slug, version) for slug in ("qr", "short-text", "web-page")]
    return house.bundle(work, renditions=forms)


def identity(file):
    """Which file it is: of which work, of what, in which size, called how."""
    return (
        file.rendition and file.rendition.renderer,
        file.media_key,
        file.role,
        file.name,
        file.media_type,
    )


def test_the_dry_run_is_what_is_public_afterwards(house, bundle):
    Consumer.objects.create(name="cổng", topics=["publishing."], since=AT)
    Consumer.objects.create(name="kế hoạch", topics=["plans."], since=AT)
    Consumer.objects.create(name="cũ", topics=["publishing."], since=AT, until=AT)

    told = dry_run(bundle, at=AT)
    (release,) = release_bundle(bundle=bundle, by=house.publisher, at=AT)

    left = ReleasedFile.objects.select_related("rendition", "public_copy")
    assert len(told.files) == 7
    assert sorted(map(identity, told.files), key=str) == sorted(map(identity, left), key=str)
    assert {file.subject_id for file in told.files} == {release.subject_id}
    assert {Client().get(f"/media/{file.public_copy.name}").status_code for file in left} == {200}
    assert set(PublicCopy.objects.all()) == {file.public_copy for file in left}
    texts = ReleasedVersion.objects.public(at=AT)
    assert sorted(told.addresses) == sorted(address_of(text) for text in texts)
    heard = Handover.objects.filter(message__topic="publishing.release.out")
    assert set(told.channels) == set(heard.values_list("consumer", flat=True)) >= {"cổng"}
    assert not {"kế hoạch", "cũ"} & set(told.channels)


def test_every_file_of_a_form_leaves_and_carries_a_credential_where_it_can(house, bundle):
    (release,) = release_bundle(bundle=bundle, by=house.publisher, at=AT)

    files = {file.name: file for file in release.files.exclude(rendition=None)}
    assert {file.role for file in files.values()} > {""}
    anchors = authority(at=AT).anchors
    drawn = [file for file in files.values() if file.media_type == "image/png"]
    assert [file.rendition.renderer for file in drawn] == ["qr"]
    for file in drawn:
        assert (
            verify(path_of_file(file.stored), mime="image/png", anchors=anchors).standing
            is Standing.TRUSTED
        )
    unaccented = [
        file for file in files.values() if file.rendition.renderer == "short-text" and file.role
    ]
    assert [path_of_file(file.stored).read_text().isascii() for file in unaccented] == [True]


def test_what_is_changed_while_it_is_signed_does_not_leave(house, bundle):
    other = keep_file(chunks=[picture_bytes("PNG", optimize=True)], by=TEST, at=AT)
    seen = dict(MediaFile.objects.values_list("pk", "stored"))

    def replace(**_kwargs):
        MediaFile.objects.update(stored=other)

    post_save.connect(replace, sender=SignedCopy)
    try:
        with pytest.raises(NotReadyToRelease):
            release_bundle(bundle=bundle, by=house.publisher, at=AT)
    finally:
        post_save.disconnect(replace, sender=SignedCopy)

    assert not Release.objects.exists()
    assert not PublicCopy.objects.exists()
    # It is not what the reviewers saw, either; what they saw leaves.
    with pytest.raises(NotReadyToRelease):
        release_bundle(bundle=bundle, by=house.publisher, at=AT)
    for file, stored in seen.items():
        MediaFile.objects.filter(pk=file).update(stored=stored)
    assert release_bundle(bundle=bundle, by=house.publisher, at=AT)


def test_its_price_does_not_grow_with_what_it_holds(house, django_assert_num_queries):
    def bundle_of(count):
        works = []
        for number in range(count):
            item = picture(house)
            work = house.work(title=f"Tin {number}", body=with_picture(item))
            works.append((work, form_of(house, "qr", house.approved(work))))
        made = house.bundle(*(work for work, _form in works))
        for work, form in works:
            made.items.get(subject=work.subject).renditions.set([form])
        return made

    for bundle in (bundle_of(1), bundle_of(3)):
        with django_assert_num_queries(16):
            assert dry_run(bundle, at=AT).may_leave
