"""The page of one question of effect: the answer first, then each estimate beside what it supposes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from pic_analysis.indicators.differences import Differences, PreTrend
from pic_analysis.indicators.guards import ASSUMPTIONS_FR, Refusal
from pic_analysis.indicators.interrupted import Interrupted
from pic_analysis.indicators.synthetic import Synthetic
from pic_analysis.indicators.twoway import Ranked
from pic_analysis.numbers_fr import MISSING, NBSP, count, decimal, enumerate_fr
from pic_analysis.periods import label_fr, parse
from pic_analysis.publishing.blocks import indicator_words as words
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.impact_question import Question, or_why_not
from pic_analysis.publishing.markup import ref, table
from pic_analysis.vocabulary import END_FIXED


def answer(question: Question) -> str:
    """Return the question, the event, and the honest answer.

    Raises
    ------
    ValueError
        If the answer claims a cause.
    """
    row = question.row
    try:
        said = question.found.verdict_fr
    except Refusal as refusal:
        said = str(refusal)
    source = words.dataset(question.state, row["dataset_id"])
    return (
        f"**{plain(row['question_fr'])}**\n\n"
        f":::{{admonition}} La réponse\n{words.said(plain(said))}\n:::\n\n"
        f"L’événement : {plain(row['event_fr'])}, {words.day_fr(row['event_on'])} (source : {source}). La série : "
        f"{ref('indicator', question.indicator)}, {plain(question.state.labels[question.territory])}, comparée à "
        f"{count(max(len(question.names) - 1, 0), 'territoire')}.{_until(question)}"
    )


def _until(question: Question) -> str:
    """Return how far the estimates go; nothing without a value."""
    if not question.ends:
        return ""
    variant = f" ; une variante va jusqu’en {label_fr(parse(question.ends[1]))}" if question.ends[1:] else ""
    main = label_fr(parse(question.ends[0]))
    return f" L’estimation principale va jusqu’en {main}{variant}. {_end(question.row)}"


def _end(row: dict[str, str]) -> str:
    """Return why the main estimate stops where it stops, and whether that was chosen with the results in view."""
    day = words.day_fr(row["last_fixed_on"])
    said = f"La borne : {plain(row['last_reason_fr'])}. Elle a été fixée le {day}, {END_FIXED[row['last_fixed']]}"
    return f"{said} : les deux estimations sont donc à lire ensemble." if row["last_fixed"] == "after" else f"{said}."


def limits(question: Question) -> str:
    """Return what the analysis does not allow to say."""
    row = question.row
    near = enumerate_fr([plain(question.state.short_name(name)) for name in question.near])
    lines = [
        "Elle ne dit pas ce qui se serait passé sans l’événement : personne ne l’a observé.",
        "Elle ne sépare pas l’événement de ce qui a changé au même moment dans le même territoire.",
        f"Elle ne dit rien d’un territoire plus petit que celui de la série "
        f"({plain(question.state.labels[question.territory])}), ni des personnes.",
        "Un écart qui n’est pas distinguable de celui des autres ne prouve pas qu’il ne s’est rien passé : un petit "
        "changement resterait caché dans ce que les séries ont d’irrégulier.",
        "Un écart rare ne prouve pas l’inverse : il dit seulement que peu de territoires en montrent un aussi grand.",
    ]
    if near:
        lines.append(f"Des territoires voisins ont pu être touchés aussi ({near}) : une variante les retire.")
    lines.append(words.sentence(question.state.card(row["indicator_id"])["caution_fr"]))
    return words.said("\n".join(f"- {line}" for line in lines))


@or_why_not
def gap(question: Question) -> str:
    """Return the simplest reading: the mean gap to the median of the others, before and after."""
    found, unit = question.found, question.state.card(question.indicator)["unit"]
    before, after = (words.difference(value, unit, 2) for value in (found.gap_before, found.gap_after))
    change = words.difference(found.gap_change, unit, 2)
    return words.said(
        f"Avant l’événement ({count(found.before, 'période')}), l’écart à la médiane des autres est de {before} en "
        f"moyenne ; après ({count(found.after, 'période')}), de {after} : il change de {change}. C’est une "
        "description : elle ne dit pas si un tel changement est courant."
    )


@or_why_not
def differences(question: Question) -> str:
    """Return the difference in differences, its rank among the others, the trend before, and what is supposed."""
    found = question.found.differences
    if isinstance(found, Refusal):
        return _refused(found, "differences")
    assert isinstance(found, Differences)
    early = question.found.pre_trend
    parts = [f"{_ranked(question, 'Le changement de l’écart', found.ranked)} {meaning(found.ranked)}"]
    if isinstance(early, PreTrend):
        rare = "rare" if early.slope.p_value <= 0.1 else "courante"
        parts.append(
            f"Avant l’événement, l’écart évoluait de {decimal(early.slope.estimate, 2)} par an "
            f"({_rank(early.slope)}) : une pente {rare} parmi les autres. Ne pas trouver de pente ne prouve pas que "
            "les évolutions étaient parallèles : ce test est souvent trop faible."
        )
    parts.append(placebo_dates(question))
    return words.said("\n\n".join([*parts, supposed("differences")]))


def placebo_dates(question: Question) -> str:
    """Return what false dates before the event would have given."""
    found = question.found.placebo_dates
    if isinstance(found, Refusal):
        return str(found)
    if found.empty:
        return (
            "Fausses dates : la série d’avant l’événement est trop courte pour en essayer une en gardant assez de "
            "points de chaque côté."
        )
    rows = [
        (label_fr(parse(row.event)), decimal(row.estimate, 2), _rank_of(row.rank, row.of), decimal(row.p_value, 3))
        for row in found.itertuples()
    ]
    return table("Fausses dates, avant l’événement", ["Fausse date", "Estimation", "Rang", "p"], rows)


@or_why_not
def synthetic(question: Question) -> str:
    """Return the synthetic control: how well it follows, of what it is made, the rank of the gap after."""
    found = question.found.synthetic
    if isinstance(found, Refusal):
        return _refused(found, "synthetic")
    assert isinstance(found, Synthetic)
    made = enumerate_fr(
        [
            f"{plain(question.names[str(name)])} ({decimal(100 * weight, 0)}{NBSP}%)"
            for name, weight in found.weights.items()
        ]
    )
    alone = ""
    if len(found.left_out):
        low, high = found.left_out["mean_gap"].min(), found.left_out["mean_gap"].max()
        alone = (
            f" Si l’on retire un à un les territoires qui la composent, l’écart moyen après va de {_signed(low)} à "
            f"{_signed(high)}."
        )
    said = (
        f"La moyenne pondérée qui suit le mieux le territoire avant l’événement réunit {made}. {found.fit_fr} "
        f"Après, l’écart moyen est de {_signed(found.mean_gap)}. Rapporté à l’erreur d’avant, il est au rang "
        f"{_rank_of(found.rank, found.of)} : {_share(found.p_value)} des territoires montrent un écart relatif au "
        f"moins aussi grand.{alone}"
    )
    return words.said(f"{said}\n\n{supposed('synthetic')}")


@or_why_not
def interrupted(question: Question) -> str:
    """Return the series before and after, taken alone: level, slope, warnings; or why it cannot be done."""
    found = question.found.interrupted
    if not isinstance(found, Refusal):
        return words.said(f"{_regression(found)}\n\n{supposed('interrupted')}")
    whole = question.whole_interrupted
    if whole is None or isinstance(whole, Refusal):
        return _refused(found, "interrupted")
    return words.said(
        f"Jusqu’en {label_fr(parse(question.ends[0]))}, cette estimation n’est pas faite. {found}\n\nSur toute la "
        f"série, jusqu’en {label_fr(parse(question.ends[-1]))} :\n\n{_regression(whole)}\n\n{supposed('interrupted')}"
    )


def _regression(found: Interrupted) -> str:
    rows = [
        (
            f"{row.label_fr[:1].upper()}{row.label_fr[1:]}",
            decimal(row.estimate, 2),
            _interval(row.low, row.high),
            _p(row.p_value),
        )
        for row in found.terms.itertuples()
    ]
    shown = table("Régression de la série interrompue", ["Terme", "Estimation", "Intervalle à 95 %", "p"], rows)
    note = (
        "p : si le terme était nul et le modèle juste, part des séries qui donneraient une valeur au moins aussi "
        "éloignée de zéro. Le modèle n’a pas d’autres territoires : il met sur le compte de l’événement tout ce qui a "
        "changé alors."
    )
    warned = "\n".join(f"- {text}" for text in found.warnings_fr)
    return "\n\n".join(part for part in (shown, note, warned) if part)


@or_why_not
def sensitivity(question: Question) -> str:
    """Return the estimate under each of our other choices."""
    rows = [
        (
            plain(row.label_fr),
            decimal(row.estimate, 2),
            _interval(row.low, row.high),
            _rank_of(row.rank, row.of),
            decimal(row.p_value, 3),
        )
        for row in question.found.sensitivity.itertuples()
    ]
    header = ["Choix", "Estimation", "Intervalle à 95 %", "Rang", "p"]
    note = (
        "Toutes les estimations sont montrées, aucune n’est choisie d’après son résultat. En logarithmes, un écart de "
        "0,1 vaut à peu près dix pour cent. Un intervalle sans borne dit que si peu de territoires ne permettent pas "
        "d’en donner une à ce niveau."
    )
    return f"{table('Le même calcul selon d’autres choix', header, rows)}\n\n{note}"


def meaning(ranked: Ranked) -> str:
    """Return what the rank and its p mean, and the smallest p that so few territories allow."""
    return (
        f"Chaque autre territoire est traité à son tour comme si l’événement l’avait concerné : p est la part des "
        f"territoires dont le changement est au moins aussi grand. Avec {count(ranked.of, 'territoire')}, p ne peut "
        f"pas descendre sous {decimal(ranked.least_p, 3)} ; ce n’est pas la probabilité que l’événement n’ait "
        "rien changé."
    )


def supposed(estimator: str) -> str:
    """Return what an estimate supposes, as a list."""
    return "Ce que cette estimation suppose :\n\n" + _list(ASSUMPTIONS_FR[estimator])


def _refused(refusal: Refusal, estimator: str) -> str:
    return f"Cette estimation n’est pas faite. {refusal}\n\n{supposed(estimator)}"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _ranked(question: Question, what: str, ranked: Ranked) -> str:
    unit = question.state.card(question.indicator)["unit"]
    return (
        f"{what} est de **{words.difference(ranked.estimate, unit, 2)}** (intervalle à 95{NBSP}% : "
        f"{_interval(ranked.low, ranked.high)} ; {_rank(ranked)})."
    )


def _rank(ranked: Ranked) -> str:
    return f"rang {_rank_of(ranked.rank, ranked.of)}, p{NBSP}={NBSP}{decimal(ranked.p_value, 3)}"


def _rank_of(rank: float, of: float) -> str:
    return f"{int(rank)} sur {int(of)}"


def _interval(low: float, high: float) -> str:
    ends: Sequence[str] = [decimal(end, 2) if math.isfinite(end) else "sans borne" for end in (low, high)]
    if math.isnan(low) or math.isnan(high):
        return MISSING
    return ends[0] if ends[0] == ends[1] == "sans borne" else f"{ends[0]} à {ends[1]}"


def _p(value: float) -> str:
    return decimal(value, 3) if value >= 0.001 else f"<{NBSP}{decimal(0.001, 3)}"


def _share(p_value: float) -> str:
    return f"{decimal(100 * p_value, 0)}{NBSP}%"


def _signed(value: float) -> str:
    return f"+{decimal(value, 2)}" if value > 0 else decimal(value, 2)
