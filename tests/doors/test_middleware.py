def test_who_is_not_signed_in_is_led_to_the_door(client, db):
    assert client.get("/lifecircle/").headers["Location"].startswith("/sign-in/?next=/lifecircle/")


def test_every_answer_carries_the_content_security_policy(client, db):
    policy = client.get("/lifecircle/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_another_host_name_is_refused(client, db):
    assert client.get("/lifecircle/", HTTP_HOST="evil.example").status_code == 400
