"""The operator opens the portal and brings the addresses of an old one."""

import pytest
from django.core.management import CommandError, call_command

from nhipcau.website.models import OldAddress


def test_the_operator_opens_the_portal_and_brings_old_addresses(db, tmp_path, capsys):
    call_command("portal_open")
    call_command("portal_open")
    listed = tmp_path / "cu.csv"
    listed.write_text("/cu/1,/vi/\n\nkhong-phai\n/cu/2,/vi/tin-tuc/\n", encoding="utf-8")
    call_command("portal_redirects", str(listed))
    told = capsys.readouterr()

    assert told.out.count("/vi/ ") == 1
    assert OldAddress.objects.count() == 2
    assert "3" in told.err
    listed.write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(CommandError):
        call_command("portal_redirects", str(listed))
