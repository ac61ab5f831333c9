import pytest


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1"])
def test_this_machine_is_answered(client, db, address):
    assert client.get("/lifecircle/", REMOTE_ADDR=address).status_code in (200, 302)


@pytest.mark.parametrize("address", ["192.168.1.20", "10.0.0.3", "8.8.8.8", "2001:db8::1"])
def test_another_machine_is_not(client, db, address):
    assert client.get("/lifecircle/", REMOTE_ADDR=address).status_code == 403


def test_every_answer_carries_the_content_security_policy(client, db):
    policy = client.get("/lifecircle/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_another_host_name_is_refused(client, db):
    assert client.get("/lifecircle/", HTTP_HOST="evil.example").status_code == 400
