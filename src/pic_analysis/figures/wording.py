"""Hold the words that a figure of series needs and that only the study knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pic_analysis.numbers_fr import NBSP, decimal
from pic_analysis.periods import label_fr, parse


@dataclass(frozen=True)
class Wording:
    """The words of a figure that only the study knows.

    ``what_fr`` says what the values are, with their unit; ``unit_fr`` is written after a number; ``others_fr`` names
    the territories in the plural; ``breaks`` are the first periods of new definitions; ``event`` is the first period
    after an event, and ``event_fr`` its name.
    """

    what_fr: str
    source: str
    name: str = "series"
    unit_fr: str = ""
    digits: int = 1
    others_fr: str = "territoires"
    names: Mapping[str, str] = field(default_factory=dict)
    breaks: tuple[str, ...] = ()
    event: str = ""
    event_fr: str = ""

    def of(self, territory: str) -> str:
        """Return the name of a territory."""
        return self.names.get(territory, territory)

    def number(self, value: float, *, signed: bool = False) -> str:
        """Return a value and its unit."""
        unit = self.unit_fr
        if signed and unit == "%":  # two shares differ by points
            unit = "point" if abs(value) < 2 else "points"
        said = decimal(value, self.digits) + (f"{NBSP}{unit}" if unit else "")
        return f"+{said}" if signed and value > 0 else said

    @property
    def what_after(self) -> str:
        """What the values are, to follow a semicolon."""
        return self.what_fr[:1].lower() + self.what_fr[1:]

    def note(self) -> str:
        """Return the note: the breaks, and the source."""
        said = [f"Rupture de série ({label_fr(parse(text))}) : la ligne s’arrête et reprend." for text in self.breaks]
        return "\n".join([*said, self.source])
