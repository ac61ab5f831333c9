"""加梯规则: the five steps, ten methods and 24 rules, and the other figures of lifts that the office sets itself."""

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.territory import figure_books
from xiuhua.ground.territory.figure_books import FigureBook
from xiuhua.ground.ui import navigation

BOOK = FigureBook(
    key="lifts",
    title=_("加梯规则"),
    namespace="lifts",
    groups={
        "lifts.steps": _("五步"),
        "lifts.methods": _("十法"),
        "lifts.rules": _("24 条"),
        "lifts.vote": _("表决"),
        "lifts.suitability": _("适不适合加梯"),
        "lifts.team": _("陪伴小组"),
        "lifts.pace": _("卡住"),
        "lifts.notice": _("公示和异议"),
        "lifts.money": _("补贴、报价和分期"),
        "lifts.fault": _("报修"),
        "lifts.upkeep": _("检验和维保"),
        "lifts.batch": _("成片"),
    },
    sight=Sight.LIFTS,
    setters=(Role.SECTION_HEAD, Role.LEADER),
)


def register_all() -> None:
    """Say who sets them, and where the page is found."""
    figure_books.register(BOOK)
    navigation.register("办", BOOK.title, "lifts:figures_home", "i-scale", 40, when=BOOK.opens_to)
