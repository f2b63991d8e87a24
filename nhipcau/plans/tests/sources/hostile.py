"""Files that should not be read, each with the reason it must be refused for."""

import io
import struct
import zipfile
import zlib

from nhipcau.plans.reading.errors import Refusal
from nhipcau.plans.tests.sources.making import TYPES, WORD, p, word, word_parts, zipped

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def compound(*streams):
    """The head of a compound file and its directory names, as Office before 2007 wrote them."""
    return _COMPOUND + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)


def body_of(xml):
    parts = word_parts("")
    parts["word/document.xml"] = xml
    return zipped(parts)


def zip_bomb():
    """A gigabyte of spaces in one paragraph, packed a thousand times smaller."""
    stream = io.BytesIO()
    parts = word_parts("")
    parts.pop("word/document.xml")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open("word/document.xml", "w") as part:
            part.write(f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>'.encode())
            for _ in range(140):
                part.write(b" " * 1_000_000)
            part.write(b"</w:t></w:r></w:p></w:body></w:document>")
    return stream.getvalue()


def lying_bomb():
    """The same with sizes in both directories that claim a small part."""
    data = bytearray(zip_bomb())
    start = data.rindex(b"PK\x01\x02")
    while start >= 0:
        length = struct.unpack("<H", data[start + 28 : start + 30])[0]
        if data[start + 46 : start + 46 + length] == b"word/document.xml":
            data[start + 24 : start + 28] = struct.pack("<I", 5000)
        start = data.rfind(b"PK\x01\x02", 0, start)
    return bytes(data)


def many_parts():
    return zipped({**word_parts(p("x")), **{f"word/media/{n}": b"" for n in range(12_000)}})


def dense_text():
    """Real elements, packed more tightly than any author's document."""
    return word(p("a") * 2_000_000)


def nested_tables(depth):
    row = "<w:tbl><w:tr><w:tc>"
    return body_of(
        f'<w:document xmlns:w="{WORD}"><w:body>{row * depth}{p("x")}'
        + "</w:tc></w:tr></w:tbl>" * depth
        + "</w:body></w:document>"
    )


def entities(kind):
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return body_of(
        f'<!DOCTYPE w:document [<!ENTITY a0 "ha">{lines}]>'
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r>'
        + ("<w:t>&a11;</w:t>" if kind == "text" else '<w:t w:x="&a11;">x</w:t>')
        + "</w:r></w:p></w:body></w:document>"
    )


def external_entity():
    return body_of(
        '<!DOCTYPE w:document [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&file;</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )


def wrong_checksum():
    data = bytearray(zipped(word_parts(p("Kế hoạch " * 50)), method=zipfile.ZIP_STORED))
    place = data.index("hoạch".encode())
    data[place] ^= 1
    return bytes(data)


def wrong_directory():
    data = bytearray(word(p("x")))
    end = data.rindex(b"PK\x05\x06")
    data[end + 16 : end + 20] = struct.pack("<I", 0x7FFFFFF0)
    return bytes(data)


def locked_zip():
    """A part marked as locked with a password, as archive programmes do it."""
    data = bytearray(word(p("x")))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def workbook():
    import openpyxl

    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def opendocument(mime):
    return zipped({"mimetype": mime, "content.xml": "<x/>"}, method=zipfile.ZIP_STORED)


def pdf_of(content, filters=b"/FlateDecode"):
    """A PDF of one page whose content is given packed."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>>>>>"
        ),
        b"<</Filter[%b]/Length %d>>stream\n%b\nendstream" % (filters, len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, inner in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, inner)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 6\n0000000000 65535 f \n%btrailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, len(data))
    )


def packed(piece, times):
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()


# These take the reading process with them: never to be read in the process of the tests.
PDF_BOMBS = {
    "two gigabytes of spaces": lambda: pdf_of(packed(b" " * 10_000_000, 200)),
    "packed three times over": lambda: pdf_of(
        zlib.compress(zlib.compress(packed(b" " * 10_000_000, 50))), b"/FlateDecode" * 3
    ),
    "three million words": lambda: pdf_of(
        packed(b"BT /F 12 Tf 50 700 Td (x) Tj ET\n" * 10_000, 300)
    ),
    "three million lines": lambda: pdf_of(packed(b"0 0 m 100 100 l S\n" * 10_000, 300)),
}

REFUSED = {
    "empty": (lambda: b"", Refusal.EMPTY),
    "blank": (lambda: b" \r\n\t\n" * 100, Refusal.EMPTY),
    "byte order mark alone": (lambda: b"\xef\xbb\xbf", Refusal.EMPTY),
    "nothing but NUL": (lambda: bytes(4096), Refusal.EMPTY),
    "marks without words": (lambda: b"--- ... ***\n" * 9, Refusal.EMPTY),
    "a document without words": (lambda: word(p("")), Refusal.EMPTY),
    "bytes of every kind": (lambda: bytes(range(256)) * 40, Refusal.UNKNOWN_FORMAT),
    "zip bomb": (zip_bomb, Refusal.BOMB),
    "zip bomb that lies about its size": (lying_bomb, Refusal.DAMAGED),
    "twelve thousand parts": (many_parts, Refusal.BOMB),
    "two million paragraphs in a few kilobytes": (dense_text, Refusal.BOMB),
    "a million tables in one another": (lambda: nested_tables(1_000_000), Refusal.BOMB),
    "three hundred tables in one another": (lambda: nested_tables(300), Refusal.BOMB),
    "entities in text": (lambda: entities("text"), Refusal.BOMB),
    "entities in an attribute": (lambda: entities("attribute"), Refusal.BOMB),
    "an entity that names a file": (external_entity, Refusal.BOMB),
    "zip cut off": (lambda: word(p("Kế hoạch " * 500))[:-200], Refusal.DAMAGED),
    "zip of which only the head is left": (lambda: word(p("x"))[:40], Refusal.DAMAGED),
    "wrong central directory": (wrong_directory, Refusal.DAMAGED),
    "wrong checksum": (wrong_checksum, Refusal.DAMAGED),
    "body that is no XML": (lambda: body_of("<w:document><w:body>"), Refusal.DAMAGED),
    "body missing": (
        lambda: zipped({"[Content_Types].xml": TYPES, "word/styles.xml": "<x/>"}),
        Refusal.DAMAGED,
    ),
    "zip with locked parts": (locked_zip, Refusal.ENCRYPTED),
    "locked .docx": (lambda: compound("EncryptionInfo", "EncryptedPackage"), Refusal.ENCRYPTED),
    "compound file of nothing": (lambda: compound("Root Entry"), Refusal.DAMAGED),
    "HTML nested a hundred thousand deep": (
        lambda: b"<html><body>" + b"<div>" * 100_000 + b"x",
        Refusal.BOMB,
    ),
    "HTML nested 250 deep": (lambda: b"<html>" + b"<div><span>" * 125 + b"x", Refusal.BOMB),
    "HTML without words": (lambda: b"<html><body><br></body></html>", Refusal.EMPTY),
    "HTML of a picture": (lambda: b"<html><body><img src='a.png'></body></html>", Refusal.SCAN),
    "PDF that is only a header": (lambda: b"%PDF-1.7\n", Refusal.DAMAGED),
    "PDF of noise": (lambda: b"%PDF-1.4\n" + bytes(range(256)) * 30, Refusal.DAMAGED),
}

WRONG_KINDS = {
    "spreadsheet": workbook,
    "slides": lambda: zipped({"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<x/>"}),
    "old_doc": lambda: compound("Root Entry", "WordDocument"),
    "word_xml": lambda: (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
    ),
    "odt": lambda: opendocument("application/vnd.oasis.opendocument.text"),
    "rtf": lambda: b"{\\rtf1\\ansi K\\'ea ho\\u7841?ch}",
    "web_archive": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x",
    "postscript": lambda: b"%!PS-Adobe-3.0\n",
    "xml": lambda: b'<?xml version="1.0"?><plan><task/></plan>',
    "email": lambda: b"Received: from a by b\nSubject: Ke hoach\n\nKinh gui",
    "ebook": lambda: opendocument("application/epub+zip"),
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "sound": lambda: b"ID3\x03\0" + bytes(100),
    "programme": lambda: b"MZ\x90\0" + bytes(200),
    "archive": lambda: zipped({"ke-hoach.docx": word(p("x"))}),
    "database": lambda: b"SQLite format 3\0" + bytes(100),
}

MORE_KINDS = {
    "old spreadsheet": (lambda: compound("Workbook"), "spreadsheet"),
    "old slides": (lambda: compound("PowerPoint Document"), "slides"),
    "OpenDocument sheet": (
        lambda: opendocument("application/vnd.oasis.opendocument.spreadsheet"),
        "spreadsheet",
    ),
    "JPEG": (lambda: b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
    "TIFF": (lambda: b"II*\0" + bytes(50), "picture"),
    "WebP": (lambda: b"RIFF\0\0\0\0WEBPVP8 ", "picture"),
    "HEIC": (lambda: b"\0\0\0\x18ftypheic" + bytes(20), "picture"),
    "SVG": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><text>KH</text></svg>", "picture"),
    "film": (lambda: b"\0\0\0\x18ftypmp42" + bytes(20), "sound"),
    "Linux programme": (lambda: b"\x7fELF\x02" + bytes(60), "programme"),
    "script": (lambda: b"#!/bin/sh\nrm -rf /\n", "programme"),
    "Java programme": (lambda: zipped({"META-INF/MANIFEST.MF": "x"}), "programme"),
    "gzip": (lambda: b"\x1f\x8b\x08" + bytes(20), "archive"),
    "RAR": (lambda: b"Rar!\x1a\x07\x01\0", "archive"),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(20), "archive"),
    "tar": (lambda: b"a".ljust(257, b"\0") + b"ustar" + bytes(100), "archive"),
    "empty archive": (lambda: zipped({}), "archive"),
}
