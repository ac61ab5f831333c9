"""A text-message gateway over HTTP (短信网关): signed requests, tried again when the gateway stumbles.

A request is ``POST`` with JSON ``{"request_id", "phone", "sign", "template", "values", "text"}`` and the headers

* ``X-Xiuhua-Key``: which key signed it,
* ``X-Xiuhua-Time``: seconds since 1970, so that an old request can be turned away,
* ``X-Xiuhua-Signature``: HMAC-SHA256 under the key's secret, in hexadecimal, of the time, a line feed and the body,
* ``Idempotency-Key``: the request's id, the same for every attempt, so that the gateway sends a message once.

Any 2xx takes the message; 408, 425, 429 and 5xx, a broken line and a time-out are tried again; anything else is final.
"""

import hashlib
import hmac
import json
import random
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.core.exceptions import ImproperlyConfigured

from xiuhua.ground.messages.sms import NotSent, Sms

_AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_LONGEST_ANSWER = 4096


class _NoRedirect(HTTPRedirectHandler):
    """A signed request goes to the gateway and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


_open = build_opener(_NoRedirect).open


class Gateway:
    """Sends messages by an HTTP gateway.

    Parameters
    ----------
    settings : mapping
        ``url``, ``key``, ``secret``, ``sign`` (the office's signature), ``templates`` (the gateway's name for each of
        ours), ``timeout_s``, ``tries`` and ``first_wait_s``, which doubles from try to try.
    sleep : callable
        What waits between tries.

    Raises
    ------
    ImproperlyConfigured
        Address or secret is missing, or the address is no http address.
    """

    def __init__(self, settings: Mapping[str, Any], sleep: Callable[[float], None] = time.sleep) -> None:
        self.url, self.secret = str(settings.get("url", "")), str(settings.get("secret", ""))
        if urlsplit(self.url).scheme not in ("http", "https") or not self.secret:
            message = "the SMS gateway needs XIUHUA_SMS_URL (http or https) and XIUHUA_SMS_SECRET"
            raise ImproperlyConfigured(message)
        self.settings = settings
        self.sleep = sleep

    def send(self, sms: Sms) -> None:
        """Send it, several times if need be.

        Raises
        ------
        NotSent
            The gateway did not take it.
        """
        tries, wait = int(self.settings["tries"]), float(self.settings["first_wait_s"])
        for attempt in range(1, tries + 1):
            try:
                return self._post(sms)
            except NotSent as failure:
                if attempt == tries or not failure.again:
                    raise
            self.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311 - spreads retries, guards nothing
            wait *= 2
        return None

    def request(self, sms: Sms) -> Request:
        """The signed request for a message."""
        body = json.dumps(
            {
                "request_id": sms.request_id,
                "phone": sms.phone,
                "sign": self.settings["sign"],
                "template": self.settings["templates"].get(sms.template, sms.template),
                "values": dict(sms.values),
                "text": sms.text,
            },
            ensure_ascii=False,
        ).encode()
        moment = str(int(time.time()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": sms.request_id,
            "X-Xiuhua-Key": str(self.settings["key"]),
            "X-Xiuhua-Time": moment,
            "X-Xiuhua-Signature": signature(self.secret, moment, body),
        }
        return Request(self.url, data=body, headers=headers, method="POST")  # noqa: S310 - http only, see __init__

    def _post(self, sms: Sms) -> None:
        try:
            with _open(self.request(sms), timeout=float(self.settings["timeout_s"])) as answer:
                answer.read(_LONGEST_ANSWER)
        except HTTPError as error:
            with error:
                raise NotSent(f"the gateway answered {error.code}", again=_is_worth_another_try(error.code)) from error
        except (URLError, OSError) as error:
            raise NotSent(f"the gateway cannot be reached: {error}") from error


def signature(secret: str, moment: str, body: bytes) -> str:
    """What a request is signed with."""
    return hmac.new(secret.encode(), f"{moment}\n".encode() + body, hashlib.sha256).hexdigest()


def _is_worth_another_try(status: int) -> bool:
    return status in _AGAIN or status >= HTTPStatus.INTERNAL_SERVER_ERROR
