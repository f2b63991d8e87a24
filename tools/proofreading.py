"""Writes docs/proofreading.md from the listed proofreaders; a test holds the two equal."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "proofreading.md"
HEAD = """# Checks before submitting

What is looked at before a draft is submitted, in this order (the setting `PROOFREADERS`). This
table is made from the classes by `.venv/bin/python tools/proofreading.py`; a test holds it
complete. “At most” is the gravest that a finding can be: a *note* and a *warning* stand in
nobody's way; what *must be answered* is mended or overruled with a reason by somebody with the
right named; what is *never overruled* is mended. The author gives the reason at the hand-in; where
the right is another than `works.write`, it is a proposal until somebody else with that right
confirms it, by clearing a step or beside the route, and without that the last step is not cleared.
A finding may set something going: the foreign-affairs reviewer must see the work, or the work is
stopped.

What is read: title, summary and body of a text with everything in its blocks, and what its films
and sounds say in its language (subtitles and transcripts, which leave with it); a finding there
names the film, the language and the time. They are read when the text is handed in, and what
changes of them afterwards has the text handed in again (decision 16). What is not read: files that
are attached (PDF, .docx and others), words within pictures, and sound itself. The page of a review
and that of a leader's link list the attached files as not read by the machine: reviewers open them.

| check | slug | what it looks for | at most | overruled by | sets going |
| --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The page as it must be, in English."""
    import django
    from django.utils import translation

    django.setup()
    from nhipcau.translation.proofreading import proofreaders

    with translation.override("en"):
        rows = [
            "| "
            + " | ".join(
                (
                    str(reader.title),
                    f"`{reader.slug}`",
                    str(reader.explanation),
                    reader.severity.value.replace("_", " "),
                    f"`{reader.overruled_by}`" if reader.overruled_by else "nobody",
                    reader.consequence.value.replace("_", " "),
                )
            )
            + " |"
            for reader in proofreaders()
        ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    PAGE.write_text(page())
