"""What happens here when a project moves: whoever suggested it is told (你说我做)."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.jobs.reactions import reacts_to
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects.models import Milestone, Project
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.models import Suggestion


@reacts_to("projects.start_project", says=gettext_lazy("告诉提建议的人：开工"))
def tell_of_start(*, entry: Entry, actor: Actor) -> None:
    """Tell them that work has begun."""
    _tell_all(entry, actor, _("您建议的事有进展了：「%(project)s」已经开工。"))


@reacts_to("projects.finish_project", says=gettext_lazy("告诉提建议的人：完成"))
def tell_of_end(*, entry: Entry, actor: Actor) -> None:
    """Tell them that it is done, and ask them to see for themselves."""
    _tell_all(entry, actor, _("您建议的事办成了：「%(project)s」已经完成，请您去看看。"))


@reacts_to("projects.stop_project", says=gettext_lazy("告诉提建议的人：停办"))
def tell_of_stop(*, entry: Entry, actor: Actor) -> None:
    """Tell them that it stopped."""
    _tell_all(entry, actor, _("您建议的「%(project)s」停下来了，我们会再找别的办法；想问清楚，请打居委会电话。"))


@reacts_to("projects.reach_milestone", says=gettext_lazy("告诉提建议的人：到了一步"))
def tell_of_milestone(*, entry: Entry, actor: Actor) -> None:
    """Tell them which step was reached."""
    project = _project_of(entry)
    step = Milestone.objects.get(pk=entry.subject_id).title
    _tell_all(entry, actor, _("您建议的事有进展了：「%(project)s」到了「%(step)s」这一步。"), project, step=step)


def _tell_all(entry: Entry, actor: Actor, words: str, project: Project | None = None, **told: str) -> None:
    project = project or _project_of(entry)
    for suggestion in Suggestion.objects.filter(project=project, state__in=("adopted", "closed")).order_by("pk"):
        actions.tell_progress(actor=actor, suggestion=suggestion, words=words % {"project": project.name, **told})


def _project_of(entry: Entry) -> Project:
    if entry.subject_type == "projects.milestone":
        return Milestone.objects.get(pk=entry.subject_id).project
    return Project.objects.get(pk=entry.subject_id)
