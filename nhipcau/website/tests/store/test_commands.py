import io

import pytest
from django.core.management import call_command

from nhipcau.website.store.making import make_page
from nhipcau.website.store.queries import progress
from nhipcau.website.tests.store import little


def said(command):
    words = io.StringIO()
    call_command(command, stdout=words)
    return words.getvalue()


def test_the_operator_has_every_page_made_again_and_sees_how_far_it_is(kept_portal):
    said("pages_remake")

    assert progress().pages == 36
    assert "36" in said("pages_status")


def test_pages_that_fail_are_named_and_the_status_says_so(kept_portal, capsys):
    little.WORLD["failing"].add(1)
    make_page("/vi/bai-1/")

    words = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("pages_status", stdout=words)

    assert "/vi/bai-1/: ZeroDivisionError" in words.getvalue()
