"""What works start from: shipped templates, works kept as templates, and beginning from one."""

from pathlib import Path

import pytest
from django.urls import reverse
from wagtail.blocks import StreamValue

from nhipcau.audit.models import Entry
from nhipcau.people.enums import Reach, Role
from nhipcau.people.tests.factories import AT, TEST, make_person, make_unit, make_user
from nhipcau.translation.actions import save_words, stop
from nhipcau.translation.blocks import BodyBlock
from nhipcau.translation.errors import TextStopped
from nhipcau.translation.models import Contribution
from nhipcau.translation.proofreading.text.gaps import gap, gaps_in
from nhipcau.translation.queries import writers_of
from nhipcau.translation.tests.factories import make_language
from nhipcau.works.actions import (
    keep_as_template,
    load_lists,
    offer_template_again,
    retire_template,
    start_from_template,
    trash_work,
)
from nhipcau.works.actions.templates import FOLDER, load_templates
from nhipcau.works.enums import WorkKind
from nhipcau.works.errors import ListsBroken, NotPossible
from nhipcau.works.models import Topic, Work, WorkTemplate
from nhipcau.works.queries import gaps_of, templates_for, words_of_template
from nhipcau.works.rules.templates import as_template
from nhipcau.works.tests.factories import make_work

FILES = sorted(FOLDER.glob("*.toml"))
SECTION = {"type": "heading", "value": {"text": "Đi thế nào", "level": "2"}, "id": "a1"}


def keep(work, *, by=None, name="Tờ rơi chợ phiên", for_every_unit=False):
    return keep_as_template(
        work=work,
        name=name,
        purpose="Cho mùa chợ sau",
        for_every_unit=for_every_unit,
        by=by or make_person("Trần Kế Hoạch"),
        at=AT,
    )


def with_body(work, *blocks, by=None):
    version = work.subject.versions.get()
    save_words(
        version=version,
        by=by or work.started_by,
        at=AT,
        words={"body": list(blocks or (SECTION,))},
    )
    return work


class TestRules:
    def test_what_stands_in_the_library_becomes_a_gap_that_says_what_it_was(self):
        body = [
            {"type": "picture", "value": {"picture": 7, "caption": "Chợ <cũ> [2024]"}, "id": "x"},
            {"type": "file", "value": {"file": 3, "title": "Mẫu đơn"}, "id": "y"},
            {"type": "gallery", "value": {"title": "", "pictures": []}, "id": "z"},
        ]

        kept = as_template(body)

        assert kept == [
            {"type": "text", "value": "<p>[điền: ảnh – Chợ &lt;cũ&gt; (2024)]</p>"},
            {"type": "text", "value": "<p>[điền: tệp – Mẫu đơn]</p>"},
            {"type": "text", "value": "<p>[điền: bộ ảnh]</p>"},
        ]

    def test_ids_of_blocks_and_entries_are_not_kept(self):
        entry = {"type": "item", "value": {"label": "Giờ", "value": "7"}, "id": "b2"}
        facts = {"type": "facts", "value": {"title": "", "rows": [entry]}, "id": "a1"}

        assert as_template([facts]) == [
            {
                "type": "facts",
                "value": {
                    "title": "",
                    "rows": [{"type": "item", "value": {"label": "Giờ", "value": "7"}}],
                },
            }
        ]

    def test_a_gap_never_holds_a_bracket_that_ends_it_early(self):
        written = gap("ảnh [1] chợ")

        assert list(gaps_in(f"Xem {written} nhé")) == [(4, 4 + len(written))]


