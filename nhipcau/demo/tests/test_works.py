"""Forty works of every kind, in every state, cleared by four eyes; the same for the same seed."""

from collections import Counter
from datetime import date

import pytest

from nhipcau.demo.sample.bodies import BodyBroken, body_of
from nhipcau.demo.sample.works import FOLDER, Fate, WorkBroken, plans_of_works
from nhipcau.demo.tests.conftest import KEYS_OF_PICTURES
from nhipcau.translation.proofreading import Draft, Rights, Severity, Version, proofread
from nhipcau.translation.proofreading.draft import no_media
from nhipcau.works.enums import WorkKind

# One loading serves all of them, so one process runs them all; on a busy machine it takes minutes.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("sample"),
    pytest.mark.timeout(1500),
    pytest.mark.sample,
]

PLANS = {plan.key: plan for plan in plans_of_works()}
# A text that nobody has handed in may be incomplete.
UNFINISHED = {Fate.DRAFT, Fate.TRASHED}
TEXTS = [
    (plan.key, text.language)
    for plan in PLANS.values()
    for text in plan.texts
    if (text.fate or plan.fate) not in UNFINISHED
]
NUMBERS = {key: number for number, key in enumerate(KEYS_OF_PICTURES, 1)}
RIGHTS = {
    f"{kind}/{number}": Rights(credit="Mẫu", source="Mẫu", licence="CC-BY-4.0")
    for number in NUMBERS.values()
    for kind in ("picture", "video", "audio", "file")
}


def read(plan, text):
    body = body_of(
        text.body,
        of=f"{plan.key}.{text.language}",
        picture=NUMBERS.__getitem__,
        map_source=dict.fromkeys(NUMBERS, "Mẫu"),
    )
    return Version.read(
        language=text.language,
        title=text.title,
        summary=text.summary,
        body=body,
        resolve=no_media,
    )


@pytest.mark.parametrize(("key", "language"), TEXTS)
def test_every_text_passes_the_checks_or_names_the_reason(key, language):
    plan = PLANS[key]
    versions = {text.language: read(plan, text) for text in plan.texts}
    text = next(text for text in plan.texts if text.language == language)
    original = versions[plan.original.language]
    draft = Draft.of(
        versions[language],
        kind=plan.kind,
        today=date(2026, 9, 1),
        rights=RIGHTS,
        made_from=None if text is plan.original else original,
        others=tuple(each for tag, each in versions.items() if tag != language),
    )

    report = proofread(draft)

    assert report.failed == ()
    left = [
        (finding.check, finding.quotation, finding.sentence)
        for finding in report.findings
        if finding.severity != Severity.NOTE and finding.check not in text.answers
    ]
    assert left == []


def test_the_works_on_record_are_those_of_the_files(sample):
    told = {
        plan.original.title[:300]: (plan.kind, plan.unit, {text.language for text in plan.texts})
        for plan in PLANS.values()
    }
    found = {
        work["title"]: (work["kind"], work["unit"], set(work["versions"])) for work in sample.works
    }

    assert found == told
    assert all(work["is_sample"] for work in sample.works)


def test_every_work_has_come_as_far_as_its_file_says(sample):
    state_of = {
        Fate.TRASHED: "draft",
        Fate.DRAFT: "draft",
        Fate.WAITING: "in_clearance",
        Fate.UNDER_REVIEW: "in_clearance",
        Fate.RETURNED: "returned",
    }
    for work in sample.works:
        plan = next(plan for plan in PLANS.values() if plan.original.title == work["title"])
        original = work["versions"][plan.original.language]
        assert original["state"] == state_of.get(plan.fate, "approved"), plan.key
        assert work["in_trash"] == (plan.fate is Fate.TRASHED), plan.key
        assert original["is_public"] == (plan.fate in {Fate.RELEASED, Fate.CORRECTED}), plan.key
    fates = Counter(plan.fate for plan in PLANS.values())
    kinds = Counter(release["kind"] for release in sample.releases)
    assert kinds["correction"] == fates[Fate.CORRECTED]
    assert sample.withdrawn == fates[Fate.WITHDRAWN]
    assert len(sample.embargoed) == len(
        {plan.bundle or plan.key for plan in PLANS.values() if plan.fate is Fate.EMBARGOED}
    )


def test_nobody_cleared_or_released_what_he_or_she_wrote(sample):
    assert sample.released_versions
    for released in sample.released_versions:
        assert released["holds"], released
        assert released["writers"].isdisjoint(released["deciders"]), released
        assert len(released["deciders"]) >= 3, released


