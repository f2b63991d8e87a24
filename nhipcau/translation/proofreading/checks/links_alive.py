"""Links answer. The worker went there; here it is only said what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.context import LinkState, Visit
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft
from nhipcau.translation.proofreading.examples import Bad, Good, text
from nhipcau.translation.proofreading.links import Fault, parsed

_TOLD = {
    LinkState.GONE: (
        Severity.MUST_BE_ANSWERED,
        gettext_noop("The page “%(address)s” does not exist (any more). Correct the address."),
    ),
    LinkState.UNREACHABLE: (
        Severity.MUST_BE_ANSWERED,
        gettext_noop(
            "“%(address)s” cannot be reached: no such site, no answer, or no valid certificate. "
            "Check the address, or say why it may stand."
        ),
    ),
    LinkState.FORBIDDEN: (
        Severity.MUST_BE_ANSWERED,
        gettext_noop(
            "“%(address)s” leads to a place that readers cannot reach or that we do not visit. "
            "Check where it ends."
        ),
    ),
    LinkState.REFUSED: (
        Severity.WARNING,
        gettext_noop(
            "“%(address)s” answers with an error (%(status)d). Open it yourself before it goes out."
        ),
    ),
    LinkState.TOO_SLOW: (
        Severity.WARNING,
        gettext_noop("“%(address)s” did not answer in time. Open it yourself before it goes out."),
    ),
    LinkState.MOVED: (
        Severity.NOTE,
        gettext_noop("“%(address)s” has moved for good to “%(target)s”. Write the new address."),
    ),
    LinkState.OFFLINE: (
        Severity.NOTE,
        gettext_noop(
            "“%(address)s” could not be visited: this house could not go out to the network. Open "
            "it yourself."
        ),
    ),
}
_SHOWN = 80
_LINK = (text('Xem <a href="https://langson.gov.vn/tin">trang tỉnh</a>.'),)


def _answering(state: LinkState, status: int = 0, target: str = "") -> dict[str, object]:
    return {"visits": {"https://langson.gov.vn/tin": Visit(state, status, target)}}


class LinksAlive(Proofreader):
    slug = "links_alive"
    title = _("Links that answer")
    explanation = _(
        "Tells which links led nowhere when the worker visited them; private addresses are never "
        "visited, and answers are kept for a while."
    )
    severity = Severity.MUST_BE_ANSWERED
    good = (
        Good(_LINK, context=_answering(LinkState.ALIVE, 200)),
        Good(_LINK),
        Good((text('<a href="https://192.168.1.1/">nội bộ</a>'),)),
    )
    bad = (
        Bad(_LINK, context=_answering(LinkState.GONE, 404), finds=("trang tỉnh",)),
        Bad(_LINK, context=_answering(LinkState.UNREACHABLE), finds=("trang tỉnh",)),
        Bad(_LINK, context=_answering(LinkState.REFUSED, 500), finds=("trang tỉnh",)),
        Bad(_LINK, context=_answering(LinkState.TOO_SLOW), finds=("trang tỉnh",)),
        Bad(
            _LINK,
            context=_answering(LinkState.MOVED, 200, "https://langson.gov.vn/tin-tuc"),
            finds=("trang tỉnh",),
        ),
        Bad(_LINK, context=_answering(LinkState.FORBIDDEN), finds=("trang tỉnh",)),
        Bad(_LINK, context=_answering(LinkState.OFFLINE), finds=("trang tỉnh",)),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for passage in draft.passages:
            for hint in passage.hints:
                visit = draft.visits.get(hint.link)
                if visit is None or visit.state is LinkState.ALIVE:
                    continue
                if isinstance(parsed(hint.link), Fault):
                    continue  # how it is written is wrong already, which the other check says
                severity, template = _TOLD[visit.state]
                more: dict[str, Any] = {"status": visit.status, "target": visit.target[:_SHOWN]}
                needed = {name: value for name, value in more.items() if f"%({name})" in template}
                yield self.found(
                    template,
                    passage,
                    (hint.start, hint.end),
                    severity=severity,
                    address=hint.link[:_SHOWN],
                    **needed,
                )