class TestShippedTemplates:
    def test_stand_for_every_kind(self):
        kinds = {path.read_text("utf-8").split('"')[1] for path in FILES}

        assert kinds == set(WorkKind.values)

    @pytest.mark.django_db
    def test_hold_blocks_that_the_editor_takes_gaps_to_fill_and_a_source(self):
        load_lists(by=TEST, at=AT)
        assert WorkTemplate.objects.count() == len(FILES)
        for template in WorkTemplate.objects.prefetch_related("topics"):
            value = BodyBlock().to_python(template.body)
            assert isinstance(value, StreamValue)
            assert len(value) == len(template.body), template.key
            words = words_of_template(template)
            assert gaps_of(words) >= 4, template.key
            assert template.source, template.key
            assert template.purpose, template.key
            assert template.topics.all(), template.key
            assert template.english_name, template.key

    @pytest.mark.django_db
    def test_loading_again_changes_nothing_corrects_what_differs_and_offers_no_retired_one(self):
        load_lists(by=TEST, at=AT)
        assert load_lists(by=TEST, at=AT) == 0
        spoilt = WorkTemplate.objects.get(key="to-roi-nuoc-sach")
        WorkTemplate.objects.filter(pk=spoilt.pk).update(name="Khác", body=[])
        retire_template(template=spoilt, by=make_person("Trần Kế Hoạch"), at=AT)

        assert load_lists(by=TEST, at=AT) == 1

        spoilt.refresh_from_db()
        assert spoilt.name.startswith("Tờ rơi: nước sạch")
        assert spoilt.body
        assert spoilt.retired_at == AT

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("kind = ", "mau.toml"),
            ('kind = "tranh"\nname = "a"\norder = 1\nsource = "s"\ntitle = "t"', "kind tranh"),
            ('kind = "news"\nname = "a"\nsource = "s"', "title missing"),
            ('kind = "news"\nname = "a"\nsource = "s"\ntitle = "t"\nfoo = 1', "foo missing"),
            (
                'kind = "news"\nname = "a"\nsource = "s"\ntitle = "t"\naudiences = ["Tày"]',
                "audience Tày",
            ),
            (
                'kind = "news"\nname = "a"\nsource = "s"\ntitle = "t"\ntopics = ["không/có"]',
                "no topic không/có",
            ),
            ('kind = "news"\nname = "a"\nsource = "s"\ntitle = "t"\nbody = [1]', "broken_block"),
        ],
    )
    def test_a_broken_file_is_named_and_nothing_is_loaded(self, tmp_path, written, said):
        Path(tmp_path / "mau.toml").write_text(written, encoding="utf-8")

        with pytest.raises(ListsBroken, match=said):
            load_templates(topics={}, by=TEST, at=AT, folder=tmp_path)

        assert not WorkTemplate.objects.exists()


@pytest.mark.django_db
class TestAWorkKeptAsATemplate:
    def test_has_its_words_topics_and_writers_and_a_line_in_the_diary(self):
        author, helper = make_person("Hoàng Văn Tác"), make_person("Lý Thị Giúp")
        work = with_body(make_work(by=author), by=helper)
        topic = Topic.objects.create(key="x", name="Chợ", topic_class="image")
        work.topics.add(topic)

        template = keep(work)

        assert template.body == [{"type": "heading", "value": SECTION["value"]}]
        assert template.unit == work.unit
        assert set(template.topics.all()) == {topic}
        assert set(template.writers.all()) == {author, helper}
        assert Entry.objects.filter(event="works.template.kept").exists()

    def test_is_refused_for_what_is_empty_in_the_trash_or_stopped(self):
        empty = make_work()
        with pytest.raises(NotPossible, match="chưa có nội dung"):
            keep(empty)
        away = with_body(make_work())
        trash_work(work=away, by=away.started_by, at=AT)
        with pytest.raises(NotPossible, match="thùng rác"):
            keep(away)
        stopped = with_body(make_work())
        stop(version=stopped.subject.versions.get(), by=make_person(), at=AT)
        with pytest.raises(TextStopped, match="bị dừng"):
            keep(stopped)
        assert not WorkTemplate.objects.exists()

    def test_is_offered_to_its_unit_or_to_every_unit(self):
        work = with_body(make_work(unit=make_unit("UBND xã Nà Chương")))
        other = make_unit("UBND xã Khe Sương")
        own, every = keep(work), keep(work, for_every_unit=True)

        def offered(unit):
            units = type(unit).objects.filter(pk=unit.pk)
            return templates_for(kind="leaflet", units=units, on=AT.date())

        assert offered(work.unit) == [own, every]
        assert offered(other) == [every]

    def test_goes_and_comes_back_each_once(self):
        template, by = keep(with_body(make_work())), make_person("Trần Kế Hoạch")
        for _turn in range(2):
            retire_template(template=template, by=by, at=AT)
        assert not WorkTemplate.objects.in_force(AT.date()).exists()
        for _turn in range(2):
            offer_template_again(template=template, by=by, at=AT)
        assert WorkTemplate.objects.in_force(AT.date()).exists()

        events = Entry.objects.filter(event__startswith="works.template.")
        assert [entry.event.rpartition(".")[2] for entry in events.order_by("pk")] == [
            "kept",
            "retired",
            "offered_again",
        ]


