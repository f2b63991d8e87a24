"""Every screen of the house, a file a room: its routes, the way to it, and who may walk it.

A way is an address, then links to follow by their selectors; “press …” clicks, “type …” fills.
`test_screens.py` holds the list complete.
"""

from tests.journeys.screens import (
    api,
    desk,
    media,
    people,
    plans,
    publishing,
    search,
    website,
    works,
)

ROOMS = (people, desk, works, publishing, media, search, plans, api, website)
SCREENS = [screen for room in ROOMS for screen in room.SCREENS]
NO_SCREEN = {route: why for room in ROOMS for route, why in room.NO_SCREEN.items()}
