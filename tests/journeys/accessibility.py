"""What axe-core finds on a page: WCAG 2.0, 2.1 and 2.2, levels A and AA."""

import re
from dataclasses import dataclass
from pathlib import Path

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RUN = """() => axe.run(document, {
  runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
  rules: {"target-size": {enabled: true}},
  resultTypes: ["violations"],
})"""


@dataclass(frozen=True)
class Beyond:
    """A finding in Wagtail's own frame that neither a template nor a style of ours can mend."""

    rule: str
    selector: str  # a regular expression for the whole of axe's selector
    reason: str


BEYOND_US: list[Beyond] = []


def findings(page):
    """(rule, selector, what to do) of every violation, those beyond us left out."""
    page.evaluate(AXE)
    found = page.evaluate(RUN)
    assert found["testEngine"]["name"] == "axe-core"
    return [
        (violation["id"], selector, node["failureSummary"].replace("\n", " "))
        for violation in found["violations"]
        for node in violation["nodes"]
        if not is_beyond_us(violation["id"], selector := " ".join(map(str, node["target"])))
    ]


def is_beyond_us(rule, selector):
    return any(known.rule == rule and re.fullmatch(known.selector, selector) for known in BEYOND_US)