@pytest.mark.django_db
class TestAWorkBegunFromATemplate:
    def begin(self, template, unit, *, tag="vi", by=None):
        return start_from_template(
            template=template,
            unit=unit,
            language=make_language(tag),
            title="Chợ phiên Nà Chương",
            by=by or make_person("Nông Thị Mới"),
            at=AT,
        )

    def test_has_its_words_under_the_given_title(self):
        load_lists(by=TEST, at=AT)
        template = WorkTemplate.objects.get(key="to-roi-canh-bao-lua-dao")

        work = self.begin(template, make_unit())

        version = work.subject.versions.get()
        assert version.title == "Chợ phiên Nà Chương"
        assert version.summary == template.summary
        assert [block.block_type for block in version.body] == [b["type"] for b in template.body]
        assert work.template == template.key
        assert set(work.topics.all()) == set(template.topics.all())
        assert work.audiences == template.audiences

    def test_has_those_who_wrote_the_template_among_its_writers(self):
        author = make_person("Hoàng Văn Tác")
        kept = with_body(make_work(by=author))
        template = keep(kept)
        newcomer = make_person("Nông Thị Mới")

        version = self.begin(template, kept.unit, by=newcomer).subject.versions.get()

        assert writers_of(version) == {author.pk, newcomer.pk}
        assert Contribution.objects.get(version=version, person=author).kind == "copied_from"

    def test_is_refused_in_another_language_for_another_unit_and_after_its_end(self):
        kept = with_body(make_work())
        template = keep(kept)
        with pytest.raises(NotPossible, match="ngôn ngữ khác"):
            self.begin(template, kept.unit, tag="lo")
        with pytest.raises(NotPossible, match="không còn dùng"):
            self.begin(template, make_unit("UBND xã Khác"))
        retire_template(template=template, by=make_person("Trần Kế Hoạch"), at=AT)
        with pytest.raises(NotPossible, match="không còn dùng"):
            self.begin(template, kept.unit)
        assert Work.objects.count() == 1


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def unit(self):
        return make_unit("UBND xã Nà Chương")

    @pytest.fixture
    def author(self, unit, client):
        user = make_user(Role.AUTHOR, unit=unit, full_name="Hoàng Văn Tác")
        client.force_login(user)
        return user

    @pytest.fixture
    def planner(self, unit, client):
        user = make_user(Role.PLANNER, unit=unit, full_name="Trần Kế Hoạch")
        client.force_login(user)
        return user

    def test_a_kind_offers_its_templates_with_a_look_and_empty(self, client, author):
        load_lists(by=TEST, at=AT)
        template = WorkTemplate.objects.get(key="to-roi-nuoc-sach")
        address = reverse("works:start_kind", args=["leaflet"])

        plain = client.get(address).content.decode()
        looked = client.get(address, {"template": template.pk}).content.decode()

        assert template.name in plain
        assert "Áp phích: lễ hội" not in plain
        assert "<mark>" not in plain
        assert "<mark>[điền: thôn, bản]</mark>" in looked
        assert f'name="template" value="{template.pk}"' in looked

    def test_every_kind_says_how_many_templates_it_has(self, client, author):
        load_lists(by=TEST, at=AT)

        assert "3 mẫu" in client.get(reverse("works:start")).content.decode()

    def test_the_chosen_template_begins_the_work(self, client, author, unit):
        load_lists(by=TEST, at=AT)
        template = WorkTemplate.objects.get(key="to-roi-nuoc-sach")
        fields = {
            "title": "Nước sạch ở Nà Chương",
            "unit": unit.pk,
            "language": make_language().pk,
            "template": template.pk,
        }
        address = reverse("works:start_kind", args=["leaflet"])

        answer = client.post(address, fields)

        work = Work.objects.get()
        assert answer["Location"] == reverse("words:edit", args=[work.subject.versions.get().pk])
        assert work.template == "to-roi-nuoc-sach"
        wrong = client.post(address, {**fields, "template": 999999})
        assert wrong.status_code == 400
        assert "không còn dùng" in wrong.content.decode()
        other = client.post(address, {**fields, "language": make_language("en").pk})
        assert other.status_code == 400
        assert Work.objects.count() == 1

    def test_a_planner_keeps_a_work_of_the_unit_for_the_unit(self, client, planner, unit):
        work = with_body(make_work(unit=unit))
        address = reverse("works:keep_template", args=[work.subject.uuid])
        assert "for_every_unit" not in client.get(address).content.decode()

        answer = client.post(address, {"name": "Tờ rơi chợ phiên", "for_every_unit": "on"})

        assert answer["Location"] == reverse("works:templates")
        template = WorkTemplate.objects.get()
        assert template.unit == unit
        assert "Tờ rơi chợ phiên" in client.get(answer["Location"]).content.decode()

    def test_a_planner_of_the_house_keeps_it_for_every_unit(self, client, unit):
        user = make_user(Role.PLANNER, unit=make_unit("Sở Ngoại vụ"), reach=Reach.HOUSE)
        client.force_login(user)
        work = with_body(make_work(unit=unit))

        client.post(
            reverse("works:keep_template", args=[work.subject.uuid]),
            {"name": "Cho cả tỉnh", "for_every_unit": "on"},
        )

        assert WorkTemplate.objects.get().unit is None

    def test_who_may_not_keeps_and_retires_nothing(self, client, planner):
        theirs = with_body(make_work(unit=make_unit("UBND xã Khác")))
        template, every = keep(theirs), keep(theirs, for_every_unit=True)

        keeps = client.post(
            reverse("works:keep_template", args=[theirs.subject.uuid]), {"name": "Của tôi"}
        )
        retires = [
            client.post(reverse("works:template_state", args=[each.pk]))
            for each in (template, every)
        ]

        for answer in (keeps, *retires):
            assert (answer.status_code, answer["Location"]) == (302, "/admin/")
        assert WorkTemplate.objects.filter(retired_at=None).count() == 2

    def test_a_retired_template_is_listed_apart_and_offered_again(self, client, planner, unit):
        template = keep(with_body(make_work(unit=unit)), name="Mẫu cũ")
        state = reverse("works:template_state", args=[template.pk])
        listed = reverse("works:templates")

        client.post(state)
        assert client.get(listed, {"kind": "leaflet"}).context["rows"] == []
        assert client.get(listed, {"retired": "1"}).context["rows"] == [(template, True)]
        client.post(state, {"again": "1"})

        template.refresh_from_db()
        assert template.retired_at is None

    def test_the_list_costs_the_same_for_one_template_and_for_twenty(
        self, client, planner, django_assert_max_num_queries
    ):
        work = with_body(make_work())
        keep(work, for_every_unit=True)
        counts = []
        for _turn in range(2):
            client.get(reverse("works:templates"))
            with django_assert_max_num_queries(15) as captured:
                client.get(reverse("works:templates"))
            counts.append(len(captured))
            load_lists(by=TEST, at=AT)

        assert counts[0] == counts[1]
        assert len(WorkKind) > 15
