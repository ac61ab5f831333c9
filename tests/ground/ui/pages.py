"""A few pages in the frame, for tests."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

from xiuhua.ground.ui.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

NOTICE = "演示数据：长风新村街道的居民都是虚构的。"


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/base.html")


def door(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(
        '{% extends "ui/entrance.html" %}{% block entrance %}<p>在这里登录</p>{% endblock %}'
    )
    return HttpResponse(page.render({}, request))


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def forbidden(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("这栋楼不归你管。")


urlpatterns = [
    path("", home, name="home"),
    path("door/", door),
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("", include("xiuhua.ground.ui.urls")),
]
