"""What projects and milestones are called in timelines and on record, for those who may see them."""

from collections.abc import Iterable, Mapping

from xiuhua.ground.journal import naming
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.projects.models import Milestone, Project


def register_all() -> None:
    """Tell the journal."""
    naming.names("projects.project", _projects, lambda number: address_of("projects:project", int(number)))
    naming.names("projects.milestone", _milestones)


def _projects(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Project.objects.visible_to(reader).filter(pk__in=list(numbers)).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}


def _milestones(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Milestone.objects.visible_to(reader).filter(pk__in=list(numbers)).values_list("pk", "project__name", "title")
    return {str(pk): f"{name} {title}" for pk, name, title in rows}
