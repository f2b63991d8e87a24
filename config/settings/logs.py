"""What the house says about its work, as text or as JSON."""

from __future__ import annotations

from config import env

LOG_FORMAT = env.text(
    "NHIPCAU_LOG_FORMAT", default="text", help="Form of the log lines: text or json."
)
if LOG_FORMAT not in {"text", "json"}:
    raise env.SettingUnusable(
        f"NHIPCAU_LOG_FORMAT đang là “{LOG_FORMAT}”; chỉ nhận text hoặc json.",
        f"NHIPCAU_LOG_FORMAT is “{LOG_FORMAT}”; it may be text or json.",
    )
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "nhipcau.operations.logs.RequestIdFilter"}},
    "formatters": {
        "json": {
            "()": "nhipcau.operations.logs.JsonLines",
            "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
        },
        "text": {
            "()": "nhipcau.operations.logs.TextLines",
            "format": "%(levelname)s %(name)s %(request_id)s %(message)s",
        },
    },
    "handlers": {
        "lines": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": LOG_FORMAT,
        }
    },
    "root": {"handlers": ["lines"], "level": "INFO"},
    # Django's own handlers would write the same again, mail it, or show what we take out.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django_tasks_db": {"level": "WARNING"},  # it tells of every look into an empty queue
        "django_tasks": {"level": "WARNING"},  # and the page of the queue of every task in it
        # It quotes the title of each text that is saved, which may turn out to be a secret.
        "wagtail": {"level": "WARNING"},
    },
}
