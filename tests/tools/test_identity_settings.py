"""The province's identity service by settings alone: what they make, and what they refuse."""

import json

import pytest

from nhipcau.operations.tests.houses import House, nhipcau

CONFIGURED = """
import json
from config.settings import base
print(json.dumps([base.OIDC_ISSUER, base.SOCIALACCOUNT_PROVIDERS["openid_connect"]]))
"""
AT_A_SERVICE = {
    "NHIPCAU_PUBLIC_URL": "https://nhipcau.example",
    "NHIPCAU_OIDC_ISSUER": "https://id.langson.example",
    "NHIPCAU_OIDC_CLIENT_ID": "nhip-cau",
    "NHIPCAU_OIDC_NAME": "Cổng định danh tỉnh",
}


def configured(data, **settings):
    process = House(data, **settings).python("-c", CONFIGURED)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(out)


@pytest.mark.once  # settings are read, no database
def test_the_service_is_configured_by_settings_alone(tmp_path):
    (tmp_path / "secret").write_text("không ai biết\n")
    secret = {"NHIPCAU_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret")}

    issuer, provider = configured(tmp_path, **AT_A_SERVICE, **secret)

    assert issuer == "https://id.langson.example"
    assert provider == {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "province",
                "name": "Cổng định danh tỉnh",
                "client_id": "nhip-cau",
                "secret": "không ai biết",
                "settings": {"server_url": "https://id.langson.example", "fetch_userinfo": False},
            }
        ],
    }


@pytest.mark.once
def test_without_an_issuer_there_is_no_service(tmp_path):
    issuer, provider = configured(tmp_path, NHIPCAU_OIDC_CLIENT_ID="nhip-cau")

    assert (issuer, provider["APPS"]) == ("", [])


@pytest.mark.once
def test_a_service_without_tls_is_refused_in_one_sentence_but_on_this_machine(tmp_path):
    plain = AT_A_SERVICE | {"NHIPCAU_OIDC_ISSUER": "http://id.langson.example"}

    refused = nhipcau("serve", "--prepare-only", data=tmp_path, **plain)

    assert refused.returncode == 1
    assert refused.stderr == (
        "NHIPCAU_OIDC_ISSUER phải bắt đầu bằng https://: đăng nhập chỉ an toàn bằng đường truyền.\n"
        "NHIPCAU_OIDC_ISSUER must begin with https://: who signs in is only as sure as the line.\n"
    )
    assert list(tmp_path.rglob("*.sqlite3")) == []
    here = plain | {"NHIPCAU_PUBLIC_URL": "http://localhost:8000"}
    assert configured(tmp_path, **here)[0] == "http://id.langson.example"
