"""Forms: ordered of approved words, made once by the worker, stale when a source moves on."""

import io

import pikepdf
import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from PIL import Image

from nhipcau.media.queries import path_of_file
from nhipcau.outbox.tests.troubles import give_up
from nhipcau.people.actions import open_account
from nhipcau.people.tests.factories import AT, PASSWORD, TEST, make_person
from nhipcau.publishing.actions import (
    choose,
    make_bundle,
    make_rendition,
    order_rendition,
    release_bundle,
)
from nhipcau.publishing.errors import NotPossible, NotReadyToRelease, NotYours
from nhipcau.publishing.models import ReleasedFile, Rendition
from nhipcau.publishing.queries.bundles import choice_of
from nhipcau.publishing.queries.pins import is_stale
from nhipcau.publishing.renderers.listed import every_renderer
from nhipcau.publishing.tests import openers
from nhipcau.publishing.tests.specimens import emblem
from nhipcau.registry.actions.province import establish_province
from nhipcau.registry.models import Area
from nhipcau.translation.actions import save_words
from nhipcau.works.rules.kinds import KINDS


def test_every_kind_has_the_form_that_it_is_for():
    offered = {each.slug: each.kinds for each in every_renderer()}

    for kind, spec in KINDS.items():
        assert not offered[spec.form] or kind in offered[spec.form], kind


def test_a_form_is_made_of_approved_words_and_kept_by_its_content(house):
    work = house.work()
    version = house.approved(work)

    form = order_rendition(slug="short-text", versions=[version], by=house.author, at=AT)
    made = make_rendition(rendition=form, by=TEST, at=AT)

    assert made.state == "made"
    text = path_of_file(made.file).read_text()
    assert "Chợ phiên vùng biên" in text
    assert [each.revision for each in made.made_of.all()] == [version.approved_revision]


def test_ordering_or_making_again_gives_the_same(house):
    version = house.approved(house.work())
    first = order_rendition(slug="short-text", versions=[version], by=house.author, at=AT)
    made = make_rendition(rendition=first, by=TEST, at=AT)

    again = order_rendition(slug="short-text", versions=[version], by=house.publisher, at=AT)
    remade = make_rendition(rendition=again, by=TEST, at=AT)

    assert (again, remade.file) == (first, made.file)
    assert Rendition.objects.count() == 1


@pytest.mark.parametrize("what", ["unapproved", "unknown form", "too few", "stranger"])
def test_what_is_not_ordered(house, what):
    work = house.work()
    version = work.subject.versions.get()
    if what != "unapproved":
        house.approved(work)
    slug = {"unknown form": "hologram", "too few": "parallel"}.get(what, "short-text")
    by = make_person("Người Lạ") if what == "stranger" else house.author

    with pytest.raises((NotPossible, NotYours)):
        order_rendition(slug=slug, versions=[version], by=by, at=AT)

    assert not Rendition.objects.exists()


def test_a_form_that_the_queue_gave_up_says_so_and_may_be_ordered_again(house):
    version = house.approved(house.work())
    first = order_rendition(slug="short-text", versions=[version], by=house.author, at=AT)

    give_up(DBTaskResult.objects.all(), at=AT)

    first.refresh_from_db()
    assert first.state == "failed"
    assert "hãy đặt làm lại" in first.trouble
    again = order_rendition(slug="short-text", versions=[version], by=house.author, at=AT)
    assert make_rendition(rendition=again, by=TEST, at=AT).state == "made"


def test_a_bilingual_form_is_stale_when_either_source_moves_on_and_does_not_leave(house):
    work = house.work()
    vietnamese = house.approved(work)
    english = house.translated(work)
    house.hand_in(english, by=house.translator)
    house.clear(english)
    form = order_rendition(slug="parallel", versions=[vietnamese, english], by=house.author, at=AT)
    make_rendition(rendition=form, by=TEST, at=AT)
    form.refresh_from_db()
    assert form.state == "made", form.trouble
    assert not is_stale(form)

    save_words(version=english, by=house.translator, at=AT, words={"title": "Market days"})
    house.hand_in(english, by=house.translator)
    house.clear(english)

    form = Rendition.objects.get()
    assert is_stale(form)
    bundle = make_bundle(title="x", unit=house.unit, by=house.publisher, at=AT)
    choose(
        bundle=bundle,
        subject=work.subject,
        versions=[vietnamese, english],
        renditions=[form],
        by=house.publisher,
        at=AT,
    )
    with pytest.raises(NotReadyToRelease):
        release_bundle(bundle=bundle, by=house.publisher, at=AT)


