#!/usr/bin/env python3
"""Write the sample province's .docx plans anew, after a change to their words or layout."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from nhipcau.demo.writing.files import FOLDER, papers
from nhipcau.demo.writing.page import as_docx

for name, paper in papers().items():
    (FOLDER / name).write_bytes(as_docx(paper))
    print(FOLDER / name)
