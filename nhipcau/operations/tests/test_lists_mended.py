"""What lists repeat of other rows: the doctor finds what is wrong, and names what mends it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from nhipcau.audit.models import Entry
from nhipcau.media.actions import keep_file
from nhipcau.media.actions.items import FileFacts, add_item, replace_file
from nhipcau.media.models import MediaItem
from nhipcau.operations.doctor import house as doctor
from nhipcau.operations.doctor.findings import Health
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import release_bundle
from nhipcau.publishing.tests.factories import House
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.models import Work

pytestmark = pytest.mark.django_db


def kept(words):
    stored = keep_file(chunks=[words], by=TEST, at=AT)
    return FileFacts(stored, stored.sha256, "cong-cho.png", "image/png", "png")


def test_what_somebody_wrote_past_the_actions_is_found_by_the_doctor_and_mended():
    house = House()
    item = add_item(
        kind="document", title="Cổng chợ", unit=house.unit, facts=kept(b"12345"), by=TEST, at=AT
    )
    replace_file(item=item, facts=kept(b"123"), by=TEST, at=AT)
    ready, public, silent = (
        house.work(title=title) for title in ("Sẵn sàng", "Công bố", "Im lặng")
    )
    house.approved(ready)
    house.approved(public)
    house.approved(silent)
    release_bundle(bundle=house.bundle(public), by=house.publisher, at=AT)
    right = {
        "ready": LanguageVersion.objects.order_by("pk").values_list("pk", "ready_since"),
        "public": Work.objects.order_by("pk").values_list("pk", "public_since"),
        "sizes": MediaItem.objects.order_by("pk").values_list("pk", "size_bytes", "kept_bytes"),
    }
    before = {name: list(rows) for name, rows in right.items()}
    assert before["sizes"] == [(item.pk, 3, 8)]
    assert doctor.lists(AT).health is Health.WELL

    LanguageVersion.objects.filter(subject=ready.subject).update(ready_since=None)
    LanguageVersion.objects.filter(subject=public.subject).update(ready_since=AT)
    Work.objects.filter(pk=public.pk).update(public_since=None)
    Work.objects.filter(pk=silent.pk).update(public_since=AT)
    MediaItem.objects.update(size_bytes=7, kept_bytes=0)
    found = doctor.lists(timezone.now())
    assert (found.health, found.mend) == (Health.WRONG, "nhipcau lists mend")

    told = StringIO()
    call_command("lists_mend", stdout=told)

    assert {name: list(rows.all()) for name, rows in right.items()} == before
    assert doctor.lists(AT).health is Health.WELL
    assert Entry.objects.filter(event="publishing.list.mended").count() == 4
    assert Entry.objects.filter(event="media.item.measured").count() == 1
    assert "5" in told.getvalue()
