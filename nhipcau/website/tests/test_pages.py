"""The portal as a stranger's browser gets it."""

import re
from collections import OrderedDict
from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import withdraw
from nhipcau.publishing.models import ReleasedVersion
from nhipcau.publishing.queries.public_works import tongues_of
from nhipcau.publishing.queries.searching import Found, Hit
from nhipcau.search.text import marked, parse_query, passages
from nhipcau.translation.actions import save_words
from nhipcau.website.actions import bring_old_addresses, open_portal
from nhipcau.website.models import HomePage, SectionPage
from nhipcau.website.rules.redirects import row_of
from nhipcau.website.views import searching

pytestmark = pytest.mark.pages

LATER = AT + timedelta(days=1)
LANGUAGES = ["vi", "en", "zh-hans", "lo", "km"]


def address(work, language="vi", slug="cho-phien-vung-bien"):
    return f"/{language}/{slug}-{work.subject.short_id}/"


def read(answer):
    return answer.content.decode()


def test_the_entrance_leads_to_the_browsers_language(house, reader):
    answer = reader.get("/", headers={"accept-language": "zh-CN,zh"})

    assert (answer.status_code, answer["Location"]) == (302, "/zh-hans/")
    assert "Accept-Language" in answer["Vary"]
    assert reader.get("/")["Location"] == "/vi/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_home_and_its_own_pages(house, work, reader, language):
    home = HomePage.objects.get(slug=language)
    for page in [home, *home.get_children()]:
        answer = reader.get(page.url_path)
        assert answer.status_code == 200, page.url_path
        assert page.title in read(answer)
        assert answer["Content-Language"] == language
        assert "Cookie" not in answer.get("Vary", "")


def test_opening_the_portal_again_changes_nothing(house):
    before = HomePage.objects.count()

    assert open_portal(by=TEST, at=LATER) == []
    assert HomePage.objects.count() == before == len(LANGUAGES)


def test_a_work_tells_who_issued_it_and_where_else_it_is_read(
    house, work, reader, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30):
        page = read(reader.get(address(work)))

    assert "<h1>Chợ phiên vùng biên</h1>" in page
    assert "Sở Văn hóa, Thể thao và Du lịch" in page
    assert f'href="/en/the-border-market-{work.subject.short_id}/"' in page
    assert 'hreflang="en"' in page
    assert '"@type":"Article"' in page
    assert '<link rel="canonical"' in page


def test_other_words_before_the_id_lead_to_the_ones_that_stand(house, work, reader):
    for asked in (f"/vi/khac-{work.subject.short_id}/", f"/vi/{work.subject.short_id}/"):
        answer = reader.get(asked)
        assert (answer.status_code, answer["Location"]) == (301, address(work))
    short = reader.get(f"/{work.subject.short_id}", headers={"accept-language": "en"})
    assert short["Location"] == address(work, "en", "the-border-market")
    capital = reader.get(address(work, "VI"))
    assert (capital.status_code, capital["Location"]) == (301, address(work))


def test_a_changed_slug_leads_on(house, work, released, reader):
    version = work.subject.versions.get(language__tag="vi")
    save_words(version=version, words={"slug": "cho-moi"}, by=house.author, at=LATER)
    house.hand_in(version)
    house.clear(version, at=LATER)
    released(work, at=LATER, note="Sửa địa chỉ.")

    answer = reader.get(address(work))

    assert (answer.status_code, answer["Location"]) == (301, address(work, slug="cho-moi"))
    assert "Sửa địa chỉ." in read(reader.get(answer["Location"]))


def test_a_missing_language_says_so_and_leads_to_those_that_exist(house, work, reader):
    answer = reader.get(address(work, "lo"))

    assert answer.status_code == 404
    assert "ບົດນີ້ຍັງບໍ່ມີເປັນພາສານີ້" in read(answer)
    assert address(work) in read(answer)


def test_what_was_taken_back_says_what_when_and_why(house, work, reader):
    withdraw(
        subject=work.subject,
        reason="in_error",
        notice="Giờ họp chợ không đúng.",
        languages=["vi"],
        by=house.publisher,
        at=LATER,
    )

    answer = reader.get(address(work))

    assert answer.status_code == 410
    assert "Giờ họp chợ không đúng." in read(answer)
    assert f"/en/the-border-market-{work.subject.short_id}/" in read(answer)
    assert "Giờ họp chợ không đúng." in read(reader.get("/vi/dinh-chinh/"))


def test_an_address_that_leads_nowhere_offers_search(house, reader):
    for asked in ("/vi/khong-co/", "/khong-co", "/vi/tin-tuc/1999-01/", "/xx/a/", "/nhe/vi/khong/"):
        answer = reader.get(asked)
        assert answer.status_code == 404, asked
        assert "<form" in read(answer)
        assert answer["Cache-Control"] == "no-store"


def test_the_light_page_loads_no_picture_and_no_font(house, work, reader):
    light = read(reader.get(f"/nhe{address(work)}"))

    assert "<img" not in light
    assert "woff2" not in light
    assert "type.css" not in light
    assert f'href="/nhe/en/the-border-market-{work.subject.short_id}/"' in light
    assert len(light.encode()) < 30_000


