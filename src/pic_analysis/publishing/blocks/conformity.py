"""The conformity block: numbers that others have published, computed again by this very release, beside theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd

from pic_analysis.coding.coefficients import Measure
from pic_analysis.coding.grids import SILENT, presence
from pic_analysis.coding.paradox import paradox
from pic_analysis.coding.proportion import wilson
from pic_analysis.coding.ratings import Ratings, from_table
from pic_analysis.coding.richness import Frequencies, chao2_classic
from pic_analysis.coding.saturation import criterion
from pic_analysis.coding.tallies import tally
from pic_analysis.evidence.updating import updated
from pic_analysis.indicators.rates import rate_ratio
from pic_analysis.numbers_fr import count, decimal, integer
from pic_analysis.publishing.blocks import golden_series
from pic_analysis.publishing.markup import table
from pic_analysis.study import Study


@dataclass(frozen=True)
class Golden:
    """One published number: what it is, the number as printed, its source, and how it is computed here."""

    name_fr: str
    published: str
    source: str
    compute: Callable[[], float | str]

    @cached_property
    def computed(self) -> str:
        """The number found here, with as many decimals as the published one."""
        found = self.compute()
        return found if isinstance(found, str) else f"{found:.{len(self.published.partition('.')[2])}f}"

    @property
    def conforms(self) -> bool:
        """Whether the number found here, rounded as the published one, is the same."""
        return self.computed == self.published


_FOUR = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")
_KRIPPENDORFF = "Krippendorff (2011), quatre codeurs, douze unités, jugements manquants"
_GWET = "Gwet (2014), paquet R irrCAC, mêmes données"
_COHEN = "Formule de Cohen (1960), table 20, 5, 10, 15"
_PARADOX = "Gwet (2002), table 118, 5, 2, 0"
_GUEST = "Guest, Namey et Chen (2020), base de 4 entretiens (37 codes), puis 7, 4 et 1 codes nouveaux"
_CHAO = "Formule de Chao (1987) : S = 30, Q1 = 3, Q2 = 2, m = 20"
_POISSON = f"R, `poisson.test`, 11 pour 800 et 21 pour {integer(3011)}"
_WILSON = "Newcombe (1998), 81 sur 263"
_BAYES = "Théorème de Bayes (Befani et Stedman-Bryce, 2017), confiance initiale de 0,5"


def _value(ratings: Ratings, coefficient: str, level: str = "nominal") -> float:
    sums, _ = tally(ratings)
    return float(Measure(coefficient, level=level).of(ratings)(sums))


def _alpha(level: str) -> float:
    return _value(_four(), "alpha", level)


def _wilson(end: int) -> float:
    return float(wilson(81, 263)[end])


def _belief(item: int) -> float:
    return [*updated(0.5, [(0.85, 0.70), (0.30, 0.03), (0.70, 0.50)])][item]


def _four() -> Ratings:
    table = pd.DataFrame({name: row.split() for name, row in zip("ABCD", _FOUR, strict=True)}).replace(".", "")
    return from_table(table, grid="exemple publié")


def _crossed(*counts: int) -> Ratings:
    """Return the judgements of two coders from their four counts: both yes, first alone, second alone, neither."""
    pairs = [pair for pair, n in zip(("11", "10", "01", "00"), counts, strict=True) for _ in range(n)]
    return from_table(pd.DataFrame([[*pair] for pair in pairs], columns=["A", "B"]), grid="exemple publié")


def _numbers() -> Iterator[Golden]:
    levels = {"nominal": "0.743", "ordinal": "0.815", "interval": "0.849", "ratio": "0.797"}
    for level, published in levels.items():
        name = str(Measure("alpha", level=level))
        yield Golden(name, published, _KRIPPENDORFF, partial(_alpha, level))
    yield Golden("AC1 de Gwet", "0.77544", _GWET, lambda: _value(_four(), "gwet"))
    yield Golden("Kappa de Fleiss", "0.76117", _GWET, lambda: _value(_four(), "fleiss"))
    yield Golden("Kappa de Cohen", "0.40", _COHEN, lambda: _value(_crossed(20, 5, 10, 15), "cohen"))
    yield Golden("Paradoxe du kappa : kappa", "-0.023", _PARADOX, lambda: _value(_crossed(118, 5, 2, 0), "cohen"))
    yield Golden("Paradoxe du kappa : AC1 de Gwet", "0.941", _PARADOX, lambda: _value(_crossed(118, 5, 2, 0), "gwet"))
    # 37 codes in the first four interviews; the runs of two that follow bring 7, 4 and 1.
    yield Golden("Saturation, seuil de 5 %", "6+2", _GUEST, lambda: criterion([20, 8, 5, 4, 4, 3, 1, 0]).label)
    yield Golden("Chao2, forme classique", "32.1375", _CHAO, lambda: chao2_classic(Frequencies(20, 30, 3, 2, 0)))
    yield Golden("Rapport de taux de Poisson", "1.971488", _POISSON, lambda: rate_ratio(11, 800, 21, 3011).ratio)
    yield Golden("Rapport de taux : valeur p", "0.07967", _POISSON, lambda: rate_ratio(11, 800, 21, 3011).p_value)
    yield Golden("Rapport de taux : borne basse", "0.8584", _POISSON, lambda: rate_ratio(11, 800, 21, 3011).low)
    yield Golden("Rapport de taux : borne haute", "4.2773", _POISSON, lambda: rate_ratio(11, 800, 21, 3011).high)
    for place, (end, published) in enumerate((("basse", "0.2553"), ("haute", "0.3662"))):
        yield Golden(f"Intervalle de Wilson : borne {end}", published, _WILSON, partial(_wilson, place))
    for place, published in enumerate(("0.548", "0.924", "0.944")):
        name = f"Confiance après {count(place + 1, 'indice')}"
        yield Golden(name, published, _BAYES, partial(_belief, place))
    for of_series in golden_series.numbers():
        yield Golden(*of_series)


GOLDEN: tuple[Golden, ...] = tuple(_numbers())
"""Every published number that the package is held to."""


def conformity(_: Study, __: dict[str, str]) -> str:
    """Return every published number beside the one found here, and how many are the same."""
    rows = [
        (golden.name_fr, _fr(golden.published), _fr(golden.computed), _verdict(golden), golden.source)
        for golden in GOLDEN
    ]
    same = sum(golden.conforms for golden in GOLDEN)
    header = ["Nombre", "Publié", "Recalculé", "Verdict", "Source et données"]
    said = f"**{count(same, 'nombre conforme', 'nombres conformes')} sur {integer(len(GOLDEN))}.**"
    return f"{said}\n\n{table('Nombres publiés ailleurs, recalculés par cette version', header, rows)}"


def paradox_example(_: Study, __: dict[str, str]) -> str:
    """Return kappa's paradox as it is explained wherever it happens, on the published example."""
    ratings = _crossed(118, 5, 2, 0)
    named = ("non", "oui")
    return str(paradox(tally(ratings)[0], named) or "")


