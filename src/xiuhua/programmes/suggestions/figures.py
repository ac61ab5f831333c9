"""办理时限: terms, limits and times of keeping that the office sets for itself, by section heads and leaders."""

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.territory import figure_books
from xiuhua.ground.territory.figure_books import FigureBook
from xiuhua.ground.ui import navigation

BOOK = FigureBook(
    key="suggestions",
    title=_("办理时限"),
    namespace="suggestions",
    groups={
        "suggestions.terms": _("时限"),
        "suggestions.intake": _("收件和分类"),
        "suggestions.topics": _("热点话题"),
        "suggestions.board": _("公示栏"),
        "suggestions.keep": _("保存期限"),
    },
    sight=Sight.SUGGESTIONS,
    setters=(Role.SECTION_HEAD, Role.LEADER),
    readers=(Role.SECTION_HEAD, Role.LEADER),
)


def register_all() -> None:
    """Say who sets them, and where the page is found."""
    figure_books.register(BOOK)
    navigation.register("听", BOOK.title, "suggestions:figures_home", "i-clock", 70, when=BOOK.opens_to)