def test_everything_happened_in_its_order(sample):
    for released in sample.released_versions:
        assert released["handed_in_at"] < released["approved_at"] < released["released_at"]
        assert released["released_at"] < sample.at


def test_every_picture_says_what_it_shows_and_by_what_right(sample):
    assert len(sample.items) == len(KEYS_OF_PICTURES)
    for item in sample.items:
        assert item["credit"], item
        assert item["licence"] == "CC-BY-4.0", item
        assert item["source"], item
        assert item["consent"] == "not_needed", item
        if item["kind"] == "picture":
            assert item["alt"], item
        if item["is_map"]:
            assert item["origin"], item


def test_money_permits_and_print_runs_stand_where_the_files_say(sample):
    assert sample.money == {
        "costs": sum(len(plan.costs) for plan in PLANS.values()),
        "permits": sum(plan.permit is not None for plan in PLANS.values()),
        "print_runs": sum(plan.print_run is not None for plan in PLANS.values()),
    }


def test_forms_that_left_with_a_release_were_made(sample):
    made = sorted(form.partition(":")[0] for plan in PLANS.values() for form in plan.made)
    assert sorted(sample.forms["made"]) == made
    assert len(sample.forms["ordered"]) == sum(len(plan.forms) for plan in PLANS.values())


def test_film_sound_gallery_file_and_a_printed_book_are_there_for_the_public(sample):
    assert {"video", "audio", "gallery", "file", "picture", "map", "chart"} <= sample.blocks
    left = {(name, tag) for name, _media_type, tag in sample.files}
    assert {
        ("doi-che-nui-che.video-480.mp4", None),
        ("doi-che-nui-che.poster.jpg", None),
        ("doi-che-nui-che.captions.vi.vtt", "vi"),
        ("doi-che-nui-che.captions.en.vtt", "en"),
        ("doi-che-nui-che.transcript.vi.txt", "vi"),
        ("nhac-hieu-lang-gieng.audio-aac.m4a", None),
        ("nhac-hieu-lang-gieng.transcript.vi.txt", "vi"),
        ("lich-cho-phien.txt", None),
    } <= left
    assert "application/pdf" in {media_type for _name, media_type, _tag in sample.files}
    # No Lao text shows the film yet: what is said in it in Lao waits for one.
    assert not {name for name, tag in left if tag == "lo" and name.endswith(".vtt")}


def test_forty_works_and_more_show_every_kind_and_some_speak_four_languages():
    assert len(PLANS) >= 40
    assert {plan.kind for plan in PLANS.values()} == set(WorkKind.values)
    languages = Counter(len({text.language for text in plan.texts}) for plan in PLANS.values())
    assert sum(count for spoken, count in languages.items() if spoken >= 4) >= 2
    assert len({plan.original.title for plan in PLANS.values()}) == len(PLANS)
    assert all(path.suffix == ".md" for path in FOLDER.glob("*/*"))


def test_a_body_that_is_not_written_as_it_must_be_says_so():
    def read_body(text):
        return body_of(text, of="x", picture=NUMBERS.__getitem__, map_source={})

    for text, words in (
        (":::note\nKhông có hết", "has no end"),
        (":::hop\nX\n:::", "There is no block"),
        ("> Lời không ai nói", "does not say whose"),
        ("| a | b |\n| 1 |", "rows of other lengths"),
        (":::facts\nkhông có giá trị\n:::", "has no value"),
        ("![chữ", "is no picture"),
        (":::gallery Ảnh\n![chữ\n:::", "is no picture"),
    ):
        with pytest.raises(BodyBroken, match=words):
            read_body(text)
    assert read_body("Chữ & **đậm**")[0]["value"] == "<p>Chữ &amp; <b>đậm</b></p>"
    assert read_body("Một.\n\nHai.") == read_body("Một.\n\nHai.")


def test_a_file_without_a_head_or_with_two_originals_is_refused(tmp_path):
    theme = tmp_path / "chu-de"
    theme.mkdir()
    (theme / "a.vi.md").write_text("Không có đầu.\n")
    with pytest.raises(WorkBroken, match="needs a head"):
        plans_of_works(tmp_path)

    head = '+++\nkind = "news"\n+++\nChữ.\n'
    (theme / "a.vi.md").write_text(head)
    (theme / "a.en.md").write_text(head)
    with pytest.raises(WorkBroken, match="says of which kind"):
        plans_of_works(tmp_path)
