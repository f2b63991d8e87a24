"""Files made by programs that are not ours, full of private things, for cleaning."""

import base64
import struct
import subprocess
import zipfile
import zlib
from functools import cache
from io import BytesIO

import docx
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

PLACE = [
    "-GPSLatitude=21.8537",
    "-GPSLatitudeRef=N",
    "-GPSLongitude=106.7610",
    "-GPSLongitudeRef=E",
]
PRIVATE_WORDS = (
    "Nguyễn Văn Riêng", "SN-4711-RIENG", "0912345678", "21.8537", "+21.8537+106.7610/", "rieng-tu",
)  # fmt: skip


def drawn(size=(96, 64), mode="RGB"):
    """A picture with edges and a gradient, the same each time."""
    picture = Image.new(mode, size, "white")
    pen = ImageDraw.Draw(picture)
    for x in range(size[0]):
        shade = 255 * x // size[0]
        pen.line([(x, 0), (x, size[1] // 2)], fill=(shade, 90, 255 - shade))
    pen.ellipse([10, 20, 50, 60], fill=(200, 30, 30))
    pen.rectangle([60, 30, 90, 60], fill=(20, 120, 60))
    return picture


def picture_bytes(form, **options):
    kept = BytesIO()
    drawn().save(kept, form, **options)
    return kept.getvalue()


def burdened(path):
    """Have exiftool write place, device, people and words into a file."""
    subprocess.run(
        [
            "exiftool", "-q", "-overwrite_original", *PLACE,
            "-Artist=Nguyễn Văn Riêng", "-OwnerName=Nguyễn Văn Riêng",
            "-SerialNumber=SN-4711-RIENG", "-Make=Máy ảnh", "-Model=X100",
            "-ImageDescription=gọi 0912345678", "-XMP-dc:Creator=Nguyễn Văn Riêng",
            "-XMP-exif:GPSLatitude=21.8537", "-IPTC:By-line=rieng-tu", "-Comment=rieng-tu",
            "-DateTimeOriginal=2026:02:12 09:00:00", str(path),
        ],
        check=False,
        capture_output=True,
    )  # fmt: skip
    return path


def told_by_exiftool(path):
    """Everything exiftool can tell of a file, unknown tags too, by group and tag."""
    told = subprocess.run(
        ["exiftool", "-a", "-u", "-G1", "-s", "-ee3", "-api", "LargeFileSupport=1", str(path)],
        check=True,
        capture_output=True,
        text=True,
        errors="replace",
    ).stdout
    return {
        line.partition(":")[0].strip(): line.partition(":")[2].strip() for line in told.splitlines()
    }


def ffmpeg(*arguments):
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True, capture_output=True
    )


def film(path, *codecs, seconds=2):
    """A short film with sound, with a place and a name in it."""
    ffmpeg(
        "-f", "lavfi", "-i", f"testsrc=size=160x120:rate=10:duration={seconds}",
        "-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}",
        "-metadata", "location=+21.8537+106.7610/", "-metadata", "artist=Nguyễn Văn Riêng",
        "-metadata", "comment=rieng-tu", "-metadata", "title=0912345678",
        "-metadata", "creation_time=2026-02-12T09:00:00Z", *codecs, path,
    )  # fmt: skip
    return path


def sound(path, *codecs):
    ffmpeg(
        "-f", "lavfi", "-i", "sine=frequency=440:duration=2",
        "-metadata", "artist=Nguyễn Văn Riêng", "-metadata", "comment=rieng-tu",
        "-metadata", "title=0912345678", *codecs, path,
    )  # fmt: skip
    return path


def decoded(path):
    """What ffmpeg hears and sees in a file, as hashes of the decoded streams."""
    return subprocess.run(
        ["ffmpeg", "-v", "error", "-xerror", "-i", str(path), "-map", "0:v?", "-map", "0:a?",
         "-f", "streamhash", "-"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def bomb_png(width=50_000, height=50_000):
    """A PNG whose header promises 2.5 thousand million pixels, in a few hundred bytes."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(10_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def pdf(path, *, pages=2, photo=None):
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setAuthor("Nguyễn Văn Riêng")
    canvas.setTitle("rieng-tu")
    for page in range(pages):
        canvas.drawString(72, 720, f"Trang {page + 1}")
        if photo is not None:
            canvas.drawImage(str(photo), 72, 400, 192, 128)
        canvas.showPage()
    canvas.save()
    return path


@cache
def word_bytes():
    paper = docx.Document()
    paper.add_heading("Thông báo", 1)
    paper.add_paragraph("Cửa khẩu mở cửa từ 7 giờ.")
    paper.core_properties.author = "Nguyễn Văn Riêng"
    paper.core_properties.last_modified_by = "rieng-tu"
    photo = BytesIO()
    drawn().save(photo, "JPEG", exif=exif_with_place())
    photo.seek(0)
    paper.add_picture(photo)
    kept = BytesIO()
    paper.save(kept)
    return kept.getvalue()


def exif_with_place():
    exif = Image.Exif()
    exif[0x013B] = "Nguyen Van Rieng"
    exif[0xA431] = "SN-4711-RIENG"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 51.0, 13.3), 3: "E", 4: (106.0, 45.0, 39.6)})
    return exif


def with_parts(packed, changes):
    """A ZIP with parts added, changed by a function, or (None) left out."""
    kept = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(packed)) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            change = changes.get(info.filename, "same")
            if change == "same":
                new.writestr(info.filename, old.read(info))
            elif change is not None:
                data = old.read(info)
                new.writestr(info.filename, change(data) if callable(change) else change)
        for name, data in changes.items():
            if name not in old.namelist():
                new.writestr(name, data)
    return kept.getvalue()


def svg(inner="", attributes=""):
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 200 100" {attributes}><rect width="200" height="100" fill="#23407a"/>'
        f"{inner}</svg>"
    ).encode()


def data_address(data, mime="image/jpeg"):
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"
