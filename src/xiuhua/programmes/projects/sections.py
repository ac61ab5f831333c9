"""Cards on a project's page that other programmes add (项目页上的卡片): the arrows of the house point at this one.

::

    sections.register(told.suggestions_adopted)        # (request, project) -> Section | None
"""

from collections.abc import Callable

from django.http import HttpRequest

from xiuhua.ground.ui.objects import Section
from xiuhua.programmes.projects.models import Project

Teller = Callable[[HttpRequest, Project], Section | None]
_tellers: list[Teller] = []
_public_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Let a programme add a card to the staff's page of a project; None where it has nothing to tell."""
    _tellers.append(teller)


def register_public(teller: Teller) -> None:
    """Let a programme add a card to the page that everybody reads; its template stands in the phone's frame."""
    _public_tellers.append(teller)


def sections_for(request: HttpRequest, project: Project) -> list[Section]:
    """What other programmes tell staff about a project."""
    return [section for teller in _tellers if (section := teller(request, project)) is not None]


def public_sections_for(request: HttpRequest, project: Project) -> list[Section]:
    """What other programmes tell everybody about a project."""
    return [section for teller in _public_tellers if (section := teller(request, project)) is not None]
