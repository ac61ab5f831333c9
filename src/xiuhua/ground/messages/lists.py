"""The list of messages."""

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.messages.models import Message
from xiuhua.ground.messages.states import State
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, Period, choice_words

COLUMNS = [
    Column("title", _("消息"), lambda message: message.title, link=Message.get_absolute_url),
    Column("to", _("发给"), lambda message: message.to),
    Column(
        "state",
        _("状态"),
        choice_words("state", State),
        kind="chip",
        tone=lambda message: message.tone,
        symbol=lambda message: message.symbol,
        order_by="state",
    ),
    Column("made_at", _("写好时间"), lambda message: message.made_at, kind="moment", order_by="made_at"),
    Column("sent_at", _("发出时间"), lambda message: message.sent_at, kind="moment", order_by="sent_at"),
]

MESSAGES: ListPage[Message] = ListPage(
    title=_("消息"),
    subtitle=_("发给居民的短信和站内消息：发出去没有，没发出去的等人处理。"),
    columns=COLUMNS,
    filters=[
        Choice("state", _("状态"), State.choices, lookup="state"),
        Period("made", _("写好时间"), "made_at"),
    ],
    empty=Empty(_("还没有发过消息"), _("回复建议、通知活动时发给居民的话，会列在这里。")),
)
