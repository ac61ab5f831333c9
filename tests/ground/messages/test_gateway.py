"""The HTTP gateway: signed, tried again when it stumbles, and given up when that cannot help."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured

from xiuhua.ground.messages.gateway import Gateway, signature
from xiuhua.ground.messages.sms import NotSent, Sms

SMS = Sms("13812345678", "验证码 123456", template="code", values={"code": "123456"})
SETTINGS = {
    "key": "office",
    "secret": "s3cret",
    "sign": "长风新村街道",
    "templates": {"code": "SMS_1001"},
    "timeout_s": 2,
    "tries": 3,
    "first_wait_s": 0.5,
}


class Office(HTTPServer):
    """A gateway that answers with the given statuses, one a request, and keeps what it was asked."""

    def __init__(self, *answers: int) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = list(answers)
        self.asked: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/send"


class Handler(BaseHTTPRequestHandler):
    server: Office

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((dict(self.headers), body))
        status = self.server.answers.pop(0) if self.server.answers else 200
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def office(monkeypatch) -> Iterator[object]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    running: list[Office] = []

    def start(*answers: int) -> Office:
        server = Office(*answers)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def gateway(waits):
    return lambda server: Gateway({**SETTINGS, "url": server.url}, sleep=waits.append)


def test_message_goes_out_signed(office, gateway):
    server = office(200)
    gateway(server).send(SMS)
    ((headers, body),) = server.asked
    assert json.loads(body) == {
        "request_id": SMS.request_id,
        "phone": "13812345678",
        "sign": "长风新村街道",
        "template": "SMS_1001",
        "values": {"code": "123456"},
        "text": "验证码 123456",
    }
    assert headers["X-Xiuhua-Key"] == "office"
    assert headers["X-Xiuhua-Signature"] == signature("s3cret", headers["X-Xiuhua-Time"], body)
    assert headers["Idempotency-Key"] == SMS.request_id


def test_gateway_that_fails_twice_is_asked_three_times_for_one_message(office, gateway, waits):
    server = office(503, 500, 200)
    gateway(server).send(SMS)
    assert len(server.asked) == 3
    assert {headers["Idempotency-Key"] for headers, _body in server.asked} == {SMS.request_id}
    assert len(waits) == 2
    assert waits[0] <= 0.5 < 2 * waits[1]


def test_gateway_that_keeps_failing_is_given_up(office, gateway):
    server = office(500, 500, 500, 500)
    with pytest.raises(NotSent, match="answered 500") as caught:
        gateway(server).send(SMS)
    assert caught.value.again
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 302])
def test_what_trying_again_cannot_help_is_asked_once(office, gateway, status):
    server = office(status)
    with pytest.raises(NotSent) as caught:
        gateway(server).send(SMS)
    assert not caught.value.again
    assert len(server.asked) == 1


def test_too_many_requests_are_tried_again_later(office, gateway):
    server = office(429, 200)
    gateway(server).send(SMS)
    assert len(server.asked) == 2


def test_nobody_there_is_said_so(waits, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(NotSent, match="cannot be reached"):
        Gateway({**SETTINGS, "url": "http://127.0.0.1:9/"}, sleep=waits.append).send(SMS)
    assert len(waits) == 2


@pytest.mark.parametrize("url", ["", "ftp://office/", "file:///etc/passwd"])
def test_gateway_needs_an_http_address(url):
    with pytest.raises(ImproperlyConfigured, match="XIUHUA_SMS_URL"):
        Gateway({**SETTINGS, "url": url})


def test_gateway_needs_a_secret():
    with pytest.raises(ImproperlyConfigured, match="XIUHUA_SMS_SECRET"):
        Gateway({**SETTINGS, "url": "https://office.example/", "secret": ""})
