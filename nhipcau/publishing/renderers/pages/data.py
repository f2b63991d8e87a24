"""A manuscript as plain data, the way the templates read it.

Names are short because a handbook has thousands of them: `t` the kind of a block, `runs` with `x`
for words, `b` bold, `i` italic, `r` raised, `l` link, `g` language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from nhipcau.publishing.renderers.charts import Drawing, NotHonest, alternative, draw, shown
from nhipcau.publishing.renderers.contract import House, MediaReader, RenderOptions
from nhipcau.publishing.renderers.findings import RenditionFinding, RenditionFindingKind
from nhipcau.publishing.renderers.imprint import imprint
from nhipcau.publishing.renderers.labels import labels
from nhipcau.publishing.renderers.pages.pictures import NotAPicture, page_picture
from nhipcau.publishing.renderers.qr_code import qr_svg
from nhipcau.translation.manuscript import (
    Block,
    CallOut,
    Chart,
    Facts,
    Figure,
    FileLink,
    Gallery,
    Heading,
    Listing,
    Manuscript,
    MapFigure,
    Paragraph,
    Prose,
    Quote,
    Recording,
    Run,
    Table,
    Timeline,
    clean,
)

Data = dict[str, Any]

# Words longer than a narrow column (addresses, mostly) may break anywhere. Latin letters only:
# scripts without spaces break between words, and a break inside a syllable would tear it apart.
_LONG_WORD: Final = re.compile(r"[!-~\u00c0-\u024f\u1e00-\u1eff]{40,}")
_SPACE_IN_NUMBER: Final = re.compile(r"(?<=\d) (?=\d{3})")
_BREAKABLE: Final = re.compile(r"(.{12})")
_TYPST_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_REGION: Final = {"Hant": "TW", "Hans": "CN"}


class PageData:
    """Collects what one document needs: data, pictures, and what an editor should know.

    `widest` is how many pixels a picture needs at most, `chart` the width of drawings in units
    of which about 13 are the height of their letters.
    """

    def __init__(
        self, media: MediaReader, options: RenderOptions, *, widest: int, chart: int
    ) -> None:
        self.media = media
        self.options = options
        self.widest = widest
        self.chart_width = chart
        self.pictures: dict[str, bytes] = {}
        self.findings: list[RenditionFinding] = []
        self._placed: dict[str, str] = {}

    def note(self, kind: RenditionFindingKind, shown: str, **details: str) -> None:
        finding = RenditionFinding(kind, words(shown)[:200], details=details)
        if finding not in self.findings:
            self.findings.append(finding)

    def document(self, *sources: Manuscript, **more: Any) -> Data:
        """The data of a whole document. `more` is what one template needs besides."""
        self.pictures["qr.svg"] = qr_svg(self.options.address)
        return {
            "house": self._house(self.options.house),
            "address": self.options.address,
            "stamp": words(self.options.stamp),
            "short": re.sub(r"^https?://", "", self.options.address).rstrip("/"),
            "works": [self.manuscript(source) for source in sources],
            **more,
        }

    def manuscript(self, source: Manuscript) -> Data:
        return {
            **self.frame(source),
            "blocks": [self.block(block, source) for block in evened(source.blocks)],
        }

    def frame(self, source: Manuscript) -> Data:
        """Everything about a manuscript but its body."""
        primary = source.language.partition("-")[0].lower()
        return {
            "lang": primary if _TYPST_LANGUAGE.fullmatch(primary) else "vi",
            "region": _REGION.get(source.script, ""),
            "script": source.script,
            "title": words(source.title),
            "summary": words(source.summary),
            "issuer": words(source.issuer),
            "imprint": [
                {"label": line.label, "value": words(line.value)} for line in imprint(source)
            ],
            "labels": dict(labels(source.language)),
        }

    def block(self, block: Block, source: Manuscript) -> Data:
        match block:
            case Paragraph() | Listing():
                return prose(block)
            case Heading():
                return {"t": "heading", "level": block.level, "text": words(block.text)}
            case Quote():
                return {
                    "t": "quote",
                    "paragraphs": [runs(paragraph.runs) for paragraph in block.paragraphs],
                    "who": words(block.who),
                    "source": words(block.source),
                }
            case Figure():
                return {"t": "figure", **self.figure(block)}
            case Gallery():
                figures = [self.figure(figure) for figure in block.figures]
                return {"t": "gallery", "title": words(block.title), "figures": figures}
            case Table():
                return {
                    "t": "table",
                    "caption": words(block.caption),
                    "head": [words(cell) for cell in block.head],
                    "rows": [[runs(cell) for cell in row] for row in block.rows],
                    "numeric": sorted(block.numeric),
                }
            case Recording():
                return self._recording(block)
            case FileLink():
                address = self.media.address(block.media) if block.media else None
                return {
                    "t": "file",
                    "title": words(block.title),
                    "address": address.address if address else "",
                }
            case MapFigure():
                return {
                    "t": "map",
                    **self.figure(block.figure),
                    "areas": [words(area) for area in block.areas],
                    "source": words(block.source),
                }
            case Timeline():
                return {
                    "t": "timeline",
                    "title": words(block.title),
                    "entries": [[words(entry.when), words(entry.what)] for entry in block.entries],
                }
            case CallOut():
                return {
                    "t": "call_out",
                    "kind": block.kind.value,
                    "title": words(block.title),
                    "content": [prose(part) for part in block.content],
                }
            case Facts():
                return {
                    "t": "facts",
                    "title": words(block.title),
                    "rows": [[words(row.label), words(row.value)] for row in block.rows],
                }
            case Chart():
                return self.chart(block, source.language)

    def figure(self, figure: Figure) -> Data:
        """`picture` is the file's name, or "" where the description must stand in its place."""
        alt = words(figure.alt) or words(figure.caption)
        if not figure.alt and not figure.decorative and figure.media:
            self.note(RenditionFindingKind.MISSING_ALT, figure.caption or figure.media)
            alt = alt or "—"
        return {
            "picture": self.place(figure.media, alt or figure.media),
            "alt": alt,
            "decorative": figure.decorative,
            "caption": words(figure.caption),
            "credit": words(figure.credit),
        }

    def place(self, key: str, described: str) -> str:
        """Put a picture beside the document; "" and a finding where there is none."""
        if key in self._placed:
            return self._placed[key]
        found = self.media.picture(key, widest=self.widest) if key else None
        name = ""
        if found:
            try:
                ending, content = page_picture(found, widest=self.widest)
            except NotAPicture:
                pass
            else:
                name = f"picture{len(self.pictures)}.{ending}"
                self.pictures[name] = content
        if not name:
            self.note(RenditionFindingKind.MISSING_PICTURE, described)
        self._placed[key] = name
        return name

    def chart(self, chart: Chart, language: str) -> Data:
        """A drawing with its words, or the table of its numbers where no honest drawing exists."""
        if not (chart.unit and chart.source):
            self.note(RenditionFindingKind.UNLABELLED_CHART, chart.title)
        try:
            drawing: Drawing = draw(chart, language, width=self.chart_width)
        except NotHonest as refused:
            self.note(RenditionFindingKind.CHART_NOT_DRAWN, chart.title, reason=str(refused.reason))
            name = ""
        else:
            name = f"chart{len(self.pictures)}.svg"
            self.pictures[name] = drawing.svg.encode()
        no_data = labels(language)["no_data"]
        return {
            "t": "chart",
            "picture": name,
            "title": words(chart.title),
            "unit": words(chart.unit),
            "source": words(chart.source),
            "alt": alternative(chart, language),
            "head": ["", *map(words, chart.labels)],
            "rows": [
                [row.label, *(shown(value, language, no_data) for value in row.values)]
                for row in chart.series
            ],
        }

    def _recording(self, block: Recording) -> Data:
        address = self.media.address(block.media) if block.media else None
        return {
            "t": "recording",
            "kind": block.kind.value,
            "title": words(block.title),
            "caption": words(block.caption),
            "credit": words(block.credit),
            "time": f"{block.seconds // 60}:{block.seconds % 60:02}" if block.seconds else "",
            "address": address.address if address else "",
            "transcript": [runs(paragraph.runs) for paragraph in block.transcript],
        }

    def _house(self, house: House) -> Data:
        if house.emblem:
            self.pictures["emblem.png"] = house.emblem
        return {
            "name": words(house.name),
            "emblem": "emblem.png" if house.emblem else "",
            "colour": house.colour,
            "accent": house.accent,
        }


