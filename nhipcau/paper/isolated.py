"""The process that runs typst: limits first, then one compilation. Standard input is the task.

Ends with 0, or with 3 and typst's words on standard error.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any


def main() -> int:
    task = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (task["memory"], task["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (task["processor"], task["processor"] + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import typst  # noqa: PLC0415 -- under the limits

    folder = Path(task["folder"])
    try:
        pages: Any = typst.compile(
            str(folder / task["main"]),
            root=str(folder),
            font_paths=[str(folder / "fonts")],
            ignore_system_fonts=True,
            format=task["format"],
            ppi=float(task["density"]),
            pdf_standards=task["standards"],
            # No package is ever fetched: these folders are empty.
            package_path=str(folder / "out"),
            package_cache_path=str(folder / "out"),
        )
    except typst.TypstError as error:
        sys.stderr.write(f"{error} {getattr(error, 'trace', '')}")
        return 3
    # One file, or one a page; typst's own types know of the first only.
    made: Any = pages if isinstance(pages, list) else [pages]
    for number, page in enumerate(made):
        (folder / "out" / f"{number:05}").write_bytes(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
