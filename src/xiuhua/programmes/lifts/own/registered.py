"""What the phone finds of the lift programme: tab, tile, card and line of the home page, and the papers it may open."""

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files import sight
from xiuhua.ground.messages import titles
from xiuhua.ground.ui import outbox, phone
from xiuhua.programmes.lifts import telling
from xiuhua.programmes.lifts.actions.questions import TEMPLATE
from xiuhua.programmes.lifts.own import cards, diary, home

sight.opened_by("lifts.paper", home.opens)
titles.calls(TEMPLATE, _("加梯问题的答复"))
titles.calls(telling.MANDATE, _("加梯委托"))
titles.calls(telling.BY_PROXY, _("家人替您投了票"))
titles.calls(telling.RESULT, _("表决结果"))
phone.tab(_("我家电梯"), "own_lift:mine", "i-elevator", order=10)
phone.tile(_("我家电梯"), "own_lift:mine", "i-elevator", order=15)
phone.card(cards.vote_card, order=10)
phone.card(cards.result_card, order=12)
phone.cells(cards.home_cells, order=10)
outbox.register(diary.LETTER, diary.take_letter, page="own_lift:diary")
phone.tab(_("施工日志"), "own_lift:diary", "i-crane", order=30, for_=(phone.STAFF,), when=diary.carries_some)
