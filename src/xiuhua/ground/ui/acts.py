"""What one can do on a page: the buttons in its head."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise
Crumbs = Sequence[tuple[Words, str]]
"""The way to a page: (title, address) from the top down; an address may be empty."""


@dataclass(frozen=True, slots=True)
class Act:
    """A button: a way to another page, or with `post` a deed that needs nothing more to be said.

    Parameters
    ----------
    title : str
        What will happen: 登记走访, never 确定.
    url : str
        Where it leads, or what it is posted to.
    icon : str
        Symbol of the sprite.
    primary : bool
        The one thing to do on this page; one a page.
    danger : bool
        Takes something away; lead it to a page that asks again.
    post : bool
        A form of its own, with CSRF and idempotency keys.
    blocked : str
        Why it cannot be done yet; the button is drawn, but disabled.
    download : bool
        Hands over a file.
    more : bool
        A way to elsewhere that need not stand in the head; such ways are gathered behind one button.
    """

    title: Words
    url: str = ""
    icon: str = ""
    primary: bool = False
    danger: bool = False
    post: bool = False
    blocked: Words = ""
    download: bool = False
    more: bool = False

    @property
    def css(self) -> str:
        return "btn btn-primary" if self.primary else "btn btn-danger" if self.danger else "btn"
