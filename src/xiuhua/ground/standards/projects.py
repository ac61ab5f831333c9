"""The project list (项目清单): the actions of ``projects.toml``, and how near a milestone is called near."""

from dataclasses import dataclass

from xiuhua.ground.standards.figures import Figure, Named, Page


@dataclass(frozen=True, slots=True)
class ProjectAction(Named):
    """An action under which projects stand (行动).

    Parameters
    ----------
    tone, icon : str
        Colour of the chip that names it; symbol that stands for it on the map.
    taken_up : Figure
        Whether the office has taken it up; its status is the one that a screen shows.
    """

    tone: str
    icon: str
    taken_up: Figure


@dataclass(frozen=True, slots=True)
class ProjectStandard:
    """Everything that ``projects.toml`` says; `soon_days` before a milestone is due it is near."""

    actions: dict[str, ProjectAction]
    soon_days: Figure

    def action_name(self, key: str) -> str:
        """What an action is called; the key itself where the book has it no more."""
        return self.actions[key].name if key in self.actions else key


def read_projects(page: Page) -> ProjectStandard:
    """Read the whole file."""
    tables = {table.name: table for table in page.pages()}
    rows = [_action(row) for row in tables["actions"].pages()]
    return ProjectStandard({row.key: row for row in rows if row.taken_up.value}, page.figure("soon_days"))


def _action(row: Page) -> ProjectAction:
    return ProjectAction(
        key=row.name,
        name_zh=row.word("name_zh"),
        name_en=row.word("name_en"),
        tone=row.word("tone"),
        icon=row.word("icon"),
        taken_up=row.figure("taken_up"),
    )
