"""Who may open which address, a file a room. Every route of the URL conf stands here once.

A new address belongs into the list of those who may open it; the test says which are missing.
"""

from tests.permissions.table import (
    api,
    desk,
    media,
    people,
    plans,
    publishing,
    search,
    wagtail,
    website,
    works,
)

ROOMS = (people, desk, plans, media, search, works, publishing, api, website, wagtail)
TABLE = [
    (audience, route)
    for room in ROOMS
    for audience, routes in room.TABLE.items()
    for route in routes
]
