"""What people copy in Word, Google Docs and LibreOffice, pasted."""

import base64
import io
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nhipcau.translation.intake import Notice, NoticeKind, NotTaken, Reason, read_paste
from nhipcau.translation.manuscript import Manuscript, from_body, plain_text
from nhipcau.translation.proofreading.draft import no_media

WORD = """Version:1.0\r\nStartHTML:00000\r\n<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style><!-- p.MsoNormal {margin:0} --></style><!--[if gte mso 9]><xml><w:View>Normal</w:View>
</xml><![endif]--></head><body lang=VI><!--StartFragment-->
<p class=MsoTitle style='text-align:center'>Hội xuân vùng biên<o:p></o:p></p>
<h1>Đường đi<o:p></o:p></h1>
<p class=MsoNormal>Theo <b style='mso-bidi-font-weight:normal'>quốc lộ 1</b><span
style='mso-spacerun:yes'>  </span>đến <i>km 12</i>, xem <a
href="https://langson.gov.vn/tin">trang tỉnh</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;</span></span></span><![endif]>Xe khách</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp;</span></span><![endif]>Xe giường nằm</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>Xe máy</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>
&nbsp;</span></span>Bước một</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>
&nbsp;</span></span>Bước hai</p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><span style='mso-list:Ignore'>a)<span>
&nbsp;</span></span>Hồ sơ</p>
<table class=MsoTableGrid border=1><tr style='mso-yfti-irow:0'><td><p><b>Năm</b></p></td>
<td><p><b>Lượt</b></p></td></tr><tr><td><p>2024</p></td><td><p>1.250</p></td></tr></table>
<!--EndFragment--></body></html>"""

GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1">
<h2 dir="ltr"><span style="font-weight:400">Đường đi</span></h2>
<p dir="ltr"><span style="font-weight:700">Quốc lộ 1</span><span style="font-style:italic"> đến
đây</span><span style="vertical-align:super">2</span></p>
<ul><li dir="ltr" aria-level="1"><p><span>Xe khách</span></p></li>
<ul><li dir="ltr" aria-level="2"><p><span>Giường nằm</span></p></li></ul>
<li dir="ltr" aria-level="1"><p><span>Xe máy</span></p></li></ul>
<ol><li aria-level="1"><p><span>Một</span></p></li></ol></b>
<br class="Apple-interchange-newline">"""

LIBRE = """<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 7.4 (Linux)"/>
<style type="text/css">p { margin: 0 }</style></head><body lang="vi-VN" dir="ltr">
<p style="margin-bottom: 0cm">Một <b>hai</b> <font face="Liberation Serif, serif">ba</font></p>
<ul><li><p>Đi chợ</p></li></ul>
<table><thead><tr><th><p>Tên</p></th><th colspan="2"><p>Số</p></th></tr></thead>
<tbody><tr><td rowspan="2"><p>A</p></td><td><p>1</p></td><td><p>2</p></td></tr>
<tr><td><p>3</p></td><td><p>4</p></td></tr></tbody></table></body></html>"""


def texts(result):
    return [block["value"] for block in result.body() if block["type"] == "text"]


def kinds(result):
    return [notice.kind for notice in result.notices]


def test_from_word_the_lists_are_lists_again_and_the_styles_are_gone():
    result = read_paste(WORD)

    assert result.title == "Hội xuân vùng biên"
    assert result.body() == [
        {"type": "heading", "value": {"text": "Đường đi", "level": "2"}},
        {
            "type": "text",
            "value": "<p>Theo <b>quốc lộ 1</b> đến <i>km 12</i>, xem "
            '<a href="https://langson.gov.vn/tin">trang tỉnh</a>.</p>'
            "<ul><li>Xe khách<ul><li>Xe giường nằm</li></ul></li><li>Xe máy</li></ul>"
            "<ol><li>Bước một</li><li>Bước hai</li></ol><p>a) Hồ sơ</p>",
        },
        {
            "type": "table",
            "value": {
                "columns": [
                    {"type": "number", "heading": "Năm"},
                    {"type": "number", "heading": "Lượt"},
                ],
                "rows": [{"values": ["2024", "1.250"]}],
                "caption": "",
            },
        },
    ]
    assert result.notices == ()


def test_from_google_docs():
    result = read_paste(GOOGLE)

    assert result.body()[0] == {"type": "heading", "value": {"text": "Đường đi", "level": "2"}}
    [words] = texts(result)
    assert words == (
        "<p><b>Quốc lộ 1</b><i> đến đây</i><sup>2</sup></p>"
        "<ul><li>Xe khách<ul><li>Giường nằm</li></ul></li><li>Xe máy</li></ul><ol><li>Một</li></ol>"
    )


def test_from_libreoffice_with_merged_cells():
    result = read_paste(LIBRE)

    words, table = result.body()
    assert words["value"] == "<p>Một <b>hai</b> ba</p><ul><li>Đi chợ</li></ul>"
    assert [column["heading"] for column in table["value"]["columns"]] == ["Tên", "Số", ""]
    assert table["value"]["rows"] == [{"values": ["A", "1", "2"]}, {"values": ["", "3", "4"]}]
    assert Notice(NoticeKind.MERGED_CELLS, "Tên") in result.notices


def test_pictures_in_what_was_pasted():
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(stream, "PNG")
    data = base64.b64encode(stream.getvalue()).decode()

    result = read_paste(
        f'<p>Trước</p><img src="data:image/png;base64,{data}" alt="Cổng chợ">'
        '<img src="file:///C:/anh.png" alt="mất"><img src="https://x.vn/a.png"><p>Sau</p>'
        '<img src="data:image/png;base64,%%%">'
    )

    assert result.pictures[0].data == stream.getvalue()
    assert [b["type"] for b in result.body([7])] == ["text", "picture", "text"]
    assert result.body([7])[1]["value"]["alt"] == "Cổng chợ"
    assert kinds(result).count(NoticeKind.PICTURE_LOST) == 3


def test_letters_of_old_fonts_are_converted():
    named = read_paste("<p><font face='.VnTime'>Héi xu©n vïng biªn giíi</font> 2026</p>")
    known = read_paste("<p>Héi xu©n vïng biªn giíi, nh©n d©n phÊn khëi tham gia</p>")

    assert texts(named) == ["<p>Hội xuân vùng biên giới 2026</p>"]
    assert texts(known) == ["<p>Hội xuân vùng biên giới, nhân dân phấn khởi tham gia</p>"]
    assert kinds(named)[0] is kinds(known)[0] is NoticeKind.LEGACY_FONTS


EVIL = [
    "<script>alert(1)</script>",
    "<p onclick='alert(1)'>x</p>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<iframe src='https://evil.example'></iframe>",
    "<object data='x.swf'></object><embed src='x.swf'>",
    "<style>p{background:url(javascript:alert(1))}</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<form action='https://evil.example'><input name=a><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<!--[if gte mso 9]><script>alert(1)</script><![endif]-->",
    "<noscript><p title='</noscript><script>alert(1)</script>'></noscript>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<a href='https://a.vn/\"><script>alert(1)</script>'>x</a>",
    "<h2><img src=x onerror=alert(1)>x</h2>",
    "<table><tr><td><script>alert(1)</script>a</td><td onclick=alert(1)>b</td></tr></table>",
    "<template><script>alert(1)</script></template>",
]


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_that_could_run_stays(evil):
    result = read_paste(f"<p>Nội dung.</p>{evil}<p>Hết.</p>")

    shown = "".join(texts(result)).lower()
    assert "nội dung." in shown
    assert "hết." in shown
    for sign in ("<script", "<img", "<svg", "<iframe", "<object", "<style", "<form", "<base",
                 "<meta", "onerror=", "onclick=", "onload=", "javascript:", "vbscript:",
                 'href="data:'):  # fmt: skip
        assert sign not in shown


def test_code_that_was_left_out_is_told():
    result = read_paste("<p>Nội dung.</p><script>steal()</script><iframe src='https://x'></iframe>")

    assert Notice(NoticeKind.CODE, "steal()") in result.notices
    assert Notice(NoticeKind.EMBEDDED, "https://x") in result.notices


def test_hidden_words_are_left_out_and_told():
    result = read_paste("<p>Thấy<span style='display:none'>không thấy</span></p>")

    assert texts(result) == ["<p>Thấy</p>"]
    assert kinds(result) == [NoticeKind.HIDDEN_TEXT, NoticeKind.NO_TITLE]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("", Reason.EMPTY),
        ("  \n ", Reason.EMPTY),
        ("<p></p><script>x</script>", Reason.EMPTY),
        ("<p>TỐI MẬT</p><p>nội dung</p>", Reason.STAMPED),
        ("<table><tr><td>MẬT</td><td>CỘNG HÒA</td></tr></table>", Reason.STAMPED),
        ("<div>" * 5_000 + "x", Reason.BOMB),
        ("x" * 8_000_001, Reason.TOO_LARGE),
    ],
)
def test_what_is_not_taken(markup, reason):
    with pytest.raises(NotTaken) as refused:
        read_paste(markup)

    assert refused.value.reason is reason
    assert str(refused.value).endswith(".")


@pytest.mark.survey
@pytest.mark.parametrize(
    "markup",
    [
        "<p>" + "chữ " * 400_000,
        "<p>x</p>" * 100_000,
        "<b>" * 150 + "x" + "</b>" * 150 + "<i>y</i>" * 100_000,
        "<table>" + "<tr><td colspan=9999 rowspan=9999>x</td></tr>" * 500,
        "<ul>" + "<li>x" * 100_000,
        "<!--[if " * 100_000,
        "<a href='" + "x" * 1_000_000 + "'>y</a>",
        "<span style='" + "a:b;" * 200_000 + "'>y</span>",
    ],
)
def test_a_megabyte_of_whatever_takes_seconds(markup):
    started = time.process_time()

    try:
        read_paste(markup)
    except NotTaken as refusal:
        reason = refusal.reason
    else:
        reason = None

    assert reason in {None, Reason.EMPTY, Reason.BOMB}
    assert time.process_time() - started < 20


TAGS = ("p", "b", "i", "div", "span", "h2", "ul", "li", "ol", "table", "tr", "td", "o:p", "font",
        "center", "sup", "blockquote", "strange")  # fmt: skip
WORDS = st.text("abcđêộ ữ123&;\"'", min_size=1, max_size=12)
TREES = st.recursive(
    WORDS.map(lambda words: words.replace("&", "&amp;")),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda node: f"<{node[0]}>{''.join(node[1])}</{node[0]}>"
    ),
    max_leaves=20,
)


@settings(max_examples=150)
@given(st.lists(TREES, min_size=1, max_size=4))
def test_no_word_of_whatever_is_pasted_is_lost(trees):
    markup = "<p>Nội dung.</p>" + "".join(trees)
    said = Counter(letter for letter in words_of(markup) if letter.isalnum())

    result = read_paste(markup)
    body = from_body(result.body(), no_media)

    assert body.findings == ()
    kept = plain_text(Manuscript("vi", "Latn", result.title, "", body.blocks, ""))
    assert Counter(letter for letter in kept if letter.isalnum()) >= said


def words_of(markup):
    """What a browser shows of well-formed markup: everything between the tags."""
    out, inside = [], False
    for letter in markup:
        if letter in "<>":
            inside = letter == "<"
        elif not inside:
            out.append(letter)
    return "".join(out).replace("&amp;", "&")
