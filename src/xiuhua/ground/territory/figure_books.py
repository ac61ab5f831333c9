"""Which figures are set by whom (谁定哪些数值): each book that a screen lists has its setters and its page.

A programme registers its own when its app is ready, and takes the addresses of the page into its urls::

    figure_books.register(FigureBook("suggestions", _("办理时限"), …, setters=(Role.SECTION_HEAD, Role.LEADER)))
    …
    urlpatterns = [..., *figures.urls("suggestions", "terms/")]
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.roles import Role, Sight

Words = str | Promise


@dataclass(frozen=True, slots=True)
class FigureBook:
    """Figures whose keys begin with one word, as one page shows them.

    Parameters
    ----------
    key : str
        What their keys begin with, such as ``trust``.
    title : str
        Head of the page.
    namespace : str
        App whose urls the page lies in.
    groups : mapping of str to str
        Heads of the page's tables, by what keys begin with.
    sight : Sight
        What whoever reads the page sees.
    setters : roles
        Who sets them, held at the subdistrict.
    readers : roles, optional
        Who reads the page; without them, everybody of that sight.
    """

    key: str
    title: Words
    namespace: str
    groups: Mapping[str, Words]
    sight: Sight
    setters: Collection[Role]
    readers: Collection[Role] = ()

    def read_at(self, seer: Seer) -> set[str]:
        """Paths at which this person may read the page."""
        if self.readers:
            return {grant.path for grant in seer.grants if grant.role in self.readers}
        return set(seer.sees(self.sight))

    @property
    def opens_to(self) -> Callable[[Seer], bool]:
        """Says whether somebody may read the page anywhere: for the navigation."""
        return lambda seer: bool(self.read_at(seer))


_books: dict[str, FigureBook] = {}


def register(book: FigureBook) -> None:
    """Let a book's figures be set on a page of its own.

    Raises
    ------
    ValueError
        There is one of that key.
    """
    if book.key in _books:
        message = f"figures {book.key!r} are registered twice"
        raise ValueError(message)
    _books[book.key] = book


def book_named(key: str) -> FigureBook | None:
    """The book of that key, or that a figure of that key belongs to."""
    return _books.get(key.partition(".")[0])


register(
    FigureBook(
        key="trust",
        title=_("安全策略"),
        namespace="territory",
        groups={
            "trust.sign_in": _("登录"),
            "trust.two_factor": _("登录第二步"),
            "trust.password": _("密码"),
            "trust.session": _("登录以后"),
            "trust.code": _("短信验证码"),
            "trust.token": _("接口令牌"),
            "trust.api": _("接口"),
            "trust.journal": _("留痕"),
        },
        sight=Sight.STAFF,
        setters=(Role.SECURITY_ADMIN,),
    )
)
