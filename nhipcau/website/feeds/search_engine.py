"""OpenSearch 1.1: how a browser asks the portal's search."""

from __future__ import annotations

from nhipcau.website.feeds.markup import child, document, root

_OPEN_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
MEDIA_TYPE = "application/opensearchdescription+xml"


def written(*, name: str, description: str, language: str, search: str) -> bytes:
    """`search` is the whole address of the search page in the language."""
    top = root("OpenSearchDescription", space=_OPEN_SEARCH)

    def add(element: str, text: str = "", **attributes: str) -> None:
        child(top, f"{{{_OPEN_SEARCH}}}{element}", text, **attributes)

    add("ShortName", name[:16])
    add("Description", description[:1024])
    add("Url", type="text/html", method="get", template=f"{search}?q={{searchTerms}}")
    add("Language", language)
    add("InputEncoding", "UTF-8")
    add("OutputEncoding", "UTF-8")
    return document(top)
