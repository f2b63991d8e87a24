"""Links are written so that readers can follow them, and know where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.folding import unaccented
from nhipcau.translation.manuscript import FindingKind
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft, Hint, Passage
from nhipcau.translation.proofreading.examples import Bad, Good, text
from nhipcau.translation.proofreading.links import Fault, parsed

UNSAFE = gettext_noop(
    "The link to “%(address)s” cannot be followed and was left out. Write an address that begins "
    "with https://."
)
SENTENCES = {
    Fault.MALFORMED: gettext_noop("“%(address)s” is no address. Write it anew."),
    Fault.NOT_WEB: gettext_noop("“%(address)s” is no address of the web. Write it anew."),
    Fault.CREDENTIALS: gettext_noop(
        "“%(address)s” holds a user name or password. Take them out at once and change them."
    ),
    Fault.INSIDE: gettext_noop(
        "“%(address)s” leads into an inner network, where readers cannot follow. Link to a public "
        "page."
    ),
    Fault.PORT: gettext_noop(
        "“%(address)s” names an unusual port. Link to the page's ordinary address."
    ),
}
INSECURE = gettext_noop("“%(address)s” is not secured. Write https:// if the site answers there.")
SHORTENED = gettext_noop(
    "“%(address)s” hides where it leads. Write the address of the page itself."
)
WORDLESS = gettext_noop(
    "“%(words)s” does not say where the link leads. Put the link on words that do."
)
OTHER_SITE = gettext_noop(
    "The words show “%(words)s” and the link leads to “%(address)s”. Make both the same."
)
_SHORTENERS = frozenset(
    "bit.ly t.ly goo.gl tinyurl.com ow.ly is.gd cutt.ly rebrand.ly shorturl.at s.id t.co "
    "rb.gy zalo.me.vn tiny.cc v.gd".split()
)
_WORDLESS = frozenset(
    "o day|tai day|day|bam vao day|bam day|nhan vao day|xem tai day|xem them|link|lien ket|click|"
    "click here|here|read more|more|this link|点击这里|这里|查看更多".split("|")
)
_LOOKS_LIKE_HOST = re.compile(
    r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[/:?#]\S*)?", re.IGNORECASE
)
_SHOWN = 80


class LinksFormed(Proofreader):
    slug = "links_formed"
    title = _("How links are written")
    explanation = _(
        "Looks for links that nobody can follow, that lead into an inner network, hide where they "
        "lead, or stand on words such as “here”."
    )
    severity = Severity.NEVER_OVERRULED
    overruled_by = None
    good = (
        Good((text('Xem <a href="https://langson.gov.vn/tin">trang của tỉnh</a>.'),)),
        Good((text('<a href="mailto:bql@langson.gov.vn">Gửi thư</a> <a href="#muc-2">mục 2</a>'),)),
        Good((text('<a href="https://langson.gov.vn">langson.gov.vn</a>'),)),
    )
    bad = (
        Bad((text('<a href="javascript:alert(1)">trang</a>'),), finds=("javascript:alert(1)",)),
        Bad((text('<a href="https://192.168.1.10/tin">tin nội bộ</a>'),), finds=("tin nội bộ",)),
        Bad((text('<a href="https://10.0.0.1.nip.internal/">tin</a>'),), finds=("tin",)),
        Bad((text('<a href="http://langson.gov.vn">trang tỉnh</a>'),), finds=("trang tỉnh",)),
        Bad((text('<a href="https://bit.ly/3abc">lịch hội</a>'),), finds=("lịch hội",)),
        Bad((text('<a href="https://a.vn:81/x">lịch hội</a>'),), finds=("lịch hội",)),
        Bad((text('<a href="https://u:p@a.vn/x">lịch hội</a>'),), finds=("lịch hội",)),
        Bad((text('Xem <a href="https://a.vn/x">tại đây</a>'),), finds=("tại đây",)),
        Bad((text('<a href="https://xau.com/">langson.gov.vn</a>'),), finds=("langson.gov.vn",)),
    )  # fmt: skip

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for part in draft.parts:
            for lost in part.findings:
                if lost.kind is FindingKind.UNSAFE_LINK:
                    yield self.found(
                        UNSAFE, part.place, quotation=lost.shown, address=lost.shown[:_SHOWN]
                    )
        for passage in draft.passages:
            for hint in passage.hints:
                if hint.link.lower().startswith(("http:", "https:")):
                    yield from self._link(passage, hint)

    def _link(self, passage: Passage, hint: Hint) -> Iterator[Finding]:
        span = (hint.start, hint.end)
        words = passage.text[hint.start : hint.end].strip()
        shown = hint.link[:_SHOWN]
        address = parsed(hint.link)
        if isinstance(address, Fault):
            if address is Fault.CREDENTIALS:
                shown = re.sub(r"//[^@/]*@", "//…@", shown)
            severity = (
                Severity.MUST_BE_ANSWERED if address is Fault.PORT else Severity.NEVER_OVERRULED
            )
            yield self.found(SENTENCES[address], passage, span, severity=severity, address=shown)
            return
        if not address.is_secure:
            yield self.found(INSECURE, passage, span, severity=Severity.NOTE, address=shown)
        if address.host.removeprefix("www.") in _SHORTENERS:
            yield self.found(SHORTENED, passage, span, severity=Severity.WARNING, address=shown)
        if unaccented(words).strip(" .:>»→") in _WORDLESS:
            yield self.found(WORDLESS, passage, span, severity=Severity.WARNING, words=words)
        looks = _LOOKS_LIKE_HOST.fullmatch(words)
        if looks and not _same_site(looks[1].lower(), address.host):
            yield self.found(
                OTHER_SITE,
                passage,
                span,
                severity=Severity.MUST_BE_ANSWERED,
                words=words[:_SHOWN],
                address=shown,
            )


def _same_site(shown: str, host: str) -> bool:
    shown, host = shown.removeprefix("www."), host.removeprefix("www.")
    return shown == host or host.endswith("." + shown)
