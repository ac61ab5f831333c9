"""What kinds of messages are called (消息名称), by the rooms that send them::

titles.calls("suggestions.received", _("收到您的建议"))
"""

from django.utils.functional import Promise

from xiuhua.ground.words import gettext

_titles: dict[str, str | Promise] = {}


def calls(template: str, title: str | Promise) -> None:
    """Say what messages of a template are called."""
    _titles[template] = title


def title_of(template: str) -> str:
    """What messages of a template are called; 消息 where nobody has said."""
    return str(_titles.get(template, gettext("消息")))
