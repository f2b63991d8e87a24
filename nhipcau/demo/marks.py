"""What the pages of other rooms may show of the sample, handed to their templates by settings."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from nhipcau.demo.queries import SampleAccount, is_sample_house, sample_accounts
from nhipcau.demo.sample.persons import DOMAIN, PASSWORD


@dataclass(frozen=True, slots=True)
class SampleMark:
    """Asked only by templates that want to know: a page that does not ask costs no query."""

    request: HttpRequest

    @property
    def password(self) -> str:
        return PASSWORD

    def is_here(self) -> bool:
        """Whether the sample lives in this house. One query."""
        return is_sample_house()

    def is_for_user(self) -> bool:
        """Whether the person signed in is one of the sample's; told by the address, no query."""
        user = getattr(self.request, "user", None)
        return str(getattr(user, "email", "")).endswith(f"@{DOMAIN}")

    def accounts(self) -> list[SampleAccount]:
        """Whom a visitor may sign in as; on a local host only. One query."""
        return sample_accounts() if settings.IS_LOCAL else []


def sample(request: HttpRequest) -> dict[str, SampleMark]:
    return {"sample": SampleMark(request)}
