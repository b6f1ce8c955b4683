"""Update how far a contribution claim is believed, item of evidence by item (Bayesian process tracing)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def updated(prior: float, items: Iterable[tuple[float, float]]) -> Iterator[float]:
    """Yield the confidence in a claim after each item of evidence that was found.

    Parameters
    ----------
    prior
        Confidence before any item, between 0 and 1.
    items
        For each item its sensitivity (how likely it is to be found if the claim is true) and its type I error (how
        likely if it is false), given the items before it.

    Raises
    ------
    ValueError
        If a probability is not between 0 and 1, or an item is impossible whether the claim is true or not.

    Notes
    -----
    Bayes' theorem, as Befani and Stedman-Bryce (2017), Evaluation 23:42, use it for contribution claims. An item that
    is as likely if the claim is false teaches nothing, however much of it there is.

    Examples
    --------
    >>> [round(belief, 3) for belief in updated(0.5, [(0.85, 0.70), (0.30, 0.03), (0.70, 0.50)])]
    [0.548, 0.924, 0.944]
    """
    belief = prior
    for sensitivity, type_i in items:
        if not all(0 <= chance <= 1 for chance in (prior, sensitivity, type_i)):
            raise ValueError(f"expected probabilities, got prior {prior}, sensitivity {sensitivity}, type I {type_i}")
        found = belief * sensitivity + (1 - belief) * type_i
        if not found:
            raise ValueError("an item was found that is impossible whether the claim is true or not")
        belief = belief * sensitivity / found
        yield belief