def test_a_form_leaves_with_its_release(house):
    work = house.work()
    version = house.approved(work)
    form = order_rendition(slug="short-text", versions=[version], by=house.author, at=AT)
    make_rendition(rendition=form, by=TEST, at=AT)

    release_bundle(
        bundle=house.bundle(work, renditions=[Rendition.objects.get()]), by=house.publisher, at=AT
    )

    left = ReleasedFile.objects.all()
    assert {(each.rendition, bool(each.role)) for each in left} == {(form, False), (form, True)}
    assert all(each.public_copy is not None for each in left)


def test_what_cannot_be_made_says_why(house):
    work = house.work(body=[])
    version = house.approved(work)
    form = order_rendition(slug="infographic", versions=[version], by=house.author, at=AT)

    failed = make_rendition(rendition=form, by=TEST, at=AT)

    assert failed.state == "failed"
    assert failed.trouble


@pytest.mark.parametrize("has_emblem", [True, False])
def test_a_sheet_bears_the_emblem_of_the_province(house, has_emblem):
    establish_province(
        area=Area.objects.create(key="tinh/mau-son", kind="province", label="tỉnh Mẫu Sơn"),
        name="Tỉnh Mẫu Sơn",
        emblem=emblem() if has_emblem else b"",
        colour="#23407a",
        accent="#b02a57",
        languages=["vi"],
        by=TEST,
        at=AT,
    )
    version = house.approved(house.work())

    form = order_rendition(slug="sheet", versions=[version], by=house.author, at=AT)
    made = make_rendition(rendition=form, by=TEST, at=AT)

    with pikepdf.open(path_of_file(made.file)) as paper:
        drawn = [
            pikepdf.PdfImage(picture).as_pil_image().convert("RGB")
            for page in paper.pages
            for picture in page.get_images().values()
        ]
    with Image.open(io.BytesIO(emblem())) as given:
        size, ink = given.size, given.convert("RGB").getpixel((240, 400))
    assert [each.size for each in drawn] == ([size] if has_emblem else [])
    assert all(each.getpixel((240, 400)) == ink for each in drawn)
    told = openers.structure(path_of_file(made.file).read_bytes())
    assert told["tags"].get("Figure", 0) == 1 + has_emblem  # the code that leads to the page
    assert told["figures_without_words"] == 0


class TestAnArchiveCopy:
    """Ordered from the page of the work, beside the public one; it stays in the house."""

    def ordered(self, house, client, slug="sheet"):
        work = house.work()
        version = house.approved(work)
        client.force_login(open_account(person=house.author, password=PASSWORD, by=TEST, at=AT))
        page = reverse("works:work", args=[work.subject.uuid])
        assert 'name="purpose" value="archive"' in client.get(page).content.decode()
        for purpose in ("archive", ""):
            client.post(
                reverse("publishing:order_forms", args=[work.subject.uuid]),
                {"form": slug, "v": [version.pk], "purpose": purpose},
            )
        return work, version

    def test_is_a_form_of_its_own_that_archives_can_keep(self, house, client):
        work, _version = self.ordered(house, client)
        assert sorted(Rendition.objects.values_list("purpose", flat=True)) == ["archive", "public"]

        made = make_rendition(rendition=Rendition.objects.get(purpose="archive"), by=TEST, at=AT)

        with pikepdf.open(path_of_file(made.file)) as paper, paper.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")
        page = client.get(reverse("works:work", args=[work.subject.uuid]))
        assert [(line.form.purpose, line.may_be_had) for line in page.context["forms"]] == [
            ("archive", True),
            ("public", False),
        ]

    def test_is_neither_offered_to_a_bundle_nor_taken_by_one(self, house, client):
        work, version = self.ordered(house, client)
        for form in Rendition.objects.all():
            make_rendition(rendition=form, by=TEST, at=AT)

        offered = choice_of(work, at=AT).forms
        assert [line.form.purpose for line in offered] == ["public"]
        with pytest.raises(NotPossible):
            choose(
                bundle=make_bundle(title="x", unit=house.unit, by=house.publisher, at=AT),
                subject=work.subject,
                versions=[version],
                renditions=list(Rendition.objects.all()),
                by=house.publisher,
                at=AT,
            )

    def test_is_there_of_forms_on_paper_alone(self, house, client):
        self.ordered(house, client, slug="short-text")

        assert Rendition.objects.get().purpose == "public"
