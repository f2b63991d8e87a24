"""The mail server."""

from __future__ import annotations

from config import env

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("NHIPCAU_SMTP_HOST", default="localhost", help="Mail server.")
EMAIL_PORT = env.number("NHIPCAU_SMTP_PORT", default=25, help="Port of the mail server.", least=1)
EMAIL_HOST_USER = env.text("NHIPCAU_SMTP_USER", default="", help="Name at the mail server.")
EMAIL_HOST_PASSWORD = env.secret("NHIPCAU_SMTP_PASSWORD", help="Password at the mail server.")
EMAIL_USE_TLS = env.flag("NHIPCAU_SMTP_TLS", default=False, help="STARTTLS to the mail server.")
DEFAULT_FROM_EMAIL = env.text(
    "NHIPCAU_MAIL_FROM", default="nhipcau@localhost", help="Sender of the house's mail."
)
EMAIL_TIMEOUT = 20  # seconds; a server that hangs is tried again later
