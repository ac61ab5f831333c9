"""Who comes in at the API: whoever is signed in, or a program with somebody's token (接口令牌)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja.errors import HttpError, Throttled
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from xiuhua.doors.api.pace import BAD_TOKENS
from xiuhua.ground.accounts.actions.own import digest_of
from xiuhua.ground.accounts.factors.standing import has_second_factor
from xiuhua.ground.accounts.guards import owed_by
from xiuhua.ground.accounts.models import ApiToken, User
from xiuhua.ground.accounts.policy import must_use_two_factors
from xiuhua.ground.clock import now
from xiuhua.ground.words import gettext as _

HEADER = "Authorization"


class Token(HttpBearer):
    """``Authorization: Bearer …``. Where the header is sent it decides alone, whatever session there is."""

    def __call__(self, request: HttpRequest) -> User | None:
        """Return whom the token speaks for; None where the header is not sent.

        Raises
        ------
        HttpError
            The token is none, or no more; or its owner owes the door a password of their own, or a second step.
        """
        if HEADER not in request.headers:
            return None
        scheme, _space, secret = request.headers[HEADER].partition(" ")
        user = self.authenticate(request, secret.strip()) if scheme.lower() == self.openapi_scheme else None
        if user is None:
            if not BAD_TOKENS.allow_request(request):
                raise Throttled(wait=BAD_TOKENS.wait_of(request))
            raise HttpError(401, _("令牌不对、过期了，或者已经停用；请在「我的账号」里再建一个"))
        if user.must_change_password:
            raise HttpError(403, _("请先换一个自己的密码"))
        if must_use_two_factors(user) and not has_second_factor(user):
            raise HttpError(403, _("登录还差一步：请先打开网页，换好密码或设好登录第二步"))
        return user

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the owner of a token that is good now, who is then the one that acts."""
        found = ApiToken.objects.select_related("user").filter(digest=digest_of(token)).first()
        if found is None or not found.is_good(now()):
            return None
        request.user = request.actor = found.user  # type: ignore[attr-defined]
        translation.activate(translation.get_language_from_request(request))
        return found.user


class Session(APIKeyCookie):
    """The session of somebody who is signed in; what changes anything carries the CSRF token as well."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        """Return whoever is signed in; None for a visitor.

        Raises
        ------
        HttpError
            The CSRF token is missing or wrong, or a step of signing in is still owed.
        """
        if not request.user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise HttpError(403, _("没有带上 CSRF 令牌，或者它不对；请把 csrftoken 放进 X-CSRFToken 请求头"))
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Return whoever is signed in and owes the door nothing."""
        if owed_by(request) is not None:
            raise HttpError(403, _("登录还差一步：请先打开网页，换好密码或设好登录第二步"))
        return request.user
