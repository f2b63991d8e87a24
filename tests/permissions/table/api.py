"""The interface for machines: whoever asks may read what is public."""

from tests.permissions.table.audiences import EVERYBODY, NOBODY

TABLE = {
    EVERYBODY: [
        "api/v1/",
        "api/v1/docs",
        "api/v1/openapi.json",
        "api/v1/areas",
        "api/v1/corrections",
        "api/v1/languages",
        "api/v1/renditions",
        "api/v1/topics",
        "api/v1/units",
        "api/v1/withdrawals",
        "api/v1/works",
    ],
    NOBODY: [  # the examples name nothing that is public
        "api/v1/works/<name>",
        "api/v1/works/<name>/versions/<language>",
        "api/v1/<path:rest>",
    ],
}