def grid_example(_: Study, __: dict[str, str]) -> str:
    """Return what the choice of units does to one and the same coding, on an example made for it."""
    # One hundred interviews read by two coders: one code that both find in 44 and one alone in 56, 24 never used.
    both, interviews = 44, [f"E{number:03d}" for number in range(100)]
    found = [(name, coder) for n, name in enumerate(interviews) for coder in ("AB" if n < both else "AB"[n % 2])]
    codings = pd.DataFrame(found, columns=["interview_id", "coder"]).assign(code_id="code_0")
    read = pd.DataFrame([(name, coder) for name in interviews for coder in "AB"], columns=["interview_id", "coder"])
    codes = [f"code_{number}" for number in range(25)]
    alphas = {
        silent: decimal(_value(presence(codings, codes, silent=silent, read=read), "alpha"), 2)
        for silent in (True, False)
    }
    return (
        f"Un exemple : {count(len(interviews), 'entretien')}, {count(len(codes), 'code')}, deux codeurs. Un seul code "
        f"est employé : les deux codeurs le mettent dans {count(both, 'entretien')}, un seul des deux dans les "
        f"{integer(len(interviews) - both)} autres. L’alpha de Krippendorff vaut **{alphas[True]}** {SILENT[True]}, "
        f"et **{alphas[False]}** {SILENT[False]}."
    )


def _verdict(golden: Golden) -> str:
    return "conforme" if golden.conforms else "**non conforme**"


def _fr(number: str) -> str:
    """Return a number as printed in the French way; what is no number is left as it is."""
    try:
        return decimal(float(number), len(number.partition(".")[2]))
    except ValueError:
        return number
