"""The web page as a file: whole wherever it is opened, or not released."""

import base64
import re
from io import BytesIO

import pytest
from django.test import Client
from lxml import etree
from PIL import Image

from nhipcau.media.actions import keep_file
from nhipcau.media.models import Derivative
from nhipcau.media.tests.moving import making
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import make_rendition, order_rendition, release_bundle
from nhipcau.publishing.enums import Obstacle
from nhipcau.publishing.errors import NotReadyToRelease
from nhipcau.publishing.models import ReleasedFile
from nhipcau.publishing.queries import rendering
from nhipcau.publishing.queries.releases import short_address_of
from nhipcau.publishing.tests import openers
from nhipcau.publishing.tests.factories import PROSE
from nhipcau.publishing.tests.films import film, with_film, write_down
from nhipcau.publishing.tests.test_releases import picture, with_picture

pytestmark = pytest.mark.pages

# Whatever a page would load from elsewhere; a link is followed by a reader, never loaded.
LOADS = re.compile(r"""(?:src|srcset|poster|data)="(?!data:)|url\((?!#)|@import|<link|<script""")


def page_of(house, work):
    version = work.subject.versions.get()
    ordered = order_rendition(slug="web-page", versions=[version], by=house.author, at=AT)
    made = make_rendition(rendition=ordered, by=TEST, at=AT)
    assert made.state == "made", made.trouble
    return made


def released(house, work):
    """The page as the public fetches it."""
    form = page_of(house, work)
    release_bundle(bundle=house.bundle(work, renditions=[form]), by=house.publisher, at=AT)
    file = ReleasedFile.objects.select_related("public_copy").get(rendition=form)
    answer = Client().get(f"/media/{file.public_copy.name}")
    return file, answer, b"".join(answer.streaming_content).decode()


@pytest.fixture
def work(house):
    """Words, a gallery, and a film with what is said in it."""
    item = film(house)
    write_down(item, "vi", "Bà con đi hội.")
    shown = with_picture(picture(house))[0]["value"]
    entries = [{"type": "item", "value": shown, "id": str(n)} for n in range(2)]
    work = house.work(
        body=[
            *PROSE,
            *with_picture(picture(house)),
            {"type": "gallery", "value": {"title": "Ngày hội", "pictures": entries}, "id": "g"},
            *with_film(item),
        ]
    )
    house.approved(work)
    return work


@making.needs_programs
class TestAReleasedPage:
    def test_loads_nothing_and_shows_every_picture(self, house, work):
        file, answer, page = released(house, work)

        assert (file.name, answer["Content-Type"]) == (
            "web-page-vi.html",
            "text/html; charset=utf-8",
        )
        assert not LOADS.search(page)
        assert "/admin/" not in page
        parsed = etree.fromstring(page.encode())
        pictures = parsed.findall(".//img")
        assert len(pictures) == 4  # one, two of the gallery, the poster
        for shown in pictures:
            kind, _comma, data = shown.get("src").partition(";base64,")
            with Image.open(BytesIO(base64.b64decode(data))) as image:
                image.load()
                assert f"data:{image.get_format_mimetype()}" == kind

    @pytest.mark.skipif(bool(openers.missing("chromium")), reason="needs chromium")
    def test_opened_in_chromium_from_a_stick_every_picture_is_there(self, house, work):
        _file, _answer, page = released(house, work)
        counting = (
            "<script>addEventListener('load', () => { document.title = 'thiếu ' + "
            "[...document.images].filter(each => !each.naturalWidth).length + ' trên ' + "
            "document.images.length })</script></body>"
        )

        shown = openers.chromium(page.replace("</body>", counting).encode(), ".html")

        assert "<title>thiếu 0 trên 4</title>" in shown

    def test_says_where_the_film_plays_what_is_said_in_it_and_where_the_newest_version_is(
        self, house, work, settings
    ):
        _file, _answer, page = released(house, work)

        home = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + short_address_of(work.subject)
        assert f'Đọc bản mới nhất tại: <a href="{home}"' not in page
        assert f'Bản mới nhất đọc tại: <a href="{home}">' in page
        assert f"Xem: {home}" in page
        assert "<p>Bà con đi hội.</p>" in page
        assert "<video" not in page


def test_the_smaller_picture_is_taken_where_the_library_has_one(house):
    item = picture(house)
    whole = BytesIO()
    Image.new("RGB", (1200, 30), "teal").save(whole, "WEBP")
    Derivative.objects.create(
        file=item.current, spec="w1200.webp", mime="image/webp", width=1200, height=30, made_at=AT,
        stored=keep_file(chunks=[whole.getvalue()], by=TEST, at=AT),
    )  # fmt: skip
    item.current.width, item.current.height = 4000, 100
    item.current.save()
    work = house.work(body=with_picture(item))
    house.approved(work)

    _file, _answer, page = released(house, work)

    assert base64.b64encode(whole.getvalue()).decode() in page


def test_a_page_that_would_not_be_whole_does_not_leave(house, monkeypatch):
    monkeypatch.setattr(rendering.KeptMedia.__init__, "__kwdefaults__", {"width": 1200, "most": 9})
    work = house.work(body=with_picture(picture(house)))
    house.approved(work)
    form = page_of(house, work)

    with pytest.raises(NotReadyToRelease) as refusal:
        release_bundle(bundle=house.bundle(work, renditions=[form]), by=house.publisher, at=AT)

    assert refusal.value.reasons == [f"{form.name}: {Obstacle.FORM_FLAWED.label}"]
    assert any("Cổng chợ có mái ngói" in str(finding["shown"]) for finding in form.findings)