def test_works_flow_into_sections_by_topic_and_month(house, work, reader):
    month = timezone.localdate(AT).strftime("%Y-%m")

    assert "Chợ phiên vùng biên" in read(reader.get("/vi/du-lich/"))
    assert "Chợ phiên vùng biên" in read(reader.get(f"/vi/du-lich/{month}/"))
    assert "Chợ phiên vùng biên" not in read(reader.get("/vi/dau-tu/"))
    assert "The border market" in read(reader.get("/en/travel/"))


def test_old_addresses_lead_on(house, reader):
    told = bring_old_addresses(
        rows=[
            row_of(1, "https://cu.example/portal/Pages/2019-3-2/Cho.aspx?id=7", "/vi/du-lich/"),
            row_of(2, "/cu/", "https://noi-khac.example/"),
            row_of(3, "cu", "/vi/"),
            row_of(4, "/", "/vi/"),
            row_of(5, "/vong", "/vong"),
            row_of(6, "/" + "a" * 600, "/vi/"),
        ],
        by=TEST,
        at=AT,
    )

    assert (told.taken, [line for line, _why in told.refused]) == (1, [2, 3, 4, 5, 6])
    answer = reader.get("/portal/Pages/2019-3-2/Cho.aspx?id=7")
    assert (answer.status_code, answer["Location"]) == (301, "/vi/du-lich/")


def test_a_section_takes_no_slug_that_reads_as_a_work(house):
    page = SectionPage.objects.get(url_path="/vi/du-lich/")
    page.slug = "cho-2345678"

    with pytest.raises(Exception, match="slug"):
        page.full_clean()


def test_odd_paths_are_nothing(house, reader):
    for asked in ("/vi/../admin/", "/vi/%2e%2e/", "/vi//", "/vi/%00/", "/vi/a%20b/", "/%00"):
        assert reader.get(asked).status_code in {301, 404}, asked


def test_the_provinces_colours_come_in_light_and_dark(reader, db):
    answer = reader.get("/look/0b5d7ab02a57.css")

    assert "--indigo:#0b5d7a" in answer.content.decode()
    assert "immutable" in answer["Cache-Control"]
    assert reader.get("/look/xyz.css").status_code == 404
    assert reader.get("/look/0b5d7ab02a57}.css").status_code == 404


def test_search_finds_what_was_released_and_marks_it(house, work, reader, monkeypatch):
    row = ReleasedVersion.objects.get(language__tag="vi")
    query = parse_query("cho phien", language="vi")
    hit = Hit(
        released=row,
        address=address(work),
        title=marked(row.title, query, language="vi"),
        passages=passages("Chợ <b>phiên</b> họp sáng.", query, language="vi"),
        tongues=tongues_of([work.pk], at=LATER)[work.pk],
    )
    asked = []

    def answer(typed, **how):
        asked.append((typed, how["wanted"].kinds, how["start"]))
        return Found([hit], 40, {"kind": OrderedDict(article=40)})

    monkeypatch.setattr(searching, "search_public", answer)
    page = read(reader.get("/vi/tim-kiem/?q=cho+phien&kind=article&page=2"))

    assert asked == [("cho phien", frozenset({"article"}), 12)]
    assert "<mark>" in page
    assert "<b>phiên</b>" not in page  # what stands in a text is words, never markup
    assert f'href="{address(work)}"' in page
    assert "page=3" in page
    assert "The border market" not in page
    assert 'hreflang="en"' in page


def test_search_without_an_index_says_so_and_keeps_serving(house, reader, settings, tmp_path):
    settings.SEARCH_INDEX = tmp_path / "none"
    answer = reader.get("/vi/tim-kiem/?q=cho")

    assert answer.status_code == 503
    assert "<form" in read(answer)
    assert answer["Cache-Control"] == "no-store"


def test_odd_queries_are_answered(house, reader, monkeypatch):
    seen = []

    def answer(typed, **_how):
        seen.append(typed)
        return Found([], 0, {"kind": OrderedDict()}, ["chợ phiên"])

    monkeypatch.setattr(searching, "search_public", answer)
    odd = ('"', "\x00", "😀", "' OR 1=1 --", "<script>", "x" * 100_000, "&page=-1", "&kind=x")
    for query in odd:
        assert reader.get("/vi/tim-kiem/", {"q": query, "page": query}).status_code == 200
    assert max(map(len, seen)) == 200
    assert "?q=ch%E1%BB%A3+phi%C3%AAn" in read(reader.get("/vi/tim-kiem/?q=chohphien"))
    assert "<script>alert" not in read(reader.get("/vi/tim-kiem/?q=<script>alert(1)</script>"))


def test_who_finds_a_hole_is_told_whom_to_tell(reader, db, settings):
    assert reader.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:an-toan@tinh.example"
    told = read(reader.get("/.well-known/security.txt"))

    assert "Contact: mailto:an-toan@tinh.example\n" in told
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00\+00:00$", told, re.MULTILINE)


PRICES = {"/vi/": 30, "/vi/du-lich/": 18, "/vi/dinh-chinh/": 10, "/vi/gioi-thieu/": 9}


def test_pages_cost_what_they_say(house, work, reader, django_assert_max_num_queries):
    for asked, most in PRICES.items():
        reader.get(asked)  # what Wagtail looks up once in a process
        with django_assert_max_num_queries(most):
            assert reader.get(asked).status_code == 200
