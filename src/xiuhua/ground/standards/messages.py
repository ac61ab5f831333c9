"""Words to people (消息): the figures of ``messages.toml``."""

from dataclasses import dataclass

from xiuhua.ground.standards.figures import Figure, Page


@dataclass(frozen=True, slots=True)
class MessagesStandard:
    """When text messages rest, and how often one is tried.

    Parameters
    ----------
    quiet_from_hour, quiet_until_hour : Figure
        Hours of the day between which none goes out that is not urgent (夜里不发).
    tries, again_minutes : Figure
        How often one is tried that the gateway did not take, and how long apart.
    """

    quiet_from_hour: Figure
    quiet_until_hour: Figure
    tries: Figure
    again_minutes: Figure


def read_messages(page: Page) -> MessagesStandard:
    """Read the whole file."""
    tables = {table.name: table for table in page.pages()}
    quiet, sending = tables["quiet"], tables["sending"]
    return MessagesStandard(
        quiet_from_hour=quiet.figure("from_hour"),
        quiet_until_hour=quiet.figure("until_hour"),
        tries=sending.figure("tries"),
        again_minutes=sending.figure("again_minutes"),
    )
