"""Renditions opened by programs and libraries that did not make them."""

import atexit
import io
import re
import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path

import pikepdf

SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # a start, one book, an end
EPUBCHECK = Path("/usr/share/java/epubcheck.jar")  # Debian's, whose starter needs binfmt
CHROMIUM = "chromium"


# Everything that programs are shown lies here, and goes with this process.
_TABLE = tempfile.TemporaryDirectory(prefix="nhipcau-opened-")
atexit.register(_TABLE.cleanup)


class Refused(AssertionError):
    """The program did not take the file; the message is what it said."""


def run(*command, accept=(0,), **more):
    finished = subprocess.run(
        [str(part) for part in command], capture_output=True, check=False, timeout=180, **more
    )
    if finished.returncode not in accept:
        said = (finished.stdout + finished.stderr).decode(errors="replace")
        raise Refused(f"{command[0]} ended with {finished.returncode}: {said[-1500:]}")
    return finished.stdout


def missing(*programs):
    """Which of these are not on this machine."""
    absent = [
        program for program in programs if program != "epubcheck" and not shutil.which(program)
    ]
    if "epubcheck" in programs and not (EPUBCHECK.exists() and shutil.which("java")):
        absent.append("epubcheck")
    return absent


def on_disk(content, ending):
    path = Path(tempfile.mkdtemp(dir=_TABLE.name)) / f"rendition{ending}"
    path.write_bytes(content)
    return path


def qpdf(content):
    run("qpdf", "--check", on_disk(content, ".pdf"))
    return "no syntax errors"


def pdf_words(content, *crop):
    """pdftotext's words in one line, NFC; of a part of each page with "-x", "-W" and so on."""
    out = run("pdftotext", "-enc", "UTF-8", *crop, on_disk(content, ".pdf"), "-")
    text = unicodedata.normalize("NFC", out.decode())
    return " ".join(text.replace("\u200b", "").replace("\u00a0", " ").split())


def pdf_lines(content):
    """pdftotext's lines, NFC, without those that are empty."""
    out = run("pdftotext", "-enc", "UTF-8", on_disk(content, ".pdf"), "-")
    lines = unicodedata.normalize("NFC", out.decode()).splitlines()
    return [line.strip() for line in lines if line.strip()]


def pdf_pages(content, density):
    """Pictures of the pages, by poppler."""
    path = on_disk(content, ".pdf")
    run("pdftoppm", "-r", density, "-png", path, path.with_suffix(""))
    return sorted(path.parent.glob("*.png"))


def codes(*pictures):
    """What zbarimg reads in pictures."""
    out = run("zbarimg", "--quiet", "--raw", *pictures, accept=(0, 4))
    return sorted(set(out.decode().split()))


def structure(content):
    """Tags, alternative texts and the standards that a PDF declares, by pikepdf."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        metadata = pdf.open_metadata()
        found = {
            "language": str(pdf.Root.Lang),
            "title": metadata.get("dc:title"),
            "pdfa": f"{metadata.get('pdfaid:part')}{metadata.get('pdfaid:conformance')}",
            "pdfua": metadata.get("pdfuaid:part"),
            "intents": len(pdf.Root.get("/OutputIntents", [])),
            "tags": {},
            "figures_without_words": 0,
            "languages": set(),
        }
        waiting = [pdf.Root.StructTreeRoot]
        while waiting:
            node = waiting.pop()
            if "/S" in node:
                name = str(node.S)[1:]
                found["tags"][name] = found["tags"].get(name, 0) + 1
                if name == "Figure" and not str(node.get("/Alt", "")).strip():
                    found["figures_without_words"] += 1
            if "/Lang" in node:
                found["languages"].add(str(node.Lang))
            kids = node.get("/K", [])
            kids = kids if isinstance(kids, pikepdf.Array) else [kids]
            waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]
        return found


def epubcheck(content):
    out = run("java", *SHORT_LIVED, "-jar", EPUBCHECK, on_disk(content, ".epub"))
    [said] = re.findall(r"Messages: .*", out.decode()) or [out.decode()]
    if said != "Messages: 0 fatals / 0 errors / 0 warnings / 0 infos":
        raise Refused(out.decode())
    return said.removeprefix("Messages: ")


def chromium(content, ending):
    """The page as Chromium understands it."""
    out = run(
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tempfile.mkdtemp(dir=_TABLE.name)}", "--dump-dom",
        on_disk(content, ending).as_uri(),
    )  # fmt: skip
    return out.decode()


def file_says(content, ending):
    return run("file", "--brief", on_disk(content, ending)).decode().strip()


def letters_in_order(expected, text):
    """Whether the letters of `expected` stand in `text` in their order, whatever is between."""
    rest = iter(text)
    return all(letter in rest for letter in expected if not letter.isspace())


def ends_between(pieces, lines):
    """Whether some of these lines, one below the other, hold the pieces whole and in their order.

    What a line holds besides (letters that were written twice over) does not matter; a piece of
    which one part stands on a line and the rest on the next does.
    """
    standing = set()
    for line in lines:
        filled = set()
        for start in standing | {0}:
            for end in range(start + 1, len(pieces) + 1):
                if not letters_in_order("".join(pieces[start:end]), line):
                    break
                filled.add(end)
        if len(pieces) in filled:
            return True
        standing = filled
    return False