def words(text: str) -> str:
    """Text of one line as a page may carry it; words that no column could hold may break."""
    return _set_tightly(" ".join(clean(text).split()))


def _set_tightly(text: str) -> str:
    """Telephone and other numbers stay on one line; words that no column holds may break."""
    text = _SPACE_IN_NUMBER.sub("\u00a0", text)
    return _LONG_WORD.sub(lambda found: _BREAKABLE.sub("\\1\u200b", found.group()), text)


def runs(of: Iterable[Run]) -> list[Data]:
    result = []
    for run in of:
        data: Data = {"x": _set_tightly(clean(run.text))}
        if run.bold:
            data["b"] = True
        if run.italic:
            data["i"] = True
        if run.raised:
            data["r"] = run.raised
        if run.link.startswith(("http://", "https://", "mailto:", "tel:")):
            data["l"] = clean(run.link)
        primary = run.language.partition("-")[0].lower()
        if _TYPST_LANGUAGE.fullmatch(primary):
            data["g"] = primary
        result.append(data)
    return result


def prose(block: Prose) -> Data:
    if isinstance(block, Paragraph):
        return {"t": "text", "runs": runs(block.runs)}
    return {
        "t": "list",
        "ordered": block.ordered,
        "items": [
            {"runs": runs(item.runs), "nested": [prose(listing) for listing in item.nested]}
            for item in block.items
        ],
    }


def evened(blocks: tuple[Block, ...]) -> list[Block]:
    """The blocks with headings that skip no level: a third-level one before any second rises."""
    seen = False
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            block = Heading(3 if block.level == 3 and seen else 2, block.text)  # noqa: PLW2901 -- the same block, evened
            seen = True
        result.append(block)
    return result
