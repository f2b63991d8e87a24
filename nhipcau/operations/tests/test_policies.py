"""What a page may load, and who may frame it."""

import pytest

PUBLIC = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def policy(answer):
    return dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part
    )


@pytest.mark.django_db
def test_a_public_page_runs_only_our_own_scripts_and_stands_in_no_frame(client):
    answer = client.get("/accounts/login/")
    told = policy(answer)

    assert answer.status_code == 200
    assert {name: told[name] for name in PUBLIC} == PUBLIC
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert told["script-src"].startswith("'self'")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.django_db
def test_the_desk_may_run_its_inline_scripts_but_nothing_from_elsewhere(client):
    answer = client.get("/admin/")
    told = policy(answer)

    assert told["script-src"] == "'self' 'unsafe-inline'"
    assert told["default-src"] == "'self'"
    assert told["object-src"] == "'none'"
    assert told["frame-ancestors"] == "'self'"
    assert "unsafe-eval" not in answer["Content-Security-Policy"]
    assert "*" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/not-there/", "/administration/", "/adminx"])
def test_only_the_desk_itself_has_the_wider_policy(client, path):
    answer = client.get(path)

    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
