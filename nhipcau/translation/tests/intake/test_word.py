"""Word documents become drafts: their words, looks, lists, tables and pictures, and no more."""

import io
import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.limits import MEGABYTE
from nhipcau.plans.tests.sources.hostile import REFUSED
from nhipcau.translation.intake import (
    BroughtPicture,
    Notice,
    NoticeKind,
    NotTaken,
    Reason,
    read_word,
    word,
)
from nhipcau.translation.intake.errors import SENTENCES as REFUSALS
from nhipcau.translation.intake.isolated import LIMITS
from nhipcau.translation.intake.marks import Stamped
from nhipcau.translation.intake.sentences import SENTENCES, sentence
from nhipcau.translation.manuscript import Manuscript, from_body, plain_text
from nhipcau.translation.proofreading.draft import no_media


def from_word(data):
    return word.from_word(data, LIMITS)


def png(colour="red", size=(8, 8)):
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def brought(build):
    document = docx.Document()
    build(document)
    return from_word(saved(document))


def texts(result):
    return [block["value"] for block in result.body() if block["type"] == "text"]


def kinds(result):
    return [notice.kind for notice in result.notices]


def repacked(data, add=None, change=None, drop=()):
    """The same archive with parts added, changed or dropped."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in drop:
                part = old.read(name)
                new.writestr(name, change[name](part) if change and name in change else part)
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def test_a_document_becomes_a_title_and_blocks():
    def build(document):
        document.add_heading("Hội xuân vùng biên", 0)
        document.add_heading("Đường đi", 1)
        paragraph = document.add_paragraph("Theo ")
        paragraph.add_run("quốc lộ 1").bold = True
        paragraph.add_run(" đến ").italic = True
        paragraph.add_run("km 12")
        document.add_heading("Bằng ô tô", 2)
        document.add_paragraph("Xe khách", style="List Bullet")
        document.add_paragraph("Xe máy", style="List Bullet")
        document.add_paragraph("Bước một", style="List Number")
        document.add_paragraph("Bước hai", style="List Number")

    result = brought(build)

    assert result.title == "Hội xuân vùng biên"
    assert result.body() == [
        {"type": "heading", "value": {"text": "Đường đi", "level": "2"}},
        {
            "type": "text",
            "value": "<p>Theo <b>quốc lộ 1</b><i> đến </i>km 12</p>",
        },
        {"type": "heading", "value": {"text": "Bằng ô tô", "level": "3"}},
        {
            "type": "text",
            "value": "<ul><li>Xe khách</li><li>Xe máy</li></ul>"
            "<ol><li>Bước một</li><li>Bước hai</li></ol>",
        },
    ]
    assert result.notices == ()


def test_tables_are_kept_with_their_heads_and_merged_cells_are_explained():
    def build(document):
        document.add_paragraph("Mở đầu, có bảng dưới đây:")
        table = document.add_table(3, 3)
        rows = (("Năm", "Lượt khách", "Ghi chú"), ("2024", "1.250", "tăng"), ("2025", "1.800", ""))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, said in zip(row.cells, words, strict=True):
                cell.text = said
        for cell in table.rows[0].cells:
            cell.paragraphs[0].runs[0].bold = True
        table.cell(1, 2).merge(table.cell(2, 2))

    result = brought(build)

    [_words, table] = result.body()
    assert table == {
        "type": "table",
        "value": {
            "columns": [
                {"type": "number", "heading": "Năm"},
                {"type": "number", "heading": "Lượt khách"},
                {"type": "text", "heading": "Ghi chú"},
            ],
            "rows": [{"values": ["2024", "1.250", "tăng"]}, {"values": ["2025", "1.800", ""]}],
            "caption": "",
        },
    }
    assert Notice(NoticeKind.MERGED_CELLS, "Năm") in result.notices


def test_a_row_that_repeats_on_every_page_is_the_head():
    def build(document):
        table = document.add_table(2, 2)
        for cell, words in zip(table._cells, ("Tên", "Số", "A", "B"), strict=True):
            cell.text = words
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    [table] = brought(build).body()

    assert [column["heading"] for column in table["value"]["columns"]] == ["Tên", "Số"]


def test_a_table_without_heads_keeps_all_its_rows_and_says_so():
    def build(document):
        table = document.add_table(2, 2)
        for cell, words in zip(table._cells, ("a", "b", "c", "d"), strict=True):
            cell.text = words

    result = brought(build)

    [table] = result.body()
    assert table["value"]["rows"] == [{"values": ["a", "b"]}, {"values": ["c", "d"]}]
    assert Notice(NoticeKind.NO_TABLE_HEADS, "a") in result.notices


def test_pictures_come_with_their_bytes_and_words():
    data = png()

    def build(document):
        document.add_paragraph("Trước ảnh.")
        document.add_picture(io.BytesIO(data))
        document.add_picture(io.BytesIO(data))
        drawn = document.element.body.iter(qn("wp:docPr"))
        for properties in drawn:
            properties.set("descr", "Cổng chợ buổi sáng")
        document.add_paragraph("Sau ảnh.")

    result = brought(build)

    assert result.pictures == (
        BroughtPicture("image1.png", "image/png", data, "Cổng chợ buổi sáng"),
    )
    assert [block["type"] for block in result.body([41])] == ["text", "picture", "picture", "text"]
    assert result.body([41])[1]["value"] == {
        "picture": 41,
        "alt": "Cổng chợ buổi sáng",
        "decorative": False,
        "caption": "",
    }
    # Refused by the library: its words stay.
    assert result.body([None])[1] == {"type": "text", "value": "<p>Cổng chợ buổi sáng</p>"}


def test_links_are_kept_where_they_are_safe():
    def build(document):
        for target in ("https://langson.gov.vn/tin?a=1&b=2", "javascript:alert(1)"):
            paragraph = document.add_paragraph("Xem ")
            key = document.part.relate_to(
                target,
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
                is_external=True,
            )
            paragraph._p.append(
                parse_xml(
                    f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}"><w:r><w:t>trang này</w:t></w:r>'
                    "</w:hyperlink>"
                )
            )

    result = brought(build)

    [words] = texts(result)
    assert words == (
        '<p>Xem <a href="https://langson.gov.vn/tin?a=1&amp;b=2">trang này</a></p>'
        "<p>Xem trang này</p>"
    )
    assert Notice(NoticeKind.UNSAFE_LINK, "javascript:alert(1)") in result.notices


def test_footnotes_stand_at_the_end_with_their_numbers():
    body = (
        f"<w:p {nsdecls('w')}><w:r><w:t>Chợ họp từ lâu</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    )
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        "<w:r><w:t>Theo sách địa chí.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    document = docx.Document()
    document.element.body.insert(0, parse_xml(body))
    related = (
        b'<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    data = repacked(
        saved(document),
        add={"word/footnotes.xml": notes.encode()},
        change={
            "word/_rels/document.xml.rels": lambda old: old.replace(b"</Relationships>", related)
        },
    )

    result = from_word(data)

    assert texts(result) == [
        "<p>Chợ họp từ lâu<sup>1</sup>.</p><p><sup>1</sup> Theo sách địa chí.</p>"
    ]
    assert NoticeKind.FOOTNOTES in kinds(result)


def test_marks_that_a_page_would_draw_otherwise_are_kept_as_words():
    def build(document):
        document.add_paragraph("Mở đầu.")
        numbering = document.part.numbering_part.element
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="91"><w:lvl w:ilvl="0"><w:start '
                'w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
                "</w:abstractNum>"
            ),
        )
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="91"/></w:num>')
        )
        for words in ("Hồ sơ", "Lệ phí"):
            properties = document.add_paragraph(words)._p.get_or_add_pPr()
            properties.append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>'
                )
            )

    assert texts(brought(build)) == ["<p>Mở đầu.</p><p>a) Hồ sơ</p><p>b) Lệ phí</p>"]


def test_bold_lines_are_taken_for_title_and_headings_where_none_are_marked():
    def build(document):
        document.add_paragraph().add_run("THÔNG BÁO HỘI XUÂN").bold = True
        document.add_paragraph("Hội mở ba ngày.")
        document.add_paragraph().add_run("Đường đi").bold = True
        document.add_paragraph("Theo quốc lộ 1.")

    result = brought(build)

    assert result.title == "THÔNG BÁO HỘI XUÂN"
    assert [block["type"] for block in result.body()] == ["text", "heading", "text"]
    assert kinds(result) == [NoticeKind.TITLE_GUESSED, NoticeKind.HEADINGS_GUESSED]


def test_legacy_letters_are_converted():
    def build(document):
        run = document.add_paragraph().add_run("Héi xu©n vïng biªn giíi, nh©n d©n phÊn khëi")
        run.font.name = ".VnTime"
        run.font.size = Pt(14)

    result = brought(build)

    assert texts(result) == ["<p>Hội xuân vùng biên giới, nhân dân phấn khởi</p>"]
    assert NoticeKind.LEGACY_FONTS in kinds(result)


def test_line_breaks_and_page_breaks_part_lines_and_nothing_else():
    def build(document):
        run = document.add_paragraph("Một").add_run()
        run.add_break()
        run.add_text("Hai")
        run.add_break(WD_BREAK.PAGE)
        run.add_text("Ba")

    assert texts(brought(build)) == ["<p>Một<br/>Hai<br/>Ba</p>"]


def test_words_above_the_pages_are_told_and_not_taken():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "Lưu hành nội bộ"
        document.add_paragraph("Nội dung.")

    result = brought(build)

    assert texts(result) == ["<p>Nội dung.</p>"]
    assert result.notices[0] == Notice(NoticeKind.HEADER, "Lưu hành nội bộ")


@pytest.mark.parametrize("where", ["header", "footer", "body", "cell", "heading"])
def test_a_document_that_bears_a_stamp_is_not_taken_in_at_all(where):
    def build(document):
        document.add_paragraph("Nội dung.")
        if where == "header":
            document.sections[0].header.paragraphs[0].text = "TỐI MẬT"
        elif where == "footer":
            document.sections[0].footer.paragraphs[0].text = "Độ mật: Mật"
        elif where == "cell":
            document.add_table(1, 2).cell(0, 0).text = "UBND TỈNH\nMẬT\nSố: 5/BC-UBND"
        elif where == "heading":
            document.add_heading("TUYỆT MẬT", 0)
        else:
            document.add_paragraph("M Ậ T")

    with pytest.raises(Stamped):
        brought(build)


def macros(data):
    return repacked(data, add={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"AutoOpen" * 50})


def test_macros_are_left_out_and_told():
    document = docx.Document()
    document.add_paragraph("Nội dung.")

    result = from_word(macros(saved(document)))

    assert texts(result) == ["<p>Nội dung.</p>"]
    assert kinds(result)[0] is NoticeKind.MACROS
    assert b"AutoOpen" not in result.packed()


def test_embedded_objects_and_far_references_are_left_out_and_told():
    document = docx.Document()
    document.add_paragraph("Nội dung.")
    far = (
        b'<Relationship Id="rId90" Type="http://x/relationships/image" TargetMode="External" '
        b'Target="http://tracker.example/p.png"/></Relationships>'
    )
    data = repacked(
        saved(document),
        add={"word/embeddings/oleObject1.bin": b"MZ..."},
        change={"word/_rels/document.xml.rels": lambda old: old.replace(b"</Relationships>", far)},
    )

    result = from_word(data)

    assert Notice(NoticeKind.EMBEDDED, "oleObject1.bin") in result.notices
    assert Notice(NoticeKind.EXTERNAL, "http://tracker.example/p.png") in result.notices


def test_a_picture_that_no_page_can_show_is_told():
    document = docx.Document()
    document.add_paragraph("Nội dung.")
    document.add_picture(io.BytesIO(png()))
    data = repacked(
        saved(document), change={"word/media/image1.png": lambda _old: b"\x01\x00\x00\x00 EMF"}
    )

    result = from_word(data)

    assert result.pictures == ()
    assert Notice(NoticeKind.PICTURE_FORMAT, "EMF") in result.notices


def entity_bomb(_old):
    return (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&y;</w:t></w:r></w:p></w:body></w:document>"
    )


def deep_bomb(_old):
    tables = b"<w:tbl><w:tr><w:tc>" * 300 + b"</w:tc></w:tr></w:tbl>" * 300
    return (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body>" + tables + b"</w:body></w:document>"
    )


def sound():
    document = docx.Document()
    document.add_paragraph("Nội dung.")
    return saved(document)


HOSTILE = {
    "nothing": (lambda: b"", Refusal.UNKNOWN_FORMAT),
    "no zip": (lambda: b"hello", Refusal.UNKNOWN_FORMAT),
    "half": (lambda: sound()[: len(sound()) // 2], Refusal.DAMAGED),
    "no words": (lambda: saved(docx.Document()), Refusal.EMPTY),
    "entities": (
        lambda: repacked(sound(), change={"word/document.xml": entity_bomb}),
        Refusal.BOMB,
    ),
    "deep": (lambda: repacked(sound(), change={"word/document.xml": deep_bomb}), Refusal.BOMB),
    "no document": (lambda: repacked(sound(), drop=["word/document.xml"]), Refusal.DAMAGED),
    "many parts": (
        lambda: repacked(sound(), add={f"word/x{n}.xml": b"" for n in range(10_001)}),
        Refusal.BOMB,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_by_one_sentence(name):
    make, reason = HOSTILE[name]

    with pytest.raises(NotReadable) as refused:
        from_word(make())

    assert refused.value.reason is reason


@pytest.mark.parametrize("name", REFUSED)
def test_what_harms_the_plan_reader_harms_nobody_here(name):
    with pytest.raises(NotReadable):
        from_word(REFUSED[name][0]())


def test_read_in_a_process_of_its_own_it_comes_back_the_same(tmp_path):
    document = docx.Document()
    document.add_heading("Hội xuân", 0)
    document.add_picture(io.BytesIO(png("blue", (300, 200))))
    document.add_paragraph("Nội dung.")
    path = tmp_path / "bai.docx"
    path.write_bytes(saved(document))

    assert read_word(path) == from_word(saved(document))


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (lambda: b"PK\x03\x04 not whole", Reason.DAMAGED),
        (lambda: b"%PDF-1.7 ...", Reason.NOT_WORD),
        (HOSTILE["entities"][0], Reason.BOMB),
    ],
)
def test_what_is_refused_there_is_refused_here(tmp_path, build, reason):
    path = tmp_path / "bai.docx"
    path.write_bytes(build())

    with pytest.raises(NotTaken) as refused:
        read_word(path)

    assert refused.value.reason is reason


def test_a_document_that_takes_too_long_or_too_much_is_let_go(tmp_path, caplog):
    document = docx.Document()
    document.add_paragraph("Nội dung.")
    path = tmp_path / "bai.docx"
    path.write_bytes(saved(document))

    with pytest.raises(NotTaken) as slow:
        read_word(path, replace(LIMITS, seconds=0.05))
    with pytest.raises(NotTaken) as large:
        read_word(path, replace(LIMITS, bytes=1_000))
    with pytest.raises(NotTaken) as greedy:
        read_word(path, replace(LIMITS, memory=40 * MEGABYTE))

    assert slow.value.reason is Reason.TOO_SLOW
    assert large.value.reason is Reason.TOO_LARGE
    assert greedy.value.reason in {Reason.BOMB, Reason.TOO_LARGE}


def test_of_a_stamped_document_nothing_comes_back_but_that_it_was_one(tmp_path):
    document = docx.Document()
    document.add_paragraph("TỐI MẬT")
    document.add_paragraph("Kế hoạch bố trí lực lượng")
    path = tmp_path / "bai.docx"
    path.write_bytes(saved(document))

    with pytest.raises(NotTaken) as refused:
        read_word(path)

    assert refused.value.reason is Reason.STAMPED
    assert "lực lượng" not in str(refused.value)


def test_every_notice_and_refusal_has_a_sentence():
    assert set(SENTENCES) == set(NoticeKind)
    assert set(REFUSALS) == set(Reason)
    assert all(sentence(Notice(kind, "x")).endswith((".", ".”")) for kind in NoticeKind)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Cf"]),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "bullet", "number", "heading", "bold", "table", "link"]), WORDS
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_word_is_lost_and_nothing_executable_stays(parts):
    document = docx.Document()
    for kind, words in parts:
        if kind == "table":
            table = document.add_table(2, 2)
            table.cell(0, 0).text = words
            table.cell(1, 1).text = words
        elif kind == "bold":
            document.add_paragraph().add_run(words).bold = True
        else:
            style = {"bullet": "List Bullet", "number": "List Number", "heading": "Heading 1"}
            document.add_paragraph(words, style=style.get(kind))
    if not any(
        letter.isprintable() and letter.strip() for _kind, words in parts for letter in words
    ):
        document.add_paragraph("Nội dung.")
    result = from_word(saved(document))

    body = from_body(result.body(), no_media)
    manuscript = Manuscript("vi", "Latn", result.title, "", body.blocks, "")
    assert body.findings == ()
    assert letters_of(plain_text(manuscript)) >= letters_of(" ".join(w for _kind, w in parts))
    assert not re.search(r"<(?!/?(?:p|b|i|a|ol|ul|li|br|sup|sub)[ >/])", "".join(texts(result)))


def letters_of(text):
    """Letters and digits, counted; what is only drawn (marks, spaces) does not matter."""
    plain = unicodedata.normalize("NFKC", text)
    return Counter(letter for letter in plain if letter.isalnum())
