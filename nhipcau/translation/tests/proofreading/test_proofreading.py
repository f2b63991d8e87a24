"""What the checks find together, and what stands in the way of submitting."""

import logging
from datetime import date

import pytest

from nhipcau.media.enums import Consent
from nhipcau.translation.proofreading import (
    Draft,
    Finding,
    Place,
    Proofreader,
    Rights,
    Severity,
    Version,
    proofread,
    proofreaders,
)
from nhipcau.translation.proofreading.contract import MOST_FINDINGS
from nhipcau.translation.proofreading.draft import no_media
from nhipcau.translation.proofreading.examples import Good, map_block, picture, text

WHOLE = Rights(credit="Ảnh: A", source="Sở VHTTDL", licence="CC BY 4.0")


def draft(*blocks, title="Hội xuân", summary="", **context):
    version = Version.read(
        language="vi", title=title, summary=summary, body=list(blocks), resolve=no_media
    )
    return Draft.of(version, **{"today": date(2026, 3, 2), **context})


def slugs(report):
    return [finding.check for finding in report.findings]


def test_a_sound_draft_is_clear():
    report = proofread(
        draft(
            {"id": "a", **text("Chợ phiên họp từ sáng sớm, bà con đến đông.")},
            {"id": "b", **picture(1, alt="Bà con ngồi bán rau ở chợ phiên")},
            rights={"picture/1": WHOLE},
        )
    )

    assert report.findings == ()
    assert report.clear()
    assert not report.stops


def test_a_stamp_stops_the_work_whatever_was_answered():
    report = proofread(draft({"id": "a", **text("TỐI MẬT")}))

    assert report.stops
    assert report.findings[0].place == Place("a", "1", 0, 7)
    assert not report.clear({finding.key for finding in report.findings})


def test_a_map_calls_the_foreign_affairs_reviewer():
    block = map_block(1, alt="Sơ đồ đường lên xã", source="Sở NNMT, 2025", areas="Xã Tân Thanh")

    report = proofread(draft(block, rights={"picture/1": WHOLE}))

    assert report.needs_foreign_affairs
    assert slugs(report) == ["maps"]


def test_a_reason_answers_one_finding_and_no_other():
    report = proofread(draft({"id": "a", **text("Gọi 0912 345 678 hoặc 0912 345 679.")}))
    first, second = report.findings

    assert report.unanswered({first.key}) == (second,)
    assert report.clear({first.key, second.key})


def test_an_answer_holds_while_the_words_do_and_not_beyond():
    before = proofread(draft({"id": "a", **text("Gọi 0912 345 678.")})).findings[0]
    moved = proofread(draft({"id": "a", **text("Xin gọi số 0912 345 678.")})).findings[0]
    changed = proofread(draft({"id": "a", **text("Gọi 0912 345 679.")})).findings[0]

    assert moved.key == before.key
    assert moved.place != before.place
    assert changed.key != before.key


def test_consent_that_ends_before_the_planned_release_is_found_and_never_overruled():
    rights = Rights(
        credit="A", source="B", licence="C", consent=Consent.GIVEN, consent_until=date(2026, 3, 20)
    )
    block = {"id": "p", **picture(1, alt="Chị Hoa dệt vải bên hiên nhà")}

    today = proofread(draft(block, rights={"picture/1": rights}))
    planned = proofread(draft(block, rights={"picture/1": rights}, planned=date(2026, 4, 1)))

    assert [(f.check, f.severity) for f in today.findings] == [("consent", "warning")]
    assert [(f.check, f.severity) for f in planned.findings] == [("consent", "never_overruled")]
    assert not planned.clear({planned.findings[0].key})


def test_the_gravest_comes_first():
    report = proofread(draft(text("MẬT"), text("Vui quá!!! Gọi 0912 345 678"), title="Hội."))

    gravity = [Severity.values.index(finding.severity) for finding in report.findings]
    assert gravity == sorted(gravity, reverse=True)
    assert slugs(report)[0] == "secrecy"


class Breaking(Proofreader):
    slug = "breaking"
    title = explanation = "Breaks."
    severity = Severity.NOTE
    good = bad = ()

    def inspect(self, draft):
        yield Finding("breaking", "One.", Place("a"))
        raise ZeroDivisionError


def test_a_check_that_breaks_down_hides_nothing_and_clears_nothing(caplog):
    subject = draft({"id": "a", **text("Gọi 0912 345 678.")})
    personal = next(reader for reader in proofreaders() if reader.slug == "personal_data")

    with caplog.at_level(logging.ERROR):
        report = proofread(subject, [Breaking(), personal])

    assert slugs(report) == ["personal_data"]
    assert report.failed == ("breaking",)
    assert not report.clear({finding.key for finding in report.findings})
    assert [record.event for record in caplog.records] == ["translation.proofreader.failed"]


def test_of_one_check_no_more_is_told_than_a_person_reads():
    report = proofread(draft(text("".join(f"<p>Gọi 0912 345 {n}.</p>" for n in range(100, 999)))))
    told = [finding for finding in report.findings if finding.check == "personal_data"]

    assert len(told) == MOST_FINDINGS
    assert report.cut == {"personal_data"}
    assert report.unanswered({finding.key for finding in told[1:]}) == (told[0],)


def test_two_checks_of_one_slug_are_a_mistake_in_the_settings(settings):
    settings.PROOFREADERS = [settings.PROOFREADERS[0]] * 2

    with pytest.raises(ValueError, match="secrecy"):
        proofreaders()


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "words",
        [],
        [None],
        [{"type": "text"}],
        [{"type": "picture", "value": {"picture": "x"}}],
        [{"type": "unheard_of", "value": {"a": ["MẬT"]}}],
        [{"type": "table", "value": {"columns": 3}}],
        [{"id": 7, "type": "text", "value": "<p>x"}],
    ],
)
def test_whatever_the_body_holds_every_check_can_read_it(raw):
    version = Version.read(language="vi", title="", summary="", body=raw, resolve=no_media)

    report = proofread(Draft.of(version, kind="article", today=date(2026, 3, 2)))

    assert report.failed == ()
    assert "titles" in slugs(report)


def test_a_stamp_is_found_in_a_block_that_nobody_understands():
    report = proofread(draft({"type": "unheard_of", "value": {"a": ["MẬT"]}}))

    assert report.stops


def test_a_title_of_ten_thousand_characters_is_one_finding_of_one_line():
    report = proofread(draft(text("Chợ phiên."), title="chợ " * 2_500))

    [finding] = [each for each in report.findings if each.check == "titles"]
    assert len(finding.quotation) <= 160
    assert "9999" in finding.sentence


def test_alt_text_in_the_wrong_language_is_found_in_each_version():
    pictures = {"vi": "Stalls of the border market", "en": "Người dân đi chợ phiên", "lo": "Chợ"}

    for language, alt in pictures.items():
        example = Good((picture(1, alt=alt),), language=language, context={"rights": {}})
        found = [f for f in proofread(example.draft()).findings if f.check == "alt_language"]
        assert [finding.quotation for finding in found] == [alt], language
