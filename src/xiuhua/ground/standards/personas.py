"""Who walks (人群): speeds, steps, crossings and slopes from ``personas.toml``."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiuhua.ground.standards.figures import Figure, Page

if TYPE_CHECKING:
    from xiuhua.engine.network import Persona

STANDARD = "standard"
"""The persona that a facility standard has in mind: metres of path, nothing else."""


@dataclass(frozen=True, slots=True)
class PersonaStandard:
    """A kind of walker (人群).

    Parameters
    ----------
    key, name_zh, name_en : str
        As in ``personas.toml``.
    population : str
        Which column of residents walks so: ``residents``, ``residents_60_plus``, ``residents_80_plus``,
        ``children_6_12`` ...
    speed_m_s : Figure
        On the flat, metres a second.
    steps_factor : Figure
        A metre of steps counts so many metres; infinite where steps bar the way.
    crossing_delay_s, signal_delay_s : Figure
        Mean wait at a zebra and at a signalled crossing, seconds.
    follows_slope : Figure
        Whether slope changes the speed.
    max_slope : Figure
        Rise over run that bars the way.
    """

    key: str
    name_zh: str
    name_en: str
    population: str
    speed_m_s: Figure
    steps_factor: Figure
    crossing_delay_s: Figure
    signal_delay_s: Figure
    follows_slope: Figure
    max_slope: Figure

    @property
    def speed(self) -> Figure:
        """Speed on the flat, metres a second."""
        return self.speed_m_s

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, to be shown with its source."""
        return (
            self.speed_m_s,
            self.steps_factor,
            self.crossing_delay_s,
            self.signal_delay_s,
            self.follows_slope,
            self.max_slope,
        )

    @property
    def persona(self) -> "Persona":
        """The plain values that the engine walks with."""
        from xiuhua.engine.network import Persona

        return Persona(
            key=self.key,
            speed_m_s=self.speed_m_s.number,
            steps_factor=self.steps_factor.number,
            crossing_delay_s=self.crossing_delay_s.number,
            signal_delay_s=self.signal_delay_s.number,
            slope=bool(self.follows_slope.value),
            max_slope=self.max_slope.number,
        )


def read_persona(page: Page) -> PersonaStandard:
    """Read one persona's table."""
    return PersonaStandard(
        key=page.name,
        name_zh=page.word("name_zh"),
        name_en=page.word("name_en"),
        population=page.word("population"),
        speed_m_s=page.figure("speed_m_s"),
        steps_factor=page.figure("steps_factor"),
        crossing_delay_s=page.figure("crossing_delay_s"),
        signal_delay_s=page.figure("signal_delay_s"),
        follows_slope=page.figure("follows_slope"),
        max_slope=page.figure("max_slope"),
    )
