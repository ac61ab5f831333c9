"""Bookings (预约): figures of ``bookings.toml``."""

from dataclasses import dataclass

from xiuhua.ground.standards.figures import Figure, Page


@dataclass(frozen=True, slots=True)
class BookingStandard:
    """Everything that ``bookings.toml`` says.

    Parameters
    ----------
    most_capacity : Figure
        People whom a session holds at most.
    most_people : Figure
        People whom one booking names at most.
    check_in_opens_minutes : Figure
        How long before its start a session's door opens.
    hold_minutes : Figure
        How long after the start places are kept for those who booked them.
    keep_contact_days : Figure
        How long after its end names and telephones of a session are kept.
    """

    most_capacity: Figure
    most_people: Figure
    check_in_opens_minutes: Figure
    hold_minutes: Figure
    keep_contact_days: Figure


def read_bookings(page: Page) -> BookingStandard:
    """Read the whole file."""
    tables = {table.name: table for table in page.pages()}
    return BookingStandard(
        most_capacity=tables["session"].figure("most_capacity"),
        most_people=tables["booking"].figure("most_people"),
        check_in_opens_minutes=tables["check_in"].figure("opens_minutes"),
        hold_minutes=tables["check_in"].figure("hold_minutes"),
        keep_contact_days=tables["contact"].figure("keep_days"),
    )
